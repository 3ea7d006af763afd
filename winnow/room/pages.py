"""Pages and what became of them: lists by outcome, reason, run and path, and one page explained in words."""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from winnow.room.database import TITLE_SHOWN, Row, row, rows, value
from winnow.room.text import parts
from winnow.search.query import parse

PER_PAGE = 50

# Outcome and explanation of every reason, in the order in which the pages of the room list them.
REASONS: dict[str, tuple[str, str]] = {
    "new": ("article", "No earlier page carried this text: it became an article."),
    "changed": ("article", "The article has changed since this file was last read, or this is its full page at last."),
    "same bytes": ("duplicate", "The file is a copy of another, byte for byte."),
    "same text": ("duplicate", "The words of the article are the same as another page's."),
    "near-duplicate": ("duplicate", "The same article with other surroundings, small corrections, or a part cut."),
    "excerpt": ("duplicate", "The beginning of a known article, such as a page cut by a paywall."),
    "no article": (
        "rejected",
        "Nothing on the page reads like an article: an error page, a list of links, an empty file.",
    ),
    "not text": ("rejected", "Binary data, whatever the file's name says."),
    "unreadable": ("rejected", "The file could not be read; every run tries again."),
    "too large": ("rejected", "Larger than the limit that is set; every run looks again."),
    "time limit": ("rejected", "Reading the page took longer than is allowed; every run tries again."),
    "memory limit": ("rejected", "Reading the page took more memory than is allowed; every run tries again."),
    "crashed": ("rejected", "Reading the page ended its worker process; every run tries again."),
    "forgotten": ("rejected", "A person has had it forgotten: what it held is not kept, and it is not read again."),
}
OUTCOMES = ("article", "duplicate", "rejected")

_COLUMNS = f"""p.id, substr(p.path, 1, {TITLE_SHOWN}) AS path, substr(p.title, 1, {TITLE_SHOWN}) AS title, p.outcome,
    p.reason, p.detail, p.article_id, p.similarity, p.word_count, p.url, p.captured, p.first_run, p.last_run, p.kind,
    EXISTS (SELECT 1 FROM refused_texts WHERE page_id = p.id) AS has_refused"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of pages is asked for; only pages with an id below `before` are listed."""

    outcome: str = ""
    reason: str = ""
    path: str = ""
    refused: str = ""
    article: int | None = None
    run: int | None = None
    before: int = 2**62

    @classmethod
    def from_form(cls, form: Mapping[str, str]) -> Self:
        """Return what a form asks for; a value that makes no sense counts as not given."""
        numbers = {name: whole_number(form.get(name)) for name in ("article", "run", "before")}
        return cls(
            outcome=form.get("outcome") or "",
            reason=form.get("reason") or "",
            path=(form.get("path") or "").strip()[:1000],
            refused=(form.get("refused") or "").strip()[:1000],
            article=numbers["article"],
            run=numbers["run"],
            before=numbers["before"] or 2**62,
        )

    @property
    def reasons(self) -> list[str]:
        """Return the reasons that the list shows."""
        by_outcome = [name for name, (outcome, _) in REASONS.items() if self.outcome in ("", outcome)]
        return [self.reason] if self.reason else by_outcome

    def filled(self) -> dict[str, Any]:
        """Return the form's filled fields, for links."""
        names = ("outcome", "reason", "path", "refused", "article", "run")
        return {name: getattr(self, name) for name in names if getattr(self, name)}


def page_list(db: sqlite3.Connection, wanted: Wanted) -> Row:
    """Return the pages asked for, last read first, with the titles of the articles that they carry."""
    if wanted.path:
        ids = list(_by_path(db, wanted)) or list(_by_address(db, wanted))
    elif wanted.refused:
        ids = _by_refused_text(db, wanted)
    elif wanted.article is not None:
        sql = "SELECT id FROM pages WHERE article_id = ? AND id < ? ORDER BY id DESC LIMIT ?"
        ids = [found[0] for found in db.execute(sql, [wanted.article, wanted.before, PER_PAGE + 1])]
    else:
        ids = newest(db, wanted, wanted.before, PER_PAGE + 1)
    marks = ", ".join("?" * len(ids[:PER_PAGE]))
    sql = f"""SELECT {_COLUMNS}, substr(a.title, 1, {TITLE_SHOWN}) AS article_title, r.started AS first_read,
            p.text_sha256
        FROM pages p LEFT JOIN articles a ON a.id = p.article_id
        LEFT JOIN runs r ON r.id = p.first_run
        WHERE p.id IN ({marks}) ORDER BY {"p.url, p.captured, p.path" if wanted.path else "p.id DESC"}"""
    next_before = ids[PER_PAGE - 1] if len(ids) > PER_PAGE else None
    return {"pages": rows(db, sql, ids[:PER_PAGE]), "wanted": wanted, "next_before": next_before}


