"""Authors of invented pages: bylines in many languages, forms of JSON-LD, sites and accounts."""

from __future__ import annotations

import pytest

from tests.metadata_samples import PROSE, TITLE, article, linked, meta, read
from winnow.read.metadata.names import read_names
from winnow.read.metadata.structured import parse_json


@pytest.mark.parametrize(
    "byline",
    [
        "Av Ada Lund",
        "Af Ada Lund",
        "Von Ada Lund",
        "Text: Ada Lund",
        "Teksti: Ada Lund",
        "Yazan: Ada Lund",
        "Írta: Ada Lund",
        "Words: Ada Lund",
        "Text & Fotos: Ada Lund",
        "Texte et photos : Ada Lund",
        "Story and photos by Ada Lund",
        "Writer: Ada Lund",
        "Reporter: Ada Lund",
        "Ein Artikel von Ada Lund | 02.03.2024 - 12:45",
        "VON Ada Lund am 2. März 2024",
        "Ada Lund 2.3.2024",
        "Publié le 2 mars 2024 par Ada Lund",
    ],
)
def test_byline_words(byline: str) -> None:
    assert article(f"<p>{byline}</p>").author == "Ada Lund"


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ('<b>Ada Lund</b> <a href="mailto:x">ada at paper.example</a>', "Ada Lund"),
        ("<em>From</em>: Ada Lund &lt;<a>ada@xxxxxx</a>&gt;", "Ada Lund"),
        ("Von: Ada Lund &lt;ada.lund () paper ! example&gt;", "Ada Lund"),
        ("Ada Lund ada.lund@paper.example", "Ada Lund"),
        ("To: Ada Lund &lt;ada@paper.example&gt;", None),
        ("<em>An</em>: Ada Lund &lt;ada@paper.example&gt;", None),
        ("Write to us at desk@paper.example", None),
        ("Ada ada@paper.example", None),
    ],
)
def test_name_with_the_address_of_its_mail(byline: str, author: str | None) -> None:
    assert article(f"<p>{byline}</p>").author == author


@pytest.mark.parametrize(
    ("value", "author"),
    [
        ({"@type": "Person", "givenName": "Ada", "familyName": "Lund"}, "Ada Lund"),
        (
            [{"givenName": "Ada", "familyName": "Lund"}, {"givenName": "Bo", "familyName": "Niemi"}],
            "Ada Lund; Bo Niemi",
        ),
        ("Lund, Ada", "Ada Lund"),
        ("van Dijk, Anna M.", "Anna M. van Dijk"),
        ("Lund, Ada; Niemi, Bo", "Ada Lund; Bo Niemi"),
        ("Ada Lund, Bo Niemi", "Ada Lund; Bo Niemi"),
    ],
)
def test_forms_of_names_in_json(value: object, author: str) -> None:
    assert article(head=linked({"@type": "Article", "headline": TITLE, "author": value})).author == author


def test_a_degree_is_no_given_name() -> None:
    assert read_names("Ada Lund, PhD", formal=True) == ["Ada Lund"]


# Names with parts that are words of bylines, of pages or of degrees elsewhere.
@pytest.mark.parametrize(
    "name",
    [
        "Kim In-sook", "Choi On-yu", "Kim Min-jung", "Lee Min Ho", "Marie Min", "Nguyen The Anh", "Mike Read",
        "Anthony Head", "Umar Am Khan", "José Ortega y Gasset", "Maria de las Mercedes Ruiz", "Fatima az-Zahra",
        "Ngozi wa Mwangi", "Thandiwe kaNdlovu", "Karl King III",
    ],
)  # fmt: skip
def test_names_of_many_countries_are_whole(name: str) -> None:
    for line in (f"By {name}", f"By {name} on March 3, 2024", f"{name} | 3 March 2024"):
        assert read_names(line) == [name]
    assert read_names(name, formal=True) == [name]


@pytest.mark.parametrize("name", ["Choi In Hoon", "Tran Van At", "Hwang On", "Von Miller"])
def test_fields_for_names_hold_whole_names(name: str) -> None:
    assert article(head=linked({"@type": "Article", "headline": TITLE, "author": {"name": name}})).author == name
    assert article(head=meta("author", name)).author == name


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("BY LARS VON TRIER", ["LARS VON TRIER"]),
        ("BY NGUYEN THI HAI", ["NGUYEN THI HAI"]),
        ("BY ADA LUND, PHD AND BO EDGAR NIEMI", ["ADA LUND", "BO EDGAR NIEMI"]),
        ("VON ADA LUND UND BO MARIA OTT", ["ADA LUND", "BO MARIA OTT"]),
        ("BY ADA LUND M.D.", ["ADA LUND"]),
    ],
)
def test_names_in_capitals(line: str, names: list[str]) -> None:
    assert read_names(line) == names


