"""What was marked, to be shown: of one article, and of all."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from winnow.marks.database import reading
from winnow.marks.subject import articles_of, marked_of

Row = dict[str, Any]

WHAT = ("starred", "read", "tagged", "noted", "highlighted")
_GIVEN = "(SELECT value FROM json_each(?))"
_FIRST = "(SELECT digest FROM known WHERE marked_id = marked.id ORDER BY place LIMIT 1)"
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
        rows = _dicts(marks.execute(f"SELECT * FROM marked WHERE id IN {_GIVEN}", [json.dumps(marked)]))
        return _whole(sorted(rows, key=lambda row: marked.index(row["id"])), _added(marks, marked))


def nothing() -> Row:
    """Return what is marked of an article of which nothing is."""
    return {"starred": None, "read": None, "tags": [], "notes": [], "highlights": []}


def _added(marks: sqlite3.Connection, marked: list[int]) -> dict[str, dict[int, list[Row]]]:
    """Return what was added to marked articles: by table, then by the article."""
    found: dict[str, dict[int, list[Row]]] = {table: defaultdict(list) for table in ("tags", "notes", "highlights")}
    for table, rows in found.items():
        sql = f"SELECT * FROM {table} WHERE marked_id IN {_GIVEN} ORDER BY id"
        for row in _dicts(marks.execute(sql, [json.dumps(marked)])):
            rows[row["marked_id"]].append(row)
    return found


def _whole(marked: list[Row], added: dict[str, dict[int, list[Row]]]) -> Row:
    """Return all that was marked of an article, which may have been marked before it became one."""
    whole = {table: [each for row in marked for each in rows[row["id"]]] for table, rows in added.items()}
    first = {name: next((row[name] for row in marked if row[name]), None) for name in ("starred", "read")}
    return {**first, **whole, "tags": list(dict.fromkeys(each["tag"] for each in whole["tags"]))}


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

    `sha256` is the first digest by which the article is known. Marked articles from which every mark was taken away
    again are left out.
    """
    with reading(archive) as marks:
        if marks is None:
            return []
        some = f"{_WHERE[what]} AND ({' OR '.join(_WHERE[each] for each in WHAT)})"
        tagged = " AND (?1 = '' OR id IN (SELECT marked_id FROM tags WHERE tag = ?1))"
        sql = f"SELECT *, {_FIRST} AS sha256 FROM marked WHERE {some}{tagged} ORDER BY moment DESC, id DESC LIMIT ?2"
        found = _dicts(marks.execute(sql, [tag, -1 if limit is None else limit]))
        ids = [row["id"] for row in found]
        articles, added = articles_of(db, marks, ids), _added(marks, ids)
        return [{**row, **_whole([row], added), "article_id": articles.get(row["id"])} for row in found]


def _dicts(cursor: sqlite3.Cursor) -> list[Row]:
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
