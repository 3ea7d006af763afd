"""Kinds, Markdown and refused texts: stored, kept in step with their pages, and chosen by the setting `KINDS`."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

from lab.samples import html_page, sentences, zipped
from tests.conftest import Crawl
from tests.work import read_told
from winnow.archive.store import Store
from winnow.fingerprint import fingerprint
from winnow.items import Article, Kind, Page, Reason, Rejection, StartError
from winnow.kinds import EVERY_KIND, check_kinds
from winnow.reading import Reading
from winnow.runs.one_process import run_folder
from winnow.runs.options import RunOptions
from winnow.runs.rebuild import rebuild
from winnow.runs.run import Run

NO_LISTINGS = EVERY_KIND - {Kind.LISTING}


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let runs in this process read pages whose paths say their kind."""
    monkeypatch.setattr("winnow.runs.one_process.read_page", read_told)


def rows(database: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(database)) as db:
        return db.execute(sql).fetchall()


def write(folder: Path, **pages: list[str]) -> None:
    for name, paragraphs in pages.items():
        (folder / f"{name}.html").write_text(html_page(name.title(), paragraphs), encoding="utf-8")


REFUSED = """SELECT p.path, t.text FROM refused_texts_fts f JOIN refused_texts t ON t.page_id = f.rowid
    JOIN pages p ON p.id = t.page_id WHERE refused_texts_fts MATCH '{}'"""


def take(run: Run, page: Page, reading: Reading) -> None:
    run.take(page, lambda page: reading)


def article(path: str, text: str, kind: Kind = Kind.ARTICLE, markdown: str = "", **stated: Any) -> Reading:
    made = Article(text, 0.9, kind, markdown, **stated)
    return Reading(path, "text/html", "utf-8", made, fingerprint(text))


