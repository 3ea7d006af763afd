"""The table of corrections: what persons have said of pages, also of pages that are not there yet, or no more."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime

from winnow.archive import rows
from winnow.archive.forgotten import bytes_of
from winnow.archive.sqlite import Database
from winnow.corrections import Correction
from winnow.items import WinnowError
from winnow.text import storable

_COLUMNS = "moment, action, sha256, path, other, field, value, note"


def in_force(db: Database, sha256: str | None = None) -> dict[int, Correction]:
    """Return the corrections that have not been taken back, by id, in the order in which they were made.

    With `sha256`, only those that name the page with these bytes.
    """
    named = " AND ? IN (sha256, other)" if sha256 else ""
    query = f"SELECT id, {_COLUMNS} FROM corrections WHERE undone IS NULL{named} ORDER BY moment, id"
    return {row["id"]: Correction.from_row(row) for row in db.query(query, [sha256] if sha256 else [])}


def add(db: Database, corrections: Iterable[Correction]) -> dict[int, Correction]:
    """Write corrections, but for those that are in force already, and return them by id.

    What names a page that was forgotten is not written either: it may say what the page held.
    """
    told, known, added = list(corrections), set(in_force(db).values()), dict[int, Correction]()
    gone = bytes_of(db, _named(told))
    for each in told:
        if gone & _named([each]):
            continue
        row = {name: storable(value) if value else value for name, value in each.row().items()}
        kept = Correction.from_row(row)
        if kept not in known:
            known.add(kept)
            added[rows.insert(db, "corrections", row)] = kept
    return added


def undo(db: Database, number: int) -> Correction:
    """Take a correction back and return it. Raises `WinnowError` if there is none in force with this id."""
    told = in_force(db).get(number)
    if told is None:
        raise WinnowError(f"there is no correction {number} in force: `scrapy correct --list` names those that are")
    rows.update(db, "corrections", number, {"undone": datetime.now(UTC).isoformat(timespec="seconds")})
    return told


def pages_named(db: Database, corrections: Iterable[Correction]) -> list[int]:
    """Return the ids of the pages that have the bytes of which some corrections speak, in order."""
    query = "SELECT id FROM pages WHERE sha256 IN (SELECT value FROM json_each(?)) ORDER BY id"
    return [page_id for (page_id,) in db.execute(query, [json.dumps(sorted(_named(corrections)))])]


def _named(corrections: Iterable[Correction]) -> set[str]:
    return {sha256 for each in corrections for sha256 in (each.sha256, each.other) if sha256}
