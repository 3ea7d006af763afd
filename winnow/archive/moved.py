"""Follow files that have moved to another root: what is known from one where it is gone keeps its rows.

A page moves with its earlier versions, a container with its pages. Below one root, a file with known bytes is a copy: a
folder may be filled anew for each run. A file counts as gone only if this run has not seen it, and if its disk seems to
be there; of very many equal files, only some are looked at.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from winnow.archive.sqlite import Database
from winnow.archive.versions import newest
from winnow.files import unescape_path
from winnow.items import Page, Reason
from winnow.sources.containers.batches import ends_of

_FIRST = "ORDER BY path != ?3, id LIMIT 20"
_SAME_BYTES = f"""SELECT id, source, root, path
    FROM (SELECT * FROM pages WHERE sha256 = ?1 ORDER BY id LIMIT 1000)
    WHERE last_run < ?2 AND container_id IS NULL AND modified IS NOT NULL
        AND root != ?4 AND reason != '{Reason.FORGOTTEN}' {_FIRST}"""
_SAME_SIZE = f"""SELECT id, source, root, path, ends
    FROM (SELECT * FROM containers WHERE size = ?1 ORDER BY id LIMIT 1000)
    WHERE last_run < ?2 AND root != ?4 AND kind = ?5 {_FIRST}"""
_NEWEST = f"SELECT {newest('?1', '?2')}"
_MOVE_FILE = "UPDATE pages SET source = ?, root = ?, path = ? WHERE source = ? AND path = ?"
_ARE_VERSIONS = "UPDATE pages SET is_version = 1 WHERE source = ? AND path = ?"
_MOVE_RECORDS = """UPDATE pages SET source = ?, root = ?, path = ? || substr(path, length(?) + 1)
    WHERE container_id = ?"""


def is_in_sight(root: str) -> bool:
    """Return whether a folder, or what is left above it, holds anything: in an empty one a disk may be missing."""
    folder = unescape_path(root)
    while not os.path.isdir(folder) and folder != os.path.dirname(folder):
        folder = os.path.dirname(folder)
    try:
        with os.scandir(folder) as entries:
            return any(True for _ in entries)
    except OSError:
        return False


def is_gone(root: str, path: str) -> bool:
    """Return whether there is no file any more at a path below a folder of this machine."""
    return root.startswith("/") and not os.path.lexists(os.path.join(unescape_path(root), unescape_path(path)))


def follow_file(db: Database, source: str, page: Page, sha256: str, run_id: int) -> None:
    """Let a page at an unknown path have the rows of the file that had its bytes elsewhere, if that is gone."""
    elsewhere = db.execute(_SAME_BYTES, [sha256, run_id, page.path, page.root]).fetchall()
    if not elsewhere or db.execute(_NEWEST, [source, page.path]).fetchone()[0]:
        return
    for page_id, *place in _gone(elsewhere):
        old = place[0], place[2]
        if db.execute(_NEWEST, old).fetchone()[0] == page_id:
            db.execute(_MOVE_FILE, [source, page.root, page.path, *old])
            return


def follow_container(db: Database, source: str, place: Page, kind: str, run_id: int) -> None:
    """Let a container at an unknown path have the rows of the one that had its size and ends elsewhere, if gone."""
    assert place.file
    known = "SELECT 1 FROM containers WHERE source = ? AND path = ? AND kind = ?"
    if db.execute(known, [source, place.path, kind]).fetchone():
        return
    gone = list(_gone(db.execute(_SAME_SIZE, [place.size, run_id, place.path, place.root, kind]).fetchall()))
    ends = ends_of(place.file, place.size or 0) if gone else None
    for number, old_source, _, old_path, old_ends in gone:
        if ends and ends == old_ends:
            here = [source, place.root, place.path]
            db.execute(_MOVE_FILE, [*here, old_source, old_path])  # what kept the container from being read
            db.execute(_ARE_VERSIONS, [source, place.path])
            db.execute(_MOVE_RECORDS, [*here, old_path, number])
            db.execute("UPDATE containers SET source = ?, root = ?, path = ? WHERE id = ?", [*here, number])
            return


def _gone(rows: Iterable[Any]) -> Iterable[Any]:
    """Return the rows, which begin with id, source, root and path, whose files are gone."""
    return (row for row in rows if is_gone(row[2], row[3]) and is_in_sight(row[2]))
