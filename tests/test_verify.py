"""Files whose size and time have not changed are read anew on request, or once in so many days."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import winnow.files
from lab.samples import html_page, jsonl, packed, record, sentences
from tests.conftest import Crawl, Read
from winnow.archive.store import Store
from winnow.runs import one_process
from winnow.runs.counts import Counts
from winnow.runs.run import Run
from winnow.runs.verify import Verify

BEGIN = datetime(2024, 3, 1, 2, 30, tzinfo=UTC)


def write(file: Path, body: bytes) -> None:
    """Write bytes of the same length behind the same size and time."""
    before = file.stat()
    assert len(body) == before.st_size
    file.write_bytes(body)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def altered(file: Path) -> bytes:
    """Return a page with another figure in its text."""
    return file.read_bytes().replace(b"4,100 people", b"7,300 people")


def page(number: int) -> str:
    return html_page(f"Story {number}", ["It is a place of 4,100 people, the council says.", *sentences(number)])


@pytest.fixture
def pages(folder: Path) -> Path:
    """Return a folder with two pages, a page that is rejected, and containers of two records each."""
    for number in range(2):
        (folder / f"{number}.html").write_text(page(number))
    (folder / "error.html").write_text("<p>Not found.</p>")
    (folder / "lines.jsonl").write_bytes(jsonl(*({"html": page(number)} for number in (2, 3))))
    (folder / "packed.warc.gz").write_bytes(packed(record(f"http://a.example/{n}", page(n).encode()) for n in (4, 5)))
    return folder


def test_nothing_is_read_anew_unless_it_is_asked_for(crawl: Crawl, pages: Path) -> None:
    assert crawl(pages).status == 0
    write(pages / "0.html", altered(pages / "0.html"))
    done = crawl(pages)
    assert done.last_run["unchanged"] == 7
    assert "read anew" not in done.out


def test_bytes_that_have_changed_behind_the_same_size_and_time_are_found(crawl: Crawl, pages: Path) -> None:
    crawl(pages)
    write(pages / "1.html", altered(pages / "1.html"))
    write(pages / "lines.jsonl", altered(pages / "lines.jsonl"))
    done = crawl(pages, "-a", "verify=1")
    assert done.status == 0
    assert (done.last_run["changed"], done.last_run["unchanged"]) == (3, 4)
    assert "\n  read anew: 7 of the same size and time, 3 with other bytes\n" in done.out
    query = "SELECT path FROM articles a JOIN pages p ON p.id = page_id WHERE text LIKE '%7,300 people%' ORDER BY path"
    assert [row["path"] for row in done.rows(query)] == ["1.html", "lines.jsonl#1", "lines.jsonl#2"]
    again = crawl(pages, "-a", "verify=1")
    assert (again.last_run["changed"], again.last_run["unchanged"]) == (0, 7)
    assert "\n  read anew: 7 of the same size and time, 0 with other bytes\n" in again.out


@pytest.fixture
def verified(read: Read, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path, Verify], Counts]:
    """Return a function that reads a folder as told, and returns the counts of the run."""

    kept: list[Run] = []
    wanted: list[Verify] = []

    class Kept(Run):
        def __init__(self, store: Store) -> None:
            super().__init__(store)
            kept.append(self)
            self.verify = wanted[-1]

    monkeypatch.setattr(one_process, "Run", Kept)

    def do(folder: Path, verify: Verify) -> Counts:
        wanted.append(verify)
        read(folder)
        return kept[-1].counts

    return do


def test_known_bytes_are_not_extracted_again(
    pages: Path, verified: Callable[[Path, Verify], Counts], monkeypatch: pytest.MonkeyPatch
) -> None:
    verified(pages, Verify())
    monkeypatch.setattr("winnow.read.page.decode", None)
    counts = verified(pages, Verify(everything=True))
    assert (counts.anew, counts.other_bytes, counts.unchanged) == (7, 0, 7)


def test_file_that_changes_while_it_is_read_is_no_surprise(
    pages: Path, verified: Callable[[Path, Verify], Counts], monkeypatch: pytest.MonkeyPatch
) -> None:
    verified(pages, Verify())
    real = winnow.files.open_regular

    def grow(name: str) -> object:
        if name.endswith("0.html"):
            Path(name).write_text(page(9) + "<p>More.</p>")
        return real(name)

    monkeypatch.setattr(winnow.files, "open_regular", grow)
    counts = verified(pages, Verify(everything=True))
    assert (counts.anew, counts.other_bytes) == (6, 0)


def test_container_that_has_grown_is_read_whole_when_its_turn_comes(
    pages: Path, verified: Callable[[Path, Verify], Counts]
) -> None:
    verified(pages, Verify())
    with (pages / "lines.jsonl").open("ab") as out:
        out.write(jsonl({"html": page(6)}))
    counts = verified(pages, Verify(everything=True))
    assert (counts.anew, counts.other_bytes, counts.unchanged, counts.ended) == (5, 0, 7, 8)


@given(st.lists(st.integers(1, 200), min_size=1, max_size=40), st.integers(1, 40), st.text(max_size=20))
def test_every_file_is_due_in_the_first_run_after_its_days(hours: list[int], days: int, path: str) -> None:
    """Whichever nights are missed, a file that was not due for so many days is due now."""
    moments = [BEGIN]
    for step in hours:
        moments.append(moments[-1] + timedelta(hours=step))
    last = moments[0]
    for before, now in pairwise(moments):
        if Verify(days).is_due(path, before.isoformat(), now.isoformat()):
            last = now
        assert now - last < timedelta(days=days)


def test_each_night_has_its_share() -> None:
    verify, paths = Verify(30), [f"{number // 100}/{number}.html" for number in range(3_000)]
    nights = [(BEGIN + timedelta(days=day)).isoformat() for day in range(31)]
    for before, now in pairwise(nights):
        assert 60 < sum(verify.is_due(path, before, now) for path in paths) < 140


def test_two_runs_in_one_day_share_the_day() -> None:
    verify, paths = Verify(10), [f"{number}.html" for number in range(1_000)]
    times = [(BEGIN + timedelta(hours=hour)).isoformat() for hour in (0, 12, 24)]
    due = [{path for path in paths if verify.is_due(path, *pair)} for pair in (times[:2], times[1:], times[::2])]
    assert due[0] | due[1] == due[2]
    assert not due[0] & due[1]


@pytest.mark.parametrize("given", ["2", "yes", ""])
def test_value_that_means_nothing_is_refused(crawl: Crawl, folder: Path, given: str) -> None:
    done = crawl(folder, "-a", f"verify={given}")
    assert done.status == 1
    assert done.err == f"winnow: verify={given} cannot be used: give True or False\n"
