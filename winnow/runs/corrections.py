"""Apply what persons say of pages, and what they take back, to what an archive holds, at once."""

from __future__ import annotations

import json
from collections.abc import Iterable

from winnow.archive import corrections, refused, rows
from winnow.archive.store import Store
from winnow.corrections import Action, Correction
from winnow.items import Kind, Reason, Rejection
from winnow.match.said import as_said
from winnow.reading import Reading
from winnow.runs.anew import decide_anew, settle_anew

_OF_FIELDS = (Action.SET, Action.CLEAR)
_ACCEPTED = """SELECT p.id, r.text FROM pages p JOIN refused_texts r ON r.page_id = p.id
    WHERE p.text_sha256 IS NULL AND p.id IN (SELECT value FROM json_each(?))"""
_REVISITS = """SELECT 1 FROM pages WHERE revisits IS NOT NULL AND outcome = 'rejected' AND detail IN
    (SELECT 'a revisit of page ' || value || ', which was rejected too' FROM json_each(?)) LIMIT 1"""


def correct(store: Store, told: Iterable[Correction]) -> dict[int, Correction]:
    """Write corrections, but for those that are in force already, apply them, and return them by id."""
    with store.db.atomic():
        added = corrections.add(store.db, told)
        store.hear()
        if all(each.action in _OF_FIELDS for each in added.values()):
            _set_fields(store, added.values())
        else:
            apply(store, added.values())
        return added


def take_back(store: Store, number: int) -> Correction:
    """Take a correction back, apply what is left, and return it. Raises `WinnowError` if none in force has this id."""
    with store.db.atomic():
        told = corrections.undo(store.db, number)
        store.hear()
        apply(store, [told])
        return told


def apply(store: Store, told: Iterable[Correction]) -> None:
    """Decide anew on the pages that corrections name, and on those that one of them may be the match of."""
    pages = corrections.pages_named(store.db, told)
    _accept(store, pages)
    decide_anew(store, sorted({*pages, *_near(store, pages)}), store.kinds)
    if store.db.execute(_REVISITS, [json.dumps(pages)]).fetchone():
        settle_anew(store, store.kinds)


def _set_fields(store: Store, told: Iterable[Correction]) -> None:
    for page_id in corrections.pages_named(store.db, told):
        article_id = rows.get(store.db, "pages", page_id)["article_id"]
        if article_id is not None:
            store.articles.complete(article_id)


def _accept(store: Store, pages: list[int]) -> None:
    """Write the text that was refused as what the page says, where a person has accepted it."""
    for page_id, text in store.db.execute(_ACCEPTED, [json.dumps(pages)]).fetchall():
        row = rows.get(store.db, "pages", page_id)
        kind = row["kind"] and Kind(row["kind"])
        rejection = Rejection(Reason(row["reason"]), row["detail"], text, kind)
        found = Reading(row["sha256"], row["media_type"], row["encoding"], rejection=rejection)
        accepted = as_said(found, store.said)
        if accepted.article:
            store.put_reading(page_id, accepted)
            refused.drop(store.db, page_id)


def _near(store: Store, pages: Iterable[int]) -> set[int]:
    """Return the pages with an article that share so much with one of the pages that they are compared with it."""
    found: set[int] = set()
    for page_id in pages:
        if rows.get(store.db, "pages", page_id)["text_sha256"]:
            text = store.index.extraction(page_id).text
            found.update(known.page_id for known, _ in store.index.candidates(text.sketch))
    return found
