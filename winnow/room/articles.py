"""One article to read: its text, the pages that carry it, and the texts that it has had."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

from winnow.marks.anchors import Letters
from winnow.room.database import TITLE_SHOWN, Row, row, rows, value
from winnow.room.markdown import rendered
from winnow.room.neighbours import neighbours
from winnow.room.stories import also_about
from winnow.room.text import parts, safe_link

PAGES_SHOWN = 25
TEXTS_SHOWN = 100
SAME = 300  # characters at the beginning of a description that a text may begin with, too


def article(
    db: sqlite3.Connection, article_id: int, form: Mapping[str, str] | None = None, archive: Path | None = None
) -> Row | None:
    """Return what the article's page shows; None if there is no such article.

    The form may say in which search the article was found, as `neighbours` reads it, with the stars beside `archive`.
    """
    found = row(db, "SELECT * FROM articles WHERE id = ?", [article_id])
    if found is None:
        return None
    pages = _pages(db, found)
    canonical = next((page for page in pages if page["is_canonical"]), {"url": None, "captured": None})
    texts = texts_of(db, article_id)
    link_out = safe_link(found["url"]) or safe_link(canonical["url"])
    markdown = rendered(found["markdown"], found["title"], link_out)
    return {
        "article": found,
        "title": (found["title"] or "Untitled")[:TITLE_SHOWN],
        "standfirst": _standfirst(found),
        "link_out": link_out,
        "captured": canonical["captured"],
        "markdown": markdown,
        "parts": [] if markdown else parts(found["text"], found["title"]),
        "tags": _tags(found["tags"]),
        "minutes": max(1, round(found["word_count"] / 230)),
        "pages": pages[:PAGES_SHOWN],
        "page_total": value(db, "SELECT count(*) FROM pages WHERE article_id = ?", [article_id]),
        "revisions": _revisions(db, found),
        "texts": texts,
        "neighbours": neighbours(db, article_id, form or {}, archive),
        "also": also_about(db, found),
        "current": next((text["sha256"] for text in texts if text["is_current"]), None),
    }


def shown_text(db: sqlite3.Connection, article_id: int) -> str:
    """Return the words of an article as its page shows them, with captions that only its Markdown has."""
    found = row(db, "SELECT title, text, markdown FROM articles WHERE id = ?", [article_id])
    if found is None:
        return ""
    markdown = rendered(found["markdown"], found["title"], None)
    return unescape(re.sub("<[^>]*>", "", markdown)) if markdown else str(found["text"])


def _standfirst(article: Row) -> str | None:
    """Return the description that stands above a text; None where the text begins with the same words."""
    said = article["description"]
    wanted = Letters((said or "")[:SAME]).letters
    return said if wanted and wanted not in Letters(article["text"][: 4 * SAME]).letters else None


def _pages(db: sqlite3.Connection, article: Row) -> list[Row]:
    """Return the article's pages: the one that the text is from and others, by time of capture or of reading."""
    sql = f"""SELECT p.id, substr(p.path, 1, {TITLE_SHOWN}) AS path, p.outcome, p.reason, p.detail, p.similarity,
            p.word_count, p.text_sha256, p.url, p.captured, p.id = ?1 AS is_canonical,
            first.started AS first_read, last.started AS last_there
        FROM pages p LEFT JOIN runs first ON first.id = p.first_run LEFT JOIN runs last ON last.id = p.last_run
        WHERE p.article_id = ?2 ORDER BY p.id = ?1 DESC, ifnull(p.captured, first.started), p.id LIMIT {PAGES_SHOWN}"""
    found = rows(db, sql, [article["page_id"], article["id"]])
    return sorted(found, key=lambda page: (page["captured"] or page["first_read"] or "", page["id"]))


def _revisions(db: sqlite3.Connection, article: Row) -> list[Row]:
    """Return the earlier texts, newest first, each with the text that replaced it."""
    sql = f"""SELECT v.id, v.title, v.text_sha256, v.run_id, r.started AS replaced
        FROM revisions v LEFT JOIN runs r ON r.id = v.run_id
        WHERE v.article_id = ? ORDER BY v.id DESC LIMIT {TEXTS_SHOWN}"""
    found = rows(db, sql, [article["id"]])
    after = value(db, "SELECT text_sha256 FROM pages WHERE id = ?", [article["page_id"]])
    for revision in found:
        revision["replaced_by"], after = after, revision["text_sha256"]
    return found


def texts_of(db: sqlite3.Connection, article_id: int) -> list[Row]:
    """Return every text that the article was ever found with, once, with a page that carries it."""
    sql = f"""SELECT p.text_sha256 AS sha256, max(p.id = a.page_id) AS is_current, count(*) AS pages,
            substr(p.path, 1, {TITLE_SHOWN}) AS path, p.reason, min(p.first_run) AS run,
            min(ifnull(p.captured, r.started)) AS since
        FROM pages p JOIN articles a ON a.id = p.article_id LEFT JOIN runs r ON r.id = p.first_run
        WHERE p.article_id = ? AND p.text_sha256 IS NOT NULL
        GROUP BY p.text_sha256 ORDER BY is_current DESC, run DESC, p.id DESC LIMIT {TEXTS_SHOWN}"""
    return rows(db, sql, [article_id])


def _tags(stored: str | None) -> list[str]:
    try:
        found: Any = json.loads(stored or "[]")
    except ValueError:
        return []
    return [str(tag)[:100] for tag in found[:30]] if isinstance(found, list) else []
