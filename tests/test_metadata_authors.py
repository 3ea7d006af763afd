"""Authors of invented pages: bylines in many languages, forms of JSON-LD, sites and accounts."""

from __future__ import annotations

import pytest

from tests.test_metadata import PROSE, TITLE, article, linked, meta, read
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
