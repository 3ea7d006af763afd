"""What archives state about a page beside its bytes: media type, charset and address."""

from __future__ import annotations

from urllib.parse import urlsplit

from winnow.items import HTML, TEXT
from winnow.text import storable

MEDIA_TYPES = {"text/html": HTML, "application/xhtml+xml": HTML, "text/plain": TEXT}

_MAX_ADDRESS = 8192  # characters


def split_type(value: str | None) -> tuple[str, str | None]:
    """Return the media type, in lower case, and the charset of a content type.

    >>> split_type('Text/HTML; charset="UTF-8"'), split_type(None)
    (('text/html', 'UTF-8'), ('', None))
    """
    media_type, *parameters = (value or "").split(";")
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
