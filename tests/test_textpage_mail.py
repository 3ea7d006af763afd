"""Captures of mail: quoted-printable is decoded, and the head names sender, subject and day."""

from __future__ import annotations

import quopri

import pytest

from tests.textpage_samples import ENGLISH, SAMPLES, marked, plain
from tests.textpage_tools import pandoc
from winnow.read.lines.line import split_lines
from winnow.read.plain import read
from winnow.read.plain.mail import head_of, sender


@pytest.mark.parametrize("language", ["en", *sorted(SAMPLES)])
def test_quoted_printable_is_decoded(language: str) -> None:
    sample = plain(SAMPLES.get(language, ENGLISH))
    coded = quopri.encodestring(sample.encode()).decode()
    assert coded != sample
    assert split_lines(coded) == split_lines(sample)
    assert read(coded).title == marked(SAMPLES.get(language, ENGLISH), "T")[0]


def test_quoted_printable_of_western_mail_is_decoded() -> None:
    text = "Die Fähre fährt nur, wenn der Kapitän die Möwen zählt, und das dauert übermäßig lang, sagt er. " * 3
    coded = quopri.encodestring(text.encode("latin-1")).decode()
    assert [line.text for line in split_lines(coded)] == [text.strip()]


@pytest.mark.parametrize(
    "text", ["E=20 and F=3D are said of fields.", "a =\n1\nb =\n2\nc =\n3", "See /find?a=E9&b=20&c=3D&d=41 there."]
)
def test_other_signs_of_equality_stay(text: str) -> None:
    assert "\n".join(line.text for line in split_lines(text)) == text


BODY = "\n\n".join(text for text in marked(ENGLISH, "A"))
GERMAN = "\n\n".join(text for text in marked(SAMPLES["de"], "A") if len(text) > 40)
HEADS = {
    "sent": ("From: Ida Verlane <ida@harbour.example>\nTo: list@harbour.example\nDate: Thu, 5 Oct 2023 08:30:11 +0200\n"
             "Subject: The ferry again\nMessage-ID: <1@harbour.example>", BODY),
    "printed": ("Von: Ida Verlane [ida@harbour.example]\nGesendet: Donnerstag, 5. Oktober 2023 08:30\nAn: Liste\n"
                "Betreff: Die Fähre wieder", GERMAN),
    "listed": ("The ferry again\n\nIda Verlane ida at harbour.example\nThu Oct 5 08:30:11 CEST 2023\n\n"
               "  • Previous message: Tides in September\n  • Next message: Painting the pier", BODY),
    "threaded": ("The ferry again\n\n  • To: list@harbour.example\n  • Subject: The ferry again\n"
                 "  • From: Ida Verlane <ida@harbour.example>\n  • Date: Thu, 5 Oct 2023 08:30:11 +0200", BODY),
}  # fmt: skip


@pytest.mark.parametrize("form", HEADS)
def test_the_head_of_a_mail_says_who_wrote_what_and_when(form: str) -> None:
    head, body = HEADS[form]
    page = read(f"{head}\n\n{body}\n\n--\nIda Verlane\n")
    assert page.byline == "Ida Verlane"
    assert page.title in ("The ferry again", "Die Fähre wieder")
    assert page.date == "2023-10-05"
    assert [line.text for line in page.body][:5] == body.split("\n\n")[:5]


@pytest.mark.parametrize(
    "line",
    [
        "From: the council",
        "Write to news@harbour.example",
        "Ask Ida Verlane at harbour.example for more",
        "From Paris: x",
    ],
)
def test_other_lines_name_no_sender(line: str) -> None:
    assert sender(line) is None


def test_an_interview_has_no_head_of_a_mail() -> None:
    lines = ["Subject: a hard one", "Nora: I came from afar.", "Tom: And then?"]
    assert head_of(lines) is None
    assert head_of(["From: Ida Verlane <ida@harbour.example>", "The ferry again"]) is None


def test_a_mail_that_an_article_shows_is_none_of_its_own() -> None:
    mail = ["From: Ida Verlane <ida@harbour.example>", "To: the council", "Subject: The ferry again"]
    assert head_of(mail) == (range(3), 2)
    assert head_of(["The council and its letters", *mail]) is None


def test_the_fields_of_a_mail_are_not_joined_where_its_message_is_wrapped() -> None:
    head = [
        "From: Ida Verlane <ida@harbour.example>",
        f"Subject: {'The ferry again and again ' * 3}".strip(),
        "X-Mailer: own",
    ]
    text = "\n".join([*head, "", pandoc(BODY)])
    assert [line.text for line in split_lines(text)] == [*head, *BODY.split("\n\n")]


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "pl", "ru", "zh"])
@pytest.mark.parametrize(
    ("above", "head"),
    [
        (
            "",
            "-------- Forwarded message -------\nFrom: {who}\nDate: Wed, Mar 6, 2024 at 9:14 AM\nSubject: {title}\n",
        ),
        (
            "",
            "-------- Weitergeleitete Nachricht --------\nBetreff: \t{title}\nDatum: \t6. März 2024\nVon: \t{who}\n",
        ),
        ("FYI, see below.\n\n", "_" * 32 + "\nDe : {who}\nEnvoyé : mercredi 6 mars 2024 09:14\nObjet : {title}\n"),
    ],
)
def test_a_page_that_is_passed_on_has_its_headline_and_no_head_of_a_mail(language: str, above: str, head: str) -> None:
    sample = SAMPLES.get(language, ENGLISH)
    title = marked(sample, "T")[0]
    said = head.format(who="Ida Verlane <ida@harbour.example>", title=title)
    page = read(f"{above}{said}\n\n{plain(sample)}")
    assert page.title == title
    assert not any("harbour.example" in line or title in line for line in page.text.splitlines())
    assert set(page.text.splitlines()) <= {*read(plain(sample)).text.splitlines(), "FYI, see below."}


def test_a_mail_below_more_than_a_note_is_told_of() -> None:
    mail = ["------ Forwarded ------", "From: Ida Verlane <ida@harbour.example>", "Subject: The ferry again"]
    assert head_of(mail) == (range(3), 2)
    assert head_of(["The council has its own view of this.", *mail]) == (range(1, 4), 3)
    assert head_of(["The council has its own view of all of this. " * 3, *mail]) is None
