"""What a user can get wrong: each ends in one clear line and the right exit status."""

from __future__ import annotations

import fcntl
import os
import signal
import sqlite3
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from crawler.summary import shown
from lab.samples import html_page, jsonl, sentences
from tests.conftest import PROJECT, SCRAPY, Crawl, Crawled, environment, scrapy


def assert_refused(done: Crawled, *said: str) -> None:
    assert done.status == 1
    assert done.out == ""
    [line] = done.err.splitlines()
    assert line.startswith("winnow: ")
    for words in said:
        assert words in line


def test_missing_folder(crawl: Crawl, tmp_path: Path) -> None:
    done = crawl(tmp_path / "nowhere")
    assert_refused(done, "nowhere", "No such file or directory", "-a path=")
    assert not done.database.exists()


def test_workers_that_cannot_start(crawl: Crawl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "trafilatura.py").write_text("import left_out")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    done = crawl()
    assert done.status == 1
    assert "a worker process cannot start" in done.err
    assert "left_out" in done.err
    assert (done.last_run["status"], done.last_run["pages"]) == ("stopped", 0)  # all are left to the next run
    assert done.rows("SELECT path FROM pages") == []
    monkeypatch.delenv("PYTHONPATH")
    assert crawl().status == 0


def test_empty_folder_is_no_error_but_said(crawl: Crawl, folder: Path) -> None:
    done = crawl(folder)
    assert done.status == 0
    assert f"no page found in {folder}" in done.out


def test_database_in_a_missing_folder(crawl: Crawl, tmp_path: Path) -> None:
    assert_refused(crawl(database=tmp_path / "missing" / "a.db"), "missing does not exist")


