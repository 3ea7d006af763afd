"""Lines that name an author and days, or how many comments there are, and nothing else."""

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
# How long ago that was, behind a name, in any language: `1 year, 4 months ago`, `hace 3 días`, `2年 前`.
_SPAN = r"\d{1,3}\s?[^\s\d,،，:]+"
_AGO = re.compile(rf"(?:[^\s\d:]{{1,12}} ){{0,3}}{_SPAN}(?:[,،，]?\s*{_SPAN})?(?:\s[^\s\d:]{{1,12}}){{0,2}}")
_COUNT = re.compile(r"\(\d{1,6}(?:\s[^\s\d()]{1,20}){1,3}\)")
_LABEL = 4  # words before such a name, at most
_BYLINE = re.compile(rf"(?:{words.pattern('by', 'author')})\s*:?\s", re.IGNORECASE)


def is_credit(line: str, names: frozenset[str]) -> bool:
    """Return whether a line names the author (all of `names`) or days, and nothing else."""
    if len(line) > 20 * LONGEST or len(line.replace("|", " ").split()) > LONGEST:
        return False
    days = find_dates(line)
    for day in reversed(days):
        line = line[: day.begin] + " " + line[day.end :]
    left = set(tokens(_TIME.sub(" ", line)))
    if days:
        return left <= names | BESIDE | _WEEKDAYS
    return bool(names) and names <= left and (left <= names | BESIDE or _is_ago(line, names))


def is_count(line: str) -> bool:
    """Return whether a line is nothing but a count in brackets, as templates have it below a byline: `(0 comments)`."""
    return _COUNT.fullmatch(line.strip()) is not None


def _is_ago(line: str, names: frozenset[str]) -> bool:
    """Return whether a line says, behind a label and the author's name, how long ago that was, and nothing else."""
    label, colon, rest = line.replace("：", ":").partition(": ")
    if not colon:
        found = _BYLINE.match(line)
        label, rest = (found[0], line[found.end() :]) if found else ("", "")
    if not 0 < len(label.split()) <= _LABEL:
        return False
    told = rest.split()
    at = next((i for i, word in enumerate(told) if not names.issuperset(tokens(word))), 0)
    return names.issubset(tokens(" ".join(told[:at]))) and _AGO.fullmatch(" ".join(told[at:])) is not None
