"""Whole crawls in a child process: what comes out of `seeds/`, out of a second run and out of changed folders."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from sqlite_utils import Database

from lab.samples import html_page, sentences
from tests.conftest import SEEDS, Crawl, read_jsonl
from winnow.items import METADATA, Page
from winnow.runs.one_process import run_pages
from winnow.sources.folder import SeedFile, seed_files

DECISIONS = "SELECT path, outcome, reason, detail, article_id, similarity, title, text_sha256, word_count FROM pages"
ARTICLES = f"""SELECT a.id, {", ".join(f"a.{name}" for name in METADATA)}, a.text, a.word_count, a.page_count, p.path
    FROM articles a JOIN pages p ON p.id = a.page_id"""


def test_sample_pages_end_in_the_outcomes_the_readme_shows(crawl: Crawl) -> None:
    done = crawl()
    assert done.status == 0, done.err
    assert done.err == ""
    assert done.pages() == {
        "harbour-gazette/2024-03-02-ferry-terminal.html": ("article", "new"),
        "harbour-gazette/2024-03-02-ferry-terminal_copy.html": ("duplicate", "same bytes"),
        "harbour-gazette/2024-03-02-ferry-terminal_preview.html": ("duplicate", "excerpt"),
        "harbour-gazette/2024-03-09-ferry-terminal_corrected.html": ("article", "changed"),
        "harbour-gazette/2024-03-15-lighthouse-diaries.html": ("article", "new"),
        "harbour-gazette/index.html": ("article", "new"),
        "harbour-gazette/not-found.html": ("rejected", "no article"),
        "northfold-review/2024-03-04-saltmere-terminal.html": ("duplicate", "near-duplicate"),
        "northfold-review/2024-04-11-night-bus.html.gz": ("article", "new"),
        "northfold-review/2024-05-23-unnamed-apple": ("article", "new"),
        "northfold-review/2024-05-23-unnamed-apple_print.html": ("duplicate", "same text"),
        "northfold-review/consent.html": ("rejected", "no article"),
        "northfold-review/tides/2024-04-05.html": ("article", "new"),
        "northfold-review/tides/2024-04-12.html": ("article", "new"),
        "text-captures/2024-03-02-ferry-terminal.txt": ("duplicate", "same text"),
        "text-captures/2024-05-14-four-communal.txt": ("article", "new"),
        "text-captures/2024-06-18-ferry-terminal.txt": ("duplicate", "same text"),
        "text-captures/logo.txt": ("rejected", "not text"),
        "uferblatt/2024-02-22-stadtbuecherei.html": ("article", "new"),
    }


def test_second_run_reads_nothing_and_changes_nothing(crawl: Crawl) -> None:
    first = crawl()
    before = (first.rows(DECISIONS), first.rows(ARTICLES))
    second = crawl()
    assert second.status == 0
    assert (second.rows(DECISIONS), second.rows(ARTICLES)) == before
    run = second.last_run
    assert (run["pages"], run["unchanged"], run["status"]) == (19, 19, "finished")
    assert {row["last_run"] for row in second.rows("SELECT last_run FROM pages")} == {run["id"]}


def test_rows_do_not_depend_on_the_number_of_workers_nor_on_scrapy(crawl: Crawl, tmp_path: Path) -> None:
    one = crawl(SEEDS, "-s", "WORKERS=1", database=tmp_path / "one.db")
    four = crawl(SEEDS, "-s", "WORKERS=4", database=tmp_path / "four.db")
    run_pages(_pages_of(SEEDS), tmp_path / "plain.db")
    plain = Database(tmp_path / "plain.db")
    for query in (DECISIONS, ARTICLES, "SELECT page_id, hashes FROM recent_sketches", "SELECT sha256, text FROM texts"):
        assert one.rows(query) == four.rows(query) == list(plain.query(query))
    plain.close()


def _pages_of(folder: Path) -> list[Page]:
    found = [seed for seed in seed_files(folder) if isinstance(seed, SeedFile)]
    return [Page(seed.path, str(folder), Path(seed.file).read_bytes(), seed.size, seed.modified) for seed in found]


def test_feed_holds_exactly_the_new_and_changed_articles(crawl: Crawl, folder: Path, tmp_path: Path) -> None:
    feed = tmp_path / "new.jsonl"
    (folder / "a.html").write_text(html_page("Alpha story", sentences(1)))
    (folder / "b.html").write_text(html_page("Beta story", sentences(2)))
    crawl(folder, "-O", str(feed))
    assert [item["path"] for item in read_jsonl(feed)] == ["a.html", "b.html"]
    (folder / "b.html").write_text(html_page("Beta story", [*sentences(2), *sentences(21, 1)]))
    (folder / "c.html").write_text(html_page("Gamma story", sentences(3)))
    (folder / "d.html").write_text(html_page("Gamma story", sentences(3), teasers="<p>Another teaser here</p>"))
    crawl(folder, "-O", str(feed))
    items = read_jsonl(feed)
    assert [item["path"] for item in items] == ["b.html", "c.html"]
    assert items[0]["text"].endswith(sentences(21, 1)[0])


def test_feed_gives_an_article_once_when_its_full_page_comes_after_an_excerpt(
    crawl: Crawl, folder: Path, tmp_path: Path
) -> None:
    feed = tmp_path / "new.jsonl"
    (folder / "a-preview.html").write_text(html_page("Alpha story", sentences(1)[:3]))
    (folder / "b-full.html").write_text(html_page("Alpha story", sentences(1)))
    done = crawl(folder, "-O", str(feed))
    items = read_jsonl(feed)
    assert [item["path"] for item in items] == ["b-full.html"]
    assert sentences(1)[-1] in items[0]["text"]
    assert done.pages() == {"a-preview.html": ("duplicate", "excerpt"), "b-full.html": ("article", "changed")}


def test_one_file_can_be_crawled(crawl: Crawl) -> None:
    done = crawl(SEEDS / "text-captures/2024-05-14-four-communal.txt")
    assert done.pages() == {"2024-05-14-four-communal.txt": ("article", "new")}


def test_pages_that_fail_inside_winnow_end_with_status_4_and_do_not_hurt_others(crawl: Crawl, folder: Path) -> None:
    (folder / "a.html").write_text(html_page("Alpha", sentences(1)))
    (folder / "b.html").write_text("<div>" + "<p>w</p><i>x</i>" * 1_000_000 + "</div>")
    (folder / "c.html").write_text(html_page("Gamma", sentences(3)))
    done = crawl(folder, "-s", "PAGE_CPU_SECONDS=1")
    assert done.status == 4, done.err
    assert done.pages() == {
        "a.html": ("article", "new"),
        "b.html": ("rejected", "time limit"),
        "c.html": ("article", "new"),
    }
    assert (done.last_run["failed"], done.last_run["status"]) == (1, "finished")


def test_files_over_the_limit_are_rejected_unread(crawl: Crawl, folder: Path) -> None:
    (folder / "a.html").write_text(html_page("Alpha", sentences(1)))
    (folder / "b.html").write_text("x" * 50_001)
    done = crawl(folder, "-s", "MAX_PAGE_BYTES=50000")
    assert done.status == 0
    assert done.pages()["b.html"] == ("rejected", "too large")
    assert done.rows("SELECT sha256, size FROM pages WHERE path = 'b.html'") == [{"sha256": None, "size": 50_001}]


def test_odd_names_and_files_are_recorded_or_listed_as_skipped(crawl: Crawl, folder: Path, tmp_path: Path) -> None:
    page = html_page("Alpha", sentences(1))
    for name in (b"-dash.html", b"new\nline.html", b"not-utf8-\xff.html", b"back\\slash.html", b"per%41cent#?.html"):
        (Path(os.fsdecode(os.path.join(os.fsencode(folder), name)))).write_text(page)
    (folder / ".hidden.html").write_text(page)
    (tmp_path / "outside.html").write_text(page)
    (folder / "leaves.html").symlink_to(tmp_path / "outside.html")
    (folder / "folder.html").mkdir()
    os.mkfifo(folder / "fifo.html")
    done = crawl(folder)
    assert done.status == 0, done.err
    assert set(done.pages()) == {
        "-dash.html", "new\nline.html", "not-utf8-\\xff.html", "back\\\\slash.html", "per%41cent#?.html",
    }  # fmt: skip
    assert "1 hidden" in done.out
    assert "leaves.html: skipped: a link that leaves the folder" in done.err
    assert "fifo.html: skipped: not a regular file" in done.err


def test_database_of_the_real_captures_holds_one_article(crawl: Crawl) -> None:
    captures = SEEDS.parent.parent / "shared" / "seeds"
    if not captures.is_dir():
        pytest.skip("the real captures lie beside the project only where it is developed")
    done = crawl(captures)
    assert done.status == 0
    assert sorted(outcome for outcome, _ in done.pages().values()) == ["article", "duplicate"]
    [article] = done.rows("SELECT * FROM articles")
    assert article["date"] is None
    assert len(article["text"].split("\n\n")) == 9


def test_copied_folder_is_recognised_without_extraction(crawl: Crawl, folder: Path, tmp_path: Path) -> None:
    (folder / "a.html").write_text(html_page("Alpha", sentences(1)))
    crawl(folder)
    moved = tmp_path / "moved"
    shutil.copytree(folder, moved)
    done = crawl(moved)
    assert [row["reason"] for row in done.rows("SELECT reason FROM pages ORDER BY id")] == ["new", "same bytes"]


def test_folder_may_have_any_name(crawl: Crawl, tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9 \x1b[31m\nred"))
    folder.mkdir()
    empty = crawl(folder)
    assert empty.status == 0, empty.err
    assert "\x1b" not in empty.out
    (folder / "a.html").write_text(html_page("Alpha", sentences(1)))
    for _ in range(2):
        done = crawl(folder)
        assert done.status == 0, done.err
    assert done.last_run["unchanged"] == 1
    assert done.rows("SELECT root FROM pages")[0]["root"].endswith("/caf\\xe9 \x1b[31m\nred")
