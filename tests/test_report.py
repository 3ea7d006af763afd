"""`scrapy report` and `scrapy export`, in this process; and when a schedule is well."""

from __future__ import annotations

import doctest
import sqlite3
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from scrapy.cmdline import execute
from scrapy.settings import Settings

import crawler.names
import winnow.times
from lab.samples import html_page, sentences
from tests.conftest import PROJECT, SCRAPY, Crawled, Read, environment
from winnow.items import StartError
from winnow.tell.state import illness, open_archive

NOW = datetime(2026, 5, 2, 8, tzinfo=UTC)


@pytest.fixture
def read_once(read: Read, folder: Path) -> Crawled:
    (folder / "a.html").write_text(html_page("Alpha", sentences(1)))
    (folder / "b.txt").write_bytes(b"\x00\x01\x02binary" * 50)
    return read(folder)


def command(*words: str) -> int:
    """Run a command of the project in this process; give its exit status."""
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    with pytest.raises(SystemExit) as ended:
        execute(["scrapy", *words], settings)
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT)
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "crawler.settings")


def test_report_shows_the_archive_and_its_runs(read_once: Crawled, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("report", "-s", f"DATABASE={read_once.database}") == 0
    first, head, run = capsys.readouterr().out.splitlines()
    assert "1 articles from 2 pages (0 duplicates, 1 rejected)" in first
    assert head.split() == ["run", "started", "(UTC)", "status", "pages", "new", "changed", "unchanged", "duplicates",
                            "rejected", "failed", "took", "pages/s"]  # fmt: skip
    assert run.split()[3:] == ["finished", "2", "1", "0", "0", "0", "1", "0", *run.split()[11:]]


def test_report_tells_articles_by_kind_where_there_are_several(
    read: Read, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.html").write_text(html_page("Alpha", sentences(1)))
    (folder / "b.html").write_text(html_page("Beta", sentences(2)))
    database = read(folder).database
    db = sqlite3.connect(database)
    db.execute("UPDATE articles SET kind = iif(id = 1, 'listing', 'article')")
    db.commit()
    db.close()
    assert command("report", "-s", f"DATABASE={database}") == 0
    assert capsys.readouterr().out.splitlines()[1] == "  by kind: 1 article, 1 listing"


def test_report_says_whether_all_is_well(read_once: Crawled, capsys: pytest.CaptureFixture[str]) -> None:
    database = f"DATABASE={read_once.database}"
    assert command("report", "-s", database, "--max-age", "26") == 0
    db = sqlite3.connect(read_once.database)
    db.execute("UPDATE runs SET finished = '2026-01-01T00:00:00+00:00'")
    db.commit()
    db.close()
    assert command("report", "-s", database, "--max-age", "26") == 1
    assert "winnow: not well: the last good run ended" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["report", "extra"], "unknown argument extra"),
        (["report", "-s", "KNIDS=all"], "there is no setting KNIDS (did you mean KINDS?)"),
        (["report", "-s", "X=1"], "there is no setting X"),
        (["report", "--max-agee", "26"], "unknown argument --max-agee (did you mean --max-age?)"),
        (["export", "--out=x.csv"], "unknown argument --out=x.csv: usage is `scrapy export"),
        (["explain", "--lnes", "a.html"], "unknown argument --lnes (did you mean --lines?)"),
        (["report", "-s", "DATABASE=nowhere.db"], "nowhere.db does not exist"),
        (["report", "-s", "DATABASE=README.md"], "it is no SQLite database"),
        (["export"], "name one file or folder"),
        (["export", "a.html"], "no format is known for a.html"),
        (["export", "-", "--format", "parquet"], "cannot be written to standard output"),
        (["export", "-s", "DATABASE=nowhere.db", "a.csv"], "nowhere.db does not exist"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(*words) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("winnow: ")
    assert said in line


@pytest.mark.parametrize("words", [["report"], ["export", "-"], ["explain", "1"]], ids=lambda words: words[0])
def test_only_archives_of_this_winnow_are_read(
    words: list[str], read_once: Crawled, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db = sqlite3.connect(read_once.database)
    db.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('winnow', 'm999_x', 'later')")
    db.commit()
    db.close()
    sqlite3.connect(tmp_path / "other.db").close()
    newer, foreign = (read_once.database, "newer Winnow (m999_x)"), (tmp_path / "other.db", "no Winnow database")
    for database, said in (newer, foreign):
        assert command(*words, "-s", f"DATABASE={database}") == 1
        [line] = capsys.readouterr().err.splitlines()
        assert line.startswith("winnow: ")
        assert said in line


def test_export_tells_how_many(read_once: Crawled, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = f"DATABASE={read_once.database}"
    assert command("export", "-s", database, str(tmp_path / "all.csv")) == 0
    assert "1 articles written to" in capsys.readouterr().out
    assert command("export", "-s", database, "--since", "last", "-") == 0
    assert capsys.readouterr().out.startswith('{"id": 1, "title": "Alpha"')
    assert command("export", "-s", database, "--since", "7", "-") == 1


def test_commands_run_as_a_user_runs_them(read_once: Crawled) -> None:
    shown = [*SCRAPY, "report", "-s", f"DATABASE={read_once.database}", "--max-age", "1"]
    done = subprocess.run(shown, capture_output=True, text=True, cwd=PROJECT, env=environment())
    assert (done.returncode, done.stderr) == (0, "")
    assert "finished" in done.stdout


def test_reading_leaves_the_database_as_it_was(read_once: Crawled, tmp_path: Path) -> None:
    before = read_once.database.read_bytes()
    open_archive(read_once.database).close()
    assert read_once.database.read_bytes() == before
    with pytest.raises(StartError):
        open_archive(tmp_path / "missing.db")
    assert not (tmp_path / "missing.db").exists()


def test_run_with_the_clock_ahead_does_not_silence_the_monitor(
    read_once: Crawled, capsys: pytest.CaptureFixture[str]
) -> None:
    db = sqlite3.connect(read_once.database)
    db.execute("UPDATE runs SET started = '2140-01-01T00:00:00+00:00', finished = '2140-01-01T00:00:09+00:00'")
    db.commit()
    db.close()
    assert command("report", "-s", f"DATABASE={read_once.database}", "--max-age", "26") == 1
    assert "run 1 ended at 2140-01-01T00:00:09+00:00, still to come" in capsys.readouterr().err


Runs = list[tuple[str | None, int, float]]  # status, failed pages, hours since the end


@pytest.mark.parametrize(
    ("runs", "said"),
    [
        ([], "no run has ended yet"),
        ([(None, 0, 0)], "no run has ended yet"),
        ([("finished", 0, 20)], None),
        ([("finished", 0, 27)], "the last good run ended 27.0 hours ago"),
        ([("finished", 0, 20), (None, 0, 0)], None),
        ([("finished", 0, 20), ("stopped", 0, 1)], "run 2, the last that ended, was stopped"),
        ([("finished", 0, 20), ("failed", 0, 1)], "run 2, the last that ended, was failed"),
        ([("stopped", 0, 20), ("finished", 0, 1)], None),
        ([("finished", 0, 30), ("finished", 0, -24)], "run 2 ended at 2026-05-03T08:00:00+00:00, still to come"),
        ([("finished", 0, -24), ("finished", 0, 1)], None),
        ([("finished", 0, -24), ("finished", 0, 27)], "the last good run ended 27.0 hours ago"),
        ([("finished", 0, -0.01)], None),  # half a minute, as clocks are set
        ([("finished", 0, 20), ("finished", 3, 1)], "3 pages failed inside Winnow in run 2"),
    ],
)
def test_illness(runs: Runs, said: str | None) -> None:
    db = sqlite3.connect(":memory:")
    db.row_factory = sqlite3.Row
    db.execute("CREATE TABLE runs (id INTEGER PRIMARY KEY, status, failed, finished)")
    for status, failed, hours in runs:
        finished = (NOW - timedelta(hours=hours)).isoformat() if status else None
        db.execute("INSERT INTO runs (status, failed, finished) VALUES (?, ?, ?)", [status, failed, finished])
    found = illness(db, 26, now=NOW)
    assert found is None if said is None else said in (found or "")
    if said and "pages failed" in said:
        assert illness(db, 26, max_failed=3, now=NOW) is None
    db.close()


def test_durations_are_said_as_one_says_them() -> None:
    assert doctest.testmod(winnow.times).failed == 0
    assert winnow.times.duration(59.96) == "1 min 0 s"


def test_name_that_was_meant_is_found() -> None:
    assert doctest.testmod(crawler.names).failed == 0


def test_whoever_has_read_enough_may_leave(read_once: Crawled) -> None:
    database = f"DATABASE={read_once.database}"
    for words in (["report"], ["export", "-"]):
        shown = [*SCRAPY, *words, "-s", database]
        process = subprocess.Popen(
            shown, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=PROJECT, env=environment()
        )
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        process.stderr.close()
        process.wait()
