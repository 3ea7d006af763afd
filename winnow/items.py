"""What travels along the path: pages, articles and what became of them. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Self

HTML, TEXT = "text/html", "text/plain"
MAX_PAGE_BYTES = 20 * 1024 * 1024  # the limit of trafilatura, too


class Outcome(StrEnum):
    """What became of a page; every page ends in exactly one."""

    ARTICLE = "article"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"


class Reason(StrEnum):
    """Why a page ended in its outcome, as stored in `pages.reason`."""

    NEW = "new"
    CHANGED = "changed"
    SAME_BYTES = "same bytes"
    SAME_TEXT = "same text"
    NEAR_DUPLICATE = "near-duplicate"
    EXCERPT = "excerpt"
    NO_ARTICLE = "no article"
    NOT_TEXT = "not text"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too large"
    TIME_LIMIT = "time limit"
    MEMORY_LIMIT = "memory limit"
    CRASHED = "crashed"
    FORGOTTEN = "forgotten"

    @property
    def outcome(self) -> Outcome:
        """Return the outcome that this reason belongs to."""
        return _OUTCOMES.get(self, Outcome.REJECTED)

    @property
    def is_failure(self) -> bool:
        """Return whether Winnow, not the page, is at fault: such pages make a run end with exit status 4."""
        return self in (Reason.TIME_LIMIT, Reason.MEMORY_LIMIT, Reason.CRASHED)


_OUTCOMES = {
    Reason.NEW: Outcome.ARTICLE,
    Reason.CHANGED: Outcome.ARTICLE,
    Reason.SAME_BYTES: Outcome.DUPLICATE,
    Reason.SAME_TEXT: Outcome.DUPLICATE,
    Reason.NEAR_DUPLICATE: Outcome.DUPLICATE,
    Reason.EXCERPT: Outcome.DUPLICATE,
}


class Kind(StrEnum):
    """What kind of writing a page holds.

    The nearest types of schema.org are Article, DiscussionForumPosting, TechArticle and APIReference, Product, Service,
    CollectionPage, and ItemList.
    """

    ARTICLE = "article"
    DISCUSSION = "discussion"
    DOCUMENTATION = "documentation"
    PRODUCT = "product"
    SERVICE = "service"
    COLLECTION = "collection"
    LISTING = "listing"

    @property
    def is_writing(self) -> bool:
        """Return whether a page of this kind holds one piece of writing, not the entries or facts of a template."""
        return self in (Kind.ARTICLE, Kind.DISCUSSION, Kind.DOCUMENTATION)


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a page gives no article: the reason, and one line for a person saying what was wrong and where.

    `text` is the best guess at the page's text, for a person to judge the rejection by; "" where there is none. `kind`
    is the page's kind where the page was rejected for it.
    """

    reason: Reason
    detail: str
    text: str = field(default="", repr=False)
    kind: Kind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a page states about its article; None (or no tags) where the page states nothing usable.

    This is the one list of these fields: the columns that are written, exported, merged and loaded follow from it.
    `date` is ISO `yyyy-mm-dd`, `author` joins several names by `; `.
    """

    title: str | None = None
    author: str | None = None
    date: str | None = None
    url: str | None = None
    hostname: str | None = None
    sitename: str | None = None
    section: str | None = None
    description: str | None = None
    tags: tuple[str, ...] = field(default=(), metadata={"is_list": True})
    language: str | None = None
    image: str | None = None

    def filled(self, stated: Metadata) -> Self:
        """Return the same, with the fields that `stated` has in place of its own."""
        return replace(self, **{name: value for name in METADATA if (value := getattr(stated, name))})


@dataclass(frozen=True, slots=True)
class Page:
    """What one seed holds at one time.

    `path` is relative to `root`, with `/` separators, and escaped (see `winnow.files.escape_path`). `size` is in bytes,
    `modified` ISO 8601 in UTC. `file` names a file whose bytes are still to be read, so that only the worker process
    holds them: `body` is empty until then. `problem` says why the bytes cannot be had. `ticket` is the page's place in
    seed order, `number` the page's id in the database where the id is given beforehand. Where an article's canonical
    page stood at the same path, `replaces` is the SHA-256 of the bytes that the path held last; `held` is the same
    digest where reading these bytes again would change nothing. `anew` says that the bytes are read though size and
    time of the file are as they were.

    A page from a container (`container` is the container's id in the database) may have more: the address (`url`) and
    time (`captured`, ISO 8601 in UTC) of the capture, the declared `media_type` (`HTML` or `TEXT`) and `charset`. A
    revisit, a record that only points to an earlier capture, has no body, but has that capture's address and, if known,
    time in `revisits`. `payload_digest` is the digest that a WARC file states of the content that was sent; in a
    revisit, of the earlier capture's content. `stated` is what the record says about its article beside the bytes, as a
    feed and a mail do; it goes before what the bytes state. `beside` is what other files and the names of folders tell
    of address and time, which goes behind what the bytes tell (`winnow.told_beside`); None where nobody has looked.
    """

    path: str
    root: str = ""
    body: bytes = field(default=b"", repr=False)
    size: int | None = None
    modified: str | None = None
    url: str | None = None
    problem: Rejection | None = None
    ticket: int | None = None
    file: str | None = field(default=None, repr=False)
    replaces: str | None = None
    held: str | None = None
    anew: bool = False
    captured: str | None = None
    media_type: str | None = None
    charset: str | None = None
    revisits: tuple[str, str | None] | None = None
    payload_digest: str | None = None
    container: int | None = None
    number: int | None = None
    stated: Metadata = Metadata()
    beside: tuple[str | None, str | None] | None = None


METADATA = tuple(each.name for each in fields(Metadata))
LISTS = tuple(each.name for each in fields(Metadata) if each.metadata.get("is_list"))  # kept as JSON in a column


@dataclass(frozen=True, slots=True)
class Article(Metadata):
    """One piece of writing as extracted from one page: text free of boilerplate, and what is stated about it.

    `text` separates paragraphs by one blank line, headings stand on a line of their own. `confidence` (0 to 1) is how
    sure the model is that the words of `text` are the article's. `markdown` is the same writing as CommonMark, "" where
    it was not made. `note` is one line for a person on what the text is not: a part of the page or of the writing.
    """

    text: str = field(repr=False)
    confidence: float = 0.0
    kind: Kind = Kind.ARTICLE
    markdown: str = field(default="", repr=False)
    note: str | None = None

    @classmethod
    def about(
        cls, stated: Metadata, text: str, confidence: float, kind: Kind = Kind.ARTICLE, markdown: str = ""
    ) -> Self:
        """Return the article with this text and this metadata."""
        return cls(text, confidence, kind, markdown, **{name: getattr(stated, name) for name in METADATA})


class WinnowError(Exception):
    """Root of the errors that Winnow raises for a person to read; the message says what is wrong and what to do."""


class StartError(WinnowError):
    """Raised when a run cannot start: no such folder, database in use, unreadable or from a newer version."""
