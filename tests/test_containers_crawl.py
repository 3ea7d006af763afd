"""Whole crawls of folders with containers: every kind, unchanged, grown, damaged, stopped; and what a capture tells."""

from __future__ import annotations

import gzip
import os
import sys
from pathlib import Path

import pytest

from crawler.spiders.seeds import SeedsSpider
from lab.samples import info, jsonl, mhtml, packed, record, sentences, zipped
from tests.captured import URL, page
from tests.conftest import Crawl, Read
from winnow.archive.database import open_to_read
from winnow.archive.store import Store
from winnow.items import Page, StartError
from winnow.read.page import read_page
from winnow.runs.rebuild import rebuild
from winnow.runs.run import Run
from winnow.sources.containers import batches, kind_of
from winnow.sources.containers.batches import read_batch
from winnow.sources.containers.progress import ContainerProgress
from winnow.sources.containers.reading_state import ReadContainer
from winnow.sources.containers.records import ContainerOptions, Place
from winnow.tell.explain import find


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
    db = open_to_read(done.database)
    assert [find(db, name)[0]["id"] for name in ("b.warc#0", "c.jsonl#1", "jsonl#1")] == [2, 3, 3]
    db.close()
    assert not rebuild(done.database).endings
    assert done.rows("SELECT page_count, first_seen FROM articles") == article


def test_records_that_were_too_large_are_read_once_their_containers_are_touched(crawl: Crawl, folder: Path) -> None:
    small, large = [page(number) for number in range(4)], [page(number) + b" " * 20_000 for number in range(4, 8)]
    pairs = [(record(f"{URL}{i}", small[i]), record(f"{URL}{i + 4}", large[i])) for i in range(2)]
    (folder / "a.warc").write_bytes(b"".join(pairs[0]))
    (folder / "b.warc.gz").write_bytes(packed(pairs[1]))
    (folder / "c.jsonl").write_bytes(jsonl(*({"html": body.decode()} for body in (small[2], large[2]))))
    (folder / "d.zip").write_bytes(zipped({"1.html": small[3], "2.html": large[3]}))
    first = crawl(folder, "-s", "MAX_PAGE_BYTES=16000").last_run
    unchanged = crawl(folder).last_run
    for file in folder.iterdir():
        os.utime(file, (1_700_000_000, 1_700_000_000))
    touched = crawl(folder).last_run
    counts = [(run["new"], run["unchanged"], run["rejected"]) for run in (first, unchanged, touched)]
    assert counts == [(4, 0, 4), (0, 8, 0), (4, 4, 0)]


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


EMPTY = ("a.warc.gz", "b.jsonl", "c.zip", "d.eml", "e.mbox", "f.wacz", "g.mhtml", "h.arc", "i.har", "j.rss", "k.enex")


def test_an_empty_file_that_is_named_like_a_container_is_a_page_that_is_empty(crawl: Crawl, folder: Path) -> None:
    for name in EMPTY:
        (folder / name).write_bytes(b"")
    (folder / "packed.zip").write_bytes(zipped(dict.fromkeys(EMPTY, b"")))
    done = crawl(folder)
    assert (done.status, done.err) == (0, "")
    expected = dict.fromkeys([*EMPTY, *(f"packed.zip#{name}" for name in EMPTY)], ("rejected", "no article"))
    assert done.pages() == expected
    assert {row["detail"] for row in done.rows("SELECT detail FROM pages")} == {"the file is empty"}
    assert f"{len(expected)} unchanged" in crawl(folder).out


def test_a_container_that_was_empty_is_read_once_it_has_records(crawl: Crawl, folder: Path) -> None:
    (folder / "a.jsonl").write_bytes(b"")
    crawl(folder)
    (folder / "a.jsonl").write_bytes(jsonl({"url": f"{URL}1", "html": page(1).decode()}))
    assert crawl(folder).pages() == {"a.jsonl": ("rejected", "no article"), "a.jsonl#1": ("article", "new")}