@pytest.mark.parametrize(
    "line",
    [
        "By Ada Lund On", "By Ada Lund in Harbours", "By Ada Lund 5 min read", "Ada Lund Read full bio",
        "Von Ada Lund am Montag", "Von Ada Lund vom 3. Mai", "Ada Lund Stand: 3. Mai",
    ],
)  # fmt: skip
def test_what_follows_on_a_name_is_no_part_of_the_name(line: str) -> None:
    assert read_names(line) == ["Ada Lund"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"a": "He said "no" again", "b": {"c": "d"}}', {"a": 'He said "no" again', "b": {"c": "d"}}),
        ('{"a": ""Nein", sagt sie", "b": 1}', {"a": '"Nein", sagt sie', "b": 1}),
        ('{"a": ["Le "mur"", "x"], "b": null}', {"a": ['Le "mur"', "x"], "b": None}),
        ('{"a": "an \\"escaped\\" and an "open" one"}', {"a": 'an "escaped" and an "open" one'}),
    ],
)
def test_quotes_inside_of_strings_are_repaired(text: str, found: object) -> None:
    assert parse_json(text) == found


@pytest.mark.parametrize("site", ["Jobs & Ferries", "Harbour and Quay", "Hafen und Kai"])
def test_name_of_the_site_is_not_taken_apart(site: str) -> None:
    head = meta("og:site_name", site.replace("&", "&amp;")) + meta("author", site.replace("&", "&amp;"))
    assert article('<p class="byline">By Ada Lund</p>', head=head).author == "Ada Lund"


@pytest.mark.parametrize("agency", ["Agencies", "Zur Artikelübersicht", "Alle Beiträge", "Auteur"])
def test_agencies_and_links_are_no_persons(agency: str) -> None:
    assert article(f'<p><a href="/author/x">{agency}</a></p>').author is None


@pytest.mark.parametrize("account", ["ada_l", "niemi2", "Heiko"])
def test_account_that_is_marked_as_the_author(account: str) -> None:
    assert article(f'<p>von <a rel="author" href="/autor/7">{account}</a></p>').author == account


@pytest.mark.parametrize("line", ["Von Ada Lund", "By Ada Lund", "Av Ada Lund"])
def test_signature_below_the_text(line: str) -> None:
    assert article(after=PROSE + f"<p>{line}</p>").author == "Ada Lund"
    assert article(after=PROSE + f"<p>{line}</p><p>By Bo Niemi</p>").author is None


def test_company_in_the_code_and_a_writer_on_the_page() -> None:
    body = f"<h1>{TITLE}</h1><p>published : 2 Mar 2024</p><p>writer: <a href='/s/a'>Ada Lund</a></p>{PROSE * 3}"
    assert read(body, meta("author", "Quay Public Company Limited")).author == "Ada Lund"


@pytest.mark.parametrize(
    "byline",
    [
        "Gastbeitrag von Ada Lund",
        "Publié par Ada Lund le 2 mars 2024",
        "Publicado por Ada Lund",
        "A cura di Ada Lund",
        "Geschreven door Ada Lund",
        "Skrevet af Ada Lund",
        "Napsala: Ada Lund",
        "Γράφει η Ada Lund",
        "Guest post by Ada Lund",
        "Contributors: Ada Lund",
    ],
)
def test_more_byline_words(byline: str) -> None:
    assert article(f"<p>{byline}</p>").author == "Ada Lund"


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ('<p class="author">Von Redaktion, 2. März 2024</p>', "Redaktion"),
        ('<p class="byline">By Staff Writer</p>', "Staff Writer"),
        ('<p>Publié le 2 mars 2024 par <a rel="author" href="/a/1">Équipe du Quai</a></p>', "Équipe du Quai"),
        ('<p class="author">Por Redacción Puerto</p>', "Redacción Puerto"),
        ('<p class="author">dpa</p>', "dpa"),
    ],
)
def test_desk_or_agency_that_the_byline_names(byline: str, author: str) -> None:
    assert article(byline).author == author
    assert article(byline + "<p>By Ada Lund</p>").author == "Ada Lund"


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ("Gespeichert von rasmus am 2. März 2024 - 18:55", "rasmus"),
        ("Posted by QuayLady on Saturday March 2, 2024", "QuayLady"),
        ("Skrevet af kajplads7 | 2. marts 2024", "kajplads7"),
        ('<a href="/users/7">kaj_7</a> wrote this', None),
        ('by <a href="/users/7">kaj_7</a>', "kaj_7"),
    ],
)
def test_account_in_a_byline(byline: str, author: str | None) -> None:
    assert article(f"<p>{byline}</p>").author == author


