"""What `scrapy sites list` and `scrapy sites report` print."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from winnow.sites.ledger import OUTCOMES, at, seconds, sites
from winnow.sites.report import SiteReport, last_runs
from winnow.text import counted, one_line
from winnow.times import duration

from .output import table
from .summary import shown

_RUN = ("asked", *OUTCOMES)


def listed(db: sqlite3.Connection, folder: Path, now: float) -> str:
    """Return a table of the sites."""
    rows: list[tuple[str, ...]] = [("site", "state", "pages", "due", "feeds", "sitemaps", "last answer (UTC)")]
    for site in sites(db):
        kinds = dict(db.execute("select kind, count(*) from sources where site_id = ? group by 1", (site.id,)))
        kept, due = db.execute(
            "select count(captured), count(*) filter (where due <= ?) from urls where site_id = ?", (at(now), site.id)
        ).fetchone()
        numbers = [f"{number:,}" for number in (kept, due, kinds.get("feed", 0), kinds.get("sitemap", 0))]
        rows.append((one_line(site.url), site.state, *numbers, _minute(site.last_good)))
    if len(rows) == 1:
        return f"{shown(folder)}: no site yet; `scrapy sites add URL` adds one"
    return "\n".join([f"{shown(folder)}: {counted(len(rows) - 1, 'site')}", *table(rows, {0, 1, 6})])


def told(db: sqlite3.Connection, folder: Path, found: Sequence[SiteReport], limit: int) -> str:
    """Return the last runs, and for each site what became of it in the last run, what is wrong, and what to do."""
    lines = [f"{shown(folder)}: {counted(len(found), 'site')}"]
    runs = last_runs(db, limit)
    if not runs:
        return "\n".join([*lines, "  no run yet: `scrapy crawl sites` asks them"])
    rows: list[tuple[str, ...]] = [("run", "started (UTC)", "status", *_RUN, "found", "MB", "took")]
    for run in runs:
        numbers = [f"{run[name]:,}" for name in (*_RUN, "found")]
        took = duration(seconds(run["finished"]) - seconds(run["started"])) if run["finished"] else ""
        size = f"{run['bytes'] / 1e6:,.1f}"
        rows.append((str(run["id"]), _minute(run["started"]), run["status"], *numbers, size, took))
    lines += table(rows, {1, 2})
    lines += ["", f"run {runs[0]['id']} by site:"]
    rows = [("site", *OUTCOMES, "waiting", "last article")]
    for each in found:
        numbers = [f"{each.counts[name]:,}" for name in OUTCOMES]
        rows.append((one_line(each.site.url), *numbers, f"{each.waiting:,}", _last(each)))
    head, *body = table(rows, {0})
    lines.append(head)
    for line, each in zip(body, found, strict=True):
        lines += [line, *_details(each)]
    return "\n".join(lines)


def _details(found: SiteReport) -> Iterable[str]:
    """Yield why addresses of a site were refused or failed, what is wrong with it, and what to do."""
    for name, why in (("refused", found.refused), ("failed", found.failed)):
        if why:
            yield f"  {name}: " + ", ".join(f"{count:,} {one_line(reason)}" for reason, count in why.items())
    for remark in found.remarks:
        yield f"  {'! ' if remark.is_broken else ''}{one_line(remark.what)}: {remark.step}"


def _last(found: SiteReport) -> str:
    if found.last_new is None or found.silent is None:
        return ""
    return f"{found.last_new} ({counted(found.silent, 'day')} ago)" if found.silent else f"{found.last_new} (today)"


def _minute(moment: str | None) -> str:
    return (moment or "")[:16].replace("T", " ")
