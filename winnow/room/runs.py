"""Runs: how each ended, how long it took, what it found and what it ran with."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from winnow.room.database import Row, row, rows
from winnow.room.pages import REASONS

PER_PAGE = 50
COUNTED = 50_000  # pages of one reason in one run; beyond it the page says "more than"
OUTCOMES = ("new", "changed", "duplicates", "rejected")


def run_list(db: sqlite3.Connection, before: int | None = None, limit: int = PER_PAGE) -> list[Row]:
    """Return runs, the newest first; only those with an id below `before`, if that is given."""
    found = rows(db, "SELECT * FROM runs WHERE id < ? ORDER BY id DESC LIMIT ?", [before or 2**62, limit])
    return [_told(run) for run in found]


def run(db: sqlite3.Connection, run_id: int) -> Row | None:
    """Return one run with its settings, versions, and the number of pages that it was the first to read, by reason.

    The first run may have read everything, so counting ends beyond `COUNTED` pages of one reason.
    """
    found = row(db, "SELECT * FROM runs WHERE id = ?", [run_id])
    if found is None:
        return None
    counted = f"""SELECT value AS reason, (SELECT count(*) FROM (SELECT 1 FROM pages WHERE first_run = ?1
            AND reason = value LIMIT {COUNTED + 1})) AS pages FROM json_each(?2) WHERE pages ORDER BY pages DESC"""
    neighbours = (
        "SELECT (SELECT max(id) FROM runs WHERE id < ?1) AS earlier, (SELECT min(id) FROM runs WHERE id > ?1) AS later"
    )
    return {
        "run": _told(found),
        "settings": _object(found["settings"]),
        "versions": _object(found["versions"]),
        "reasons": rows(db, counted, [run_id, json.dumps(list(REASONS))]),
        "counted": COUNTED,
        "neighbours": row(db, neighbours, [run_id]),
    }


def _told(run: Row) -> Row:
    """Return a run with its verdict in words, whether that is good, the pages read, and the pages per second."""
    seconds = run["seconds"] or 0
    verdict, is_good = _verdict(run)
    return run | {
        "verdict": verdict,
        "is_good": is_good,
        "rate": run["pages"] / seconds if seconds else None,
        "read": run["pages"] - run["unchanged"],
    }


def _verdict(run: Row) -> tuple[str, bool | None]:
    if run["status"] is None:
        return "running, or killed", None
    if run["status"] == "finished" and run["failed"]:
        return f"finished, {run['failed']} failed", False
    return str(run["status"]), run["status"] == "finished"


def _object(stored: str) -> dict[str, Any]:
    try:
        found = json.loads(stored)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
