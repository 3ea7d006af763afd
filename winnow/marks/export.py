"""Marks as JSON Lines, for programs, and as Markdown, for notebooks."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from winnow.marks.shown import everything, searches

Row = dict[str, Any]

FORMATS = ("jsonl", "markdown")
_ARTICLE = """SELECT a.title, a.author, a.date, ifnull(a.url, p.url), p.captured, p.sha256, p.text_sha256
    FROM articles a LEFT JOIN pages p ON p.id = a.page_id WHERE a.id = ?"""
_NAMES = ("title", "author", "date", "url", "captured", "sha256", "text_sha256")
_MARKUP = re.compile(r"([\\`*_\[\]<>#])")


def records(db: sqlite3.Connection, archive: Path) -> Iterator[Row]:
    """Yield what was marked of each article, with what the archive knows of it today, then the searches that were kept.

    An article that is not in this archive has the digest, title and address that it had when it was marked.
    """
    for each in everything(db, archive):
        found = db.execute(_ARTICLE, [each["article_id"]]).fetchone()
        about = dict(zip(_NAMES, found, strict=True)) if found else _only(each, "title", "url", "sha256")
        marks = {name: each[name] for name in ("starred", "read", "tags")}
        notes = [{"text": note["text"], "moment": note["moment"]} for note in each["notes"]]
        quotes = [_only(quote, "quote", "prefix", "suffix", "note", "moment") for quote in each["highlights"]]
        yield {**about, "path": each["path"], **marks, "notes": notes, "highlights": quotes, "marked": each["moment"]}
    for search in searches(archive):
        yield {"search": search["name"], **_only(search, "query", "looked", "moment")}


def _only(row: Row, *names: str) -> Row:
    return {name: row[name] for name in names}


def lines(found: Iterable[Row], kind: str) -> Iterator[str]:
    """Yield records as lines of one of the `FORMATS`, each with its line end."""
    for each in found:
        if kind == "jsonl":
            yield json.dumps(each, ensure_ascii=False) + "\n"
        elif "search" in each:
            yield f"- Search: {_plain(each['search'])}, `?{each['query'].replace('`', '%60')}`\n"
        else:
            yield from _markdown(each)


def _markdown(each: Row) -> Iterator[str]:
    title = _plain(each["title"] or "Untitled")
    is_web = re.fullmatch(r"https?://[^\s<>]+", each["url"] or "")
    yield f"## [{title}](<{each['url']}>)\n\n" if is_web else f"## {title}\n\n"
    told = [each.get("author"), each.get("date"), each.get("captured") and f"captured {each['captured'][:10]}"]
    told += [
        each["starred"] and "starred",
        each["read"] and "read",
        *(f"#{tag.replace(' ', '-')}" for tag in each["tags"]),
    ]
    if any(told):
        yield ", ".join(_plain(part, keep="#") for part in told if part) + "\n\n"
    for quote in each["highlights"]:
        yield "".join(f"> {_plain(line)}\n" for line in quote["quote"].splitlines()) + "\n"
        yield f"{_lined(quote['note'])}\n\n" if quote["note"] else ""
    for note in each["notes"]:
        yield f"{_lined(note['text'])}\n\n"


def _lined(text: str) -> str:
    return "\n".join(map(_plain, text.splitlines()))


def _plain(text: str, keep: str = "") -> str:
    """Return text in which nothing is markup."""
    return _MARKUP.sub(lambda found: found[0] if found[0] in keep else f"\\{found[0]}", " ".join(text.split()))
