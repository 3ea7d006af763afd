"""Delete the marks of pages that were forgotten: their quotes, notes, tags and titles, and what could undo that."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection

from winnow.marks.database import MIGRATIONS, applied

_GIVEN = "(SELECT value FROM json_each(?))"


def erase(
    marks: sqlite3.Connection,
    gone: Collection[str],
    paths: Collection[str],
    is_kept: Callable[[Collection[str]], bool],
) -> None:
    """Delete the marks of articles of which a page's bytes, or its path, are gone, from the database that holds them.

    Where the archive still has such an article, as `is_kept` says of its other digests, only what was written while it
    was read from that page is deleted, and title and address, which may be from there.
    """
    if not 0 < applied(marks) <= len(MIGRATIONS):
        return
    digests, ended = json.dumps([*gone]), list[int]()
    found = marks.execute(f"SELECT DISTINCT marked_id FROM known WHERE digest IN {_GIVEN}", [digests])
    touched = [row[0] for row in found]
    at_path = marks.execute(f"SELECT id FROM marked WHERE path IN {_GIVEN}", [json.dumps([*paths])])
    for key in {*touched, *(row[0] for row in at_path)}:
        known = {row[0] for row in marks.execute("SELECT digest FROM known WHERE marked_id = ?", [key])}
        if not is_kept(known - set(gone)):
            ended.append(key)
    for table in ("notes", "highlights"):
        marks.execute(f"DELETE FROM {table} WHERE sha256 IN {_GIVEN}", [digests])
    _delete(marks, ended, "tags", "notes", "highlights", "known")
    _delete(marks, touched, "changes")
    marks.execute(f"DELETE FROM marked WHERE id IN {_GIVEN}", [json.dumps(ended)])
    marks.execute(f"UPDATE marked SET title = NULL, url = NULL WHERE id IN {_GIVEN}", [json.dumps(touched)])
    marks.execute(f"DELETE FROM known WHERE digest IN {_GIVEN}", [digests])


def _delete(marks: sqlite3.Connection, keys: Collection[int], *tables: str) -> None:
    for table in tables:
        marks.execute(f"DELETE FROM {table} WHERE marked_id IN {_GIVEN}", [json.dumps([*keys])])