@pytest.mark.parametrize("nobody", ["admin", "Unknown", "Anonymous", "March", "Lire plus de cet auteur ici", "user"])
def test_nobody_is_no_author(nobody: str) -> None:
    assert article(f'<p>By <span class="author">{nobody}</span></p>').author is None


@pytest.mark.parametrize(
    "other",
    [
        '<p class="author">By Harbour Post</p>',
        '<p class="author">Von Hafenredaktion</p>',
        '<p>by <a href="/users/3">kaj_7</a></p>',
    ],
)
def test_names_far_below_a_byline_are_others(other: str) -> None:
    teasers = "".join(f"<h3>A story of the quay {n}</h3><p>{n} minutes</p>" for n in range(4))
    found = article(other, after=teasers + '<p class="author">Bo Niemi</p>', head=meta("og:site_name", "Harbour Post"))
    assert found.author not in ("Bo Niemi", None)


@pytest.mark.parametrize(
    "sentence",
    [
        "The wall of the quay was built by Bo Niemi.",
        "It was drawn by Bo Niemi and his brother, who came from the north.",
        "Nobody had asked for a design by Bo Niemi.",
    ],
)
def test_by_in_a_sentence_names_no_author(sentence: str) -> None:
    assert article(after=f"<p>{sentence}</p>").author is None


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Ada Lund, Bo Niemi", "Ada Lund; Bo Niemi"),
        ("Ada Lund und Bo Niemi", "Ada Lund; Bo Niemi"),
        ("Ada Lund & Bo Niemi", "Ada Lund; Bo Niemi"),
        ("Im Wortlaut, Hafenfunk", None),
    ],
)
def test_line_of_names_with_a_date_below(line: str, author: str | None) -> None:
    assert article(f"<p>{line}</p><p>2 March 2024</p>").author == author


@pytest.mark.parametrize("heading", ["A Mysterious Woman", "The Old Keeper", "Kapteinin Vaimo"])
def test_a_heading_below_the_date_is_no_name(heading: str) -> None:
    assert article(f"<p>2 March 2024</p><h2>{heading}</h2>").author is None


@pytest.mark.parametrize(
    ("field", "author"),
    [
        ("Ada Lund, ADA LUND", "Ada Lund"),
        ("Ada Lund; Lund Ada", "Ada Lund"),
        ("Ada Lund, Sandholm", "Ada Lund"),
        ("Ada Lund, Reuters", "Ada Lund"),
        ("Ada Lund, Chefredakteurin", "Ada Lund"),
        ("Ada Lund, Bo Niemi und Siv", "Ada Lund; Bo Niemi; Siv"),
    ],
)
def test_each_person_once_without_places_and_agencies(field: str, author: str) -> None:
    assert article(head=linked({"@type": "Article", "headline": TITLE, "author": field})).author == author


@pytest.mark.parametrize("name", ["parsely-author", "sailthru.author", "byl", "dcterms.creator"])
def test_names_of_meta_elements(name: str) -> None:
    assert article(head=f'<meta name="{name}" content="By Ada Lund">').author == "Ada Lund"


@pytest.mark.parametrize("label", ["Photo by", "Fotos:", "Bild:", "Fact checked by", "Translated by"])
def test_who_took_the_pictures_is_no_author(label: str) -> None:
    assert article(f'<p>{label} <span class="author-name">Bo Niemi</span></p>').author is None


def test_a_byline_word_wins_over_a_name_that_stands_as_near() -> None:
    names = '<p class="author-name">Bo Niemi</p><p>How the quay was mended.</p><p>Autor Ada Lund:</p>'
    assert article(names).author == "Ada Lund"


def test_an_agency_beside_the_headline_wins_over_the_paper_in_the_code() -> None:
    head = meta("author", "Nordlicht Kurier") + meta("og:site_name", "Nordlicht Kurier")
    assert article("<p itemprop='author'>dpa</p>", head=head).author == "dpa"
    assert article("<p itemprop='author'>Ada Lund</p>", head=head).author == "Ada Lund"


def test_the_state_of_an_article_is_nobody() -> None:
    assert article('<p class="author">Stand: 2. März 2024, 14:57 Uhr</p>').author is None


def test_address_of_a_licence_is_no_authors_page() -> None:
    link = '<a href="https://creativecommons.org/licenses/by/4.0/">Creative Commons Attribution</a>'
    assert article(f"<p>{link}</p>").author is None


