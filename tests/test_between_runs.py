"""What adding, changing, touching, renaming and deleting files between runs does."""

from __future__ import annotations

import gzip
import os
import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from lab.samples import html_page, jsonl, sentences
from tests.conftest import Read
from winnow.archive.store import Store
from winnow.items import Page, Reason, Rejection
from winnow.read.page import read_page
from winnow.reading import Reading
from winnow.runs.rebuild import rebuild
from winnow.runs.run import Run


class TestBetweenRuns:
    """What adding, changing, touching, renaming and deleting files does."""

    @pytest.fixture
    def crawled(self, read: Read, folder: Path) -> Path:
        for number in range(3):
            (folder / f"{number}.html").write_text(html_page(f"Story {number}", sentences(number)))
        read(folder)
        return folder

    def test_added_file_is_new(self, read: Read, crawled: Path) -> None:
        (crawled / "3.html").write_text(html_page("Story 3", sentences(3)))
        done = read(crawled)
        assert done.pages()["3.html"] == ("article", "new")
        assert (done.last_run["new"], done.last_run["unchanged"]) == (1, 3)

    def test_no_article_is_last_seen_before_it_was_first_seen(self, read: Read, crawled: Path, tmp_path: Path) -> None:
        (crawled / "9.jsonl").write_bytes(jsonl({"html": html_page("Record", sentences(9))}))
        read(crawled)
        db = sqlite3.connect(tmp_path / "articles.db")  # as if the clock of these runs had been ahead
        db.execute("UPDATE runs SET started = '2140-01-01T00:00:00+00:00'")
        db.execute("UPDATE articles SET first_seen = '2140-01-01T00:00:00+00:00', last_seen = first_seen")
        db.commit()
        db.close()
        (crawled / "1.html").write_text(html_page("Story 1", [*sentences(1), *sentences(11, 2)]))
        for act in (read, lambda _: rebuild(tmp_path / "articles.db", lambda *_: None)):
            act(crawled)
            rows = Database(tmp_path / "articles.db").query("SELECT first_seen, last_seen FROM articles")
            assert [row["last_seen"] >= row["first_seen"] for row in rows] == [True] * 4

    def test_touched_file_is_unchanged_and_not_read_again(self, read: Read, crawled: Path) -> None:
        os.utime(crawled / "1.html", (1_700_000_000, 1_700_000_000))
        done = read(crawled)
        assert (done.last_run["pages"], done.last_run["unchanged"]) == (3, 3)
        assert done.rows("SELECT modified FROM pages WHERE path = '1.html'")[0]["modified"].startswith("2023-11-14")

    def test_renamed_file_is_a_duplicate_of_its_old_self(self, read: Read, crawled: Path) -> None:
        (crawled / "1.html").rename(crawled / "9.html")
        done = read(crawled)
        assert done.pages()["9.html"] == ("duplicate", "same bytes")
        assert len(done.rows("SELECT id FROM articles")) == 3

    def test_deleted_file_keeps_its_rows(self, read: Read, crawled: Path) -> None:
        (crawled / "1.html").unlink()
        done = read(crawled)
        row = done.rows(
            "SELECT p.last_run, a.page_count FROM pages p JOIN articles a ON a.id = p.article_id WHERE path = '1.html'"
        )[0]
        assert (row["last_run"], row["page_count"]) == (1, 1)
        assert done.last_run["pages"] == 2

    def test_changed_page_updates_its_article_and_keeps_the_old_text(self, read: Read, crawled: Path) -> None:
        old = sentences(1)
        new = [old[0], "A corrected paragraph now says what really happened at the lighthouse on Monday.", *old[2:]]
        (crawled / "1.html").write_text(html_page("Story 1, corrected", new))
        done = read(crawled)
        assert done.pages()["1.html"] == ("article", "changed")
        article = done.rows("SELECT * FROM articles WHERE id = 2")[0]
        assert article["title"] == "Story 1, corrected"
        assert new[1] in article["text"]
        revision = done.rows("SELECT r.title, t.text FROM revisions r JOIN texts t ON t.sha256 = r.text_sha256")[0]
        assert revision["title"] == "Story 1"
        assert old[1] in revision["text"]
        assert _search(done.database, "lighthouse") == [2]

    def test_page_changed_back_updates_its_article_again(self, read: Read, crawled: Path) -> None:
        original = (crawled / "1.html").read_text()
        (crawled / "1.html").write_text(html_page("Story 1", [*sentences(1), *sentences(77, 1)]))
        read(crawled)
        (crawled / "1.html").write_text(original)
        done = read(crawled)
        assert done.last_run["changed"] == 1
        assert sentences(77, 1)[0] not in done.rows("SELECT text FROM articles WHERE id = 2")[0]["text"]
        assert len(done.rows("SELECT id FROM revisions")) == 2

    def test_duplicate_changed_back_is_what_it_was(self, read: Read, crawled: Path) -> None:
        versions = [html_page("Story 1", [*sentences(1), *sentences(number, 1)]) for number in (60, 61)]
        for version in (0, 1, 0):
            (crawled / "9.html").write_text(versions[version])
            done = read(crawled)
        rows = done.rows("SELECT outcome, detail, last_run FROM pages WHERE path = '9.html' ORDER BY id")
        assert [row["outcome"] for row in rows] == ["duplicate", "duplicate"]
        assert rows[0]["last_run"] == done.last_run["id"] > rows[1]["last_run"]
        assert (done.last_run["pages"], done.last_run["unchanged"]) == (4, 4)

    @pytest.mark.parametrize("between", [html_page("Story 70", sentences(70)), "<p>Not found"], ids=["article", "none"])
    def test_page_that_carries_its_old_article_again_is_what_it_was(
        self, read: Read, crawled: Path, between: str
    ) -> None:
        original = (crawled / "1.html").read_text()
        canonical = "SELECT p.path, p.outcome, p.reason FROM articles a JOIN pages p ON p.id = a.page_id ORDER BY a.id"
        before = read(crawled).rows(canonical)
        for version in (between, original, between, original):
            (crawled / "1.html").write_text(version)
            done = read(crawled)
        assert done.rows(canonical)[: len(before)] == before
        assert (done.last_run["pages"], done.last_run["unchanged"]) == (3, 3)
        assert done.rows("SELECT reason FROM pages WHERE path = '1.html' ORDER BY last_run DESC")[0]["reason"] == "new"

    def test_page_with_other_furniture_only_is_no_change_of_its_article(self, read: Read, crawled: Path) -> None:
        (crawled / "1.html").write_text(html_page("Story 1", sentences(1), teasers="<p>New teaser of the day</p>"))
        done = read(crawled)
        assert done.pages()["1.html"] == ("duplicate", "same text")
        assert done.rows("SELECT id FROM revisions") == []

    def test_page_that_carries_another_article_now_makes_a_new_one(self, read: Read, crawled: Path) -> None:
        (crawled / "1.html").write_text(html_page("Story 50", sentences(50)))
        done = read(crawled)
        assert done.pages()["1.html"] == ("article", "new")
        assert [row["title"] for row in done.rows("SELECT title FROM articles ORDER BY id")] == [
            "Story 0", "Story 1", "Story 2", "Story 50",
        ]  # fmt: skip

    def test_article_keeps_its_page_when_that_comes_back_and_is_not_read_in_time(self, tmp_path: Path) -> None:
        bodies = [html_page(f"Story {number}", sentences(number)).encode() for number in (1, 2)]

        def too_slow(page: Page) -> Reading:
            return Reading(read_page(page).sha256, rejection=Rejection(Reason.TIME_LIMIT, "too slow"))

        for body, read in ((bodies[0], read_page), (bodies[1], read_page), (bodies[0], too_slow)):
            with Run(Store(tmp_path / "a.db")) as run:
                run.take(Page("a.html", body=body, size=len(body)), read)
        db = sqlite3.connect(tmp_path / "a.db")
        carried = "SELECT a.id, p.article_id, p.outcome FROM articles a JOIN pages p ON p.id = a.page_id"
        assert db.execute(carried).fetchall() == [(1, 1, "article"), (2, 2, "article")]
        assert db.execute("SELECT unchanged FROM runs ORDER BY id DESC").fetchone() == (1,)
        db.close()

    def test_page_that_lost_its_article_is_rejected_and_the_article_stays(self, read: Read, crawled: Path) -> None:
        (crawled / "1.html").write_text("<html><body><p>Gone.</p></body></html>")
        done = read(crawled)
        assert done.pages()["1.html"] == ("rejected", "no article")
        assert len(done.rows("SELECT id FROM articles")) == 3

    def test_file_that_could_not_be_read_is_tried_again(self, read: Read, crawled: Path) -> None:
        (crawled / "5.html.gz").write_bytes(gzip.compress(html_page("Story 5", sentences(5)).encode())[:-20])
        assert read(crawled).pages()["5.html.gz"] == ("rejected", "unreadable")
        done = read(crawled)
        assert (done.last_run["rejected"], done.last_run["unchanged"]) == (1, 3)


def _search(database: Path, word: str) -> list[int]:
    db = Database(database)
    try:
        return [row["id"] for row in db.table("articles").search(word, columns=["id"])]
    finally:
        db.close()


def test_search_finds_a_word_that_only_the_canonical_text_has(read: Read, folder: Path) -> None:
    (folder / "full.html").write_text(html_page("Alpha", [*sentences(1), "Only here stands the word zeppelin, twice."]))
    (folder / "stub.html").write_text(html_page("Alpha", sentences(1)))
    assert _search(read(folder).database, "zeppelin") == [1]
