"""The book of a run: what rows point to is on the disk before them, and what has no row is asked again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.test_site_warc import NOT_CHANGED, PLAIN, records
from winnow.sites.book import BATCH, MAX_SOURCES, Book, Result
from winnow.sites.judge import Keep
from winnow.sites.ledger import add_site, at, begin_run, open_ledger, remove_site
from winnow.sites.ledger_queue import (
    Address,
    Fetch,
    Found,
    Limits,
    Next,
    NextSource,
    add_source,
    due_addresses,
    due_sources,
)
from winnow.sites.warc import WRITING, Place, WarcFiles, payload_digest

NOW = 1_700_000_000.0
SITE = "http://paper.example/"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = open_ledger(tmp_path, make=True)
    assert add_site(connection, SITE, "paper.example", NOW) == 1
    yield connection
    connection.close()


@pytest.fixture
def book(db: sqlite3.Connection, tmp_path: Path) -> Book:
    return Book(db, tmp_path, begin_run(db, {}, NOW), NOW, {}, Limits(new=10))


def start(db: sqlite3.Connection) -> Address:
    """Return the site's own address."""
    return due_addresses(db, "paper.example", NOW, 1)[0]


def result(place: Place | None = None) -> Result:
    """Return the result of a page that was kept."""
    fetch = Fetch("page", SITE, NOW, "new", 1, 1, status=200)
    if place:
        fetch = replace(fetch, warc=place.warc, offset=place.offset)
    return Result(fetch, Next("kept", 60, NOW + 60, captured=at(NOW), checks=1))


def test_rows_come_after_what_they_point_to(
    db: sqlite3.Connection, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows: list[int] = []
    flush = WarcFiles.flush

    def watched(files: WarcFiles) -> None:
        rows.append(db.execute("select count(*) from fetches").fetchone()[0])
        flush(files)

    monkeypatch.setattr(WarcFiles, "flush", watched)
    for _ in range(BATCH):
        book.add(result(book.keep(PLAIN, Keep.PAGE)))
    assert rows == [0, 0]  # pages and discovery
    [name] = {row["warc"] for row in db.execute("select warc from fetches")}
    data = (tmp_path / WRITING / name).read_bytes()
    assert all(data[row["offset"] :].startswith(b"\x1f\x8b") for row in db.execute("select offset from fetches"))
    assert book.counts["new"] == BATCH


def test_a_disk_that_takes_nothing_more_leaves_no_row(
    db: sqlite3.Connection, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(files: WarcFiles) -> None:
        raise OSError(28, "No space left on device")

    book.add(result(book.keep(PLAIN, Keep.PAGE)))
    monkeypatch.setattr(WarcFiles, "flush", full)
    with pytest.raises(OSError, match="No space left"):
        book.flush()
    assert db.execute("select count(*) from fetches").fetchone()[0] == 0
    assert start(db).state == "new"


def test_each_answer_goes_into_the_file_that_it_belongs_to(db: sqlite3.Connection, book: Book, tmp_path: Path) -> None:
    address = start(db)
    first = book.keep(PLAIN, Keep.PAGE)
    assert first
    known = replace(
        address, record_id=first.record_id, captured=at(PLAIN.at), payload_digest=payload_digest(PLAIN.body)
    )
    book.keep(NOT_CHANGED, Keep.NOT_MODIFIED, of=known)
    book.keep(PLAIN, Keep.SAME, of=known)
    book.keep(PLAIN, Keep.HEAD)
    book.keep(PLAIN, Keep.BESIDE)
    assert book.keep(PLAIN, Keep.NOTHING) is None
    book.keep(PLAIN, Keep.SAME, of=address)  # of which nothing is known is kept whole
    book.close()
    kinds = {
        path.relative_to(tmp_path).parts[0]: [kind for kind, *_ in records(path)]
        for path in tmp_path.rglob("*.warc.gz")
    }
    kept = ["response", "request", "metadata"]
    assert kinds["pages"] == ["warcinfo", *kept, "revisit", "request", "revisit", "request"]
    assert kinds["discovery"] == ["warcinfo", *kept, *kept, *kept]
    [head] = [each for path in tmp_path.glob("discovery/**/*.gz") for each in records(path, parse_http=False)][1:2]
    assert head[1]["WARC-Truncated"] == "unspecified"
    assert head[3] == PLAIN.head


def test_a_source_whose_addresses_had_no_room_is_read_whole_again(db: sqlite3.Connection, book: Book) -> None:
    add_source(db, 1, SITE + "map", "sitemap", 60, NOW)
    found = [Found(f"{SITE}{number}", "/N", source_id=1) for number in range(12)]
    following = NextSource("sitemap", 60, NOW, etag='"a"', last_modified="then", payload_digest="sha1:A")
    fetch = Fetch("sitemap", SITE + "map", NOW, "new", 1, source_id=1)
    for room, etag in ((False, None), (True, '"a"')):
        book.add(Result(fetch, source=following, found=found[: 3 if room else None]))
        book.flush()
        [source] = due_sources(db, "paper.example", NOW, 9)
        assert (source.etag, source.last_new) == (etag, None if room else at(NOW))


def test_new_sitemaps_have_an_end_in_a_night(db: sqlite3.Connection, book: Book) -> None:
    add_source(db, 1, SITE + "map", "sitemap", 60, NOW)
    children = [(f"{SITE}map/{number}", "sitemap") for number in range(MAX_SOURCES + 5)]
    following = NextSource("sitemap", 60, NOW - 1, etag='"a"')
    book.add(Result(Fetch("sitemap", SITE + "map", NOW, "new", 1, source_id=1), source=following, sources=children))
    book.flush()
    assert db.execute("select count(*) from sources").fetchone()[0] == MAX_SOURCES
    assert due_sources(db, "paper.example", NOW, 1)[0].etag is None


def test_what_belongs_to_a_site_that_was_removed_meanwhile_is_let_go(db: sqlite3.Connection, book: Book) -> None:
    book.add(replace_found(result()))
    remove_site(db, 1)
    book.close()
    assert db.execute("select count(*) from urls").fetchone()[0] == 0
    assert [tuple(row) for row in db.execute("select site_id, outcome from fetches")] == [(None, "new")]


def replace_found(made: Result) -> Result:
    """Return a result that has found an address and a feed."""
    made.found, made.sources = [Found(SITE + "a", "/a")], [(SITE + "feed", "feed")]
    return made
