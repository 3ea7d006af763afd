"""Standard output that is closed, full or in another encoding: no traceback, and the verdict stays as it is."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import TextIO

import pytest

from lab.samples import html_page, sentences
from tests.conftest import PROJECT, SCRAPY, Crawled, Read, environment
from tests.test_report import _in_the_project, command  # noqa: F401

TITLE = "Überfahrt nach 北京 und Ålesund"


@pytest.fixture
def archive(read: Read, folder: Path) -> Crawled:
    (folder / "a.html").write_text(html_page(TITLE, sentences(1)), encoding="utf-8")
    return read(folder)


def full() -> TextIO:
    return open("/dev/full", "w")


def closed() -> TextIO:
    reads, writes = os.pipe()
    os.close(reads)
    return os.fdopen(writes, "w")


@pytest.fixture
def to(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[TextIO | None], None]]:
    """Return a function that gives this process another standard output; at the end, it must be able to close it."""
    opened: list[TextIO] = []

    def give(stream: TextIO | None) -> None:
        opened.extend([stream] if stream else [])
        monkeypatch.setattr(sys, "stdout", stream)

    yield give
    for stream in opened:
        stream.close()


@pytest.mark.parametrize("redirected", ["> /dev/full", "2> /dev/full", ">&-", "| true"])
def test_run_ends_as_it_would_whatever_becomes_of_its_output(folder: Path, tmp_path: Path, redirected: str) -> None:
    (folder / "a.html").write_text(html_page("Alpha", sentences(1)))
    database = tmp_path / "articles.db"
    crawl = [*SCRAPY, "crawl", "seeds", "-a", f"path={folder}", "-s", f"DATABASE={database}"]
    shell = ["bash", "-c", f'"$@" {redirected}; exit "${{PIPESTATUS[0]}}"', "bash", *crawl]
    done = subprocess.run(shell, capture_output=True, text=True, cwd=PROJECT, env=environment())
    assert (done.returncode, done.stderr) == (0, "")
    rows = Crawled(0, "", "", database).rows("SELECT status, new FROM runs")
    assert rows == [{"status": "finished", "new": 1}]


@pytest.mark.parametrize("words", [["report"], ["export", "-"], ["explain", "1"]], ids=lambda words: words[0])
def test_full_output_is_one_line(
    words: list[str], archive: Crawled, to: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    to(full())
    assert command(*words, "-s", f"DATABASE={archive.database}") == 1
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("winnow: ")
    assert "cannot be written: No space left on device" in line


@pytest.mark.parametrize("stream", [closed, lambda: None], ids=["closed pipe", "none"])
def test_monitor_hears_what_is_wrong_whoever_reads_the_report(
    stream: Callable[[], TextIO | None],
    archive: Crawled,
    to: Callable[..., None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    database = f"DATABASE={archive.database}"
    to(stream())
    assert command("report", "-s", database, "--max-age", "26") == 0
    to(stream())
    assert command("report", "-s", database, "--max-age", "-1") == 1
    assert "not well" in capsys.readouterr().err


def test_export_to_a_closed_output_is_refused(
    archive: Crawled, to: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    to(None)
    assert command("export", "-", "-s", f"DATABASE={archive.database}") == 1
    assert capsys.readouterr().err == "winnow: standard output is closed: name a file\n"


def test_export_is_utf_8_whatever_a_terminal_shows(archive: Crawled, to: Callable[..., None]) -> None:
    held = BytesIO()
    to(TextIOWrapper(held, encoding="latin-1"))
    assert command("export", "-", "-s", f"DATABASE={archive.database}") == 0
    assert TITLE in held.getvalue().decode("utf-8")


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("latin-1", "Überfahrt nach \\u5317\\u4eac und Ålesund"),
        ("ascii", "\\xdcberfahrt nach \\u5317\\u4eac und \\xc5le"),
    ],
)
def test_title_that_the_output_cannot_show_is_escaped(
    archive: Crawled, to: Callable[..., None], encoding: str, shown: str
) -> None:
    held = BytesIO()
    to(TextIOWrapper(held, encoding=encoding))
    assert command("explain", "1", "-s", f"DATABASE={archive.database}") == 0
    assert shown in held.getvalue().decode(encoding)