def test_database_is_a_folder(crawl: Crawl, tmp_path: Path) -> None:
    assert_refused(crawl(database=tmp_path), "is a folder")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_unwritable_database(crawl: Crawl, tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    assert_refused(crawl(database=tmp_path / "closed" / "a.db"), "cannot be written")


def test_file_that_is_no_database_stays_untouched(crawl: Crawl, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Shopping list: flour, eggs, a new bicycle bell and something to read on the train.\n" * 20)
    before = file.read_bytes()
    assert_refused(crawl(database=file), "no SQLite database")
    assert file.read_bytes() == before


def test_database_of_another_program_stays_untouched(crawl: Crawl, tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    db = sqlite3.connect(file)
    db.execute("CREATE TABLE pages (number INTEGER)")
    db.close()
    before = file.read_bytes()
    assert_refused(crawl(database=file), "no Winnow database")
    assert file.read_bytes() == before


def test_database_from_a_newer_winnow(crawl: Crawl, folder: Path) -> None:
    done = crawl(folder)
    db = sqlite3.connect(done.database)
    db.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('winnow', 'm999_x', 'later')")
    db.commit()
    db.close()
    assert_refused(crawl(folder), "made by a newer Winnow (m999_x)")


def test_database_in_use_by_another_run(crawl: Crawl, folder: Path, tmp_path: Path) -> None:
    with open(tmp_path / "articles.db.lock", "w") as lock:
        lock.write("process 4711, started 2026-01-01T00:00:00+00:00")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert_refused(crawl(folder), "in use by another run (process 4711, started 2026-01-01")


def test_lock_of_a_dead_run_does_not_block(crawl: Crawl, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "articles.db.lock").write_text("process 1, started long ago")
    assert crawl(folder).status == 0


def test_unknown_spider_argument(crawl: Crawl) -> None:
    assert_refused(crawl("seeds", "-a", "folder=x"), "unknown spider argument folder")


@pytest.mark.parametrize("setting", ["WORKERS=-1", "MAX_PAGE_BYTES=20MiB", "PROGRESS_ENABLED=perhaps"])
def test_setting_that_means_nothing(crawl: Crawl, folder: Path, setting: str) -> None:
    done = crawl(folder, "-s", setting)
    assert_refused(done, f"{setting} cannot be used: give")
    assert not done.database.exists()


@pytest.mark.parametrize("name", ["", "/new.jsonl"], ids=["a folder", "below a file"])
def test_feed_that_cannot_be_written(crawl: Crawl, folder: Path, tmp_path: Path, name: str) -> None:
    place = tmp_path / "place"
    place.touch() if name else place.mkdir()
    assert_refused(crawl(folder, "-O", f"{place}{name}:jsonl"), "the feed", "cannot be written")


def test_unknown_option(crawl: Crawl) -> None:
    assert_refused(crawl("seeds", "--path=x"), "unknown argument --path=x")


def test_misspelt_setting_is_refused_with_the_one_that_was_meant(crawl: Crawl, folder: Path) -> None:
    done = crawl(folder, "-s", "databse=other.db")
    assert_refused(done, "there is no setting databse (did you mean DATABASE?)")
    assert not done.database.exists()


def test_folder_that_a_filled_database_has_never_read_is_said_first(crawl: Crawl, folder: Path, tmp_path: Path) -> None:
    (folder / "a.html").write_text(html_page("Alpha", sentences(1)))
    other = tmp_path / "other"
    other.mkdir()
    (other / "b.html").write_text(html_page("Beta", sentences(2)))
    assert "before" not in crawl(folder).out
    done = crawl(other)
    assert done.status == 0
    assert done.out.splitlines()[0].endswith(f"has read nothing from {other} before; it holds pages from {folder}")
    assert "before" not in crawl(other).out


def test_unknown_spider() -> None:
    done = scrapy("crawl", "sedes")
    assert done.returncode == 1
    assert done.stderr.splitlines() == ["winnow: no spider is called sedes: there are seeds and sites"]


@pytest.mark.parametrize(
    ("number", "is_container"), [(signal.SIGINT, False), (signal.SIGTERM, True), (signal.SIGHUP, False)]
)
def test_signal_stops_the_run_soundly_and_the_next_one_goes_on(
    crawl: Crawl, folder: Path, tmp_path: Path, number: int, is_container: bool
) -> None:
    if signal.getsignal(number) is signal.SIG_IGN:
        pytest.skip("the tests run under `nohup`, and so would the crawl")
    pages_as_html = [html_page(f"Story {page}", sentences(page)) for page in range(300)]
    if is_container:
        (folder / "a.jsonl").write_bytes(jsonl(*({"html": html} for html in pages_as_html)))
    else:
        for page, html in enumerate(pages_as_html):
            (folder / f"{page:03}.html").write_text(html)
    database = tmp_path / "articles.db"
    command = [*SCRAPY, "crawl", "seeds", "-a", f"path={folder}", "-s", f"DATABASE={database}", "-L", "DEBUG"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=PROJECT, env=environment()
    ) as child:
        assert child.stderr is not None
        for line in child.stderr:
            if "article 20" in line:
                child.send_signal(number)
                break
        child.stderr.read()
    assert child.returncode == 3
    db = sqlite3.connect(database)
    [(status, pages, new, finished)] = db.execute("SELECT status, pages, new, finished FROM runs")
    assert status == "stopped"
    assert finished
    assert pages == new == db.execute("SELECT count(*) FROM articles").fetchone()[0] < 300
    db.close()
    done = crawl(folder)
    assert done.status == 0
    assert len(done.rows("SELECT id FROM articles")) == 300
    assert done.last_run["unchanged"] == pages


EARLY_SIGNAL = """
import importlib, os, signal, sys
from scrapy.cmdline import execute
import crawler.spiders.seeds as seeds

def first(*args):
    os.kill(os.getpid(), signal.SIGTERM)
    setattr(module, name, function)
    return function(*args)

place, _, name = sys.argv.pop(1).rpartition(".")
module = importlib.import_module(place)
function = getattr(module, name)
setattr(module, name, first)
seeds.LOOKUP_BATCH = 1
execute(["scrapy", "crawl", "seeds", *sys.argv[1:]])
"""


def stopped_in(function: str, folder: Path, database: Path) -> Crawled:
    """Crawl a folder; a SIGTERM comes when a function, named by its module, is first called."""
    command = [sys.executable, "-c", EARLY_SIGNAL, function, "-a", f"path={folder}", "-s", f"DATABASE={database}"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, env=environment())
    assert done.returncode == 3, done
    return Crawled(done.returncode, done.stdout, done.stderr, database)


def test_signal_acts_while_nothing_has_changed(crawl: Crawl, folder: Path, tmp_path: Path) -> None:
    for page in range(200):
        (folder / f"{page:03}.html").touch()
    assert crawl(folder).status == 0
    stopped = stopped_in("crawler.spiders.seeds.changed_files", folder, tmp_path / "articles.db").last_run
    assert stopped["status"] == "stopped"
    assert 1 <= stopped["unchanged"] < 200


def test_signal_acts_in_a_container_in_which_no_record_is_a_page(folder: Path, tmp_path: Path) -> None:
    (folder / "a.jsonl").write_bytes(b"\n" * 2_000_000)
    done = stopped_in("crawler.containers.as_batch", folder, tmp_path / "articles.db")
    assert done.last_run["status"] == "stopped"
    assert done.rows("SELECT size FROM containers") == [{"size": None}]  # not read to its end: the next run goes on


STOP_AT_A_TURN = """
import os, signal, sys
from scrapy.cmdline import execute
import pipelines.store
from winnow.runs.turnstile import Turnstile

def first(self, ticket):
    Turnstile.turn = turn
    os.kill(os.getpid(), signal.SIGTERM)
    return turn(self, ticket)

pipelines.store.STOP_SECONDS = 1e-9
turn, Turnstile.turn = Turnstile.turn, first
execute(["scrapy", "crawl", "seeds", *sys.argv[1:]])
"""


def test_pages_behind_one_that_a_stopped_run_left_are_left_too(crawl: Crawl, folder: Path, tmp_path: Path) -> None:
    story = html_page("The late ferry", sentences(1))
    (folder / "1-fault-wait.html").write_text(story)  # keeps its worker until the run ends
    for page in range(2, 7):  # so many that a second worker starts
        (folder / f"{page}.html").write_text(story.replace("<body>", f"<body><!-- capture {page} -->"))
    command = [
        sys.executable,
        "-c",
        STOP_AT_A_TURN,
        "-a",
        f"path={folder}",
        "-s",
        f"DATABASE={tmp_path / 'articles.db'}",
    ]
    faulty = environment() | {"SCRAPY_SETTINGS_MODULE": "lab.torture.faulty_settings"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, env=faulty)
    assert done.returncode == 3, done
    stopped = Crawled(3, done.stdout, done.stderr, tmp_path / "articles.db")
    assert (stopped.pages(), stopped.last_run["pages"]) == ({}, 0)
    assert [reason for _, reason in crawl(folder).pages().values()] == ["new"] + 5 * ["same text"]


LATE_SIGNALS = """
import os, signal, sys
from scrapy.cmdline import execute

class Late:
    def __del__(self, kill=os.kill, pid=os.getpid(), numbers=(signal.SIGINT, signal.SIGTERM)):
        for number in numbers:
            kill(pid, number)

late = Late()  # dies with this module, after Python has given up its signal handlers
execute(["scrapy", "crawl", "seeds", *sys.argv[1:]])
"""


def test_signal_that_comes_after_the_end_leaves_the_status_as_it_is(folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", LATE_SIGNALS, "-a", f"path={folder}", "-s", f"DATABASE={tmp_path / 'articles.db'}"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, env=environment())
    assert (done.returncode, done.stderr) == (0, ""), done
    assert "article" in done.stdout


def test_killed_run_is_marked_failed_and_the_next_one_goes_on(crawl: Crawl, folder: Path, tmp_path: Path) -> None:
    for page in range(300):
        (folder / f"{page:03}.html").write_text(html_page(f"Story {page}", sentences(page)))
    database = tmp_path / "articles.db"
    command = [*SCRAPY, "crawl", "seeds", "-a", f"path={folder}", "-s", f"DATABASE={database}", "-L", "DEBUG"]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=PROJECT, env=environment()
    ) as child:
        assert child.stderr is not None
        for line in child.stderr:
            if "article 150" in line:
                child.kill()
                break
    done = crawl(folder)
    assert done.status == 0
    assert [row["status"] for row in done.rows("SELECT status FROM runs ORDER BY id")] == ["failed", "finished"]
    undisturbed = crawl(folder, database=tmp_path / "undisturbed.db")
    query = "SELECT path, outcome, reason, article_id, text_sha256 FROM pages ORDER BY id"
    assert done.rows(query) == undisturbed.rows(query)
    assert done.rows("PRAGMA integrity_check") == [{"integrity_check": "ok"}]


def test_summary_names_pages_reasons_and_the_next_command(crawl: Crawl) -> None:
    done = crawl()
    assert "19 pages in" in done.out
    assert "1 same bytes" in done.out
    assert "1 not text" in done.out
    assert "make browse DATABASE=" in done.out


def test_summary_writes_paths_as_one_types_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "project").mkdir()
    monkeypatch.chdir(tmp_path / "project")
    names = {"project/a.db": "a.db", "other/a.db": "~/other/a.db", "../a.db": str(tmp_path.parent / "a.db")}
    assert {name: shown((tmp_path / name).resolve()) for name in names} == names


def test_progress_bar_is_drawn_on_a_terminal_only(folder: Path, tmp_path: Path) -> None:
    (folder / "a.html").write_text(html_page("Alpha", sentences(1)))
    command = [*SCRAPY, "crawl", "seeds", "-a", f"path={folder}", "-s", f"DATABASE={tmp_path / 'a.db'}"]
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 120, 0, 0))
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, cwd=PROJECT, env=environment())
    os.close(theirs)
    drawn = b""
    while True:
        try:
            chunk = os.read(ours, 65536)
        except OSError:
            break
        if not chunk:
            break
        drawn += chunk
    child.communicate()
    os.close(ours)
    assert child.returncode == 0
    assert b"1 of 1, 00:00 left" in drawn
    assert b"1 worker" in drawn or b"workers" in drawn
    assert b", 1 new" in drawn
