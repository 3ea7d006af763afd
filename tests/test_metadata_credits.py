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
