"""What archives state about a page beside its bytes: media type, charset and address."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from winnow.items import HTML, TEXT, Page
from winnow.sources.containers.headers import Headers
from winnow.text import storable
from winnow.times import moment

MEDIA_TYPES = {"text/html": HTML, "application/xhtml+xml": HTML, "text/plain": TEXT}

_MAX_ADDRESS = 8192  # characters


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
