"""What was marked, to be shown: of one article, and of all."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from winnow.marks.database import reading
from winnow.marks.subject import articles_of, marked_of

Row = dict[str, Any]

WHAT = ("starred", "read", "tagged", "noted", "highlighted")
_WHERE = {
    "any": "1",
    "starred": "starred IS NOT NULL",
    "read": "read IS NOT NULL",
    "tagged": "EXISTS (SELECT 1 FROM tags WHERE marked_id = marked.id)",
    "noted": "EXISTS (SELECT 1 FROM notes WHERE marked_id = marked.id)",
    "highlighted": "EXISTS (SELECT 1 FROM highlights WHERE marked_id = marked.id)",
}


def of_article(db: sqlite3.Connection, archive: Path, article_id: int) -> Row:
    """Return all that was marked of one article: `starred` and `read` (when), `tags`, `notes` and `highlights`."""
    with reading(archive) as marks:
        marked = list(marked_of(db, marks, [article_id])) if marks else []
        if marks is None or not marked:
            return nothing()
        return _whole(marks, marked)


def nothing() -> Row:
    """Return what is marked of an article of which nothing is."""
    return {"starred": None, "read": None, "tags": [], "notes": [], "highlights": []}


def _whole(marks: sqlite3.Connection, marked: list[int]) -> Row:
    rows = [marks.execute("SELECT starred, read FROM marked WHERE id = ?", [key]).fetchone() for key in marked]
    return {
        "starred": next((row[0] for row in rows if row[0]), None),
        "read": next((row[1] for row in rows if row[1]), None),
        "tags": list(dict.fromkeys(each["tag"] for each in _rows(marks, "tags", marked))),
        "notes": _rows(marks, "notes", marked),
        "highlights": _rows(marks, "highlights", marked),
    }


def articles_marked(db: sqlite3.Connection, archive: Path, what: str = "any", tag: str | None = None) -> set[int]:
    """Return the articles of an archive that are marked: one of `WHAT`, or `any`; with `tag`, those that have it."""
    with reading(archive) as marks:
        if marks is None:
            return set()
        sql, values = f"SELECT id FROM marked WHERE {_WHERE[what]}", list[str]()
        if tag is not None:
            sql, values = f"{sql} AND id IN (SELECT marked_id FROM tags WHERE tag = ?)", [tag]
        return set(articles_of(db, marks, [row[0] for row in marks.execute(sql, values)]).values())


def tag_counts(archive: Path) -> dict[str, int]:
    """Return how many marked articles have each tag, the commonest first."""
    with reading(archive) as marks:
        if marks is None:
            return {}
        return dict(Counter(row[0] for row in marks.execute("SELECT tag FROM tags ORDER BY tag")).most_common())


def searches(archive: Path) -> list[Row]:
    """Return the searches that were kept (`id`, `name`, `query`, `looked`, `moment`), by name."""
    with reading(archive) as marks:
        sql = "SELECT id, name, query, looked, moment FROM searches ORDER BY name COLLATE NOCASE, id"
        return [] if marks is None else _dicts(marks.execute(sql))


def last_change(archive: Path) -> Row | None:
    """Return the last change that can be taken back (`id`, `words`, `moment`); None if there is none."""
    with reading(archive) as marks:
        if marks is None:
            return None
        return next(iter(_dicts(marks.execute("SELECT id, words, moment FROM changes ORDER BY id DESC LIMIT 1"))), None)


def everything(
    db: sqlite3.Connection, archive: Path, limit: int | None = None, what: str = "any", tag: str = ""
) -> list[Row]:
    """Return all that was marked, what was marked last first; `article_id` is None where the archive has it not.

    Marked articles from which every mark was taken away again are left out.
    """
    with reading(archive) as marks:
        if marks is None:
            return []
        some = f"{_WHERE[what]} AND ({' OR '.join(_WHERE[each] for each in WHAT)})"
        tagged = " AND (?1 = '' OR id IN (SELECT marked_id FROM tags WHERE tag = ?1))"
        sql = f"SELECT * FROM marked WHERE {some}{tagged} ORDER BY moment DESC, id DESC LIMIT ?2"
        found = _dicts(marks.execute(sql, [tag, -1 if limit is None else limit]))
        articles = articles_of(db, marks, [row["id"] for row in found])
        return [{**row, **_whole(marks, [row["id"]]), "article_id": articles.get(row["id"])} for row in found]


def _rows(marks: sqlite3.Connection, table: str, marked: Iterable[int]) -> list[Row]:
    sql = f"SELECT * FROM {table} WHERE marked_id = ? ORDER BY id"
    return [row for key in marked for row in _dicts(marks.execute(sql, [key]))]


def _dicts(cursor: sqlite3.Cursor) -> list[Row]:
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
