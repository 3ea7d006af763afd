"""Entries of exports: objects that hold the text of a page, and what else they say, under the names in common use.

The names are those of wallabag, Omnivore, Readwise, Raindrop, Pocket, Karakeep, JSON Feed, Scrapy's and trafilatura's
exports, compared without case and signs: `publishedAt` is `published_at`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from winnow.items import HTML, TEXT, Page
from winnow.sources.containers.records import TEASER, Item, Passed, Place, Record, too_large
from winnow.sources.containers.stated import address, facts
from winnow.times import moment

_SIGNS = re.compile(r"[\W_]+")
_TAG = re.compile(r"</[a-z]|<(?:p|br|div|h[1-6]|img|article)\b", re.I)
# Names in the order in which they are believed; what is first found and not empty counts.
_CONTENT = ("html", "contenthtml", "htmlcontent", "contenttext", "text", "content", "fulltext", "articlebody", "body",
            "maintext", "rawtext")  # fmt: skip
_ADDRESS = ("url", "sourceurl", "originalurl", "link", "givenurl", "resolvedurl")
_CAPTURED = ("captured", "capturedat", "crawledat", "fetchedat", "savedat", "createdat", "created", "timeadded",
             "datedownload", "archivetime")  # fmt: skip
_FACTS = {
    "title": ("title", "resolvedtitle", "giventitle", "headline"),
    "author": ("author", "authors", "byline", "publishedby"),
    "date": ("publishedat", "datepublished", "publisheddate", "publishdate", "pubdate", "published", "date"),
    "tags": ("tags", "labels", "keywords"),
    "language": ("language", "lang"),
    "sitename": ("sitename", "publisher", "sourcename"),
    "description": ("description", "excerpt", "summary", "note"),
}
_MILLISECONDS = 10**11  # from which on a number counts no seconds


def record_of(value: dict[str, Any], name: str, limit: int, after: Place | None = None) -> Item:
    """Return the page of an entry; an entry without a text is passed over."""
    said = _flat(value)
    content = _first(said, _CONTENT)
    if not isinstance(content, str) or not content.strip():
        return Passed(TEASER, after)
    stated = facts(**{field: _first(said, names) for field, names in _FACTS.items()})
    url, captured = address(_first(said, _ADDRESS)), moment(_seconds(_first(said, _CAPTURED)))
    page = Page(name, url=url, captured=captured, stated=stated)
    body = content.encode("utf-8", "replace")
    if len(body) > limit:
        return too_large(page, limit, after)
    media_type = HTML if _TAG.search(content) else TEXT
    return Record(replace(page, body=body, media_type=media_type, charset="utf-8"), after)


def has_text(value: dict[str, Any]) -> bool:
    """Return whether an object holds a text, under one of the names for it."""
    return isinstance(_first(_flat(value), _CONTENT), str)


def _flat(value: dict[str, Any]) -> dict[str, Any]:
    """Return the fields by their names without signs, those of an object called `content` among them."""
    inner = value.get("content")
    whole = (
        {**{name: each for name, each in value.items() if name != "content"}, **inner}
        if isinstance(inner, dict)
        else value
    )
    return {_SIGNS.sub("", str(name)).lower(): each for name, each in whole.items()}


def _first(said: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((value for name in names if (value := said.get(name)) not in (None, "", [], {})), None)


def _seconds(value: Any) -> Any:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) in (10, 13):
        value = int(value)
    return value / 1000 if isinstance(value, int) and value >= _MILLISECONDS else value
