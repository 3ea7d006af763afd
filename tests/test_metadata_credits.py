"""Whom bylines, fields, facts and links of papers, blogs and wikis name, and who of them is the author."""

from __future__ import annotations

import pytest

from tests.metadata_samples import PROSE, TITLE, article, meta, read
from winnow.read.metadata.names import read_names


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ("By Richard (R.J.) Lund", "Richard (R.J.) Lund"),
        ("Von Adelheid (Ada) Niemi", "Adelheid (Ada) Niemi"),
        ("Par Guillaume (Bill) Martin, envoyé spécial à Marseille", "Guillaume (Bill) Martin"),
        ("By Ada Lund (AFP)", "Ada Lund"),
        ("By Ada Lund (Berlin)", "Ada Lund"),
        ("Autor/in: Ada Lund", "Ada Lund"),
        ("Autor*innen: Ada Lund und Bo Niemi", "Ada Lund; Bo Niemi"),
        ("Auteur·rice : Ada Lund", "Ada Lund"),
        ("Par ADA LUND , BO NIEMI Envoyés spéciaux à Marseille", "ADA LUND; BO NIEMI"),
        ('<span class="author">durch Ada Lund</span>', "Ada Lund"),
        ('<span class="post-author">kirjoittanut Ada Lund</span>', "Ada Lund"),
        ('<span class="author">photograph by Ada Lund</span>', None),
        ('<a rel="author" href="/staff">👤 by Harbour News Desk</a>', "Harbour News Desk"),
    ],
)
def test_bylines_of_papers_and_blogs(byline: str, author: str | None) -> None:
    assert article(f"<p>{byline}</p>").author == author


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("Lund, A.", ["A. Lund"]),
        ("Jong, Ada de", ["Ada de Jong"]),
        ("Lund, A. B.; Berg, Bo van den", ["A. B. Lund", "Bo van den Berg"]),
    ],
)
def test_family_name_first_with_initials_and_particles(field: str, names: list[str]) -> None:
    assert read_names(field, formal=True) == names


@pytest.mark.parametrize("nobody", ["Super User", "Superuser", "am", "le"])
def test_names_that_systems_fill_in_are_nobody(nobody: str) -> None:
    assert article(f'<p>By <a rel="author" href="/u">{nobody}</a></p>').author is None
    assert article(head=meta("author", nobody)).author is None


@pytest.mark.parametrize("site", ["Mole & i", "Lund und Niemi", "Quay & Co"])
def test_a_part_of_the_sites_name_is_no_author(site: str) -> None:
    assert article(head=meta("author", site) + meta("og:site_name", site)).author in (None, site)


@pytest.mark.parametrize("labels", [("Directed by", "Written by", "Music by"), ("Written by:", "Produced by:"),
                                    ("Created by", "Developed by", "Written by")])  # fmt: skip
def test_facts_of_a_work_name_no_author_of_the_page(labels: tuple[str, ...]) -> None:
    rows = "".join(f"<tr><th>{label}</th><td>Ada Lund</td></tr>" for label in labels)
    assert article(f"<table>{rows}</table>").author is None
    assert article("<p>Written by</p><p>Ada Lund</p>").author == "Ada Lund"


@pytest.mark.parametrize(
    "says", ["The harbour board has asked {} what", "Der Hafen hat {} gefragt, was", "Le port demande à {} ce qui"]
)
def test_who_is_linked_in_the_text_is_no_author(says: str) -> None:
    link = '<a href="https://harbour.example/people/ada-lund">Ada Lund</a>'
    prose = PROSE.replace("<p>", f"<p>{says.format(link)} ", 1)
    assert read(f"<h1>{TITLE}</h1>{prose}{PROSE}").author is None
    assert article(f"<p>{link}</p>").author == "Ada Lund"


@pytest.mark.parametrize("box", ["aside", "div", "p"])
def test_who_is_quoted_in_a_box_of_that_name_is_no_author(box: str) -> None:
    name = '<span class="pull-quote__author"><b class="author">Ada Lund</b></span>'
    quote = f"<{box}><span>Water waits for nobody.</span> {name}</{box}>"
    assert read(f"<h1>{TITLE}</h1>{PROSE}{quote}{PROSE}").author is None


@pytest.mark.parametrize("name", ["Ada Lund", "Hélène Quémeneur", "Анна Лунд"])
@pytest.mark.parametrize("role", ["Science reporter, Harbour World Service", "Harbour Nigeria correspondent"])
@pytest.mark.parametrize(("named", "beside"), [("byline-name", "byline-title"), ("author_name", "author_role")])
def test_box_with_the_role_beside_a_box_with_the_name_is_no_name(name: str, role: str, named: str, beside: str) -> None:
    box = f'<span class="{named}">By {name}</span> <span class="{beside}">{role}</span>'
    assert article(f'<div class="byline">{box}</div>').author == name


