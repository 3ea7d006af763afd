"""Loading a page's file, and asking whether its bytes are known: what workers do before they read a page."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path

import pytest

from lab.samples import html_page, sentences
from tests.conftest import Read
from winnow.archive.index.lookups import has_bytes
from winnow.files import load
from winnow.items import Page, Reason
from winnow.read.page import read_page
from winnow.runs.worker_page import read_known_page

LIMIT = 1000


def page_at(file: Path) -> Page:
    return Page("a.html", "/pages", size=1, file=str(file))


def reason_of(page: Page) -> Reason | None:
    return page.problem.reason if page.problem else None


def test_page_gets_the_bytes_size_and_time_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * LIMIT)
    os.utime(tmp_path / "a", (0, 0))
    page = load(page_at(tmp_path / "a"), LIMIT)
    assert (page.body, page.size, page.modified) == (b"x" * LIMIT, LIMIT, "1970-01-01T00:00:00.000000+00:00")


def test_page_that_has_its_bytes_is_taken_as_it_is() -> None:
    page = Page("a.html", body=b"x" * (LIMIT + 1))
    assert load(page, LIMIT) is page


def test_file_over_the_limit_is_too_large(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * (LIMIT + 1))
    page = load(page_at(tmp_path / "a"), LIMIT)
    assert (reason_of(page), page.body, page.size) == (Reason.TOO_LARGE, b"", 1)


@pytest.mark.parametrize("kind", ["missing", "fifo", "folder"])
def test_what_is_no_file_any_more_is_unreadable(tmp_path: Path, kind: str) -> None:
    if kind == "fifo":
        os.mkfifo(tmp_path / "a")  # opening one to read would wait for a writer
    elif kind == "folder":
        (tmp_path / "a").mkdir()
    assert reason_of(load(page_at(tmp_path / "a"), LIMIT)) is Reason.UNREADABLE


def test_bytes_are_known_once_they_carry_an_article(read: Read, folder: Path, tmp_path: Path) -> None:
    article, notice = html_page("Story", sentences(1)).encode(), b"<p>Gone.</p>"
    (folder / "a.html").write_bytes(article)
    (folder / "b.html").write_bytes(notice)
    database = read(folder).database
    digests = [hashlib.sha256(body).hexdigest() for body in (article, notice, b"other")]
    assert [has_bytes(database, sha256) for sha256 in digests] == [True, False, False]
    assert not has_bytes(tmp_path / "missing.db", digests[0])


def test_known_bytes_are_not_extracted_unless_they_replace_others(read: Read, folder: Path) -> None:
    body = html_page("Story", sentences(1)).encode()
    (folder / "a.html").write_bytes(body)
    database, sha256 = read(folder).database, hashlib.sha256(body).hexdigest()
    page = Page("b.html", body=body, size=len(body))
    for replaces, is_read in ((None, False), (sha256, False), ("another", True)):
        reading = read_known_page(replace(page, replaces=replaces), database=database)
        assert (reading.sha256, reading.article is not None, reading.size) == (sha256, is_read, len(body))
    assert read_page(page).article
