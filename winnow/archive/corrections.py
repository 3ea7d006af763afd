"""The table of corrections: what persons have said of pages, also of pages that are not there yet, or no more."""

from __future__ import annotations

from collections.abc import Iterable

from winnow.archive import rows
from winnow.archive.sqlite import Database
from winnow.corrections import Correction
from winnow.text import storable

_COLUMNS = "moment, action, sha256, path, other, field, value, note"


def in_force(db: Database) -> dict[int, Correction]:
    """Return the corrections that have not been taken back, by id, in the order in which they were made."""
    found = db.query(f"SELECT id, {_COLUMNS} FROM corrections WHERE undone IS NULL ORDER BY moment, id")
    return {row["id"]: Correction.from_row(row) for row in found}


def add(db: Database, corrections: Iterable[Correction]) -> dict[int, Correction]:
    """Write corrections, but for those that are in force already, and return them by id."""
    known, added = set(in_force(db).values()), dict[int, Correction]()
    for each in corrections:
        row = {name: storable(value) if value else value for name, value in each.row().items()}
        told = Correction.from_row(row)
        if told not in known:
            known.add(told)
            added[rows.insert(db, "corrections", row)] = told
    return added
