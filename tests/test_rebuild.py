"""Rebuilding: deciding everything anew changes nothing while the rules are the same, and follows them when not."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from crawler.commands.rebuild import described
from lab.samples import html_page, sentences
from tests.conftest import Read, scrapy
from winnow.archive.index.postings import all_postings
from winnow.archive.store import Store
from winnow.items import StartError
from winnow.match import overlap
from winnow.runs.rebuild import rebuild

TABLES = (
    "pages",
    "articles",
    "revisions",
    "texts",
    "known_texts",
    "extractions",
    "refused_texts",
    "parameters",
    "runs",
)


def contents(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of all tables, but for the ids of revisions, and what full-text search finds."""
    db = sqlite3.connect(database)
    try:
        rows = {table: sorted(db.execute(f"SELECT * FROM {table}").fetchall(), key=repr) for table in TABLES}
        rows["revisions"] = sorted(row[1:] for row in rows["revisions"])
        rows["postings"] = sorted(all_postings(db))
        rows["found"] = db.execute("SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'harbour'").fetchall()
        return rows
    finally:
        db.close()


@pytest.fixture
def archive(read: Read, folder: Path) -> Path:
    """Return a database after three runs in which pages came, changed, changed back, moved and went."""
    write = {
        "a.html": html_page("Alpha", sentences(1), canonical="https://paper.example/alpha"),
        "b.txt": "\n\n".join(sentences(2)),
        "c.html": html_page("Gamma", sentences(3)[:3]),
        "d.html": "<p>Too short.</p>",
        "e.html": html_page("Epsilon", sentences(5)),
    }
    for name, body in write.items():
        (folder / name).write_text(body)
    shutil.copy(folder / "a.html", folder / "a-copy.html")
    read(folder)
    corrected = [*sentences(1)[:-1], "The last paragraph of the story reads otherwise since this morning, they say."]
    (folder / "a2.html").write_text(html_page("Alpha", corrected, canonical="https://paper.example/alpha"))
    (folder / "b.html").write_text(html_page("Beta", sentences(2)))
    (folder / "c-full.html").write_text(html_page("Gamma", sentences(3)))
    (folder / "e.html").write_text(html_page("Epsilon", [*sentences(5), *sentences(55, 1)]))
    (folder / "f.html").write_text(html_page("Zeta", [*sentences(6), *sentences(66, 1)]))
    (folder / "a-copy.html").unlink()
    read(folder)
    (folder / "e.html").write_text(write["e.html"])
    (folder / "f2.html").write_text(html_page("Zeta", sentences(6)))
    (folder / "f3.html").write_text(html_page("Zeta", sentences(6), canonical="https://other.example/zeta"))
    return read(folder).database


def test_rebuilding_by_the_same_rules_changes_nothing(archive: Path) -> None:
    before = contents(archive)
    assert {row[9] for row in before["pages"]} >= {"new", "changed", "same bytes", "same text", "excerpt"}
    done = rebuild(archive)
    assert contents(archive) == before
    assert (done.articles, done.articles_before, done.moved, done.endings) == (5, 5, 0, {})
    assert "every page ends as before" in described(done)


def test_rebuilding_follows_changed_rules_and_comes_back_with_them(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(archive)
    with monkeypatch.context() as changed:
        changed.setattr(overlap, "MIN_CLEAN", 2.0)  # no two texts are clean enough
        done = rebuild(archive)
    apart = contents(archive)
    assert done.articles > done.articles_before == 5
    assert done.moved > 0
    assert done.endings["near-duplicate", "new"] + done.endings["excerpt", "new"] > 0
    assert f"{done.moved} pages belong to another article now" in described(done)
    assert {row[0] for row in before["articles"]} < {row[0] for row in apart["articles"]}
    rebuild(archive)
    assert contents(archive) == before


def test_database_indexed_with_other_parameters_is_refused_until_it_is_rebuilt(archive: Path) -> None:
    before = contents(archive)
    db = sqlite3.connect(archive)
    db.execute("UPDATE parameters SET value = '7' WHERE name = 'shingle_words'")
    db.execute("DELETE FROM recent_sketches")
    db.commit()
    db.close()
    with pytest.raises(StartError, match=r"other parameters \(shingle_words\): run `scrapy rebuild"):
        Store(archive)
    rebuild(archive)
    assert contents(archive) == before
    Store(archive).close()


def test_command_rebuilds_and_says_so(archive: Path) -> None:
    command = ["rebuild", "-s", f"DATABASE={archive}"]
    done = scrapy(*command)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("12 pages decided anew: 5 articles, 5 before\n")
    done = scrapy(*command, "all")
    assert (done.returncode, "unknown argument all" in done.stderr) == (1, True)


def test_failed_rebuild_leaves_the_database_as_it_was(archive: Path) -> None:
    before = contents(archive)

    def stop(done: int, total: int) -> None:
        if done == total // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(archive, stop)
    assert contents(archive) == before


def test_database_that_is_not_there_or_in_use_is_not_rebuilt(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="does not exist"):
        rebuild(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()
    holder = Store(tmp_path / "a.db")
    with pytest.raises(StartError, match="another run"):
        rebuild(tmp_path / "a.db")
    holder.close()


@pytest.mark.parametrize(
    ("others", "between", "articles"),
    [(0, html_page("Beta", sentences(2)), 2), (0, "<p>Too short.</p>", 1), (2, html_page("Beta", sentences(2)), 2)],
    ids=["another article", "none", "another that is known, as it is itself"],
)
def test_file_that_is_again_what_it_was_ends_as_before(
    read: Read, folder: Path, others: int, between: str, articles: int
) -> None:
    for number in range(1, 1 + others):
        (folder / f"{number}.html").write_text(html_page(f"Story {number}", sentences(number), "<p>A teaser</p>"))
    for body in (html_page("Alpha", sentences(1)), between, html_page("Alpha", sentences(1))):
        (folder / "x.html").write_text(body)
        database = read(folder).database
    before = contents(database)
    done = rebuild(database)
    assert contents(database) == before
    assert (done.articles, done.moved, done.endings) == (articles, 0, {})


@pytest.mark.parametrize("texts", [(1, 2, 1), (1, 2, 1, 2), (1, 2, 3, 2, 1), (1, 2, 3, 1, 2), (1, 2, 3, 4, 2, 3, 1)])
def test_file_that_was_changed_back_keeps_its_last_text(
    read: Read, folder: Path, tmp_path: Path, texts: tuple[int, ...]
) -> None:
    for text in texts:
        (folder / "a.html").write_text(html_page("Alpha", [*sentences(1), f"It was closed on {text} May, they say."]))
        read(folder)
    before = contents(tmp_path / "articles.db")
    rebuild(tmp_path / "articles.db")
    after = contents(tmp_path / "articles.db")
    assert f"It was closed on {texts[-1]} May" in str(after["articles"])
    assert after["articles"] == before["articles"]
