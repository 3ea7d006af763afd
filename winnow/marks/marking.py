"""What a reader does: stars, tags, notes, highlights, what was read, searches to keep; and how the last is undone.

Every change is written down with the rows as they were before, so that it can be taken back.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from winnow.items import StartError
from winnow.marks.anchors import Anchor
from winnow.marks.database import now
from winnow.marks.subject import Subject
from winnow.text import storable

LONGEST = 10_000  # characters of a note or a quote
LONGEST_TAG = 100
LONGEST_QUERY = 4_000
KEPT = 100  # changes that can be taken back
DIGESTS = 100  # by which one article is known, at most
_COLUMNS = {
    "marked": ("id", "source", "path", "url", "title", "starred", "read", "moment"),
    "tags": ("id", "marked_id", "tag", "moment"),
    "notes": ("id", "marked_id", "text", "sha256", "moment"),
    "highlights": ("id", "marked_id", "quote", "prefix", "suffix", "note", "sha256", "moment"),
    "searches": ("id", "name", "query", "looked", "moment"),
}

Values = Mapping[str, Any]


@dataclass(slots=True)
class Change:
    """One change of the marks in the making: what it does, and the rows that it touches as they were before."""

    db: sqlite3.Connection
    marked_id: int | None = None
    before: list[tuple[str, int, dict[str, Any] | None]] = field(default_factory=list)

    def add(self, table: str, values: Values) -> int:
        """Insert a row and return its id."""
        names = ", ".join(values)
        places = ", ".join(f":{name}" for name in values)
        number = int(self.db.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", values).lastrowid or 0)
        self.before.append((table, number, None))
        return number

    def set(self, table: str, number: int, values: Values) -> None:
        """Change a row. Raises `StartError` if it is not there."""
        self._remember(table, number)
        given = ", ".join(f"{name} = :{name}" for name in values)
        self.db.execute(f"UPDATE {table} SET {given} WHERE id = :id", {**values, "id": number})

    def drop(self, table: str, number: int) -> None:
        """Delete a row. Raises `StartError` if it is not there."""
        self._remember(table, number)
        self.db.execute(f"DELETE FROM {table} WHERE id = ?", [number])

    def _remember(self, table: str, number: int) -> None:
        row = _row(self.db, table, number)
        if row is None:
            raise StartError("it is not there any more: open the page anew")
        self.marked_id = row.get("marked_id", self.marked_id)
        self.before.append((table, number, row))

    def done(self, words: str) -> None:
        """Write down what was done, so that it can be taken back; the oldest changes are given up."""
        if not self.before:
            return
        values = [self.marked_id, words, json.dumps(self.before, ensure_ascii=False), now()]
        self.db.execute("INSERT INTO changes (marked_id, words, before, moment) VALUES (?, ?, ?, ?)", values)
        self.db.execute("DELETE FROM changes WHERE id <= (SELECT max(id) FROM changes) - ?", [KEPT])


def of_article(change: Change, about: Subject, marked: int | None) -> int:
    """Return the marked article of a change, which is made if there is none yet (`marked`), with all its digests."""
    if marked is None:
        values = {name: getattr(about, name) for name in ("source", "path", "url", "title")}
        marked = change.add("marked", {**values, "moment": now()})
    change.marked_id = marked
    known = {
        row[0]: row[1] for row in change.db.execute("SELECT digest, place FROM known WHERE marked_id = ?", [marked])
    }
    more = [digest for digest in about.digests if digest not in known][: max(0, DIGESTS - len(known))]
    places = enumerate(more, max(known.values(), default=-1) + 1)
    change.db.executemany("INSERT INTO known VALUES (?, ?, ?)", [(marked, place, digest) for place, digest in places])
    return marked


def star(change: Change, marked: int, is_on: bool) -> None:
    """Star an article, or take its star away."""
    _switch(change, marked, "starred", is_on)


def read(change: Change, marked: int, is_on: bool) -> None:
    """Note that an article was read, or was not."""
    _switch(change, marked, "read", is_on)


def _switch(change: Change, marked: int, name: str, is_on: bool) -> None:
    row = _row(change.db, "marked", marked)
    if row is not None and bool(row[name]) != is_on:
        change.set("marked", marked, {name: now() if is_on else None})


def tag(change: Change, marked: int, typed: str) -> None:
    """Give an article tags, divided by commas. Raises `StartError` if nothing was typed."""
    for name in _tags(typed):
        if not change.db.execute("SELECT 1 FROM tags WHERE marked_id = ? AND tag = ?", [marked, name]).fetchone():
            change.add("tags", {"marked_id": marked, "tag": name, "moment": now()})


def untag(change: Change, marked: int, typed: str) -> None:
    """Take tags away from an article."""
    for name in _tags(typed):
        found = change.db.execute("SELECT id FROM tags WHERE marked_id = ? AND tag = ?", [marked, name]).fetchone()
        if found:
            change.drop("tags", found[0])


def _tags(typed: str) -> list[str]:
    found = [" ".join(storable(part).split())[:LONGEST_TAG] for part in typed[:LONGEST].split(",")]
    if not any(found):
        raise StartError("a tag needs a name")
    return [each for each in dict.fromkeys(found) if each]


def note(change: Change, marked: int, sha256: str, text: str) -> None:
    """Write a note to an article, which is read from the page with these bytes. Raises `StartError` if it is empty."""
    values = {"marked_id": marked, "text": _text(text, "a note"), "sha256": sha256, "moment": now()}
    change.add("notes", values)


def highlight(change: Change, marked: int, sha256: str, anchor: Anchor, text: str = "") -> None:
    """Highlight a passage of an article, which is read from the page with these bytes, with a note or without."""
    values = {"sha256": sha256, "quote": anchor.quote[:LONGEST], "prefix": anchor.prefix, "suffix": anchor.suffix}
    said = storable(text.strip())[:LONGEST] or None
    change.add("highlights", {"marked_id": marked, **values, "note": said, "moment": now()})


def rewrite(change: Change, table: str, number: int, text: str) -> None:
    """Write a note anew (`table` is `notes`), or what is said of a highlight (`highlights`), which may be nothing."""
    if table == "notes":
        change.set(table, number, {"text": _text(text, "a note")})
    else:
        change.set(table, number, {"note": storable(text.strip())[:LONGEST] or None})


def save_search(change: Change, name: str, query: str) -> None:
    """Keep a search by its name and its query string; one that is kept already gets the new name."""
    wanted = _text(name, "a search to keep")[:LONGEST_TAG]
    if len(query) > LONGEST_QUERY:
        raise StartError("a search of so many words cannot be kept")
    known = change.db.execute("SELECT id FROM searches WHERE query = ?", [query]).fetchone()
    if known:
        change.set("searches", known[0], {"name": wanted})
    else:
        change.add("searches", {"name": wanted, "query": query, "looked": now(), "moment": now()})


def look(db: sqlite3.Connection, number: int) -> None:
    """Note that a kept search was looked at just now; that is no change to be taken back."""
    db.execute("UPDATE searches SET looked = ? WHERE id = ?", [now(), number])


def undo(db: sqlite3.Connection, number: int) -> str:
    """Take the last change back and return what it had done. Raises `StartError` if `number` is not the last one's."""
    last = db.execute("SELECT id, words, before FROM changes ORDER BY id DESC LIMIT 1").fetchone()
    if last is None or last[0] != number:
        raise StartError("something else was marked since, or it was taken back already: open the page anew")
    for table, key, row in reversed(json.loads(last[2])):
        if row is None:
            db.execute(f"DELETE FROM {_named(table)} WHERE id = ?", [key])
        else:
            _put_back(db, table, row)
    db.execute("DELETE FROM changes WHERE id = ?", [number])
    return str(last[1])


def _put_back(db: sqlite3.Connection, table: str, row: Values) -> None:
    names = _COLUMNS[_named(table)]
    places, given = ", ".join(f":{name}" for name in names), ", ".join(f"{name} = excluded.{name}" for name in names)
    sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places}) ON CONFLICT (id) DO UPDATE SET {given}"
    db.execute(sql, {name: row[name] for name in names})


def _row(db: sqlite3.Connection, table: str, number: int) -> dict[str, Any] | None:
    names = _COLUMNS[table]
    found = db.execute(f"SELECT {', '.join(names)} FROM {table} WHERE id = ?", [number]).fetchone()
    return dict(zip(names, found, strict=True)) if found else None


def _named(table: str) -> str:
    if table not in _COLUMNS:
        raise StartError("what was done cannot be taken back: the database of the marks is damaged")
    return table


def _text(text: str, what: str) -> str:
    said = storable(text.strip())[:LONGEST]
    if not said:
        raise StartError(f"{what} needs some words")
    return said