def _by_refused_text(db: sqlite3.Connection, wanted: Wanted) -> list[int]:
    """Return rejected pages by the words of what was refused, the newest first."""
    query = parse(wanted.refused, [""])  # their languages are not known
    if query is None:
        return []
    sql = """SELECT rowid FROM refused_texts_search WHERE refused_texts_search MATCH ? AND rowid < ?
        ORDER BY rowid DESC LIMIT ?"""
    return [found[0] for found in db.execute(sql, [query.match, wanted.before, PER_PAGE + 1])]


def refused(db: sqlite3.Connection, page_id: int) -> Row | None:
    """Return what was refused of a rejected page; None if nothing is kept of it."""
    sql = f"""SELECT p.id, substr(p.path, 1, {TITLE_SHOWN}) AS path, p.reason, p.detail, p.url, p.captured, t.text
        FROM refused_texts t JOIN pages p ON p.id = t.page_id WHERE t.page_id = ?"""
    found = row(db, sql, [page_id])
    return found and {"page": found, "parts": parts(found["text"]), "words": len(found["text"].split())}


def newest(db: sqlite3.Connection, wanted: Wanted, before: int, limit: int) -> list[int]:
    """Return the newest pages of all reasons, merged: an index has each reason in order, and no other row is read."""
    column = "outcome" if wanted.run is None else "first_run"
    sql = f"SELECT id FROM pages WHERE {column} = ? AND reason = ? AND id < ? ORDER BY id DESC LIMIT ?"
    lists = []
    for reason in wanted.reasons:
        key = REASONS.get(reason, ("rejected", ""))[0] if wanted.run is None else wanted.run
        lists.append([found[0] for found in db.execute(sql, [key, reason, before, limit])])
    return list(heapq.merge(*lists, reverse=True))[:limit]


def _by_path(db: sqlite3.Connection, wanted: Wanted) -> Iterator[int]:
    """Yield the pages of files by the beginning of their path in any source, in the order of paths."""
    left = PER_PAGE
    for source, start in _starts(db, wanted.path).items():
        sql = "SELECT id FROM pages WHERE source = ? AND path >= ? AND path < ? ORDER BY path LIMIT ?"
        found = db.execute(sql, [source, start, start + "\U0010ffff", left]).fetchall()
        left -= len(found)
        yield from (page[0] for page in found)


def _by_address(db: sqlite3.Connection, wanted: Wanted) -> Iterator[int]:
    """Yield captures by the beginning of their address, in the order of addresses, then of time."""
    sql = "SELECT id FROM pages WHERE url >= ? AND url < ? ORDER BY url, captured LIMIT ?"
    return (page[0] for page in db.execute(sql, [wanted.path, wanted.path + "\U0010ffff", PER_PAGE]))


def _starts(db: sqlite3.Connection, typed: str) -> dict[str, str]:
    """Return how the paths of each source begin that were typed, with or without the source's folder before them."""
    starts = {name: typed.lstrip("/") for (name,) in db.execute("SELECT name FROM sources ORDER BY name")}
    for root, source in db.execute("SELECT root, source FROM roots ORDER BY root"):
        if typed.startswith(root):
            starts[source] = typed.removeprefix(root.rstrip("/") + "/")
    return starts


def page(db: sqlite3.Connection, page_id: int) -> Row | None:
    """Return what is known of a page: its article, the page that it was matched with, all versions of its file."""
    found = row(db, "SELECT * FROM pages WHERE id = ?", [page_id])
    if found is None:
        return None
    article = row(
        db,
        f"""SELECT id, substr(ifnull(title, 'Untitled'), 1, {TITLE_SHOWN}) AS title, page_id, page_count,
            (SELECT text_sha256 FROM pages WHERE id = articles.page_id) AS text_sha256
        FROM articles WHERE id = ?""",
        [found["article_id"]],
    )
    matched = f"SELECT id, substr(path, 1, {TITLE_SHOWN}) AS path, text_sha256 FROM pages WHERE id = ?"
    versions = "SELECT id, outcome, reason, first_run, last_run FROM pages WHERE source = ? AND path = ?"
    return {
        "page": found,
        "has_refused": value(db, "SELECT 1 FROM refused_texts WHERE page_id = ?", [page_id]),
        "why": REASONS.get(found["reason"], ("", ""))[1],
        "article": article,
        "matched": row(db, matched, [found["parent_id"]]),
        "versions": rows(db, f"{versions} ORDER BY id DESC LIMIT 50", [found["source"], found["path"]]),
        "runs": {run["id"]: run for run in _runs(db, found)},
    }


def _runs(db: sqlite3.Connection, page: Row) -> list[Row]:
    return rows(db, "SELECT id, started FROM runs WHERE id IN (?, ?)", [page["first_run"], page["last_run"]])


def whole_number(text: str | None) -> int | None:
    """Return the whole number that a text is, if it fits a row id; None for anything else."""
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
