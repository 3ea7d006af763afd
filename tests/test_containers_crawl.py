"""Whole crawls of folders with containers: every kind, unchanged, grown, damaged, stopped; and what a capture tells."""

from __future__ import annotations

import gzip
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from crawler.spiders.seeds import SeedsSpider
from lab.samples import html_page, info, jsonl, mhtml, packed, record, revisit, sentences, zipped
from tests.conftest import Crawl, Read
from winnow.archive.store import Store
from winnow.items import HTML, Kind, Page, StartError
from winnow.read.page import read_page
from winnow.runs.one_process import run_pages
from winnow.runs.rebuild import rebuild
from winnow.runs.run import Run
from winnow.sources.containers import batches, kind_of
from winnow.sources.containers.batches import read_batch
from winnow.sources.containers.progress import ContainerProgress
from winnow.sources.containers.reading_state import ReadContainer
from winnow.sources.containers.records import ContainerOptions, Place
from winnow.tell.explain import find

URL = "http://a.example/"


def page(number: int, teasers: str = "") -> bytes:
    return html_page(f"Story {number}", sentences(number), teasers).encode()


def text(number: int) -> str:
    return "\n\n".join([f"Story {number}", *sentences(number)])


def test_each_kind_of_container_gives_its_pages_and_an_unchanged_one_is_not_opened(
    crawl: Crawl, read: Read, folder: Path
) -> None:
    image = record(f"{URL}p.png", b"x", http="HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n")
    records = [info(), record(f"{URL}1", page(1)), image, record(f"{URL}2", page(2)), b"WARC/1.1\r\ndamaged\r\n\r\n"]
    files = {
        "a.warc": b"".join(records),
        "b.warc.gz": packed(records[:2]),
        "c.wacz": zipped({"archive/data.warc.gz": packed([record(f"{URL}3", page(3))])}),
        "d.zip": zipped({"../é\n.html": page(4), "sub/x": page(1), "in.zip": zipped({"a.html": page(9)})}),
        "e.mhtml": mhtml(page(5).decode(), f"{URL}5"),
        "f.jsonl.gz": gzip.compress(jsonl({"url": f"{URL}6", "html": page(6).decode()}, {"text": text(7)})),
        "g.html": page(2),
        "h.zip": b"no zip",
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    done = crawl(folder)
    assert (done.status, done.err) == (0, "")
    at = [len(b"".join(records[:count])) for count in range(5)]
    assert done.pages() == {
        f"a.warc#{at[1]}": ("article", "new"),
        f"a.warc#{at[3]}": ("article", "new"),
        f"a.warc#{at[4]}": ("rejected", "unreadable"),
        f"b.warc.gz#{len(packed(records[:1]))}": ("duplicate", "same bytes"),
        "c.wacz#archive/data.warc.gz#0": ("article", "new"),
        "d.zip#../é\n.html": ("article", "new"),
        "d.zip#in.zip#a.html": ("article", "new"),
        "d.zip#sub/x": ("duplicate", "same bytes"),
        "e.mhtml#1": ("article", "new"),
        "f.jsonl.gz#1": ("article", "new"),
        "f.jsonl.gz#2": ("article", "new"),
        "g.html": ("duplicate", "same bytes"),
        "h.zip": ("rejected", "unreadable"),
    }
    assert "skipped: 2 not a response, 2 neither HTML nor text" in done.out
    assert done.rows("SELECT url, hostname, first_seen, page_count FROM articles WHERE id = 1") == [
        {"url": f"{URL}1", "hostname": "a.example", "first_seen": "2024-02-29T10:00:00+00:00", "page_count": 3}
    ]
    known = done.rows("SELECT path, size, records FROM containers ORDER BY path")
    assert [row["records"] for row in known] == [5, 2, 1, 3, 2, 2, 0]
    sizes = [len(data) for name, data in files.items() if name not in ("g.html", "h.zip")]
    assert [row["size"] for row in known] == [*sizes, None]

    before = done.rows("SELECT id, path, reason, article_id FROM pages")
    for name, data in files.items():  # other contents, but as they look they have not changed
        modified = (folder / name).stat().st_mtime_ns
        (folder / name).write_bytes(bytes(len(data)))
        os.utime(folder / name, ns=(modified, modified))
    again = read(folder)
    assert again.rows("SELECT id, path, reason, article_id FROM pages") == before
    assert (again.last_run["pages"], again.last_run["unchanged"], again.last_run["rejected"]) == (13, 12, 1)
    assert {row["last_run"] for row in again.rows("SELECT last_run FROM pages")} == {again.last_run["id"]}


@pytest.mark.parametrize("kind", ["warc.gz", "warc", "jsonl"])
def test_container_that_grew_is_read_from_where_it_ended(read: Read, folder: Path, kind: str) -> None:
    def part(number: int) -> bytes:
        if kind == "jsonl":
            return jsonl({"html": page(number).decode(), "url": f"{URL}{number}"})
        return packed([record(f"{URL}{number}", page(number))]) if kind.endswith("gz") else record(URL, page(number))

    file = folder / f"a.{kind}"
    file.write_bytes(part(1) + part(2)[:-300])
    first = read(folder)
    assert sorted(first.pages().values()) == [("article", "new"), ("rejected", "unreadable")]
    file.write_bytes(part(1) + part(2) + part(3))
    second = read(folder)
    rows = second.rows("SELECT path, reason, first_run, last_run FROM pages WHERE outcome = 'article' ORDER BY id")
    assert [(row["first_run"], row["last_run"]) for row in rows] == [(1, 2), (2, 2), (2, 2)]
    assert [second.last_run[name] for name in ("pages", "new", "unchanged", "rejected")] == [3, 2, 1, 0]
    third = read(folder)
    assert [third.last_run[name] for name in ("pages", "unchanged")] == [3, 3]


def test_a_page_is_one_article_in_whatever_it_comes_and_its_path_can_be_asked_for(read: Read, folder: Path) -> None:
    (folder / "a.html").write_bytes(page(1))
    (folder / "b.warc").write_bytes(record(f"{URL}1", page(1, "<p>Another teaser on this page</p>")))
    (folder / "c.jsonl").write_bytes(jsonl({"text": text(1), "date": "2020-01-01"}))
    done = read(folder)
    assert set(done.pages().values()) == {("article", "new"), ("duplicate", "same text")}
    article = [{"page_count": 3, "first_seen": "2020-01-01T00:00:00+00:00"}]
    assert done.rows("SELECT page_count, first_seen FROM articles") == article
    db = Database(done.database)
    assert [find(db, name)[0]["id"] for name in ("b.warc#0", "c.jsonl#1", "jsonl#1")] == [2, 3, 3]
    db.close()
    assert not rebuild(done.database).endings
    assert done.rows("SELECT page_count, first_seen FROM articles") == article


def test_progress_counts_the_pages_of_a_container(crawl: Crawl, folder: Path) -> None:
    (folder / "a.html").write_bytes(page(1))
    (folder / "b.jsonl").write_bytes(jsonl(*({"html": page(number).decode()} for number in range(2, 5))))
    done = crawl(folder, "-s", "PROGRESS_ENABLED=True")
    assert "4 of 4" in done.err
    again = crawl(folder / "b.jsonl", "-s", "PROGRESS_ENABLED=True")
    assert "3 of 3" in again.err


@pytest.fixture
def without_fastwarc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "none/fastwarc").mkdir(parents=True)
    (tmp_path / "none/fastwarc/__init__.py").write_text("raise ImportError")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "none"))