@pytest.mark.parametrize(
    "byline",
    [
        '<a class="p-author h-card" href="https://ada.example">Ada Lund</a>',
        '<p class="p-author h-card"><a class="p-name u-url" href="/ada">Ada Lund</a></p>',
        '<span class="author vcard"><span class="fn">Ada Lund</span></span>',
        '<div itemprop="author" itemscope><span itemprop="name">Ada Lund</span> <i itemprop="jobTitle">Mate</i></div>',
        "<p>Text: Ada Lund Foto: Bo Niemi</p>",
        "<p>Par Ada Lund à Marseille</p>",
        '<p class="byline">Ada Lund im Gespräch mit Bo Niemi</p>',
        "<p>Ada Lund / AFP</p><p>2 March 2024</p>",
        "<p>By Ada Lund, Associated Press</p>",
    ],
)
def test_forms_of_bylines(byline: str) -> None:
    assert article(byline).author == "Ada Lund"


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ("Teksti: Ada Lund ja Bo Niemi", "Ada Lund; Bo Niemi"),
        ("Yazan: Ada Lund ve Bo Niemi", "Ada Lund; Bo Niemi"),
        ("Írta: Ada Lund és Bo Niemi", "Ada Lund; Bo Niemi"),
        ("김민수 기자", "김민수"),
        ("김민수 특파원 kim@quay.example", "김민수"),
    ],
)
def test_bylines_of_several_languages(byline: str, author: str) -> None:
    assert article(f"<p>{byline}</p>").author == author


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("2024-03-02 10:12　来源：山谷报　作者：李明　点击：12", "李明"),
        ("来源：山谷报 | 作者：李明 | 时间：2024-03-02", "李明"),
        ("12 de marzo de 2024 | Autora: Ada Lund", "Ada Lund"),
        ("12. März 2024 | Häfen | Autorin: Ada Lund", "Ada Lund"),
        ("Dodano: 12.03.2024, autor: Jan Kowal", "Jan Kowal"),
        ("piątek, 12 marca 2024 | Wpisany przez Jan Kowal", "Jan Kowal"),
        ("Foto: ČTK | Autor: Jan Novák", None),
    ],
)
def test_word_for_an_author_with_a_colon_inside_a_line(line: str, author: str | None) -> None:
    assert article(f"<p>{line}</p>").author == author


@pytest.mark.parametrize(
    "about", ["About the author", "Über die Autorin", "Sobre la autora", "À propos de l’auteur", "Om författaren"]
)
def test_box_about_the_author_below_the_text(about: str) -> None:
    assert (
        article(after=f"<div><h3>{about}</h3><p>Ada Lund</p><p>Ada writes about ports.</p></div>").author == "Ada Lund"
    )


@pytest.mark.parametrize("classes", ["credits reader-credits", "reader-credits"])
def test_author_of_a_page_saved_from_a_reader_view(classes: str) -> None:
    head = f'<h1 class="reader-title">{TITLE}</h1><div class="{classes}">Ada Lund</div>'
    assert read(f"<div>{head}<div class=reader-estimated-time>3-4 minutes</div></div>{PROSE}").author == "Ada Lund"


@pytest.mark.parametrize(
    ("sender", "subject"),
    [
        ("Ada Lund &lt;ada () paper ! example&gt;", f"<a>Re: {TITLE}</a>"),
        ("Ada Lund &lt;<a>ada@paper.example</a>&gt;", TITLE),
    ],
)
def test_author_and_day_of_a_mail_that_is_preformatted(sender: str, subject: str) -> None:
    head = f"<b>From:</b> {sender}\nTo: quay@lists.example\nSubject: {subject}\n<b>Date: </b> 2011-09-08 7:41:12"
    title = f"<title>'Re: {TITLE}' - Lists</title>" if "Re:" in subject else f"<title>{TITLE}</title>"
    found = read(
        f"<pre>[<a>prev in list</a>]\n\n{head}\n\nOn Sat, Mar 02, 2010 Bo Berg wrote:\n&gt; late again?\n\nYes.</pre>",
        title,
    )
    assert (found.author, found.date) == ("Ada Lund", "2011-09-08")


DOTTED = ["约翰·史密斯", "阿卜杜拉·买买提", "扎西•次仁", "J·K·罗琳", "ジョン・スミス", "マリー・ド・ラ・トゥール"]


@pytest.mark.parametrize("name", DOTTED)
def test_a_dot_within_a_name_is_part_of_it(name: str) -> None:
    assert article(head=meta("author", name)).author == name
    assert article(f"<p class='byline'>By {name}</p>").author == name
    assert article(f"<p class='byline'>By {name} · 2 March 2024</p>").author == name


@pytest.mark.parametrize("line", ["By Ada Lund·Ferries", "By Ada Lund • Ferries", "By Ada Lund・3 min read"])
def test_a_dot_behind_a_name_ends_it(line: str) -> None:
    assert article(f"<p class='byline'>{line}</p>").author == "Ada Lund"
