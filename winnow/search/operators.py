"""Take what narrows a search out of what was typed: `site:paper.example`, `before:2024-03`, `is:corrected`."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_OPERATORS = 32
# What may be typed before the colon, and what it stands for; all take a value of their own.
NAMES = {
    **dict.fromkeys(("site", "host"), "site"), **dict.fromkeys(("author", "by"), "author"),
    **dict.fromkeys(("language", "lang"), "language"), **dict.fromkeys(("year", "month", "date"), "year"),
    "section": "section", "kind": "kind", "source": "source", "before": "before", "after": "after", "since": "since",
    "is": "is",
}  # fmt: skip
STATES = ("corrected", "starred")  # of which an article may be one: `is:starred`
_PIECE = re.compile(
    rf"(?<!\S)(?P<minus>-?)(?P<name>(?ai:{'|'.join(NAMES)})):"  # in ASCII: `ı` is no `i`
    r'(?:"(?P<quoted>[^"]*)"?|(?P<value>[^\s"]\S*))|-?"[^"]*"?|\S+'
)
_DAY = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")
_DATED = ("year", "before", "after", "since")


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator: the name of what it narrows, the value, and whether articles with this value are left out."""

    name: str
    value: str
    is_excluded: bool = False


def split(typed: str) -> tuple[str, list[Operator]]:
    """Return what was typed without its operators, and the operators; one that makes no sense counts as words.

    >>> split('ferry site:paper.example -author:"Ann Lee" before:noon')
    ('ferry before:noon', [Operator(name='site', value='paper.example', is_excluded=False), \
Operator(name='author', value='Ann Lee', is_excluded=True)])
    """
    words, operators = list[str](), list[Operator]()
    for found in _PIECE.finditer(typed):
        operator = _operator(found) if found["name"] and len(operators) < MAX_OPERATORS else None
        if operator is None:
            words.append(found[0])
        else:
            operators.append(operator)
    return (" ".join(words) if operators else typed), operators


def _operator(found: re.Match[str]) -> Operator | None:
    name, value = NAMES[found["name"].lower()], (found["quoted"] or found["value"] or "").strip()
    if name == "is":
        name, value = value.lower(), "1"
        if name not in STATES:
            return None
    if not value or (name in _DATED and not is_day(value)):
        return None
    return Operator(name, value, bool(found["minus"]))


def is_day(text: str) -> bool:
    """Return whether a text is a year, a month or a day: 2024, 2024-03 or 2024-03-15."""
    return bool(_DAY.fullmatch(text))