def test_names_in_boxes_of_their_own_are_all_named() -> None:
    names = '<span class="author-name">Ada Lund</span> and <span class="author-name">Bo Niemi</span>'
    assert article(f'<p class="byline">By {names}</p>').author == "Ada Lund; Bo Niemi"


@pytest.mark.parametrize("box", ["img-author", "photo-author", "caption_author", "foto-autor author foto"])
def test_who_took_the_picture_is_no_author(box: str) -> None:
    credit = f'<span class="{box}">Bo Niemi/Harbour files</span>'
    figure = f'<figure><img src="a.jpg"><p>The ferry at night. {credit}</p></figure>'
    assert article(figure).author is None
    assert article(f"<p>By Ada Lund</p>{figure}").author == "Ada Lund"


@pytest.mark.parametrize("path", ["/sport/team/_/name/mia/harbour-gulls", "/people/people-general/article/20220906"])
def test_a_link_deep_below_teams_or_people_names_no_author(path: str) -> None:
    assert article(f'<p><a href="{path}">Harbour Gulls</a> star at night.</p>').author is None


@pytest.mark.parametrize("path", ["/people/ada-lund", "/team/ada-lund/", "/authors/4711/ada-lund?page=2"])
def test_a_link_to_a_persons_page_names_one(path: str) -> None:
    assert article(f'<p class="meta"><a href="{path}">Ada Lund</a>, 3 May 2021</p>').author == "Ada Lund"


@pytest.mark.parametrize(
    "caption",
    [
        "Lawyers shout slogans in front of the court against the killing of people by Border Guard Forces (AP Photo)",
        "The old ferry lies at the quay after a long night in which it was pulled ashore by Harbour Rescue Boats today",
    ],
)
def test_who_did_something_in_a_sentence_is_no_author(caption: str) -> None:
    assert article(f"<div>{caption}</div>").author is None


@pytest.mark.parametrize(
    "line", ["Opinion by Ada Lund", "3 May 2021 | Posted by Ada Lund", "A Night on the Quay by Ada Lund"]
)
def test_who_is_named_behind_by_in_a_short_line_is(line: str) -> None:
    assert article(f"<div>{line}</div>").author == "Ada Lund"


def test_by_inside_of_the_headline_leads_to_no_author() -> None:
    title = "Quay House, A Collection by Lund Officially Opens"
    assert read(f"<h1>{title}</h1>{PROSE}", f"<title>{title}</title>").author is None


def test_people_whom_a_line_of_tags_names_are_no_authors_beside_a_byline() -> None:
    tags = ", ".join(f'<a href="/category/{name}/">{name}</a>' for name in ("Bo Niemi", "Ada Lund", "Harbour Gulls"))
    page = article(f"<div>{tags}</div><p>By Ada Lund</p>", head=meta("author", "Ada Lund"))
    assert page.author == "Ada Lund"


@pytest.mark.parametrize("label", ["Publicado el", "Publié le", "Posted on", "Опубликовано"])
def test_label_of_the_day_in_a_box_for_the_author_is_nobody(label: str) -> None:
    assert article(f'<p><span class="meta-prep meta-prep-author">{label}</span> <b>3.5.2021</b></p>').author is None


@pytest.mark.parametrize("tools", ["RSS Feed Print", "Print"])
def test_tools_behind_a_day_are_nobody(tools: str) -> None:
    assert article(f"<p>July 18, 2013 {tools}</p>").author is None


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("BO MARTIN NIEMI ASSOCIATED PRESS", ["BO MARTIN NIEMI"]),
        ("By Ada Lund Associated Press", ["Ada Lund"]),
        ("By Ada Lund and Bo Niemi Agence France-Presse", ["Ada Lund", "Bo Niemi"]),
        ("Von Ada Lund AFP", ["Ada Lund"]),
        ("Ada Lund, Harbour Today", ["Ada Lund"]),
        ("ANNA MARIA LUSA", ["ANNA MARIA LUSA"]),
        ("Anna Maria Ritzau", ["Anna Maria Ritzau"]),
    ],
)
def test_agency_or_paper_behind_a_name_is_no_part_of_it(byline: str, names: list[str]) -> None:
    assert read_names(byline) == names


def test_short_form_of_a_desk_is_nobody() -> None:
    assert article('<p class="author-meta"><a href="mailto:a@b.example">Red.</a> / 31.10.2023</p>').author is None