@pytest.mark.usefixtures("without_fastwarc")
def test_without_fastwarc_other_pages_are_read_and_one_line_says_what_is_missing(crawl: Crawl, folder: Path) -> None:
    (folder / "a.warc").write_bytes(record(f"{URL}1", page(1)))
    (folder / "b.jsonl").write_bytes(jsonl({"html": page(2).decode()}))
    (folder / "c.wacz").write_bytes(zipped({"archive/a.warc": record(f"{URL}1", page(1))}))
    done = crawl(folder)
    assert done.status == 4
    assert done.err == "winnow: WARC, ARC and WACZ files need fastwarc (the extra warc): pip install fastwarc\n"
    assert set(done.pages().values()) == {("article", "new"), ("rejected", "unreadable")}


def test_warc_alone_is_not_begun_without_fastwarc(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.warc").touch()
    SeedsSpider(path=str(folder / "a.warc"))
    monkeypatch.setitem(sys.modules, "fastwarc.warc", None)
    with pytest.raises(StartError, match=r"need fastwarc \(the extra warc\): pip install fastwarc"):
        SeedsSpider(path=str(folder / "a.warc"))


def test_crawl_that_is_stopped_in_a_container_goes_on_with_it(
    read: Read, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, kind = folder / "a.warc.gz", kind_of("a.warc.gz")
    assert kind
    file.write_bytes(packed(record(f"{URL}{number}", page(number)) for number in range(6)))
    run = Run(Store(tmp_path / "articles.db"))
    place = Page("a.warc.gz", str(folder), file=str(file))
    progress = ContainerProgress(place, kind, run.find_container(place, kind.name), ContainerOptions())
    with monkeypatch.context() as patch:
        patch.setattr(batches, "BATCH_RECORDS", 2)
        for each in progress.take(read_batch(progress.job)):
            run.enter()
            reading = read_page(each)
            run.save(each, reading, run.decide(each, reading))
    run.finish("stopped")
    done = read(folder)
    assert [done.last_run[name] for name in ("pages", "new", "unchanged")] == [6, 4, 2]
    assert read(folder).last_run["unchanged"] == 6


def test_container_with_a_page_that_was_left_to_the_next_run_is_read_again(tmp_path: Path) -> None:
    run = Run(Store(tmp_path / "articles.db"))
    known = run.find_container(Page("a.warc", "/pages"), "WARC")
    run.end_container(known, ReadContainer(Place(9), size=9, modified_ns=1, ends="", records=1, pages=1))
    assert run.find_container(Page("a.warc", "/pages"), "WARC").size is None
    run.end_container(known, ReadContainer(Place(9), size=9, modified_ns=1, ends="", records=1))
    assert run.find_container(Page("a.warc", "/pages"), "WARC").size == 9
    run.finish("finished")


# --- What the time and the address of a capture decide, without Scrapy -------------------------------------------

EARLY, LATE = "2020-01-01T00:00:00+00:00", "2021-01-01T00:00:00+00:00"


def capture(path: str, body: bytes, captured: str | None, url: str | None = None, **more: Any) -> Page:
    return Page(path, "/pages", body, len(body), captured=captured, url=url, media_type=HTML, **more)


def rows(database: Path, sql: str) -> list[tuple[Any, ...]]:
    db = Database(database)
    try:
        return db.execute(sql).fetchall()
    finally:
        db.close()


ENDS = "SELECT reason, article_id, detail FROM pages ORDER BY id"


@pytest.mark.parametrize(("second", "canonical"), [(EARLY, 2), (LATE, 1), (None, 1)])
def test_of_pages_with_the_same_words_the_earlier_capture_speaks_for_the_article(
    tmp_path: Path, second: str | None, canonical: int
) -> None:
    first = capture("a", page(1), "2020-06-01T00:00:00+00:00", f"{URL}a")
    run_pages([first, capture("b", page(1, "<p>Another teaser</p>"), second, f"{URL}b")], tmp_path / "a.db")
    assert rows(tmp_path / "a.db", "SELECT page_id, url, first_seen FROM articles") == [
        (canonical, f"{URL}{'ab'[canonical - 1]}", EARLY if second == EARLY else "2020-06-01T00:00:00+00:00")
    ]
    if canonical == 2:
        assert rows(tmp_path / "a.db", ENDS)[1][2].startswith(f"better, as captured earlier ({EARLY})")
    rebuild(tmp_path / "a.db")
    assert rows(tmp_path / "a.db", "SELECT page_id FROM articles") == [(canonical,)]


def test_of_copies_of_the_same_bytes_the_earlier_capture_speaks_for_the_article(tmp_path: Path) -> None:
    times = ["2020-06-01T00:00:00+00:00", LATE, EARLY, None, "2020-03-01T00:00:00+00:00"]
    pages = [capture(name, page(1), time, f"{URL}{name}") for name, time in zip("abcde", times, strict=True)]
    run_pages(pages, tmp_path / "a.db")
    assert rows(tmp_path / "a.db", "SELECT page_id, url, first_seen, page_count FROM articles") == [
        (3, f"{URL}c", EARLY, 5)
    ]
    ends = [
        ("same bytes", 1, "page 3 is better: the same file"),
        ("same bytes", 1, "the same file as page 1"),
        ("changed", 1, f"better, as captured earlier ({EARLY}): the same file as page 1"),
        ("same bytes", 1, "the same file as page 1"),
        ("same bytes", 1, "the same file as page 1"),
    ]
    assert rows(tmp_path / "a.db", ENDS) == ends
    rebuild(tmp_path / "a.db")
    assert rows(tmp_path / "a.db", ENDS) == ends


def test_copy_that_gives_other_words_by_its_charset_speaks_for_nobody(tmp_path: Path) -> None:
    body = page(1).decode().replace('<meta charset="utf-8">', "").replace("a", "\xe4").encode()
    for name, path in (("utf-8", "a"), ("koi8-r", "b")):
        time = LATE if path == "a" else EARLY
        run_pages([capture(path, body, time, f"{URL}{path}", charset=name)], tmp_path / "a.db")
    assert rows(tmp_path / "a.db", ENDS)[1] == ("same bytes", 1, "the same file as page 1")
    assert rows(tmp_path / "a.db", "SELECT page_id, first_seen FROM articles") == [(1, EARLY)]


def test_later_text_at_an_address_updates_its_article_whichever_is_read_first(tmp_path: Path) -> None:
    old, new = page(1), html_page("Story 1", [*sentences(1)[:-1], "It ends in quite another way than it did."]).encode()
    for name, pages in {"in order": [(old, EARLY), (new, LATE)], "backwards": [(new, LATE), (old, EARLY)]}.items():
        captures = [capture(captured, body, captured, URL) for body, captured in pages]
        run_pages(captures, tmp_path / f"{name}.db")
        found = rows(tmp_path / f"{name}.db", "SELECT text LIKE '%another way than%', first_seen FROM articles")
        assert found == [(1, EARLY)], name
    assert [reason for reason, *_ in rows(tmp_path / "in order.db", ENDS)] == ["new", "changed"]
    assert [reason for reason, *_ in rows(tmp_path / "backwards.db", ENDS)] == ["new", "near-duplicate"]


@pytest.mark.parametrize("days", [(1, 2, 3), (1, 3, 2), (2, 1, 3), (3, 2, 1), (1, 2, 3, 4), (2, 4, 1, 3), (4, 3, 2, 1)])
def test_bytes_that_were_an_article_s_text_before_are_so_again_when_they_are_captured_later(
    tmp_path: Path, days: tuple[int, ...]
) -> None:
    """On odd days the address says one thing, on even days another."""
    said = {1: page(1), 0: html_page("Story 1", [*sentences(1)[:-1], "It ends in another way than it did."]).encode()}
    database = tmp_path / "a.db"
    run_pages([capture(f"{day}", said[day % 2], f"2024-05-0{day}T00:00:00+00:00", URL) for day in days], database)
    [(is_other,)] = rows(database, "SELECT text LIKE '%another way than%' FROM articles")
    assert is_other == (max(days) % 2 == 0)
    states = ("SELECT * FROM articles", "SELECT page_id, text_sha256 FROM revisions", ENDS)
    before = [rows(database, state) for state in states]
    rebuild(database)
    assert [rows(database, state) for state in states] == before


def test_revisit_ends_as_its_original_did(tmp_path: Path) -> None:
    again = "2022-01-01T00:00:00+00:00"
    pages = [
        capture("a", page(1), EARLY, f"{URL}a"),
        capture("b", b"<p>Too short.", EARLY, f"{URL}b"),
        capture("c", b"", again, f"{URL}a", revisits=(f"{URL}a", EARLY)),
        capture("d", b"", again, f"{URL}b", revisits=(f"{URL}b", EARLY)),
        capture("e", b"", again, f"{URL}c", revisits=(f"{URL}c", EARLY)),
        capture("f", b"", again, f"{URL}a", revisits=(f"{URL}a", None)),
    ]
    run_pages(pages, tmp_path / "a.db")
    assert rows(tmp_path / "a.db", ENDS) == [
        ("new", 1, "no earlier page carries this text"),
        ("no article", None, rows(tmp_path / "a.db", ENDS)[1][2]),
        ("same bytes", 1, "a revisit of page 1"),
        ("no article", None, "a revisit of page 2, which was rejected too"),
        ("unreadable", None, f"a revisit of {URL}c of {EARLY}, which has not been read so far"),
        ("same bytes", 1, "a revisit of page 3"),
    ]
    counts = run_pages(pages, tmp_path / "a.db")
    assert (counts["unchanged"], counts["rejected"]) == (4, 2)


def test_revisit_before_its_original_ends_as_that_did_when_all_is_read(tmp_path: Path) -> None:
    again = "2022-01-01T00:00:00+00:00"
    pages = [
        capture("a", b"", again, f"{URL}a", revisits=(f"{URL}a", EARLY)),
        capture("b", b"", again, f"{URL}b", revisits=(f"{URL}b", EARLY)),
        capture("c", b"", again, f"{URL}c", revisits=(f"{URL}a", again)),  # points to a revisit
        capture("d", b"", LATE, f"{URL}d", revisits=(f"{URL}d", EARLY)),
        capture("e", page(1), EARLY, f"{URL}a"),
        capture("f", b"<p>Too short.", EARLY, f"{URL}b"),
    ]
    counts = run_pages(pages, tmp_path / "a.db")
    why = rows(tmp_path / "a.db", "SELECT detail FROM pages WHERE path = 'f'")[0][0]
    ends = [
        ("same bytes", 1, "a revisit of page 5"),
        ("no article", None, "a revisit of page 6, which was rejected too"),
        ("same bytes", 1, "a revisit of page 1"),
        ("unreadable", None, f"a revisit of {URL}d of {EARLY}, which has not been read so far"),
        ("new", 1, "no earlier page carries this text"),
        ("no article", None, why),
    ]
    assert rows(tmp_path / "a.db", ENDS) == ends
    assert (counts["pages"], counts["new"], counts["duplicates"], counts["rejected"]) == (6, 1, 2, 3)
    assert rows(tmp_path / "a.db", "SELECT page_id, page_count, first_seen FROM articles") == [(5, 3, EARLY)]
    assert rows(tmp_path / "a.db", "SELECT count(*) FROM extractions") == [(3,)]
    counts = run_pages(pages, tmp_path / "a.db")
    assert (counts["unchanged"], counts["rejected"]) == (4, 2)
    known = rows(tmp_path / "a.db", "SELECT page_id, hashes FROM recent_sketches")
    assert not rebuild(tmp_path / "a.db").endings
    assert rows(tmp_path / "a.db", ENDS) == ends
    assert rows(tmp_path / "a.db", "SELECT page_id, hashes FROM recent_sketches") == known
    run_pages([capture("g", page(2), EARLY, f"{URL}d")], tmp_path / "a.db")  # a later night brings the last original
    assert rows(tmp_path / "a.db", ENDS)[3] == ("same bytes", 2, "a revisit of page 7")


def test_rebuild_knows_a_revisit_where_the_crawl_knew_it(tmp_path: Path) -> None:
    """The address still said the first text when it was captured again, so the text in between is an earlier one."""
    between, last = (f"2034-0{month}-01T00:00:00+00:00" for month in (5, 6))
    pages = [
        capture("a", page(1), EARLY, URL),
        capture("b", b"", last, URL, revisits=(URL, EARLY)),
        capture("c", html_page("Story 1", [*sentences(1)[:-1], *sentences(9, 1)]).encode(), between, URL),
    ]
    run_pages(pages, tmp_path / "a.db")
    ends = rows(tmp_path / "a.db", ENDS)
    assert not rebuild(tmp_path / "a.db").endings
    assert rows(tmp_path / "a.db", ENDS) == ends


def test_copies_are_known_by_the_original_not_by_a_revisit_that_came_before_it(tmp_path: Path) -> None:
    pages = [capture("a", b"", LATE, URL, revisits=(URL, EARLY)), capture("b", page(1), EARLY, URL)]
    run_pages(pages, tmp_path / "a.db")
    copies = [capture("c", page(1), LATE, f"{URL}c"), capture("d", page(1, "<p>A teaser"), LATE, f"{URL}d")]
    run_pages(copies, tmp_path / "a.db")
    parents = "SELECT path, reason, parent_id FROM pages WHERE id > 2"
    expected = [("c", "same bytes", 2), ("d", "same text", 2)]
    assert rows(tmp_path / "a.db", parents) == expected
    rebuild(tmp_path / "a.db")
    assert rows(tmp_path / "a.db", parents) == expected


@pytest.mark.parametrize("kind", ["a revisit before it", "the same bytes", "the same text"])
def test_what_an_excerpt_states_is_taken_from_none_of_its_copies_either(tmp_path: Path, kind: str) -> None:
    cut = html_page("Story 1", sentences(1)[:3])
    copies = {
        "a revisit before it": capture("a", b"", LATE, URL, revisits=(URL, LATE)),
        "the same bytes": capture("d", cut.encode(), LATE, URL),
        "the same text": capture("d", cut.replace("All rights", "No rights").encode(), LATE, URL),
    }
    pages = [Page("b", "/pages", page(1), media_type=HTML), capture("c", cut.encode(), LATE, URL), copies[kind]]
    run_pages(sorted(pages, key=lambda each: each.path), tmp_path / "a.db")
    assert "excerpt" in [reason for reason, *_ in rows(tmp_path / "a.db", ENDS)]
    assert rows(tmp_path / "a.db", "SELECT url, page_count FROM articles") == [(None, 3)]
    rebuild(tmp_path / "a.db")
    assert rows(tmp_path / "a.db", "SELECT url, page_count FROM articles") == [(None, 3)]


@pytest.mark.parametrize("in_one_run", [True, False])
def test_revisit_whose_path_has_had_those_bytes_is_that_page(tmp_path: Path, in_one_run: bool) -> None:
    """As it is where the original is read first."""
    points = capture("a", b"", LATE, URL, revisits=(f"{URL}b", EARLY))
    original = capture("b", page(1), EARLY, f"{URL}b")
    run_pages([capture("a", page(1), LATE, URL)], tmp_path / "a.db")
    for each in [[points, original]] if in_one_run else [[points], [original]]:
        counts = run_pages(each, tmp_path / "a.db")
    assert rows(tmp_path / "a.db", "SELECT path, reason, last_run FROM pages ORDER BY id") == [
        ("a", "same bytes", 2),
        ("b", "changed", 2 if in_one_run else 3),
    ]
    assert (counts["pages"], counts["unchanged"], counts["rejected"]) == ((2, 1, 0) if in_one_run else (1, 0, 0))
    assert not rebuild(tmp_path / "a.db").endings
    assert run_pages([points, original], tmp_path / "a.db")["unchanged"] == 2


def test_revisit_of_a_page_that_was_rejected_ends_as_that_does_in_a_later_run(tmp_path: Path) -> None:
    points = [capture("a", b"", LATE, URL, revisits=(URL, EARLY)), capture("c", b"", LATE, URL, revisits=(URL, LATE))]
    original = capture("b", page(1), EARLY, URL)
    no_articles = frozenset({Kind.PRODUCT})
    run_pages([*points, original], tmp_path / "a.db", kinds=no_articles)
    assert [reason for reason, *_ in rows(tmp_path / "a.db", ENDS)] == ["no article", "unreadable", "no article"]
    run_pages([], tmp_path / "a.db", kinds=no_articles)
    counts = run_pages([original], tmp_path / "a.db")
    ends = [("same bytes", 1, "a revisit of page 3"), ("same bytes", 1, "a revisit of page 1")]
    assert rows(tmp_path / "a.db", ENDS)[:2] == ends
    assert (counts["pages"], counts["new"]) == (1, 1)
    assert rows(tmp_path / "a.db", "SELECT page_count, first_seen FROM articles") == [(3, EARLY)]
    assert not rebuild(tmp_path / "a.db").endings


@pytest.mark.parametrize("first", ["original", "revisit"])
def test_revisit_is_found_by_the_digest_of_its_payload_where_no_address_leads_to_it(
    read: Read, folder: Path, first: str
) -> None:
    stated = "WARC-Payload-Digest: sha1:A\r\n"
    points = [revisit(f"{URL}{name}", "2024-03-01T00:00:00Z", of=f"{URL}{name}", digest="sha1:A") for name in "xy"]
    other = revisit(f"{URL}z", "2024-03-01T00:00:00Z", of=f"{URL}z", digest="sha1:B")
    parts = [record(URL, page(1), more=stated), b"".join([*points, other])]
    (folder / "a.warc").write_bytes(parts[first != "original"])
    (folder / "b.warc").write_bytes(parts[first == "original"])
    done = read(folder)
    found = {row["url"]: row["reason"] for row in done.rows("SELECT url, reason FROM pages")}
    assert found == {URL: "new", f"{URL}x": "same bytes", f"{URL}y": "same bytes", f"{URL}z": "unreadable"}
    assert done.rows("SELECT page_count FROM articles") == [{"page_count": 3}]
    assert read(folder).last_run["unchanged"] == 4


@pytest.mark.parametrize("first", ["original", "revisit"])
def test_revisit_is_found_by_address_and_date_wherever_its_original_is(read: Read, folder: Path, first: str) -> None:
    parts = [record(URL, page(1)), revisit(URL, "2024-03-01T00:00:00Z", of=URL)]
    one, other = parts if first == "original" else parts[::-1]
    (folder / "a.warc").write_bytes(one + other)
    (folder / "b.warc").write_bytes(other)
    (folder / "c.warc").write_bytes(one)
    done = read(folder)
    assert sorted(done.pages().values()) == [("article", "new"), *[("duplicate", "same bytes")] * 3]
    assert done.last_run["duplicates"] == 3
    assert read(folder).last_run["unchanged"] == 4
