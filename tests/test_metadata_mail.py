"""Archives of mailing lists show the head of a mail above its text: who wrote it, about what and when."""

from __future__ import annotations

import pytest
from lxml.html import document_fromstring

from winnow.items import Metadata
from winnow.read.metadata import read_metadata

SAID = (
    "On Mon, Mar 01, 2021, Bo Niemi wrote:\n&gt; The lamp on the mole is out again.\n\nIt is the gland, not the lamp."
)
# Sender, subject and day as programs label them; the name and the day that they state.
HEADS = (
    (
        ("From: Ada Lund &lt;ada@harbour.example&gt;", "To: boats@lists.example", "Subject: Re: Lamp on the mole"),
        "Date: Wed, 03 Mar 2021 14:02:00 +0000 [overview]",
    ),
    (
        ('From: "Ада Лунд" &lt;ada at harbour.example&gt;', "Subject: [boats] Lamp on the mole"),
        "Date: Wed, 3 Mar 2021 14:02:00 +0300",
    ),
    (
        ("Von: José Ñandú &lt;ada@harbour.example&gt;", "An: boats@lists.example", "Betreff: AW: Lamp on the mole"),
        "Datum: 3. März 2021 14:02",
    ),
    (
        ("List: boats", "Subject: Lamp on the mole", "From: Ada Lund &lt;ada () harbour ! example&gt;"),
        "Date: 2021-03-03 14:02:00",
    ),
)
NAMES = ("Ada Lund", "Ада Лунд", "José Ñandú", "Ada Lund")


def mail(rows: tuple[str, ...], layout: str, title: str) -> Metadata:
    head = (
        "\n".join(rows) if layout == "pre" else "".join(f"<li><em>{row.replace(':', '</em>:', 1)}</li>" for row in rows)
    )
    body = f"<pre>{head}\n\n{SAID}</pre>" if layout == "pre" else f"<ul>{head}</ul><pre>{SAID}</pre>"
    page = f"<html><head><title>{title}</title></head><body><p>boats, an archive</p>{body}</body></html>"
    return read_metadata(document_fromstring(page))


@pytest.mark.parametrize("layout", ["pre", "list"])
@pytest.mark.parametrize("at", range(len(HEADS)))
def test_the_head_of_a_mail_names_its_author_and_its_day(at: int, layout: str) -> None:
    rows, day = HEADS[at]
    title = "[boats] Lamp on the mole - archive" if at == 1 else "Re: Lamp on the mole - archive"
    read = mail((*rows, day), layout, title)
    assert (read.author, read.date) == (NAMES[at], "2021-03-03")


@pytest.mark.parametrize("layout", ["pre", "list"])
def test_a_mail_that_an_article_shows_is_not_the_page(layout: str) -> None:
    rows, day = HEADS[0]
    read = mail((*rows, day), layout, "What the council wrote")
    assert read.date != "2021-03-03" or read.author is None


@pytest.mark.parametrize("hidden", ["[hidden]", "[verborgen]", "[deleted]", "[非表示]"])
@pytest.mark.parametrize("line", ["<p class=author>{}</p>", "<p>Author: {} (moos3) Date: 2021-03-03 14:02</p>"])
def test_words_in_brackets_are_no_author(line: str, hidden: str) -> None:
    page = (
        f"<html><body><h1>Lamp on the mole</h1>{line.format(hidden)}<p>It is the gland, not the lamp.</p></body></html>"
    )
    assert hidden not in (read_metadata(document_fromstring(page)).author or "")
