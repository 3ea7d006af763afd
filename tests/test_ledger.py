"""The ledger of live sites: what is due, what was found, what is counted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ledgers import let_time_pass
from winnow.items import StartError
from winnow.sites.ledger import (
    LEDGER,
    PAUSED,
    add_site,
    at,
    begin_run,
    end_run,
    host_of,
    open_ledger,
    remove_site,
    retry,
    seconds,
    set_state,
    sites,
    unaccounted,
    writing,
)
from winnow.sites.ledger_hosts import Host, RobotsRow, host, robots, set_host, set_robots
from winnow.sites.ledger_queue import (
    Fetch,
    Found,
    Limits,
    Next,
    NextSource,
    add_found,
    add_source,
    count_due,
    due_addresses,
    due_hosts,
    due_sources,
    record,
    set_address,
    set_source,
)

NOW = 1_700_000_000.0
DAY = 86_400.0
SITE = "https://paper.example/"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = open_ledger(tmp_path / "sites", make=True)
    yield connection
    connection.close()


def added(db: sqlite3.Connection, url: str = SITE) -> int:
    site_id = add_site(db, url, "{}", NOW)
    assert site_id is not None
    return site_id


def test_a_ledger_that_is_not_there_is_told_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="scrapy sites add"):
        open_ledger(tmp_path)
    assert not list(tmp_path.iterdir())


def test_another_database_is_left_alone(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / LEDGER)
    other.execute("create table mine (a)")
    other.commit()
    other.close()
    with pytest.raises(StartError, match="no ledger of sites"):
        open_ledger(tmp_path)


def test_a_file_that_is_no_database_and_a_newer_ledger_are_told(tmp_path: Path, db: sqlite3.Connection) -> None:
    (tmp_path / LEDGER).write_text("no database " * 1000)
    with pytest.raises(StartError, match=LEDGER):
        open_ledger(tmp_path)
    db.execute("pragma user_version = 99")
    with pytest.raises(StartError, match="newer Winnow"):
        open_ledger(tmp_path / "sites")


def test_a_site_is_added_once_with_its_own_address_due(db: sqlite3.Connection) -> None:
    site_id = added(db)
    assert add_site(db, SITE, "{}", NOW) is None
    assert [each.id for each in sites(db)] == [site_id]
    [address] = due_addresses(db, "paper.example", NOW, 10)
    assert (address.url, address.depth, address.state) == (SITE, 0, "new")


def test_a_paused_site_is_not_asked(db: sqlite3.Connection) -> None:
    site_id = added(db)
    add_source(db, site_id, SITE + "feed", "feed", DAY, NOW)
    set_state(db, site_id, PAUSED, "asked for more than 30 s")
    assert due_hosts(db, NOW) == []
    assert due_sources(db, "paper.example", NOW, 9) == []
    assert due_addresses(db, "paper.example", NOW, 9) == []
    assert (count_due(db, NOW), sites(db, PAUSED)[0].why) == (0, "asked for more than 30 s")


def test_addresses_never_answered_go_first(db: sqlite3.Connection) -> None:
    site_id = added(db)
    add_found(db, site_id, [Found(SITE + "a", "/a"), Found(SITE + "b", "/b")], None, Limits(), NOW + 5)
    first = due_addresses(db, "paper.example", NOW + 9, 1)[0]
    set_address(db, first.id, Next("kept", DAY, NOW, checks=1))
    assert [each.url for each in due_addresses(db, "paper.example", NOW + 9, 9)] == [SITE + "a", SITE + "b", SITE]
    assert due_hosts(db, NOW + 9, "other.example") == []
    assert due_hosts(db, NOW + 9) == ["paper.example"]


def test_links_are_limited_by_shape_and_all_addresses_by_night(db: sqlite3.Connection) -> None:
    site_id = added(db)
    run = begin_run(db, {}, NOW)
    source = add_source(db, site_id, SITE + "map", "sitemap", DAY, NOW)
    limits = Limits(new=12, of_a_shape=3)
    links = [Found(f"{SITE}cal/{day}", "/cal/N", 1) for day in range(9)]
    first, again = (add_found(db, site_id, links, run, limits, NOW) for _ in range(2))
    assert (first.new, first.left_out, first.left_out_of_a_shape, again.new) == (3, 0, 6, 0)
    listed = [Found(f"{SITE}story/{number}", "/story/N", source_id=1) for number in range(20)]
    told = add_found(db, site_id, listed, run, limits, NOW)
    assert source
    assert (told.new, told.left_out, told.left_out_of_a_shape) == (9, 11, 0)
    assert add_found(db, site_id, links, run + 1, limits, NOW).new == 3  # the next night
    row = end_run(db, run, "finished", NOW)
    assert (row["found"], row["left_out"]) == (12, 6 + 6 + 11)


def test_a_known_address_learns_what_is_nearer_and_when_it_was_published(db: sqlite3.Connection) -> None:
    site_id = added(db)
    add_found(db, site_id, [Found(SITE + "a", "/a", 3)], None, Limits(), NOW)
    assert add_found(db, site_id, [Found(SITE + "a", "/a", 1, published="2023-11-01")], None, Limits(), NOW).new == 0
    row = db.execute("select depth, published from urls where url = ?", (SITE + "a",)).fetchone()
    assert tuple(row) == (1, "2023-11-01")


def test_a_page_that_is_said_to_have_changed_since_its_capture_is_due(db: sqlite3.Connection) -> None:
    site_id = added(db)
    set_address(db, 1, Next("done", DAY, None, captured=at(NOW), checks=1))
    for published, due in ((at(NOW - 9), []), (at(NOW + DAY), [SITE])):
        add_found(db, site_id, [Found(SITE, "/", source_id=None, published=published)], None, Limits(), NOW + 2 * DAY)
        assert [each.url for each in due_addresses(db, "paper.example", NOW + 2 * DAY, 9)] == due


def test_a_run_counts_each_outcome_and_a_lost_one_is_found(db: sqlite3.Connection) -> None:
    site_id, run = added(db), begin_run(db, {"DELAY": 1}, NOW)
    record(db, run, Fetch("page", SITE, NOW, "new", site_id, 1, status=200, bytes=70, warc="pages/a.warc.gz", offset=9))
    record(db, run, Fetch("page", SITE, NOW, "gone", site_id, 1, status=410, bytes=7))
    record(db, run, Fetch("robots", SITE + "robots.txt", NOW, "new", status=404, bytes=3))
    assert unaccounted(db, run) == 0
    row = end_run(db, run, "finished", NOW + 5)
    assert [row[name] for name in ("asked", "new", "gone", "failed", "discovery", "bytes")] == [2, 1, 1, 0, 1, 80]
    assert sites(db)[0].last_good == at(NOW)
    db.execute("delete from fetches where outcome = 'gone'")
    assert unaccounted(db, run) == 1


def test_a_run_that_was_killed_is_stopped_by_the_next(db: sqlite3.Connection) -> None:
    begin_run(db, {}, NOW)
    begin_run(db, {}, NOW)
    assert [row[0] for row in db.execute("select status from runs order by id")] == ["stopped", "running"]


def test_what_is_inside_writing_comes_whole_or_not_at_all(db: sqlite3.Connection) -> None:
    def add_and_fail() -> None:
        with writing(db):
            added(db)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        add_and_fail()
    assert sites(db) == []


def test_hosts_robots_and_sources_come_back_as_they_were_written(db: sqlite3.Connection) -> None:
    site_id = added(db)
    assert host(db, "paper.example") == Host("paper.example")
    held = Host("paper.example", 2.5, NOW + 60, 3, "503")
    set_host(db, held)
    assert host(db, "paper.example") == held
    said = RobotsRow("https://paper.example", "paper.example", 200, b"User-agent: *", "5" * 64, NOW, NOW + DAY)
    assert robots(db, said.origin) is None
    set_robots(db, said)
    assert robots(db, said.origin) == said
    assert add_source(db, site_id, SITE + "feed", "feed", DAY, NOW)
    assert not add_source(db, site_id, SITE + "feed", "feed", DAY, NOW)
    [source] = due_sources(db, "paper.example", NOW, 9)
    set_source(db, source.id, NextSource("feed", 2 * DAY, NOW + DAY, etag='"a"', fails=1))
    assert due_sources(db, "paper.example", NOW, 9) == []
    assert due_sources(db, "paper.example", NOW + DAY, 9)[0].etag == '"a"'


def test_retry_makes_due_what_was_given_up(db: sqlite3.Connection) -> None:
    site_id = added(db)
    add_source(db, site_id, SITE + "feed", "feed", DAY, NOW)
    set_source(db, 1, NextSource("feed", DAY, None, dead="410"))
    set_address(db, 1, Next("gone", DAY, None, "404 three times", checks=3, fails=3))
    set_host(db, Host("paper.example", None, NOW + DAY, 4, "429"))
    assert due_hosts(db, NOW + 9 * DAY) == []
    assert retry(db, "paper.example", NOW) == 2
    assert due_hosts(db, NOW) == ["paper.example"]
    assert host(db, "paper.example") == Host("paper.example")


def test_a_removed_site_leaves_nothing_and_a_night_passes(tmp_path: Path, db: sqlite3.Connection) -> None:
    site_id = added(db)
    set_address(db, 1, Next("kept", DAY, NOW + DAY, captured=at(NOW), checks=1))
    assert due_hosts(db, NOW) == []
    let_time_pass(tmp_path / "sites", 1)
    assert due_hosts(db, NOW) == ["paper.example"]
    assert due_addresses(db, "paper.example", NOW, 9)[0].captured == at(NOW)
    record(db, begin_run(db, {}, NOW), Fetch("page", SITE, NOW, "new", site_id, 1))
    remove_site(db, site_id)
    assert [db.execute(f"select count(*) from {name}").fetchone()[0] for name in ("sites", "urls", "fetches")] == [
        0
    ] * 3


def test_times_and_hosts_are_read_back() -> None:
    assert seconds(at(NOW)) == NOW
    assert [host_of(url) for url in ("http://A.example:8000/x", "http://a.example./", "http://[broken", "x:y")] == [
        "a.example",
        "a.example",
        "",
        "",
    ]
