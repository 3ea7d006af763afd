"""What the readers of all kinds of containers share: records, what is passed over, places, and limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from io import BufferedIOBase

from winnow.items import MAX_PAGE_BYTES, Page, Reason, Rejection
from winnow.sources import no_pages

DIGEST = 8  # bytes of the digest of a member


@dataclass(frozen=True, slots=True)
class ContainerOptions:
    """What readers can be told: the bytes that a page may have, and the fields of JSON Lines.

    `fields` gives the names that a file uses for what `entries.FIELDS` lists, where these are not in common use.
    `depth` counts the containers around the one that is read.
    """

    max_bytes: int = MAX_PAGE_BYTES
    fields: Mapping[str, str] = field(default_factory=dict)
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a container where reading can go on.

    `position` counts the bytes before the place (of the file, or of what a stream unpacks to), `lines` the lines. Of a
    kind that lists its members, `members` has the digests of those that were read, one behind the other.
    """

    position: int = 0
    lines: int = 0
    members: bytes = b""

    @property
    def digests(self) -> list[bytes]:
        """Return the digests of the members, one by one."""
        return [self.members[at : at + DIGEST] for at in range(0, len(self.members), DIGEST)]


BEGINNING = Place()


@dataclass(frozen=True, slots=True)
class Record:
    """One record that is a page. `after` is where reading goes on if the file grows; None for a kind that never grows.

    The path of the page tells the record apart from the others of its container.
    """

    page: Page
    after: Place | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """One record that is no page, and why; such records are counted, not stored."""

    why: str
    after: Place | None = None


# Why records are counted but are no pages.
NO_RESPONSE = "not a response"
NO_SUCCESS = "status other than 2xx"
NO_TEXT = "frame without a text"
ALTERNATIVE = "the same text in another form"
TEASER = "entry without its text"
COMMENT = "comment on an entry"
NO_PAGE = no_pages.NO_PAGE
NO_POST = "part of a blog that is no text"
CONTENTS = "cover or table of contents"
NO_ADDRESS = "text without the address of a page"
NESTED = "container inside a container"
EMPTY = "blank"
HEADING = "names of columns"

PICTURES = 5  # times the limit of a page is the limit of a file that holds a page and its pictures

Item = Record | Passed


class Unreadable(Exception):
    """Raised by readers for a container that is damaged as a whole; the message says how."""


def whole(file: BufferedIOBase, max_bytes: int, what: str) -> bytes:
    """Return the bytes of a file that holds a page and its pictures; of more than `PICTURES` pages: `Unreadable`."""
    raw = file.read(max_bytes * PICTURES + 1)
    if len(raw) > max_bytes * PICTURES:
        raise Unreadable(f"{what} of more than {max_bytes * PICTURES} bytes")
    return raw


def damaged(page: str | Page, detail: str, after: Place | None = None) -> Record:
    """Return a record that cannot be read; `detail` says why. `page` is its name, or what is known of its page."""
    known = Page(page) if isinstance(page, str) else page
    return Record(replace(known, problem=Rejection(Reason.UNREADABLE, detail)), after)


def too_large(page: Page, limit: int, after: Place | None = None) -> Record:
    """Return a record whose page has more than `limit` bytes; the body is dropped."""
    detail = f"the record unpacks to more than the {limit} bytes that MAX_PAGE_BYTES allows"
    return Record(replace(page, body=b"", problem=Rejection(Reason.TOO_LARGE, detail)), after)
