"""Undo the addresses that mail programs write behind links: `Home <https://…>`, and Outlook `Home<https://…>`.

In a text that a person has written, an address in such brackets may be all that is said of a place; so rows that are
links and nothing else must show that a program wrote them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from winnow.read.lines.wrapping import columns

FEWEST = 3  # rows that are a link and nothing else, or words with an address right behind them
WORDS = 8  # of such a row, at most
WIDTH = 72  # at which mail programs wrap; a longer address has a row of its own

_ADDRESS = r"<(?:https?|mailto|tel):[^\s<>]*>"
_ALONE = re.compile(rf"[\s>]*{_ADDRESS}\s*", re.IGNORECASE)
_BEHIND = re.compile(rf"(?<=[^\s:：(])\s?{_ADDRESS}", re.IGNORECASE)
_GLUED = re.compile(r"[^\W_]<https?:")
_LINK = re.compile(
    rf"(?m)^[ \t>]*(?:[*•·-][ \t]+)?[^\s<>]+(?: [^\s<>]+){{0,{WORDS - 1}}}(?<![:：,])(?: |[ \r]*\n[ \t>]*)"
    r"<https?:[^\s<>]+>[ \t\r]*$"
)


def has_mail_links(text: str) -> bool:
    """Return whether addresses stand in angle brackets behind the links of a text."""
    if text.count("<http") < FEWEST:
        return False
    return any(sum(1 for _ in sign.finditer(text)) >= FEWEST for sign in (_GLUED, _LINK))


def with_near_addresses(rows: Sequence[str]) -> list[str]:
    """Return rows with each address that has a row of its own at the end of the row before it, cut to fill that row."""
    near: list[str] = []
    for row in rows:
        if near and near[-1].strip() and _ALONE.fullmatch(row):
            text, address = near[-1].rstrip(), row.lstrip(" \t>").rstrip()
            room = max(len("<https:>"), WIDTH - columns(text) - 1)
            near[-1] = f"{text} {address[: room - 1].rstrip('>')}>"
        else:
            near.append(row)
    return near


def without_mail_links(row: str) -> str:
    """Return a row without the addresses behind its links; an empty one where it is nothing but an address."""
    if "<" not in row:
        return row
    return "" if _ALONE.fullmatch(row) else _BEHIND.sub("", row)
