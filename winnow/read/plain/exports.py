"""Exports of press databases: files of one or several articles, each with rows that the database has put around it.

Factiva, LexisNexis, Nexis Uni and ProQuest end or begin each article with a row of their own; LexisNexis names author,
section and length in rows such as `BYLINE: Ada Lund`.
"""

from __future__ import annotations

import re

from winnow.items import Metadata
from winnow.press import ABOVE, BELOW, HINTS, has_sentences, is_sentence

FEWEST = 20  # words of an article, at least

_ABOVE, _BELOW = re.compile(ABOVE, re.MULTILINE), re.compile(BELOW, re.MULTILINE)
_FIELD = re.compile(
    r"^(BYLINE|HEADLINE|SECTION|LENGTH|DATELINE|GRAPHIC|LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|JOURNAL-CODE|DISTRIBUTION"
    r"|Byline|Section|Length|Dateline|Graphic|Load-Date|Language|Body)(?::[ \t]*(.*)|[ \t\r]*$)",
    re.MULTILINE,
)
# A sentence about copyright is a paragraph of the article: it names no year.
_RIGHTS = re.compile(
    r"^[ \t]*(?:copyright\b(?![^\d©\n]{40,}[.!?][\"”»]?[ \t\r]*$)|©|all rights reserved\b).{0,200}$",
    re.MULTILINE | re.IGNORECASE,
)


def split_exports(text: str) -> list[tuple[Metadata, str]]:
    """Return what a database says of each article of its export, and the article's text; nothing for other texts.

    Above the first row and below the last one stand lists and terms; sentences there are an article's, too.
    """
    if not any(map(text.__contains__, HINTS)):
        return []
    above, *parts = _ABOVE.split(text)
    if not parts:
        *parts, above = _BELOW.split(text)
        parts += [above] if parts and has_sentences(above) else []
    elif has_sentences(above):
        parts = [above, *parts]
    return [_article(part) for part in parts if len(part.split()) >= FEWEST]


def _article(text: str) -> tuple[Metadata, str]:
    """Return what the rows of an article say of it, and its text without them."""
    rows = [row for row in _FIELD.finditer(text) if row[1].isupper() or not is_sentence(row[0])]
    fields = {row[1].title(): (row[2] or "").strip() for row in rows}
    if "Length" not in fields:
        return Metadata(), _RIGHTS.sub("", text).strip("\n")
    above = [row.strip() for row in text[: rows[0].start()].splitlines() if row.strip()]
    title = fields.get("Headline") or (above[0 if _RIGHTS.match(above[-1]) else -1] if above else None)
    stated = Metadata(title=title, author=fields.get("Byline") or None)
    ends = [0, *(row.end() for row in rows)]
    kept = "".join(text[end:begin] for end, begin in zip(ends, [*(row.start() for row in rows), None], strict=True))
    return stated, _RIGHTS.sub("", kept).strip("\n")
