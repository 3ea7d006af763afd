"""Articles that are in several places, each once, with the pages that carry it."""

from __future__ import annotations

import sqlite3

from winnow.room.database import TITLE_SHOWN, Row, row, rows
from winnow.room.pages import Wanted, newest

PER_PAGE = 20  # articles
LOOKED_AT = 200  # duplicates at once, of which the articles are looked up
TIMES = 5  # so often at most, should many be of one article
PLACES = 6  # pages of an article that are shown

_COLUMNS = f"""p.id, substr(p.path, 1, {TITLE_SHOWN}) AS path, p.reason, p.similarity, p.url, p.captured, p.word_count,
    p.text_sha256"""


def cluster_list(db: sqlite3.Connection, wanted: Wanted) -> Row:
    """Return articles with duplicates of the reasons asked for, those first of which one was read last.

    Each has its `places`: the page that its text is from, then the duplicates, last read first.
    """
    found = dict[int, int]()  # the article, by its newest duplicate
    before: int | None = wanted.before
    for _ in range(TIMES):
        ids = newest(db, wanted, before or 0, LOOKED_AT + 1)
        for page_id in ids[:LOOKED_AT]:
            article_id = _of_newest(db, page_id, wanted)
            if article_id is not None:
                found[page_id] = article_id
            before = page_id
            if len(found) > PER_PAGE:
                break
        if len(found) > PER_PAGE or len(ids) <= LOOKED_AT:
            break
    is_more = len(found) > PER_PAGE or len(ids) > LOOKED_AT
    shown = dict(list(found.items())[:PER_PAGE])
    next_before = min(shown) if len(found) > PER_PAGE else before
    return {
        "clusters": [_cluster(db, article_id, wanted) for article_id in shown.values()],
        "wanted": wanted,
        "next_before": next_before if is_more else None,
    }


def _of_newest(db: sqlite3.Connection, page_id: int, wanted: Wanted) -> int | None:
    """Return the article of a duplicate if none of its duplicates was read later, so that it is listed once."""
    sql = f"""SELECT article_id FROM pages WHERE id = ? AND id = (SELECT p.id FROM pages p
        WHERE p.article_id = pages.article_id AND {_asked_for(wanted)} ORDER BY p.id DESC LIMIT 1)"""
    found = db.execute(sql, [page_id, *([wanted.reason] if wanted.reason else [])]).fetchone()
    return found and int(found[0])


def _asked_for(wanted: Wanted) -> str:
    return "p.outcome = 'duplicate'" + (" AND p.reason = ?" if wanted.reason else "")


def _cluster(db: sqlite3.Connection, article_id: int, wanted: Wanted) -> Row:
    sql = f"""SELECT id, substr(title, 1, {TITLE_SHOWN}) AS title, date, hostname, sitename, language, page_id,
        page_count, substr(author, 1, 200) AS author, word_count, kind FROM articles WHERE id = ?"""
    article = row(db, sql, [article_id]) or {}
    own = rows(db, f"SELECT {_COLUMNS} FROM pages p WHERE p.id = ?", [article["page_id"]])
    sql = f"""SELECT {_COLUMNS} FROM pages p WHERE p.article_id = ? AND p.id != ?
        AND {_asked_for(wanted)} ORDER BY p.id DESC LIMIT {PLACES - 1}"""
    values = [article_id, article["page_id"], *([wanted.reason] if wanted.reason else [])]
    return article | {"own": own[0] if own else None, "places": rows(db, sql, values)}
