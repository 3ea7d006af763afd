"""Corrections in words: from what a person names and wants to what is written, and back to a line for a person."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from winnow.archive.corrections import in_force
from winnow.archive.sqlite import Database
from winnow.corrections import Action, Correction, check_typed
from winnow.items import LISTS, Reason, WinnowError
from winnow.tell.explain import ARTICLE, find
from winnow.text import one_line

_OF_A_PAGE = (Action.SPLIT, Action.ACCEPT, Action.PIN)
_WORDS = {
    Action.SPLIT: "split off",
    Action.MERGE: "merged",
    Action.ACCEPT: "accepted",
    Action.REJECT: "rejected",
    Action.PIN: "pinned",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person wants of one page or article: `fields` are as they are typed, `FIELD=VALUE`."""

    actions: Sequence[Action] = ()
    merge: str | None = None
    fields: Sequence[str] = ()
    cleared: Sequence[str] = ()
    note: str | None = None


def corrections_of(db: Database, what: str, wanted: Wanted) -> list[Correction]:
    """Return the corrections that a person wants of a page or an article, named as `scrapy explain` has it.

    Of an article all pages are rejected; its fields are those of its canonical page, and merging is of its first page.
    Raises `WinnowError` if that cannot be.
    """
    return list(_Request(db, what, wanted).corrections())


class _Request:
    def __init__(self, db: Database, what: str, wanted: Wanted) -> None:
        self._db, self._what, self._wanted = db, what, wanted
        self._pages = find(db, what)
        self._moment = datetime.now(UTC).isoformat(timespec="seconds")

    def corrections(self) -> Iterator[Correction]:
        self._check_agreement()
        for action in self._wanted.actions:
            yield from self._of(action)
        if self._wanted.merge is not None:
            first, other = _first(self._pages), _first(find(self._db, self._wanted.merge))
            yield self._said(Action.MERGE, first, other=_digest(other))
        for each in self._wanted.fields:
            field, _, value = each.partition("=")
            field = field.strip()
            if field in self._wanted.cleared:
                raise WinnowError(f"{field} is set and cleared: say one of them")
            check_typed(field, value)
            yield self._said(Action.SET, self._speaking, field=field, value=_as_kept(field, value))
        for field in self._wanted.cleared:
            yield self._said(Action.CLEAR, self._speaking, field=field)

    def _check_agreement(self) -> None:
        """Raise `WinnowError` where a page is said to be no article and something that only an article can be."""
        said = [*self._wanted.actions, *([Action.MERGE] if self._wanted.merge is not None else [])]
        if Action.REJECT in said and (other := next((each for each in said if each is not Action.REJECT), None)):
            raise WinnowError(f"--{other} and --reject say the opposite of each other: say one of them")

    def _of(self, action: Action) -> Iterator[Correction]:
        if action in _OF_A_PAGE and self._what.startswith(ARTICLE):
            raise WinnowError(f"--{action} is said of one page: name it by its id or path")
        page = self._pages[0]
        if action is Action.ACCEPT and _digest(page) and not self._has_text(page):
            told = "no text of it is known; `scrapy rebuild --stale` finds that of a page that an earlier version read"
            raise WinnowError(f"page {page['id']} cannot be accepted: {told}")
        pages = {each["sha256"]: each for each in self._pages} if action is Action.REJECT else {None: page}
        yield from (self._said(action, each) for each in pages.values())

    def _said(self, action: Action, page: dict[str, Any], **more: Any) -> Correction:
        note = self._wanted.note
        told = {"sha256": _digest(page), "path": page["path"], "moment": self._moment, "note": note}
        return Correction(action=action, **told, **more)

    @property
    def _speaking(self) -> dict[str, Any]:
        return next((page for page in self._pages if page["id"] == page["canonical_id"]), self._pages[0])

    def _has_text(self, page: dict[str, Any]) -> bool:
        kept = self._db.execute("SELECT 1 FROM refused_texts WHERE page_id = ?", [page["id"]]).fetchone()
        return page["text_sha256"] is not None or kept is not None


def _first(pages: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return next((page for page in pages if page["parent_id"] is None), pages[0])


def _digest(page: dict[str, Any]) -> str:
    if page["sha256"] is None:
        raise WinnowError(f"page {page['id']} could not be read, so nothing can be said of its bytes")
    if page["reason"] == Reason.FORGOTTEN:
        raise WinnowError(f"page {page['id']} was forgotten, so nothing can be said of it")
    return str(page["sha256"])


def _as_kept(field: str, value: str) -> str:
    """Return a value as a correction keeps it: of a list, which a person divides by commas, JSON."""
    if field not in LISTS or value.lstrip().startswith("["):
        return value
    return json.dumps([part for each in value.split(",") if (part := each.strip())], ensure_ascii=False)


def in_words(db: Database, number: int, told: Correction, page: str | None = None) -> str:
    """Return a correction as a line for a person; `page` is the SHA-256 of the page that it is shown with."""
    what = _WORDS.get(told.action) or f"{told.field} cleared"
    if told.action is Action.SET:
        what = f"{told.field} set to {one_line(told.value or '')}"
    elif told.action is Action.MERGE:
        what = f"merged with {one_line(told.path if page == told.other else _path(db, told.other))}"
    note = f": {one_line(told.note)}" if told.note else ""
    return f"{what} (correction {number}, {told.moment[:16].replace('T', ' ')}){note}"


def corrected(db: Database, page: dict[str, Any]) -> Iterator[str]:
    """Yield a line for each correction that names a page."""
    found = in_force(db, page["sha256"]) if page["sha256"] else {}
    for number, told in found.items():
        yield f"  corrected: {in_words(db, number, told, page['sha256'])}"


def _path(db: Database, sha256: str | None) -> str:
    row = db.execute("SELECT path FROM pages WHERE sha256 = ? ORDER BY id LIMIT 1", [sha256]).fetchone()
    return row[0] if row else f"a page that is not here, of SHA-256 {sha256}"
