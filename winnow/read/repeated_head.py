"""The opening of a text: lines before the first sentence that only repeat what has a column of its own."""

from __future__ import annotations

import re

from winnow.read.words.beside import BESIDE
from winnow.read.words.dates import find_dates
from winnow.text import tokens

MOST = 4  # lines: title, author, day of publication, day of a change
LONGEST = 16  # of a line that names authors and days and nothing else
_TIME = re.compile(r"\b\d{1,2}[:.h]\d\d(?::\d\d)?\b")


def without_head(text: str, title: str | None, author: str | None) -> str:
    """Drop leading lines that are the title, or that name the author or days and nothing else.

    The author is told by the name that was found: a bare name may be the first word of an interview.
    """
    names = frozenset(tokens(author or ""))
    for _ in range(MOST):
        first, _, rest = text.partition("\n\n")
        if not _is_title(first, title) and not (rest and _is_credit(first, names)):
            break
        text = rest
    return text


def _is_title(line: str, title: str | None) -> bool:
    return bool(title) and tokens(line) == tokens(title or "")


def _is_credit(line: str, names: frozenset[str]) -> bool:
    if len(line) > 20 * LONGEST or len(line.split()) > LONGEST:
        return False
    days = find_dates(line)
    for day in reversed(days):
        line = line[: day.begin] + " " + line[day.end :]
    left = set(tokens(_TIME.sub(" ", line)))
    return (bool(days) or (bool(names) and names <= left)) and left <= names | BESIDE
