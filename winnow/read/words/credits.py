"""Lines that name an author and days and nothing else."""

from __future__ import annotations

import re

from winnow.read import words
from winnow.read.words.beside import BESIDE
from winnow.read.words.dates import find_dates
from winnow.text import tokens

LONGEST = 16  # words of such a line
# Words of weekdays beside a day, whose names have several: `quinta-feira`, `星期六`.
_WEEKDAYS = frozenset(
    token for code in words.languages() for forms in words.weekdays(code) for form in forms for token in tokens(form)
)
_TIME = re.compile(r"\b\d{1,2}[:.h]\d\d(?::\d\d)?\b")


def is_credit(line: str, names: frozenset[str]) -> bool:
    """Return whether a line names the author, by all words of the names, or days, and nothing else."""
    if len(line) > 20 * LONGEST or len(line.replace("|", " ").split()) > LONGEST:
        return False
    days = find_dates(line)
    for day in reversed(days):
        line = line[: day.begin] + " " + line[day.end :]
    left = set(tokens(_TIME.sub(" ", line)))
    if days:
        return left <= names | BESIDE | _WEEKDAYS
    return bool(names) and names <= left <= names | BESIDE
