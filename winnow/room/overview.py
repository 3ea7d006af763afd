"""The archive at a glance: counts by site, month, language and reason, and how long they are kept."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from winnow.room.charts import Chart, chart, with_shares
from winnow.room.database import TITLE_SHOWN, Row, row, rows, value
from winnow.room.pages import REASONS
from winnow.room.runs import OUTCOMES, run_list
from winnow.room.search import BEGINNING
from winnow.room.today import today
from winnow.search.passages import shortened

NEWEST_SHOWN = 12
RUNS_CHARTED = 30
SITES_SHOWN, SITES_OFFERED = 20, 500
LANGUAGES_SHOWN = 10
KEPT_WHILE_RUNNING = 5.0  # seconds that counts are kept at least, while a run writes
KEPT_BETWEEN_RUNS = 600.0  # seconds
LARGE = 300_000  # pages; counting more takes longer than the first page should
SOON = 0.2  # seconds that a page waits for new counts


@dataclass(frozen=True, slots=True)
class ArchiveCounts:
    """Numbers of articles and pages over the whole archive; each list has a row for each value, such as a site."""

    articles: int
    pages: int
    sites: list[Row]
    sections: list[Row]
    languages: list[Row]
    kinds: list[Row]
    months: list[Row]
    undated: int
    reasons: list[Row]

    @property
    def outcomes(self) -> dict[str, int]:
        """Return the number of pages by outcome."""
        found = dict.fromkeys(("article", "duplicate", "rejected"), 0)
        for reason in self.reasons:
            found[reason["outcome"]] = found.get(reason["outcome"], 0) + reason["pages"]
        return found

    @property
    def years(self) -> list[Row]:
        """Return the number of articles by year, newest first."""
        found: dict[str, int] = {}
        for month in self.months:
            found[month["month"][:4]] = found.get(month["month"][:4], 0) + month["articles"]
        return [{"year": year, "articles": articles} for year, articles in sorted(found.items(), reverse=True)]


class Cache:
    """Keep the counts: between runs until one begins, during a run for twenty times as long as counting took.

    Counting a large archive takes longer than a page should. So pages show old counts while new ones are made, and only
    the very first page waits. `execute` calls a function with a connection, in a thread.
    """

    def __init__(self, execute: Callable[[Callable[[sqlite3.Connection], Any]], Awaitable[Any]]) -> None:
        self._execute = execute
        self._counts: ArchiveCounts | None = None
        self._counting: asyncio.Task[None] | None = None
        self._made_for: Row | None = None
        self._until = 0.0

    async def counts(self, in_full: bool = True) -> ArchiveCounts:
        """Return the counts: new ones if they are made within `SOON` seconds, else those kept.

        The very first page waits for them, unless it does without the lists of a large archive (`in_full`).
        """
        state = await self._execute(lambda db: row(db, "SELECT id, status FROM runs ORDER BY id DESC LIMIT 1"))
        if self._counts is None or state != self._made_for or time.monotonic() > self._until:
            if self._counting is None or self._counting.done():
                self._counting = asyncio.create_task(self._count(state))
            size: ArchiveCounts | None = None if in_full or self._counts else await self._execute(size_of)
            is_patient = self._counts is None and (size is None or size.pages <= LARGE)
            await asyncio.wait([self._counting], timeout=None if is_patient else SOON)
            if self._counts is None and size is not None and not self._counting.done():
                return size
        if self._counts is None:
            assert self._counting
            self._counting.result()  # raises the error that counting ended with
        assert self._counts
        return self._counts

    async def _count(self, state: Row | None) -> None:
        begun = time.monotonic()
        self._counts, self._made_for = await self._execute(count), state
        now = time.monotonic()
        is_running = state is not None and state["status"] is None
        self._until = now + (max(KEPT_WHILE_RUNNING, 20 * (now - begun)) if is_running else KEPT_BETWEEN_RUNS)


def size_of(db: sqlite3.Connection) -> ArchiveCounts:
    """Return about how many articles and pages there are, at once and without any list."""
    articles, pages = (int(value(db, f"SELECT max(id) FROM {table}") or 0) for table in ("articles", "pages"))
    return ArchiveCounts(articles, pages, [], [], [], [], [], 0, [])


def count(db: sqlite3.Connection) -> ArchiveCounts:
    """Count the archive; SQLite answers every query from an index alone."""
    by_site = f"""SELECT hostname AS site, count(*) AS articles FROM articles WHERE hostname IS NOT NULL
        GROUP BY hostname ORDER BY articles DESC LIMIT {SITES_OFFERED}"""
    by_section = """SELECT substr(section, 1, 80) AS section, count(*) AS articles FROM articles
        WHERE section IS NOT NULL GROUP BY section ORDER BY articles DESC LIMIT 200"""
    by_language = """SELECT substr(language, 1, 20) AS language, count(*) AS articles FROM articles
        WHERE language IS NOT NULL GROUP BY language ORDER BY articles DESC LIMIT 100"""
    by_kind = """SELECT kind, count(*) AS articles FROM articles WHERE kind IS NOT NULL
        GROUP BY kind ORDER BY articles DESC LIMIT 20"""
    by_month = """SELECT substr(date, 1, 7) AS month, sum(articles) AS articles
        FROM (SELECT date, count(*) AS articles FROM articles GROUP BY date) GROUP BY month ORDER BY month DESC"""
    by_reason = "SELECT outcome, reason, count(*) AS pages FROM pages GROUP BY outcome, reason ORDER BY pages DESC"
    months, reasons = rows(db, by_month), rows(db, by_reason)
    return ArchiveCounts(
        articles=sum(found["articles"] for found in months),
        pages=sum(found["pages"] for found in reasons),
        sites=rows(db, by_site),
        sections=rows(db, by_section),
        languages=rows(db, by_language),
        kinds=rows(db, by_kind),
        months=[found for found in months if found["month"] is not None],
        undated=sum(found["articles"] for found in months if found["month"] is None),
        reasons=[found | {"why": REASONS.get(found["reason"], ("", ""))[1]} for found in reasons],
    )


def front(db: sqlite3.Connection) -> Row:
    """Return what the front page shows of the archive."""
    newest = f"""SELECT id, substr(title, 1, {TITLE_SHOWN}) AS title, date, hostname, sitename,
            substr(author, 1, 200) AS author, word_count, page_count, kind, language,
            substr(ifnull(description, text), 1, {3 * BEGINNING}) AS beginning
        FROM articles ORDER BY id DESC LIMIT {NEWEST_SHOWN}"""
    found = rows(db, newest)
    for article in found:
        article["snippets"] = [shortened(article.pop("beginning"), BEGINNING)]
    runs = run_list(db, limit=1)
    return {"last_run": runs[0] if runs else None, "newest": found, "today": today(db)}


def dashboard(db: sqlite3.Connection) -> Row:
    """Return what the dashboard shows beside the counts."""
    runs = run_list(db, limit=RUNS_CHARTED)
    timed = [run for run in reversed(runs) if run["seconds"]]
    most_captured = "SELECT id, max(page_count) AS page_count FROM articles WHERE page_count > 1 HAVING id IS NOT NULL"
    return {
        "chart": _chart(runs),
        "seconds": chart(timed, ("seconds",)),
        "rates": chart(timed, ("rate",)),
        "revisions": value(db, "SELECT count(*) FROM revisions"),
        "most_captured": row(db, most_captured),
    }


def charted(counts: ArchiveCounts) -> Row:
    """Return the charts that the dashboard draws from the counts."""
    by_outcome = {
        outcome: [reason for reason in counts.reasons if reason["outcome"] == outcome]
        for outcome in ("rejected", "duplicate")
    }
    return {
        "years": with_shares(counts.years, "articles"),
        "sites": with_shares(counts.sites[:SITES_SHOWN], "articles"),
        "languages": with_shares(counts.languages[:LANGUAGES_SHOWN], "articles"),
        "kinds": with_shares(counts.kinds, "articles"),
        "rejected": with_shares(by_outcome["rejected"], "pages"),
        "duplicates": with_shares(by_outcome["duplicate"], "pages"),
    }


def _chart(runs: list[Row]) -> Chart:
    return chart(list(reversed(runs)), OUTCOMES)
