"""Corrections in the room: what a form says of a page, the queue that holds it, and what a run has taken over.

The room only reads the archive. The queue is a table in a database beside it, which is made when first needed.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from winnow.corrections import IDENTITY, QUEUE, Action, Correction, check_typed, reader_of
from winnow.items import LISTS, StartError
from winnow.room.database import TITLE_SHOWN, Row, row, rows

SHOWN = 200  # corrections
LONGEST = 10_000  # characters of a value or a note
MOST = 10_000  # corrections of one form: one that rejects an article names each of its pages
_COLUMNS = "moment, action, sha256, path, other, field, value, note"
# The page by which an article is merged: the one that no other page came before, since the later of two pages moves.
_FIRST = """SELECT sha256, path FROM pages WHERE article_id = ? AND sha256 IS NOT NULL
    ORDER BY parent_id IS NOT NULL, id LIMIT 1"""
_PAGE = "SELECT sha256, path FROM pages WHERE id = ? AND sha256 IS NOT NULL AND reason != 'forgotten'"
_OTHER = re.compile(r"(?:\S*?/)??(?:(article|page)s?[/: ]?)?\s*([0-9]{1,18})/?", re.I)
_WORDS = {
    Action.SPLIT: "this page is an article of its own",
    Action.MERGE: "the same article as",
    Action.ACCEPT: "this page is an article",
    Action.REJECT: "this page is no article",
    Action.PIN: "the text of this page is the article’s",
}


def corrections(db: sqlite3.Connection, form: Mapping[str, str]) -> list[Correction]:
    """Return what a form says of a page, or of all pages of an article. Raises `StartError` if it makes no sense."""
    action, field, value = form.get("action", ""), None, None
    if action == Action.SET:
        field = form.get("field", "")
        value = _value(field, form.get("value", "").strip()[:LONGEST])
        action = Action.SET if value else Action.CLEAR
        if value:
            check_typed(field, value)
    told = {
        "action": action,
        "moment": datetime.now(UTC).isoformat(timespec="microseconds"),
        "other": _other(db, form.get("other", "")) if action == Action.MERGE else None,
        "field": field,
        "value": value,
        "note": form.get("note", "").strip()[:LONGEST] or None,
    }
    pages = _pages(db, form)
    if not pages:
        raise StartError("there is no such page, or its file could not be read, or it was forgotten")
    return [Correction.from_row({**told, **page}) for page in pages]


def _value(field: str, typed: str) -> str | None:
    parts = [part.strip() for part in typed.split(",") if part.strip()]
    return (json.dumps(parts, ensure_ascii=False) if field in LISTS else typed) if parts else None


def _pages(db: sqlite3.Connection, form: Mapping[str, str]) -> list[Row]:
    """Return the page that a form is of; of an article all pages, or the first where it is merged with another."""
    if form.get("of") != "article":
        return rows(db, _PAGE, [form.get("id", "")])
    if form.get("action") == Action.MERGE:
        return rows(db, _FIRST, [form.get("id", "")])
    sql = "SELECT sha256, min(path) AS path FROM pages WHERE article_id = ? AND sha256 IS NOT NULL GROUP BY sha256"
    return rows(db, f"{sql} LIMIT {MOST}", [form.get("id", "")])


def _other(db: sqlite3.Connection, typed: str) -> str:
    """Return the digest of the page that a number names; it is an article's unless it is said to be a page's."""
    found = _OTHER.fullmatch(typed.strip()[:300])
    kind, number = found.groups() if found else (None, "0")
    is_page = (kind or "").lower() == "page"
    named = row(db, _PAGE if is_page else _FIRST, [int(number)])
    if named is None:
        raise StartError(f"there is no article {typed.strip()[:80]!r}: give its number, or its address in this room")
    return str(named["sha256"])


def add(archive: Path, said: list[Correction]) -> None:
    """Put corrections into the queue of an archive. Raises `sqlite3.DatabaseError` if it cannot be written."""
    identity = _identity(archive)
    with closing(sqlite3.connect(reader_of(archive))) as db, db:
        db.execute(QUEUE)
        if not row(db, "SELECT 1 FROM pragma_table_info('corrections') WHERE name = 'identity'"):
            db.execute("ALTER TABLE corrections ADD COLUMN identity TEXT")  # a queue that an earlier version has made
        values = [{**each.row(), "archive": archive.name, "identity": identity} for each in said]
        columns = f"archive, identity, {_COLUMNS}"
        places = ", ".join(f":{name}" for name in columns.split(", "))
        db.executemany(f"INSERT INTO corrections ({columns}) VALUES ({places})", values)


def _identity(archive: Path) -> str | None:
    """Return by what an archive is known when its file has another name; None for one of an earlier version."""
    with closing(sqlite3.connect(f"{archive.absolute().as_uri()}?mode=ro", uri=True)) as db, suppress(sqlite3.Error):
        found = db.execute(IDENTITY).fetchone()
        return str(found[0]) if found else None
    return None


def take_back(archive: Path, number: str) -> None:
    """Take one correction out of the queue, with those of the same form. Raises `sqlite3.DatabaseError`."""
    with closing(sqlite3.connect(reader_of(archive))) as db, db:
        same = "SELECT moment FROM corrections WHERE archive = ?1 AND id = ?2"
        db.execute(f"DELETE FROM corrections WHERE archive = ?1 AND moment = ({same})", [archive.name, number])


def pending(archive: Path) -> list[Row]:
    """Return the corrections that wait for the next run, the newest first."""
    reader = reader_of(archive)
    sql = f"SELECT id, {_COLUMNS} FROM corrections WHERE archive = ? ORDER BY id DESC LIMIT {SHOWN}"
    try:
        with closing(sqlite3.connect(f"{reader.absolute().as_uri()}?mode=ro", uri=True)) as db:
            return [each for each in rows(db, sql, [archive.name]) if _can_be(each)]
    except sqlite3.DatabaseError:  # nobody has corrected anything yet, or the queue is damaged
        return []


def _can_be(told: Row) -> bool:
    """Return whether a row is a correction; the next run drops one that is none."""
    with suppress(StartError):
        return bool(Correction.from_row(told))
    return False


def applied(db: sqlite3.Connection, condition: str = "1", values: list[int] | None = None) -> list[Row]:
    """Return the corrections in force of the pages that meet a condition, the newest first."""
    if not row(db, "SELECT 1 FROM sqlite_master WHERE name = 'corrections'"):
        return []
    sql = f"""SELECT {_COLUMNS} FROM corrections c WHERE undone IS NULL AND {condition}
        ORDER BY moment DESC, id DESC LIMIT {SHOWN}"""
    return rows(db, sql, values or [])


def of_pages(db: sqlite3.Connection, archive: Path, column: str, number: int, with_pending: bool) -> Row:
    """Return the corrections of the pages whose `column` is this number: `id` or `article_id`."""
    its = f"SELECT 1 FROM pages p WHERE p.sha256 IN (c.sha256, c.other) AND p.{column} = ?"
    waiting = [each for each in (pending(archive) if with_pending else []) if _is_of(db, each, its, number)]
    return {"pending": _told(db, waiting), "applied": _told(db, applied(db, f"EXISTS ({its})", [number]))}


def everything(db: sqlite3.Connection, archive: Path, with_pending: bool) -> Row:
    """Return the newest corrections of all pages."""
    return {"pending": _told(db, pending(archive) if with_pending else []), "applied": _told(db, applied(db))}


def _is_of(db: sqlite3.Connection, told: Row, its: str, number: int) -> bool:
    sql = f"SELECT 1 FROM (SELECT ? AS sha256, ? AS other) c WHERE EXISTS ({its})"
    return row(db, sql, [told["sha256"], told["other"], number]) is not None


def _told(db: sqlite3.Connection, found: list[Row]) -> list[Row]:
    """Return corrections in words, each once for a form, with the page that it is of and the one that it names."""
    once = {(each["moment"], each["action"], each["field"]): each for each in reversed(found)}
    sql = f"SELECT id, substr(path, 1, {TITLE_SHOWN}) AS path FROM pages WHERE sha256 = ? ORDER BY id LIMIT 1"
    return [
        {
            **each,
            "words": _words(each),
            "page": row(db, sql, [each["sha256"]]),
            "with": row(db, sql, [each["other"]]) if each["other"] else None,
        }
        for each in reversed(once.values())
    ]


def _words(told: Row) -> str:
    if told["action"] == Action.SET:
        return f"{told['field']}: {told['value'][:TITLE_SHOWN]}"
    return f"no {told['field']}" if told["action"] == Action.CLEAR else _WORDS[Action(told["action"])]
