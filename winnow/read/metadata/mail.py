"""The head of a mail above a page's text, as archives of mailing lists show it: who wrote it and when.

From: Ada Lund <ada@harbour.example>
Subject: Lamps on the mole
Date: Wed, 03 Mar 2021 14:02:00 +0000
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from winnow.read.html.seen import SeenLine
from winnow.read.metadata.dates import read_date
from winnow.read.metadata.names import names_alone
from winnow.read.words.mail import AROUND, FIELD, SENDER, SUBJECT

ABOVE = 40  # lines from the beginning of a page in which such a head begins
ROWS = 15  # of such a head, at most
LABEL = 20  # characters of a row in which its label ends, at most

_REPLY = re.compile(r"(?:[^\W\d]{2,4}(?:\[\d+\])?\s*[:：]\s*)+")
_ADDRESS = re.compile(r"[<(\[]?[\w.+-]+(?:@| (?:at|\(a?\)) ).*")


class Sent(NamedTuple):
    """Who wrote a mail, and on which day (ISO); None where that is not told."""

    author: str | None
    date: str | None


def mail_of(lines: Sequence[SeenLine], title: str | None) -> Sent:
    """Return who wrote the mail that a page is, and when: its subject is the title of the page."""
    for first, line in enumerate(lines[:ABOVE]):
        found = FIELD.match(line.text) if ":" in line.text[:LABEL] or "：" in line.text[:LABEL] else None
        if found and (SENDER.fullmatch(found[1]) or SUBJECT.fullmatch(found[1])):
            return _read([each.text for each in lines[first : first + ROWS]], title or "")
    return Sent(None, None)


def _read(rows: Sequence[str], title: str) -> Sent:
    """Read the rows of a head from the first one on; those that state neither sender nor subject may state the day."""
    author = day = subject = None
    for found in map(FIELD.match, rows):
        if found is None or not found[2]:
            break
        label, value = found.groups()
        if author is None and SENDER.fullmatch(label):
            author = "; ".join(names_alone(_ADDRESS.sub("", value).strip(AROUND)))
        elif subject is None and SUBJECT.fullmatch(label):
            subject = _REPLY.sub("", value)
        elif day is None:
            day = read_date(value)
    is_own = author is not None and subject is not None and subject in title
    return Sent(author or None, day.isoformat() if day else None) if is_own else Sent(None, None)