@pytest.mark.usefixtures("told")
def test_kind_and_markdown_follow_the_canonical_page(folder: Path, tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    write(folder, discussion=sentences(1)[:4], listing=sentences(2))
    run_folder(folder, database)
    ((kind, markdown),) = rows(database, "SELECT kind, markdown FROM articles WHERE title = 'Discussion'")
    assert (kind, markdown) == ("discussion", "*Told*\n\n" + "\n\n".join(sentences(1)[:4]))
    write(folder, documentation=sentences(1))  # the full text of an excerpt is the better page
    (folder / "listing-copy.html").write_bytes((folder / "listing.html").read_bytes())
    run_folder(folder, database)
    expected = [("documentation", "*Told*\n\n" + "\n\n".join(sentences(1)))]
    assert rows(database, "SELECT kind, markdown FROM articles WHERE title = 'Documentation'") == expected
    pages = rows(database, "SELECT path, kind, reason FROM pages ORDER BY path")
    assert pages == [
        ("discussion.html", "discussion", "excerpt"),
        ("documentation.html", "documentation", "changed"),
        ("listing-copy.html", "listing", "same bytes"),
        ("listing.html", "listing", "new"),
    ]
    before = rows(database, "SELECT * FROM articles")
    assert not rebuild(database).endings
    assert rows(database, "SELECT * FROM articles") == before


def test_another_kind_or_markdown_alone_is_no_change_of_the_article(tmp_path: Path) -> None:
    database, text = tmp_path / "a.db", "\n\n".join(sentences(1))
    with Run(Store(database)) as run:
        take(run, Page("a.html", "/pages"), article("1", text, markdown="one"))
        take(run, Page("a.html", "/pages"), article("2", text, Kind.DISCUSSION, "two"))
    assert rows(database, "SELECT kind, markdown FROM articles") == [("discussion", "two")]
    assert rows(database, "SELECT kind, reason FROM pages") == [("article", "new"), ("discussion", "same text")]
    assert rows(database, "SELECT count(*) FROM revisions") == [(0,)]
    assert not rebuild(database).endings
    assert rows(database, "SELECT kind, markdown FROM articles") == [("discussion", "two")]


def test_a_page_without_markdown_has_null_and_an_old_row_no_kind(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    with Run(Store(database)) as run:
        take(run, Page("a.txt", "/pages"), article("1", "\n\n".join(sentences(1))))
    assert rows(database, "SELECT kind, markdown FROM articles") == [("article", None)]
    with closing(sqlite3.connect(database)) as db:
        db.execute("UPDATE pages SET kind = NULL")
        db.execute("UPDATE articles SET kind = NULL")
        db.commit()
    rebuild(database, kinds=frozenset({Kind.LISTING}))  # what is not known to be of another kind stays
    assert rows(database, "SELECT kind, markdown FROM articles") == [(None, None)]


def test_text_of_a_rejected_page_is_kept_until_the_page_changes(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    page = Page("a.html", "/pages")

    def refused(sha256: str, text: str) -> Reading:
        return Reading(sha256, "text/html", rejection=Rejection(Reason.NO_ARTICLE, "an index page", text))

    seen = []
    for reading in (
        refused("1", "Ferry timetable \ud800"),
        refused("2", "Lighthouse timetable"),
        refused("3", ""),
        refused("1", "Ferry timetable"),
        article("4", "\n\n".join(sentences(1))),
    ):
        with Run(Store(database)) as run:
            take(run, page, reading)
        seen.append(rows(database, REFUSED.format("timetable")))
        assert len(rows(database, "SELECT * FROM refused_texts")) == len(seen[-1])
    assert seen == [
        [("a.html", "Ferry timetable ")],
        [("a.html", "Lighthouse timetable")],
        [],
        [("a.html", "Ferry timetable")],
        [],
    ]
    assert rows(database, "SELECT count(*) FROM texts") == [(1,)]


@pytest.mark.usefixtures("told")
def test_setting_of_kinds_rejects_other_kinds_and_is_followed_when_it_changes(folder: Path, tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    write(folder, article=sentences(1), listing=sentences(2))
    record = html_page("Third", sentences(3)).encode()
    (folder / "more.zip").write_bytes(zipped({"listing-3.html": record, "product.html": b"<p>Nothing."}))
    run = partial(run_folder, folder, database)
    ending = "SELECT outcome, reason, kind, title, detail FROM pages WHERE path = 'listing.html'"
    assert run(kinds=NO_LISTINGS)["rejected"] == 3
    ((outcome, reason, kind, title, detail),) = rows(database, ending)
    assert (outcome, reason, kind, title) == ("rejected", "no article", "listing", None)
    assert "the kind listing" in detail
    assert "the setting KINDS" in detail
    assert rows(database, REFUSED.format(sentences(2)[0].split()[0]))[0] == ("listing.html", "\n\n".join(sentences(2)))
    assert run(kinds=NO_LISTINGS)["unchanged"] == 4
    assert (run()["new"], run()["unchanged"]) == (2, 4)  # listings are wanted now
    assert rows(database, "SELECT kind, count(*) FROM articles GROUP BY 1") == [("article", 1), ("listing", 2)]
    assert rows(database, "SELECT path FROM refused_texts JOIN pages ON id = page_id") == [("more.zip#product.html",)]


@pytest.mark.usefixtures("told")
def test_an_article_was_first_seen_when_its_page_was_even_if_that_was_rejected_then(
    folder: Path, tmp_path: Path
) -> None:
    database, seen = tmp_path / "a.db", "SELECT first_seen FROM articles"
    write(folder, listing=sentences(2))
    run_folder(folder, database, kinds=NO_LISTINGS)
    with closing(sqlite3.connect(database)) as db, db:
        db.execute("UPDATE runs SET started = '2020-01-01T00:00:00+00:00'")
    run_folder(folder, database)
    assert rows(database, seen) == [("2020-01-01T00:00:00+00:00",)]
    rebuild(database)
    assert rows(database, seen) == [("2020-01-01T00:00:00+00:00",)]


@pytest.mark.usefixtures("told")
def test_rebuilding_follows_the_setting(folder: Path, tmp_path: Path) -> None:
    write(folder, article=sentences(1), listing=sentences(2), product=sentences(2))  # a copy of another kind
    (folder / "listing-copy.html").write_bytes((folder / "listing.html").read_bytes())
    run_folder(folder, tmp_path / "a.db")
    run_folder(folder, tmp_path / "b.db", kinds=NO_LISTINGS)
    rebuild(tmp_path / "a.db", kinds=NO_LISTINGS)
    for sql in (
        "SELECT id, outcome, reason, detail, kind, parent_id, similarity, title, text_sha256, word_count FROM pages",
        "SELECT title, kind, markdown, page_id, page_count FROM articles",
        "SELECT * FROM texts ORDER BY 1",
        "SELECT * FROM extractions",
        "SELECT * FROM refused_texts",
    ):
        assert rows(tmp_path / "a.db", sql) == rows(tmp_path / "b.db", sql)


def test_setting_of_kinds_is_read_in_every_form_and_wrong_names_are_refused(crawl: Crawl) -> None:
    wanted = {Kind.ARTICLE, Kind.DISCUSSION}
    for given in ("article,discussion", "article discussion", " discussion, article ", ["article", "discussion"]):
        assert check_kinds(given, "KINDS") == wanted
    assert RunOptions.from_settings(Settings({"KINDS": "article"})).kinds == {Kind.ARTICLE}
    assert RunOptions.from_settings(Settings({})).kinds == EVERY_KIND == check_kinds("all", "KINDS")
    with pytest.raises(StartError, match=r"KINDS: there is no kind 'articles'; name some of article, discussion, "):
        check_kinds("articles", "KINDS")
    with pytest.raises(StartError, match="there is no kind ''"):
        check_kinds("", "KINDS")
    refused = crawl("seeds/harbour-gazette", "-s", "KINDS=poem")
    assert refused.status == 1
    assert "there is no kind 'poem'" in refused.err
    taken = crawl("seeds/harbour-gazette", "-s", "KINDS=listing")
    assert taken.status == 0, taken.err
    (settings,) = taken.rows("SELECT settings FROM runs")
    assert json.loads(settings["settings"])["KINDS"] == ["listing"]
    assert not taken.rows("SELECT * FROM articles WHERE kind != 'listing'")
