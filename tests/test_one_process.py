"""A run without Scrapy: the rows of a crawl, also of containers; it ends in good order whatever goes wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from lab.samples import html_page, sentences, zipped
from tests.conftest import SEEDS, Crawl
from winnow.archive.store import Store
from winnow.decision import Decision
from winnow.items import Page, StartError
from winnow.match import decide_page
from winnow.match.decide import decide
from winnow.read import page as page_reader
from winnow.read.extract import extract
from winnow.runs.one_process import run_folder, run_pages

ROWS = {
    "pages": "id, source, path, root, sha256, size, modified, kind, outcome, reason, detail, article_id, parent_id,"
    " similarity",
    "articles": "*",
    "extractions": "*",
    "texts": "*",
    "refused_texts": "*",
    "containers": "*",
    "recent_sketches": "*",
    "runs": "status, pages, new, changed, unchanged, duplicates, rejected, failed",
}


def _rows(database: Path) -> dict[str, list[dict[str, Any]]]:
    db = Database(database)
    try:
        found = {table: list(db.query(f"SELECT {columns} FROM {table}")) for table, columns in ROWS.items()}
    finally:
        db.close()
    for row in found["articles"]:
        del row["first_seen"], row["last_seen"]
    return found


def _pages(count: int) -> Iterator[Page]:
    for number in range(count):
        yield Page(f"{number}.html", body=html_page(f"Story {number}", sentences(number)).encode())


def _ending(database: Path) -> tuple[str, int, int]:
    """Return how the last run ended, the pages it says it has, and the pages that are there."""
    db = sqlite3.connect(database)
    try:
        query = "SELECT status, pages, (SELECT count(*) FROM pages) FROM runs ORDER BY id DESC LIMIT 1"
        status, said, found = db.execute(query).fetchone()
        return status, said, found
    finally:
        db.close()


def test_a_folder_gives_the_rows_of_a_crawl_and_what_has_not_changed_is_only_counted(
    crawl: Crawl, folder: Path, tmp_path: Path
) -> None:
    (folder / "seeds").symlink_to(SEEDS)  # a link that leaves the folder is skipped
    (folder / "a.html").write_text(html_page("Alpha", sentences(1)))
    second = "\n\n".join(sentences(2)).encode()
    (folder / "b.zip").write_bytes(zipped({"1.html": (folder / "a.html").read_bytes(), "2.txt": second}))
    (folder / "c.html").write_text(html_page("Beta", sentences(2)))
    (folder / "d.html").write_text("<p>Too short.</p>")
    for _ in range(2):
        crawled = crawl(folder, database=tmp_path / "crawl.db")
        assert crawled.status == 0, crawled.err
        counts = run_folder(folder, tmp_path / "plain.db")
        assert _rows(tmp_path / "plain.db") == _rows(tmp_path / "crawl.db")
        (folder / "a.html").write_text(html_page("Alpha", [*sentences(1), *sentences(11, 1)]))
    assert counts == {
        "pages": 5, "new": 0, "changed": 1, "unchanged": 4, "duplicates": 0, "rejected": 0, "failed": 0,
    }  # fmt: skip
    assert run_folder(folder / "c.html", tmp_path / "one.db")["new"] == 1


def test_a_folder_that_is_not_there_makes_no_database(tmp_path: Path) -> None:
    with pytest.raises(StartError, match=r"cannot read .*none"):
        run_folder(tmp_path / "none", tmp_path / "a.db")
    assert not (tmp_path / "a.db").exists()


def test_a_page_that_cannot_be_read_or_decided_on_is_rejected_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def extract_or_fail(decoded: Any, *more: Any) -> Any:
        if "Story 1" in decoded.text:
            raise KeyError("words of the page")
        return extract(decoded, *more)

    def decide_or_fail(page: Any, *known: Any) -> Decision:
        if page.url == "https://paper.example/2":
            raise ZeroDivisionError
        return decide(page, *known)

    monkeypatch.setattr(page_reader, "extract", extract_or_fail)
    monkeypatch.setattr(decide_page, "decide", decide_or_fail)
    two = html_page("Two", sentences(2), canonical="https://paper.example/2").encode()
    pages = [*_pages(2), Page("2.html", body=two)]
    counts = run_pages([*pages, *_pages(1)], tmp_path / "a.db")
    assert (counts["pages"], counts["new"], counts["unchanged"], counts["failed"]) == (4, 1, 1, 2)
    db = sqlite3.connect(tmp_path / "a.db")
    details = db.execute("SELECT path, sha256 IS NULL, detail FROM pages WHERE reason = 'crashed'").fetchall()
    db.close()
    assert [row[:2] for row in details] == [("1.html", 0), ("2.html", 0)]
    assert details[0][2].startswith("KeyError at test_one_process.py:")
    assert details[1][2] == "dedupe failed: ZeroDivisionError"


def test_pages_that_end_in_an_error_leave_a_run_that_has_failed_and_what_was_saved(tmp_path: Path) -> None:
    def pages() -> Iterator[Page]:
        yield from _pages(3)
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        run_pages(pages(), tmp_path / "a.db")
    assert _ending(tmp_path / "a.db") == ("failed", 3, 3)
    assert run_pages(_pages(4), tmp_path / "a.db")["unchanged"] == 3


def test_after_an_error_of_the_database_a_run_says_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save, saved = Store.save, []

    def save_or_fail(store: Store, page: Page, *rest: Any) -> Any:
        saved.append(page)
        if len(saved) > 105:  # the first hundred are a batch, which is committed
            raise sqlite3.OperationalError("disk I/O error")
        return save(store, page, *rest)

    monkeypatch.setattr(Store, "save", save_or_fail)
    with pytest.raises(sqlite3.OperationalError, match="disk I/O error"):
        run_pages((Page(f"{number}.html", body=b"<p>Too short.</p>") for number in range(200)), tmp_path / "a.db")
    status, said, found = _ending(tmp_path / "a.db")
    assert status == "failed"
    assert said == found < 105
