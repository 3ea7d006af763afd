"""Keep in the database how far each container has been read, so that no record is read twice."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from winnow.archive import rows
from winnow.archive.sqlite import Database
from winnow.items import Reason
from winnow.kinds import Kinds
from winnow.sources.containers.reading_state import KnownContainer, ReadContainer
from winnow.sources.containers.records import Place
from winnow.times import utc_time

_FAILURES = [str(reason) for reason in Reason if reason.is_failure]
_MAY_BE_BETTER = [str(Reason.UNREADABLE), str(Reason.TOO_LARGE)]  # once a file is mended, or a setting is raised
_REJECTED = "SELECT 1 FROM pages WHERE container_id = ? AND last_run = ? AND reason IN ({}) LIMIT 1"
_SEEN_AGAIN = """UPDATE pages SET last_run = :run, root = (SELECT root FROM containers WHERE id = :id)
    WHERE container_id = :id AND last_run = :before
    AND path NOT IN (SELECT path FROM pages WHERE container_id = :id AND last_run = :run)"""
_LAST_SEEN = """UPDATE articles SET last_seen = max(first_seen, :now)
    WHERE id IN (SELECT article_id FROM pages WHERE container_id = :id AND last_run = :run)"""


class Containers:
    """The rows of `containers`, kept in step with the pages.

    A container that holds a page rejected for its kind is read again once that is among `kinds`.
    """

    def __init__(self, db: Database, kinds: Kinds) -> None:
        self._db, self._kinds = db, sorted(kinds)

    def kinds(self, source: str, paths: Sequence[str]) -> dict[tuple[str, int | None, str | None], str]:
        """Return the kinds of the containers known at these paths, by path, size and modification time."""
        query = "SELECT path, size, modified, kind FROM containers WHERE source = ? AND path IN ({}) ORDER BY last_run"
        found = self._db.execute(query.format(", ".join("?" * len(paths))), [source, *paths])
        return {(path, size, modified): kind for path, size, modified, kind in found}

    def find(self, source: str, root: str, path: str, kind: str) -> KnownContainer:
        """Return what is known of a container in a source, now below `root`; an unknown container is inserted."""
        columns = """id, size, modified, ends, position, lines, members, records, passed, last_run,
            (SELECT started FROM runs WHERE id = last_run)"""
        query = f"SELECT {columns} FROM containers WHERE source = ? AND path = ? AND kind = ?"
        row = self._db.execute(query, [source, path, kind]).fetchone()
        if row is None:
            rows.insert(self._db, "containers", {"source": source, "root": root, "path": path, "kind": kind})
            row = self._db.execute(query, [source, path, kind]).fetchone()
        self._db.execute("UPDATE containers SET root = ?1 WHERE id = ?2 AND root != ?1", [root, row[0]])
        place = Place(row[4] or 0, row[5] or 0, row[6] or b"")
        size = None if self._has_wanted(row[0], row[9]) else row[1]
        return KnownContainer(row[0], size, row[2], row[3], place, row[7], Counter(json.loads(row[8])), *row[9:])

    def known(self, source: str, paths: Sequence[str]) -> dict[str, tuple[int | None, str | None, str | None]]:
        """Return size, modification time and digest of the ends of the containers of a source at some paths."""
        marks = ", ".join("?" * len(paths))
        query = f"SELECT path, size, modified, ends FROM containers WHERE source = ? AND path IN ({marks})"
        return {path: (*known,) for path, *known in self._db.execute(query, [source, *paths])}

    def _has_wanted(self, container_id: int, last_run: int | None) -> bool:
        marks = ", ".join("?" * len(self._kinds))
        query = f"""SELECT 1 FROM pages INDEXED BY pages_refused_kind WHERE container_id = ? AND kind IN ({marks})
            AND kind IS NOT NULL AND outcome = 'rejected' AND last_run = ? LIMIT 1"""
        return self._db.execute(query, [container_id, *self._kinds, last_run]).fetchone() is not None

    def has_refused(self, known: KnownContainer) -> bool:
        """Return whether a record of the container was damaged or too large when it was last read."""
        return self._has_rejected(known.id, known.last_run, _MAY_BE_BETTER)

    def _has_rejected(self, container_id: int, run_id: int | None, reasons: Sequence[str]) -> bool:
        query = _REJECTED.format(", ".join("?" * len(reasons)))
        return self._db.execute(query, [container_id, run_id, *reasons]).fetchone() is not None

    def see_again(self, known: KnownContainer, run_id: int, now: str) -> int:
        """Record that the pages read in the last run are still there, and return their number."""
        values = {"id": known.id, "before": known.last_run, "run": run_id, "now": now}
        count = self._db.execute(_SEEN_AGAIN, values).rowcount
        self._db.execute(_LAST_SEEN, values)
        self._db.execute("UPDATE containers SET last_run = :run WHERE id = :id", values)
        return count

    def end(self, known: KnownContainer, read: ReadContainer, run_id: int) -> None:
        """Record that a container has been read to its end and all its pages have their outcome.

        Where a page failed inside Winnow, `size` stays null, as for a container that was not read to its end, so that
        the next run reads the container again.
        """
        has_failed = self._has_rejected(known.id, run_id, _FAILURES)
        records, passed = read.records, read.passed
        if read.has_grown:
            records, passed = records + known.records, passed + known.passed
        row = {
            "size": None if has_failed else read.size,
            "modified": None if read.modified_ns is None else utc_time(read.modified_ns),
            "ends": read.ends,
            "position": read.place.position,
            "lines": read.place.lines,
            "members": read.place.members or None,
            "records": records,
            "passed": json.dumps(passed),
            "last_run": run_id,
        }
        rows.update(self._db, "containers", known.id, row)
