"""Files that are named like text and begin like something else: mail of nothing but text, Markdown with tags."""

from __future__ import annotations

import pytest

from tests.test_decode import GERMAN, decoded, rejected
from winnow.items import HTML, TEXT
from winnow.read.decode import Decoded

MAIL = """From: Ada Lund <ada@harbour.example>
To: all@harbour.example
Subject: Lamps on the mole
Date: Thu, 29 Feb 2024 10:00:00 +0000
Message-ID: <1@harbour.example>
MIME-Version: 1.0
{}

"""


@pytest.mark.parametrize("name", ["letter.txt", "2024/letter.TEXT", "letter.md"])
@pytest.mark.parametrize(
    "fields", ["Lines: 12", "Content-Type: text/plain; charset=utf-8", "Newsgroups: harbour.lamps"]
)
def test_mail_of_nothing_but_text_in_a_file_of_text_is_a_page(name: str, fields: str) -> None:
    body = (MAIL.format(fields) + GERMAN).encode()
    assert decoded(body, name) == Decoded(body.decode(), TEXT, "utf-8")


@pytest.mark.parametrize(
    "fields",
    ["Content-Type: multipart/alternative; boundary=b", "content-type: text/html", "Content-Transfer-Encoding: base64"],
)
def test_mail_in_parts_or_coded_is_left_to_the_reader_of_mail(fields: str) -> None:
    assert rejected((MAIL.format(fields) + GERMAN).encode()).detail.startswith("an e-mail")
    assert rejected((MAIL.format("Lines: 12") + GERMAN).encode(), "letter").detail.startswith("an e-mail")


@pytest.mark.parametrize("name", ["README.md", "notes.markdown"])
def test_markdown_with_tags_is_text(name: str) -> None:
    badges = '<p align="center"><a href="/ci"><img src="ci.svg"></a> <a href="/docs">Docs</a></p>\n\n'
    assert decoded(f"{badges}# Fähre\n\n{GERMAN}\n\n## Aufbau\n\n{GERMAN}".encode(), name).media_type == TEXT
    assert decoded(f"<p>{GERMAN}</p><p>{GERMAN}</p><div>{GERMAN}</div>".encode(), name).media_type == HTML
