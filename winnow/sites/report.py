"""What became of each site in a run, what is wrong with it, and what to do next; from the ledger, for people.

Where the archive that the pages were read into is at hand, what it made of them counts too.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from statistics import median

from winnow.sites.ledger import OUTCOMES, PAUSED, ROBOTS, Site, at, host_of, seconds, sites

SILENT = 3  # times its usual gap without a new article, after which a site looks broken
DAYS_KNOWN = 6  # days with new articles, from which on a gap is usual
LOOKED_AT = 20  # newest days with new articles, and newest pages, by which a site is judged
UNREAD = 5  # pages of which none made an article, at least, before a site looks unreadable
CLOCKS_DIFFER = 300  # seconds by which a run may seem to end in the future


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know about a site, and what to do next; `is_broken` where no good articles come any more."""

    what: str
    step: str
    is_broken: bool = False


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What became of a site's addresses in a run.

    `counts` has a number for each of `OUTCOMES`; `refused` and `failed` say why, the commonest first. `waiting` are
    addresses that are due. `last_new` is the day of the newest article, `silent` the days since then, `usual` the days
    between two days with new articles, None where too few are known.
    """

    site: Site
    counts: dict[str, int]
    refused: dict[str, int]
    failed: dict[str, int]
    waiting: int
    last_new: str | None
    silent: int | None
    usual: float | None
    remarks: list[Remark] = field(default_factory=list)

    @property
    def is_broken(self) -> bool:
        """Return whether no good articles come from the site any more."""
        return any(remark.is_broken for remark in self.remarks)


def last_runs(db: sqlite3.Connection, limit: int) -> list[sqlite3.Row]:
    """Return the last runs, the newest first."""
    return db.execute("select * from runs order by id desc limit ?", (limit,)).fetchall()


def reports(
    db: sqlite3.Connection, now: float, run_id: int | None = None, archive: sqlite3.Connection | None = None
) -> list[SiteReport]:
    """Return a report of each site, in the order in which they were added.

    `run_id` is the run that is told, by default the last one. `archive` is a database of articles.
    """
    if run_id is None:
        run_id = db.execute("select max(id) from runs").fetchone()[0]
    return [_report(db, site, now, run_id, archive) for site in sites(db)]


def illness(db: sqlite3.Connection, max_age_hours: float, found: list[SiteReport], now: float) -> str | None:
    """Return what is wrong, in words; None while all is well.

    All is well when the last run that ended did so by itself, no longer than `max_age_hours` ago, and when no site
    that is asked looks broken.
    """
    last = db.execute("select * from runs where finished is not null order by id desc limit 1").fetchone()
    if last is None:
        return "no run has ended yet"
    if last["status"] != "finished":
        return f"run {last['id']}, the last that ended, was {last['status']}"
    age = now - seconds(last["finished"])
    if age < -CLOCKS_DIFFER:
        return f"run {last['id']} ended at {last['finished']}, still to come: the clock was wrong then or is now"
    if age > max_age_hours * 3600:
        return f"the last run ended {age / 3600:.1f} hours ago, at {last['finished']}"
    broken = [each.site.url for each in found if each.is_broken]
    return f"{', '.join(broken)}: no good articles come any more" if broken else None


def _report(
    db: sqlite3.Connection, site: Site, now: float, run_id: int | None, archive: sqlite3.Connection | None
) -> SiteReport:
    counts, why = dict.fromkeys(OUTCOMES, 0), {"refused": Counter[str](), "failed": Counter[str]()}
    for outcome, reason, number in db.execute(
        "select outcome, why, count(*) from fetches where run_id = ? and site_id = ? and kind = 'page' group by 1, 2",
        (run_id, site.id),
    ):
        counts[outcome] += number
        if outcome in why:
            why[outcome][reason or "?"] += number
    waiting = db.execute("select count(*) from urls where site_id = ? and due <= ?", (site.id, at(now))).fetchone()[0]
    days = _days(db, site.id, now)
    today = datetime.fromtimestamp(now, UTC).date()
    found = SiteReport(
        site,
        counts,
        refused=dict(why["refused"].most_common()),
        failed=dict(why["failed"].most_common()),
        waiting=waiting,
        last_new=days[0].isoformat() if days else None,
        silent=max((today - days[0]).days, 0) if days else None,
        usual=_usual(days),
    )
    found.remarks.extend(_remarks(db, found, run_id, now, archive))
    return found


def _days(db: sqlite3.Connection, site_id: int, now: float) -> list[date]:
    """Return the newest days on which articles came out, the newest first.

    That is the day that a sitemap or feed states, unless the address was known before: a change is no new article.
    """
    rows = db.execute(
        "select distinct substr(min(coalesce(published, found), found), 1, 10) from urls"
        " where site_id = ? and captured is not null and depth + hops > 0 and found <= ? order by 1 desc limit ?",
        (site_id, at(now), LOOKED_AT),
    )
    return [day for (text,) in rows if (day := _day(text))]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _usual(days: list[date]) -> float | None:
    """Return the days that usually lie between two of these days, at least one; None for too few."""
    if len(days) < DAYS_KNOWN:
        return None
    return max(median((later - earlier) / timedelta(days=1) for later, earlier in pairwise(days)), 1)


def _remarks(
    db: sqlite3.Connection, found: SiteReport, run_id: int | None, now: float, archive: sqlite3.Connection | None
) -> Iterator[Remark]:
    site = found.site
    if site.state == PAUSED:
        yield Remark(f"paused: {site.why or 'by hand'}", f"`scrapy sites retry {site.url}` lets it be asked again")
        return
    yield from _held(db, site, now)
    yield from _closed(db, found, run_id)
    yield from _unanswered(db, found)
    yield from _silent(found)
    yield from _dead_sources(db, site)
    if archive is not None:
        yield from _unread(db, site, archive)


def _held(db: sqlite3.Connection, site: Site, now: float) -> Iterator[Remark]:
    """Yield what is to be said of hosts that wait."""
    for host, until, why in db.execute(
        "select host, held_until, why from hosts where held_until > ?"
        " and exists (select 1 from urls where site_id = ? and urls.host = hosts.host)",
        (at(now), site.id),
    ):
        shown = until[:16].replace("T", " ")
        step = f"nothing: the next run after that asks again; `scrapy sites retry {host}` lets it be asked at once"
        yield Remark(f"{host} is held until {shown} UTC: {why or 'it asked for that'}", step)


def _closed(db: sqlite3.Connection, found: SiteReport, run_id: int | None) -> Iterator[Remark]:
    """Yield what is to be said of a site whose robots.txt did not answer, so that nothing else was asked for."""
    site = found.site
    if any(found.counts.values()):
        return
    for url, why in db.execute(
        "select url, why from fetches where run_id = ? and kind = ? and outcome = 'failed'", (run_id, ROBOTS)
    ):
        if host_of(url) == host_of(site.url):
            step = f"nothing, if it was there the day before; `scrapy sites check {site.url}` shows what it answers"
            yield Remark(f"its robots.txt did not answer: {why or '?'}", step, is_broken=not site.last_good)
            return


def _unanswered(db: sqlite3.Connection, found: SiteReport) -> Iterator[Remark]:
    """Yield what is to be said of a site that answers nothing, or of which nothing may be asked or kept."""
    site, counts = found.site, found.counts
    asked = sum(counts.values())
    check = f"`scrapy sites check {site.url}` shows what it answers"
    if asked and counts["failed"] + counts["gone"] == asked:
        why = next(iter(found.failed), "all its addresses are gone")
        yield Remark(f"nothing was answered: {why}", check, is_broken=True)
    elif asked and counts["refused"] + counts["failed"] == asked and not site.last_good:
        why = next(iter(found.refused), "?")
        step = f"respect it: `scrapy sites remove {site.url}`; or ask the owner, and read docs/sites.md"
        yield Remark(f"nothing of it is kept: {why}", step, is_broken=True)
    elif site.last_good:
        known = db.execute("select count(*) from urls where site_id = ?", (site.id,)).fetchone()[0]
        listed = db.execute("select count(*) from sources where site_id = ?", (site.id,)).fetchone()[0]
        if known == 1 and not listed:
            step = f"name one: `scrapy sites add ADDRESS-OF-THE-FEED`; {check}"
            yield Remark("it names no other page, no feed and no sitemap", step, is_broken=True)


def _silent(found: SiteReport) -> Iterator[Remark]:
    """Yield what is to be said of a site without new articles for much longer than usual."""
    if found.silent is not None and found.usual is not None and found.silent > SILENT * found.usual:
        usual = f"{found.usual:.0f} day{'s' if found.usual >= 1.5 else ''}"
        check = f"`scrapy sites check {found.site.url}` shows whether its feeds and sitemaps name them"
        step = f"look at the site: if it has new articles, {check}; else `scrapy sites pause` it"
        yield Remark(f"no new article for {found.silent} days, usually {usual}", step, is_broken=True)


def _dead_sources(db: sqlite3.Connection, site: Site) -> Iterator[Remark]:
    """Yield what is to be said of feeds and sitemaps that are not asked any more."""
    dead = db.execute("select url, dead from sources where site_id = ? and dead is not null", (site.id,)).fetchall()
    if dead:
        more = f" (and {len(dead) - 1} more)" if len(dead) > 1 else ""
        alive = db.execute("select count(*) from sources where site_id = ? and dead is null", (site.id,)).fetchone()[0]
        step = f"`scrapy sites check {site.url}` shows which it has now"
        yield Remark(f"{dead[0]['url']} is not asked any more{more}: {dead[0]['dead']}", step, is_broken=not alive)


def _unread(db: sqlite3.Connection, site: Site, archive: sqlite3.Connection) -> Iterator[Remark]:
    """Yield what is to be said of a site whose newest pages made no article."""
    newest = db.execute(
        "select url from urls where site_id = ? and captured is not null and depth + hops > 0"
        " order by captured desc, id desc limit ?",
        (site.id, LOOKED_AT),
    ).fetchall()
    ended = Counter[str]()
    for (url,) in newest:
        row = archive.execute(
            "SELECT reason FROM pages WHERE url = ? ORDER BY captured DESC LIMIT 1", (url,)
        ).fetchone()
        ended[row[0] if row else "?"] += 1
    read = ended.total() - ended["?"]
    if read >= UNREAD and ended["no article"] == read:
        yield Remark(
            f"none of its {read} newest pages holds an article",
            "its text probably comes by JavaScript, or behind a question for consent: look at one with scripts off."
            f" Save such pages with a browser as WACZ, which Winnow reads, and `scrapy sites pause {site.url}`",
            is_broken=True,
        )
