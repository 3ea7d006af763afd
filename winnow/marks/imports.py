"""Marks taken over from JSON Lines, as an export writes them: what is there already stays as it is."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from winnow import times
from winnow.corrections import read_records
from winnow.items import StartError
from winnow.marks.database import writing
from winnow.marks.marking import LONGEST, LONGEST_QUERY, LONGEST_TAG, Change, of_article
from winnow.marks.subject import Subject, article_known, marked_of, subject
from winnow.text import storable

_SHA256 = re.compile(r"[0-9a-f]{64}")
_QUOTED = ("quote", "prefix", "suffix")


@dataclass(frozen=True, slots=True)
class Search:
    """A kept search of a file of marks."""

    name: str
    query: str
    looked: str
    moment: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked article of a file: as marks name it, what was marked, and when first. Moments are in UTC."""

    about: Subject
    moment: str
    starred: str | None = None
    read: str | None = None
    tags: list[str] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    highlights: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Self:
        """Return what a record of an export says. Raises `StartError` for one that no export can hold."""
        digests = [record[name] for name in ("sha256", "text_sha256") if record.get(name) is not None]
        if not digests or not all(isinstance(each, str) and _SHA256.fullmatch(each) for each in digests):
            raise StartError("a mark names its article by sha256, 64 digits of 0-9 and a-f")
        named = {name: _text(record, name, LONGEST, optional=True) for name in ("path", "url", "title")}
        said = [
            {"text": _text(each, "text", LONGEST), "moment": _moment(each, "moment")}
            for each in _listed(record, "notes", dict)
        ]
        quotes = [
            {name: _text(each, name, LONGEST, is_bare=name != "quote") for name in _QUOTED}
            | {"note": _text(each, "note", LONGEST, optional=True), "moment": _moment(each, "moment")}
            for each in _listed(record, "highlights", dict)
        ]
        tags = [_text({"tag": each}, "tag", LONGEST_TAG) for each in _listed(record, "tags", str)]
        starred, read = (_moment(record, name) if record.get(name) else None for name in ("starred", "read"))
        about = Subject(digests[0], digests, None, **named)
        return cls(about, _moment(record, "marked"), starred, read, tags, said, quotes)


@dataclass(slots=True)
class Taken:
    """How many articles and searches have got marks, or had them already; `missing` are not in the archive."""

    articles: int = 0
    searches: int = 0
    known: int = 0
    forgotten: int = 0
    missing: int = 0


def read_marks(lines: Iterable[str], name: str) -> list[Marked | Search]:
    """Return what the lines of an export say. Raises `StartError`, which names the line, for one that none can hold."""
    return read_records(lines, name, "mark", lambda row: _search(row) if "search" in row else Marked.of(row))


def take_over(
    db: sqlite3.Connection, archive: Path, told: Iterable[Marked | Search], forgotten: Collection[str] = ()
) -> Taken:
    """Write marks beside an archive, and return what became of them; those of `forgotten` digests are passed over.

    An article is found by its digests, else by its address. One that the archive has not keeps its marks until it has.
    """
    taken = Taken()
    with writing(archive) as marks:
        for each in told:
            before = marks.total_changes
            if isinstance(each, Search):
                values = (each.name, each.query, each.looked, each.moment)
                marks.execute(
                    "INSERT OR IGNORE INTO searches (name, query, looked, moment) VALUES (?, ?, ?, ?)", values
                )
                taken.searches += marks.total_changes > before
            elif each.about.sha256 in forgotten:
                taken.forgotten += 1
                continue
            else:
                article_id = article_known(db, each.about)
                taken.missing += article_id is None
                _mark(marks, _marked(db, marks, each, article_id), each)
                taken.articles += marks.total_changes > before
            taken.known += marks.total_changes == before
    return taken


def _marked(db: sqlite3.Connection, marks: sqlite3.Connection, told: Marked, article_id: int | None) -> int:
    """Return the id of a marked article, which is made if there is none yet."""
    if article_id is not None:
        known, about = min(marked_of(db, marks, [article_id]), default=None), subject(db, article_id)
    else:
        sql = "SELECT marked_id FROM known WHERE digest IN (SELECT value FROM json_each(?)) ORDER BY 1 LIMIT 1"
        row = marks.execute(sql, [json.dumps(told.about.digests)]).fetchone()
        known, about = row and int(row[0]), told.about
    marked = of_article(Change(marks), about, known)
    if known is None:
        marks.execute("UPDATE marked SET moment = ? WHERE id = ?", [told.moment, marked])
    return marked


def _mark(marks: sqlite3.Connection, marked: int, told: Marked) -> None:
    for name in ("starred", "read"):
        if when := getattr(told, name):
            marks.execute(f"UPDATE marked SET {name} = ? WHERE id = ? AND {name} IS NULL", [when, marked])
    for tag in told.tags:
        marks.execute(
            "INSERT OR IGNORE INTO tags (marked_id, tag, moment) VALUES (?, ?, ?)", [marked, tag, told.moment]
        )
    for table, rows, told_by in (("notes", told.notes, ("text",)), ("highlights", told.highlights, _QUOTED)):
        for row in rows:
            values = {**row, "marked_id": marked, "sha256": told.about.sha256}
            same = " AND ".join(f"{name} = :{name}" for name in ("marked_id", *told_by))
            places = ", ".join(f":{name}" for name in values)
            unless = f"WHERE NOT EXISTS (SELECT 1 FROM {table} WHERE {same})"
            marks.execute(f"INSERT INTO {table} ({', '.join(values)}) SELECT {places} {unless}", values)


def _search(record: Mapping[str, Any]) -> Search:
    name, query = _text(record, "search", LONGEST_TAG), _text(record, "query", LONGEST_QUERY, is_bare=True)
    return Search(name, query, _moment(record, "looked"), _moment(record, "moment"))


def _text(record: Mapping[str, Any], name: str, longest: int, *, optional: bool = False, is_bare: bool = False) -> Any:
    """Return a text of a record; one that is `optional` may be None, one that `is_bare` may be empty."""
    text = record.get(name)
    if optional and text is None:
        return None
    if not isinstance(text, str) or len(text) > longest or not (is_bare or storable(text).strip()):
        raise StartError(f"{name} is no text of up to {longest:,} characters")
    return storable(text)


def _listed(record: Mapping[str, Any], name: str, kind: type) -> list[Any]:
    found = record.get(name, [])
    if not isinstance(found, list) or not all(isinstance(each, kind) for each in found):
        raise StartError(f"{name} is no list of {'texts' if kind is str else 'objects'}")
    return found


def _moment(record: Mapping[str, Any], name: str) -> str:
    """Return a moment as the marks have it: ISO 8601 in UTC, with microseconds."""
    found = times.instant(record.get(name))
    if found is None:
        raise StartError(f"{name}: {str(record.get(name))[:40]!r} is no time: write it as 2026-11-29T10:00:00+00:00")
    return found.isoformat(timespec="microseconds")
