"""The archive at a glance: counts by site, month, language and reason, kept for as long as they were dear to make."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass, field
from typing import Any

from .charts import Chart, chart, with_shares
from .database import TITLE_SHOWN, Row, row, rows, value
from .pages import REASONS
from .runs import OUTCOMES, run_list

NEWEST_SHOWN = 12
RUNS_CHARTED = 30
SITES_SHOWN, SITES_OFFERED = 20, 500
MONTHS_SHOWN = 36
KEPT_WHILE_RUNNING = 5.0  # seconds at least
KEPT_BETWEEN_RUNS = 600.0


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted over the whole archive."""

    articles: int
    pages: int
    sites: list[Row]
    sections: list[Row]
    languages: list[Row]
    months: list[Row]
    undated: int
    reasons: list[Row]

    @property
    def outcomes(self) -> dict[str, int]:
        """Give the number of pages by outcome."""
        found = dict.fromkeys(("article", "duplicate", "rejected"), 0)
        for reason in self.reasons:
            found[reason["outcome"]] = found.get(reason["outcome"], 0) + reason["pages"]
        return found

    @property
    def years(self) -> list[Row]:
        """Give the number of articles by year, newest first."""
        found: dict[str, int] = {}
        for month in self.months:
            found[month["month"][:4]] = found.get(month["month"][:4], 0) + month["articles"]
        return [{"year": year, "articles": articles} for year, articles in sorted(found.items(), reverse=True)]


@dataclass(slots=True)
class Cache:
    """Keep the counts: between runs until one begins, during a run for twenty times as long as counting took."""

    _counts: Counts | None = None
    _made_for: tuple[Any, ...] = ()
    _until: float = field(default=0.0)

    def counts(self, db: sqlite3.Connection) -> Counts:
        """Count, unless what was counted before still holds."""
        state = db.execute("SELECT id, status FROM runs ORDER BY id DESC LIMIT 1").fetchone()
        made_for = tuple(state) if state else ()
        if self._counts is None or made_for != self._made_for or time.monotonic() > self._until:
            begun = time.monotonic()
            self._counts, self._made_for = count(db), made_for
            took = time.monotonic() - begun
            is_running = bool(state) and state[1] is None
            kept = max(KEPT_WHILE_RUNNING, 20 * took) if is_running else KEPT_BETWEEN_RUNS
            self._until = time.monotonic() + kept
        return self._counts


def count(db: sqlite3.Connection) -> Counts:
    """Count the archive; every query is answered by an index alone."""
    by_site = f"""SELECT hostname AS site, count(*) AS articles FROM articles WHERE hostname IS NOT NULL
        GROUP BY hostname ORDER BY articles DESC LIMIT {SITES_OFFERED}"""
    by_section = """SELECT substr(section, 1, 80) AS section, count(*) AS articles FROM articles
        WHERE section IS NOT NULL GROUP BY section ORDER BY articles DESC LIMIT 200"""
    by_language = """SELECT substr(language, 1, 20) AS language, count(*) AS articles FROM articles
        WHERE language IS NOT NULL GROUP BY language ORDER BY articles DESC LIMIT 100"""
    by_month = """SELECT substr(date, 1, 7) AS month, sum(articles) AS articles
        FROM (SELECT date, count(*) AS articles FROM articles GROUP BY date) GROUP BY month ORDER BY month DESC"""
    by_reason = "SELECT outcome, reason, count(*) AS pages FROM pages GROUP BY outcome, reason ORDER BY pages DESC"
    months = rows(db, by_month)
    return Counts(
        articles=value(db, "SELECT count(*) FROM articles"),
        pages=value(db, "SELECT count(*) FROM pages"),
        sites=rows(db, by_site),
        sections=rows(db, by_section),
        languages=rows(db, by_language),
        months=[found for found in months if found["month"] is not None],
        undated=sum(found["articles"] for found in months if found["month"] is None),
        reasons=[found | {"why": REASONS.get(found["reason"], ("", ""))[1]} for found in rows(db, by_reason)],
    )


def front(db: sqlite3.Connection, counts: Counts) -> Row:
    """Give what the front page shows."""
    newest = f"""SELECT id, substr(ifnull(title, 'Untitled'), 1, {TITLE_SHOWN}) AS title, date, hostname, sitename,
            substr(author, 1, 200) AS author, word_count, page_count, first_seen,
            substr(ifnull(description, text), 1, 240) AS snippet
        FROM articles ORDER BY id DESC LIMIT {NEWEST_SHOWN}"""
    runs = run_list(db, limit=RUNS_CHARTED)
    return {
        "counts": counts,
        "last_run": runs[0] if runs else None,
        "chart": _chart(runs),
        "newest": rows(db, newest),
    }


def dashboard(db: sqlite3.Connection, counts: Counts) -> Row:
    """Give what the dashboard shows."""
    runs = run_list(db, limit=RUNS_CHARTED)
    timed = [run for run in reversed(runs) if run["seconds"]]
    most_captured = "SELECT id, max(page_count) AS page_count FROM articles WHERE page_count > 1 HAVING id IS NOT NULL"
    rejected = [reason for reason in counts.reasons if reason["outcome"] == "rejected"]
    return {
        "counts": counts,
        "chart": _chart(runs),
        "seconds": chart(timed, ("seconds",)),
        "rates": chart(timed, ("rate",)),
        "months": chart(list(reversed(counts.months[:MONTHS_SHOWN])), ("articles",)),
        "years": with_shares(counts.years, "articles"),
        "sites": with_shares(counts.sites[:SITES_SHOWN], "articles"),
        "languages": with_shares(counts.languages[:10], "articles"),
        "rejected": with_shares(rejected, "pages"),
        "duplicates": with_shares([row for row in counts.reasons if row["outcome"] == "duplicate"], "pages"),
        "revisions": value(db, "SELECT count(*) FROM revisions"),
        "most_captured": row(db, most_captured),
    }


def _chart(runs: list[Row]) -> Chart:
    return chart(list(reversed(runs)), OUTCOMES)
