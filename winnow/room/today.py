"""What has changed on the day of the last run: articles that are new, changed, corrected or gone."""

from __future__ import annotations

import sqlite3

from winnow.room.database import TITLE_SHOWN, Row, row, rows, value

SHOWN = 5  # articles of one kind of change
COUNTED = 1_000  # articles; beyond so many the page says "more than"
_TITLE = f"substr(ifnull(a.title, 'Untitled'), 1, {TITLE_SHOWN}) AS title, a.language"


def today(db: sqlite3.Connection) -> Row | None:
    """Return the changes of the last day on which a run began; None before the first run.

    An article is gone if the last run that has finished saw no page of it any more, but the run before it in the same
    source did.
    """
    last = row(db, "SELECT id, substr(started, 1, 10) AS day FROM runs ORDER BY id DESC LIMIT 1")
    if last is None:
        return None
    first = value(db, "SELECT min(id) FROM runs WHERE started >= ?", [last["day"]])
    new = f"""SELECT count(*) FROM (SELECT 1 FROM pages WHERE first_run >= ? AND first_run IN
        (SELECT id FROM runs WHERE id >= ?) AND reason = 'new' LIMIT {COUNTED + 1})"""
    changed = f"""SELECT a.id, v.text_sha256 AS before, {_TITLE} FROM revisions v JOIN articles a ON a.id = v.article_id
        WHERE v.run_id >= ? ORDER BY v.id DESC LIMIT {SHOWN}"""
    return {
        "day": last["day"],
        "new": value(db, new, [first, first]),
        "changed": rows(db, changed, [first]),
        "corrected": _corrected(db, last["day"]),
        "gone": _gone(db),
        "counted": COUNTED,
    }


def _corrected(db: sqlite3.Connection, day: str) -> int:
    sql = "SELECT count(*) FROM (SELECT DISTINCT sha256 FROM corrections WHERE undone IS NULL AND moment >= ?)"
    return int(value(db, sql, [day]))


def _gone(db: sqlite3.Connection) -> list[Row]:
    """Return articles that are in no file any more, since the last finished run."""
    run = value(db, "SELECT max(id) FROM runs WHERE status = 'finished'")
    source = value(db, "SELECT source FROM pages WHERE last_run = ? LIMIT 1", [run])
    before = value(db, "SELECT max(last_run) FROM pages WHERE last_run < ?", [run])
    if source is None or before is None:
        return []
    sql = f"""SELECT DISTINCT a.id, {_TITLE} FROM (SELECT article_id FROM pages
            WHERE last_run = ?1 AND source = ?2 AND article_id IS NOT NULL LIMIT {COUNTED}) p
        JOIN articles a ON a.id = p.article_id
        WHERE NOT EXISTS (SELECT 1 FROM pages q WHERE q.article_id = a.id AND q.last_run >= ?3) LIMIT {SHOWN}"""
    return rows(db, sql, [before, source, run])
