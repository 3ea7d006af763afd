"""The report of live sites: what became of each in a run, what is wrong, and what to do next."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from winnow.sites import ledger
from winnow.sites.ledger_queue import Fetch, Found, Limits, add_found, add_source, record
from winnow.sites.report import Remark, SiteReport, illness, reports

NOW = datetime(2026, 11, 29, 3, tzinfo=UTC)
A_DAY = 86_400.0
URL = "https://paper.example/"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(ledger.open_ledger(tmp_path, make=True)) as made:
        assert ledger.add_site(made, URL, "paper.example", NOW.timestamp() - 50 * A_DAY) == 1
        yield made


def _night(db: sqlite3.Connection, *fetches: Fetch, status: str = "finished", ago: float = 1 / 24) -> int:
    """Write a run that ended some days ago."""
    ended = NOW.timestamp() - ago * A_DAY
    run = ledger.begin_run(db, {}, ended - 60)
    for fetch in fetches:
        record(db, run, fetch)
    ledger.end_run(db, run, status, ended)
    return run


def _fetch(outcome: str, why: str | None = None, site: int = 1) -> Fetch:
    return Fetch(ledger.PAGE, URL, NOW.timestamp() - 3600, outcome, site_id=site, why=why)


def _articles(db: sqlite3.Connection, days_ago: list[float]) -> None:
    """Let the site have pages that came out so many days ago, all of them fetched."""
    found = [
        Found(f"{URL}{number}", "/N", 1, published=(NOW - timedelta(days=days)).isoformat())
        for number, days in enumerate(days_ago)
    ]
    add_found(db, 1, found, None, Limits(), NOW.timestamp() - A_DAY)
    db.execute("update urls set captured = ? where depth > 0", [ledger.at(NOW.timestamp() - A_DAY)])


def _report(db: sqlite3.Connection, archive: sqlite3.Connection | None = None) -> SiteReport:
    (found,) = reports(db, NOW.timestamp(), archive=archive)
    return found


def _remark(db: sqlite3.Connection, archive: sqlite3.Connection | None = None) -> Remark:
    (remark,) = _report(db, archive).remarks
    return remark


def test_a_run_is_counted_by_site_with_reasons(db: sqlite3.Connection) -> None:
    assert ledger.add_site(db, "https://other.example/", "other.example", NOW.timestamp()) == 2
    _night(db, _fetch("new"))
    _night(db, _fetch("new"), _fetch("new"), _fetch("unchanged"), _fetch("refused", "noindex"), _fetch("failed", "404"),
           _fetch("refused", "robots.txt"), _fetch("refused", "noindex"), _fetch("new", site=2))  # fmt: skip
    first, other = reports(db, NOW.timestamp())
    assert first.counts == {
        "new": 2, "changed": 0, "unchanged": 1, "redirected": 0, "refused": 3, "gone": 0, "failed": 1
    }  # fmt: skip
    assert list(first.refused.items()) == [("noindex", 2), ("robots.txt", 1)]
    assert first.failed == {"404": 1}
    assert other.counts["new"] == 1
    assert first.waiting == 1  # its own address, which nobody has asked
    assert reports(db, NOW.timestamp(), run_id=1)[0].counts["new"] == 1


def test_days_of_new_articles_are_those_that_the_site_states(db: sqlite3.Connection) -> None:
    _articles(db, [2, 3, 4, 5.5, 7, 9, 9])
    found = _report(db)
    assert (found.last_new, found.silent, found.usual) == ("2026-11-27", 2, 1.0)
    db.execute("update urls set published = ? where url = ?", [NOW.isoformat(), f"{URL}6"])
    assert _report(db).last_new == "2026-11-28"  # a change of an article that was known the day before


@pytest.mark.parametrize(("silent", "is_broken"), [(6, False), (7, True)])
def test_a_site_is_broken_without_an_article_for_three_times_its_usual_gap(
    db: sqlite3.Connection, silent: int, is_broken: bool
) -> None:
    _articles(db, [silent + 2 * step for step in range(8)])
    found = _report(db)
    assert (found.usual, found.is_broken) == (2.0, is_broken)
    assert [remark.what for remark in found.remarks] == [
        f"no new article for {silent} days, usually 2 days"
    ] * is_broken


def test_few_days_make_no_gap(db: sqlite3.Connection) -> None:
    _articles(db, [40, 41, 42, 43, 44])
    assert (_report(db).usual, _report(db).remarks) == (None, [])


def test_a_paused_site_says_how_it_goes_on(db: sqlite3.Connection) -> None:
    _articles(db, [40 + step for step in range(9)])
    ledger.set_state(db, 1, ledger.PAUSED, "it asks for 300 s between requests")
    assert _remark(db) == Remark(
        "paused: it asks for 300 s between requests", f"`scrapy sites retry {URL}` lets it be asked again"
    )
    assert not _report(db).is_broken


def test_a_host_that_waits_says_until_when(db: sqlite3.Connection) -> None:
    db.execute("insert into hosts (host, held_until, why) values ('paper.example', '2026-11-29T04:30:00+00:00', '429')")
    assert _remark(db).what == "paper.example is held until 2026-11-29 04:30 UTC: 429"
    db.execute("update hosts set host = 'elsewhere.example'")
    assert _report(db).remarks == []


def test_a_site_that_answers_nothing_is_broken(db: sqlite3.Connection) -> None:
    _night(db, _fetch("failed", "time-out"), _fetch("failed", "no such host"), _fetch("failed", "time-out"))
    assert _remark(db).what == "nothing was answered: time-out"
    assert _remark(db).is_broken


def test_a_site_whose_robots_txt_does_not_answer_is_broken_unless_it_was_there_before(db: sqlite3.Connection) -> None:
    asked = [Fetch(ledger.ROBOTS, f"{URL}robots.txt", 0, "failed", why="time limit"),
             Fetch(ledger.ROBOTS, "https://other.example/robots.txt", 0, "failed", why="500")]  # fmt: skip
    _night(db, *asked)
    assert (_remark(db).what, _remark(db).is_broken) == ("its robots.txt did not answer: time limit", True)
    add_source(db, 1, f"{URL}feed", ledger.FEED, 3600, NOW.timestamp())
    _night(db, _fetch("new"))
    assert _report(db).remarks == []
    _night(db, *asked)
    assert not _remark(db).is_broken


def test_a_site_of_which_nothing_may_be_kept_is_broken(db: sqlite3.Connection) -> None:
    _night(db, _fetch("refused", "robots.txt"))
    assert _remark(db).what == "nothing of it is kept: robots.txt"
    _night(db, _fetch("new"))
    _night(db, _fetch("refused", "robots.txt"))  # one page of a site from which others came
    add_source(db, 1, f"{URL}feed", ledger.FEED, 3600, NOW.timestamp())
    assert _report(db).remarks == []


def test_a_site_that_names_nothing_is_broken(db: sqlite3.Connection) -> None:
    _night(db, _fetch("new"))
    assert _remark(db).what == "it names no other page, no feed and no sitemap"


def test_sources_that_are_not_asked_any_more_are_named(db: sqlite3.Connection) -> None:
    for name in ("feed", "other"):
        add_source(db, 1, URL + name, ledger.FEED, 3600, NOW.timestamp())
    db.execute("update sources set dead = '410', due = null where id = 1")
    assert _remark(db).what == f"{URL}feed is not asked any more: 410"
    assert not _remark(db).is_broken
    db.execute("update sources set dead = '410', due = null")
    assert _remark(db).what == f"{URL}feed is not asked any more (and 1 more): 410"
    assert _remark(db).is_broken


@pytest.fixture
def archive() -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(":memory:")) as made:
        made.execute("create table pages (url, captured, reason)")
        yield made


def test_a_site_whose_pages_make_no_article_is_broken(db: sqlite3.Connection, archive: sqlite3.Connection) -> None:
    _articles(db, [0, 1, 2, 3, 4])
    assert _report(db, archive).remarks == []  # the pages were not read yet
    rows = [(f"{URL}{number}", "2026-11-28", "no article") for number in range(5)]
    archive.executemany("insert into pages values (?, ?, ?)", rows[1:])
    assert _report(db, archive).remarks == []  # too few to tell
    archive.execute("insert into pages values (?, ?, ?)", rows[0])
    assert _remark(db, archive).what == "none of its 5 newest pages holds an article"
    assert _remark(db, archive).is_broken
    archive.execute("insert into pages values (?, '2026-11-29', 'new')", [f"{URL}3"])
    assert _report(db, archive).remarks == []


def test_all_is_well_after_a_good_run_of_late(db: sqlite3.Connection) -> None:
    def wrong() -> str | None:
        return illness(db, 26, reports(db, NOW.timestamp()), NOW.timestamp())

    assert wrong() == "no run has ended yet"
    add_source(db, 1, f"{URL}feed", ledger.FEED, 3600, NOW.timestamp())
    _night(db, _fetch("new"), ago=2)
    assert wrong() == "the last run ended 48.0 hours ago, at 2026-11-27T03:00:00+00:00"
    _night(db, _fetch("new"), status="stopped")
    assert wrong() == "run 2, the last that ended, was stopped"
    _night(db, _fetch("new"))
    assert wrong() is None
    ledger.begin_run(db, {}, NOW.timestamp())
    assert wrong() is None  # one is under way
    _night(db, _fetch("new"), ago=-1)
    assert str(wrong()).endswith("still to come: the clock was wrong then or is now")
    _night(db, _fetch("failed", "time-out"))
    assert wrong() == f"{URL}: no good articles come any more"
    ledger.set_state(db, 1, ledger.PAUSED)
    assert wrong() is None
