"""Who wrote what a mail brings: its sender, or in a newsletter whoever the text itself names."""

from __future__ import annotations

import io

import pytest

from lab.samples import sentences
from winnow.items import Article
from winnow.read.page import read_page
from winnow.sources.containers import kind_of, records
from winnow.sources.containers.records import ContainerOptions, Record

TEXT = sentences(7, 12)
LEAVE = "List-Unsubscribe: <https://letter.example/leave>\n"
CASES = [
    ("Tidewater Letter", "By Ann Weaver"),
    ("Küstenbrief", "Von Jörg Möller"),
    ("La Lettre du Large", "Par Hélène Quémeneur"),
]


def article_of(sender: str, headers: str, byline: str, form: str) -> Article:
    if form == "html":
        body = f"<h1>The lamp on the mole</h1><p>{byline}</p>" + "".join(f"<p>{each}</p>" for each in TEXT)
    else:
        body = "\n\n".join(["The lamp on the mole", byline, *TEXT])
    head = (
        f"From: {sender} <post@letter.example>\nSubject: The lamp on the mole\nDate: Thu, 29 Feb 2024 08:30:00 +0000\n"
    )
    raw = f"{head}{headers}MIME-Version: 1.0\nContent-Type: text/{form}; charset=utf-8\n\n{body}\n".encode()
    kind = kind_of("a.eml", raw)
    assert kind
    [item] = [each for each in records(io.BytesIO(raw), kind, ContainerOptions()) if isinstance(each, Record)]
    article = read_page(item.page).article
    assert article
    return article


@pytest.mark.parametrize("form", ["html", "plain"])
@pytest.mark.parametrize(("sender", "byline"), CASES)
def test_a_newsletter_is_by_whom_its_text_names(sender: str, byline: str, form: str) -> None:
    article = article_of(sender, LEAVE, byline, form)
    assert (article.author, article.sitename) == (byline.split(" ", 1)[1], sender)


@pytest.mark.parametrize("form", ["html", "plain"])
@pytest.mark.parametrize(
    ("headers", "byline", "site"),
    [
        (LEAVE, "", "Ann Weaver"),  # a letter of one person
        ("", "By Bo Niemi", None),  # a mail that passes something on
        (f"{LEAVE}List-Post: <mailto:boats@lists.example>\n", "By Bo Niemi", None),  # of a list on which people write
    ],
)
def test_other_mails_are_by_their_senders(headers: str, byline: str, site: str | None, form: str) -> None:
    article = article_of("Ann Weaver", headers, byline, form)
    assert (article.author, article.sitename) == ("Ann Weaver", site)
