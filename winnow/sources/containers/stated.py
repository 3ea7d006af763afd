"""What archives state about a page beside its bytes: media type, charset, address, and facts about its article."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from winnow.items import HTML, TEXT, Metadata, Page
from winnow.sources.containers.headers import Headers
from winnow.text import storable
from winnow.times import day, moment

MEDIA_TYPES = {"text/html": HTML, "application/xhtml+xml": HTML, "text/plain": TEXT}

_MAX_ADDRESS = 8192  # characters
_MAX_VALUE = 4096
_MAX_VALUES = 100
_NAMED = ("name", "label", "title", "term", "value")  # the field that says what an object in a list is called
_TAG_ENDS = re.compile(r"[,;]")


def page_of(name: str, headers: Headers) -> Page:
    """Return the page of a WARC record, with the address and the time that its header states."""
    return Page(name, url=address(headers.get("WARC-Target-URI")), captured=moment(headers.get("WARC-Date")))


def split_type(value: str | None) -> tuple[str, str | None]:
    """Return the media type, in lower case, and the charset of a content type; of several that were joined, the first.

    >>> split_type('Text/HTML; charset="UTF-8"'), split_type("text/html, text/html; charset=utf-8"), split_type(None)
    (('text/html', 'UTF-8'), ('text/html', 'utf-8'), ('', None))
    """
    media_type, *parameters = re.split("[;,]", value or "")
    named = (part.partition("=") for part in parameters)
    charsets = [value.strip(" \t\"'") for name, _, value in named if name.strip().lower() == "charset"]
    return media_type.strip().lower(), charsets[0] if charsets and charsets[0] else None


def address(value: object) -> str | None:
    """Return a value that is the address of a web page, stripped; None for any other value, or an absurdly long one."""
    url = storable(value.strip()) if isinstance(value, str) and len(value) < _MAX_ADDRESS else ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname and url.isprintable() else None


def facts(**values: object) -> Metadata:
    """Return what a record states about its article, by the names of `Metadata`'s fields; the reader cleans the values.

    A value may be of any type that JSON has: authors and tags are lists, objects with names or one text, a date is
    whatever `winnow.times.day` understands. What cannot be understood is left out.

    >>> facts(title="A day", author=[{"name": "Ann Lee"}], date="2024-02-29T23:30:00-05:00", tags="one, two").tags
    ('one', 'two')
    """
    told = {name: "; ".join(_texts(value)) or None for name, value in values.items() if name not in ("date", "tags")}
    tags = [tag.strip() for text in _texts(values.get("tags")) for tag in _TAG_ENDS.split(text)]
    return Metadata(**told, date=day(values.get("date")), tags=tuple(filter(None, tags)))


def _texts(value: object) -> list[str]:
    if isinstance(value, list | tuple):
        return [text for each in value[:_MAX_VALUES] for text in _texts(each)]
    if isinstance(value, dict):
        named = next((value[name] for name in _NAMED if isinstance(value.get(name), str)), None)
        is_by_name = named is None and all(isinstance(each, dict) for each in value.values())
        return _texts(list(value) if is_by_name else named)
    return [value[:_MAX_VALUE].strip()] if isinstance(value, str) and value.strip() else []
