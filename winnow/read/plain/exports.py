"""Exports of press databases: files of one or several articles, each with rows that the database has put around it.

Factiva, LexisNexis, Nexis Uni and ProQuest end or begin each article with a row of their own; LexisNexis names author,
section and length in rows such as `BYLINE: Ada Lund`.
"""

from __future__ import annotations

import re

from winnow.items import Metadata
from winnow.press import ABOVE, BELOW, HINTS

FEWEST = 20  # words of an article, at least

_ABOVE, _BELOW = re.compile(ABOVE, re.MULTILINE), re.compile(BELOW, re.MULTILINE)
_FIELD = re.compile(
    r"^(BYLINE|HEADLINE|SECTION|LENGTH|DATELINE|GRAPHIC|LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|JOURNAL-CODE|DISTRIBUTION"
    r"|Byline|Section|Length|Dateline|Graphic|Load-Date|Language|Body)(?::[ \t]*(.*)|[ \t\r]*$)",
    re.MULTILINE,
)
_RIGHTS = re.compile(r"^[ \t]*(?:copyright\b|©|all rights reserved\b).{0,200}$", re.MULTILINE | re.IGNORECASE)


def split_exports(text: str) -> list[tuple[Metadata, str]]:
    """Return what a database says of each article of its export, and the article's text; nothing for other texts."""
    if not any(map(text.__contains__, HINTS)):
        return []
    parts = _ABOVE.split(text)[1:] or _BELOW.split(text)[:-1]
    return [_article(part) for part in parts if len(part.split()) >= FEWEST]


def _article(text: str) -> tuple[Metadata, str]:
    """Return what the rows of an article say of it, and its text without them."""
    fields = {name.title(): (value or "").strip() for name, value in _FIELD.findall(text)}
    if "Length" not in fields:
        return Metadata(), _RIGHTS.sub("", text).strip("\n")
    first = _FIELD.search(text)
    above = [row.strip() for row in text[: first.start() if first else 0].splitlines() if row.strip()]
    title = fields.get("Headline") or (above[0 if _RIGHTS.match(above[-1]) else -1] if above else None)
    stated = Metadata(title=title, author=fields.get("Byline") or None)
    return stated, _RIGHTS.sub("", _FIELD.sub("", text)).strip("\n")
