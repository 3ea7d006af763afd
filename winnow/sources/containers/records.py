"""What the readers of containers share: a record, what is passed over, where reading goes on, and the limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from winnow.items import MAX_PAGE_BYTES, Page, Reason, Rejection


@dataclass(frozen=True, slots=True)
class ContainerOptions:
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

    The path of the page tells it apart from the others of its container.
    """

    page: Page
    after: Place | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """One record that is no page, and why: counted, not stored."""

    why: str
    after: Place | None = None


# Why records are counted but are no pages.
NO_RESPONSE = "not a response"
NO_SUCCESS = "status other than 2xx"
NO_PAGE = "neither HTML nor text"
NESTED = "container inside a container"
EMPTY = "blank"

Item = Record | Passed


class Unreadable(Exception):
    """Raised by readers for a container that is damaged as a whole; the message says how."""


def damaged(name: str, detail: str, after: Place | None = None) -> Record:
    """Return a record that cannot be read."""
    return Record(Page(name, problem=Rejection(Reason.UNREADABLE, detail)), after)


def too_large(page: Page, limit: int, after: Place | None = None) -> Record:
    """Return a record whose page is over the limit; its body is dropped."""
    detail = f"the record unpacks to more than the {limit} bytes that MAX_PAGE_BYTES allows"
    return Record(replace(page, body=b"", problem=Rejection(Reason.TOO_LARGE, detail)), after)
