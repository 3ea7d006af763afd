"""Titles, authors and days of pages of older systems, and of mails that quote others."""

from __future__ import annotations

import pytest

from tests.metadata_samples import PROSE, article, read


@pytest.mark.parametrize("byline", ["Wpisany przez", "Napisany przez", "Written by", "Scritto da", "Geschreven door"])
def test_bylines_of_an_older_system(byline: str) -> None:
    table = f"<table><tr><td><span class=small>{byline} Ada Lund</span></td></tr></table>"
    assert article(table).author == "Ada Lund"


@pytest.mark.parametrize(
    "quoted",
    [
        "On Fri, 1 Mar 2024, Bo Niemi wrote:",
        "Am 1. März 2024 um 10:12 schrieb Bo Niemi:",
        "Le 1 mars 2024 à 10:12, Bo Niemi a écrit :",
        "El 1 de marzo de 2024, Bo Niemi escribió:",
    ],
)
@pytest.mark.parametrize("sent", ["<i>Sat Mar  2 10:12:33 CET 2024</i>", "<p>2 March 2024 10:12</p>"])
def test_day_of_a_mail_that_is_quoted_is_another_one(sent: str, quoted: str) -> None:
    assert article(f"{sent}<hr><pre>{quoted}\n\n&gt; The ferry is late.\n</pre>").date == "2024-03-02"


@pytest.mark.parametrize(
    ("created", "changed"),
    [
        ("piątek, 01 marca 2024 10:12", "Poprawiony: sobota, 02 marca 2024"),
        ("vrijdag 01 maart 2024 10:12", "Laatst aangepast op zaterdag 02 maart 2024"),
        ("Vendredi, 01 Mars 2024 10:12", "Mis à jour ( Samedi, 02 Mars 2024 )"),
        ("Friday, 01 March 2024 10:12", "Saturday, 02 March 2024"),
    ],
)
def test_days_of_an_older_system(created: str, changed: str) -> None:
    table = "<table><tr><td class={}>{}</td></tr></table>"
    body = table.format("createdate", created), table.format("modifydate", changed)
    assert article(*body).date == "2024-03-01"


SECTIONS = ("Who may sail with the ferry", "Where to buy a ticket for the ferry", "What to do when it is late")


@pytest.mark.parametrize("title", ["Questions and answers", "Sandholm: Fares", "Wir antworten", "よくある質問"])
@pytest.mark.parametrize("tag", ["h1", "h2"])
def test_a_section_is_not_the_headline_of_a_page_that_is_named_otherwise(title: str, tag: str) -> None:
    sections = "".join(f"<{tag}>{section}</{tag}>{PROSE}" for section in SECTIONS)
    assert read(sections, f"<title>{title}</title>").title == title
    posts = "".join(f"<h2><a href='/{at}'>{section}</a></h2>{PROSE}" for at, section in enumerate(SECTIONS))
    assert read(posts, f"<title>{title}</title>").title == SECTIONS[0]
    assert (
        read(f"<h1>{SECTIONS[0]}</h1>{PROSE}<h2>{SECTIONS[1]}</h2>{PROSE}", f"<title>{title}</title>").title
        == (SECTIONS[0])
    )


@pytest.mark.parametrize("file", ["sort-mail", "quay_notes", "sort-mail-2"])
def test_a_heading_of_one_word_among_others_is_not_the_headline(file: str) -> None:
    sections = "".join(f"<h1>{section}</h1>{PROSE}" for section in ("NAME", "SYNOPSIS", "DESCRIPTION"))
    assert read(sections, f"<title>{file}</title>").title == file


@pytest.mark.parametrize(
    ("heading", "title"),
    [("Quay Tutorial", "Quay Mail Library - Tutorial"), ("Kai-Handbuch", "Kai – Das Postfach | Handbuch"),
     ("Tri courriel : guide", "Tri — le courriel rangé : guide")],
)  # fmt: skip
def test_a_headline_may_have_words_of_both_ends_of_the_page_title(heading: str, title: str) -> None:
    assert read(f"<h1>{heading}</h1>{PROSE}<h2>One</h2>{PROSE}", f"<title>{title}</title>").title == heading
