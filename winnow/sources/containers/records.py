"""What the readers of containers share: a record, what is passed over, where reading goes on, and the limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from winnow.items import HTML, MAX_PAGE_BYTES, TEXT, Reason, Rejection
from winnow.text import storable

MEDIA_TYPES = {"text/html": HTML, "application/xhtml+xml": HTML, "text/plain": TEXT}

_MAX_ADDRESS = 8192

# Why records are counted but are no pages.
NO_RESPONSE = "not a response"
NO_SUCCESS = "status other than 2xx"
NO_PAGE = "neither HTML nor text"
NESTED = "container inside a container"
EMPTY = "blank"


@dataclass(frozen=True, slots=True)
class Options:
    """What readers can be told. `fields` names the fields of JSON Lines: `url`, `html`, `text` and `date`."""

    max_bytes: int = MAX_PAGE_BYTES
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """Where reading a container can go on: bytes of the file, or of what it unpacks to, and lines before it."""

    position: int = 0
    lines: int = 0


BEGINNING = Place()


@dataclass(frozen=True, slots=True)
class Record:
    """One record that is a page. `after` is where reading goes on if the file grows; None where it cannot.

    `name` tells it apart from the others of its container. `media_type` is `HTML`, `TEXT` or unknown, `charset` what
    was declared beside the page, `captured` ISO 8601 in UTC. `revisits` is set instead of a body where the record only
    points to an earlier capture: its address and, if known, its time. `payload_digest` is as in `Page`.
    """

    name: str
    body: bytes = field(default=b"", repr=False)
    url: str | None = None
    captured: str | None = None
    media_type: str | None = None
    charset: str | None = None
    revisits: tuple[str, str | None] | None = None
    payload_digest: str | None = None
    problem: Rejection | None = None
    after: Place | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """One record that is no page, and why: counted, not stored."""

    why: str
    after: Place | None = None


Item = Record | Passed


class Unreadable(Exception):
    """Raised by readers for a container that is damaged as a whole; the message says how."""


def damaged(name: str, detail: str, after: Place | None = None) -> Record:
    """Give a record that cannot be read."""
    return Record(name, problem=Rejection(Reason.UNREADABLE, detail), after=after)


def too_large(name: str, limit: int, after: Place | None = None) -> Record:
    """Give a record that is over the limit."""
    detail = f"the record unpacks to more than the {limit} bytes that MAX_PAGE_BYTES allows"
    return Record(name, problem=Rejection(Reason.TOO_LARGE, detail), after=after)


def address(value: object) -> str | None:
    """Give the address of a page on the web; None for what is none or is absurdly long."""
    url = storable(value.strip()) if isinstance(value, str) and len(value) < _MAX_ADDRESS else ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname and url.isprintable() else None


def split_type(value: str | None) -> tuple[str, str | None]:
    """Return the media type that a content type names, in lower case, and its charset.

    >>> split_type('Text/HTML; charset="UTF-8"'), split_type(None)
    (('text/html', 'UTF-8'), ('', None))
    """
    media_type, *parameters = (value or "").split(";")
    named = (part.partition("=") for part in parameters)
    charsets = [value.strip(" \t\"'") for name, _, value in named if name.strip().lower() == "charset"]
    return media_type.strip().lower(), charsets[0] if charsets and charsets[0] else None
