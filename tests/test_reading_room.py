"""What the reading room's pages are made of: texts set in parts, comparisons, lists, counts."""

from __future__ import annotations

import asyncio
import contextlib
import doctest
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlite_utils import Database

import winnow.room.charts
from lab.benchmarks.made_archive import make
from winnow.archive.migrations import migrations
from winnow.archive.store import Store
from winnow.items import Reason
from winnow.room import articles, clusters, compare, overview, pages, runs
from winnow.room.pages import REASONS, Wanted
from winnow.room.text import parts, safe_link


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an archive of 600 articles, read in 61 runs."""
    path = tmp_path_factory.mktemp("archive") / "articles.db"
    make(path, 600, words=80)
    return path


@pytest.fixture
def db(archive: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(f"{archive.as_uri()}?mode=ro", uri=True)) as opened:
        yield opened


def kinds(text: str, title: str | None = None) -> list[str]:
    return [part.kind for part in parts(text, title)]


def test_parts_of_a_text_are_told_apart() -> None:
    text = "Where it began\n\nA sentence that ends.\n\n- one\n- two\n\n| a | b |\n| 1 | 2 |\n\nif x:\n    go\n\nThe end"
    assert kinds(text) == ["heading", "paragraph", "list", "table", "code", "paragraph"]
    assert parts(text)[3].rows == [["a", "b"], ["1", "2"]]


def test_a_first_line_that_repeats_the_title_is_left_out() -> None:
    assert kinds("The old  ferry\n\nIt sails again.", "The old ferry") == ["paragraph"]


@given(st.text(max_size=300))
def test_no_word_of_a_text_is_lost(text: str) -> None:
    shown = " ".join(" ".join(part.lines) + " ".join(cell for row in part.rows for cell in row) for part in parts(text))
    left_out = {"-", "|"}
    assert [word for word in shown.split() if word not in left_out] == [
        word for word in text.split() if word not in left_out
    ] or any(mark in text for mark in ("- ", "| "))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//host/x", "http://[", "", None, "ftp://x/"]
)
def test_only_web_addresses_are_linked(url: str | None) -> None:
    assert safe_link(url) is None


def test_a_web_address_is_linked() -> None:
    assert safe_link("https://site.example/a?b=c") == "https://site.example/a?b=c"


OLD = "One stays.\n\nThe boat leaves at nine in the morning.\n\nThis paragraph goes.\n\nLast one."
NEW = "One stays.\n\nThe boat leaves at ten in the morning.\n\nLast one.\n\nQuite new words here."


def test_a_comparison_shows_words_that_changed_and_paragraphs_that_came_and_went() -> None:
    changes = compare.compare(OLD, NEW)
    assert [change.kind for change in changes] == ["same", "changed", "removed", "same", "added"]
    assert [piece for piece in changes[1].pieces if piece[0] != "same"] == [("removed", "nine "), ("added", "ten ")]


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("渡船在九点开。", "渡船在十点开。", [("removed", "九"), ("added", "十")]),
        ("เรือออกเก้าโมง", "เรือออกสี่โมง", [("removed", "เก้า"), ("added", "สี่")]),
        ("សាឡាងចាស់", "សាឡាងថ្មី", [("removed", "ចាស់"), ("added", "ថ្មី")]),
    ],
)
def test_a_comparison_shows_changed_characters_of_scripts_without_spaces(
    old: str, new: str, changed: list[tuple[str, str]]
) -> None:
    [change] = compare.compare(old, new)
    assert [piece for piece in change.pieces if piece[0] != "same"] == changed


SENTENCES = [
    f"Sentence {name} says that the {name} boat sails with the {name} tide." for name in ("one", "two", "three")
]


@pytest.mark.parametrize("is_turned", [False, True])
@pytest.mark.parametrize("around", ["", "Quite other words stand here, before it all."])
def test_a_paragraph_that_was_only_divided_is_the_same(is_turned: bool, around: str) -> None:
    whole, parts = " ".join(SENTENCES), "\n\n".join(SENTENCES)
    old, new = (f"{parts}\n\nThe end.", whole) if is_turned else (whole, f"{around}\n\n{parts}\n\nThe end.".strip())
    changes = compare.compare(old, new)
    assert [change.kind for change in changes if change.kind in ("changed", "same")] in (["same"], ["same", "same"])
    gone = [paragraph for change in changes if change.kind == "removed" for paragraph in change.paragraphs]
    assert gone == (["The end."] if is_turned else [])


def test_of_a_divided_paragraph_only_the_changed_words_are_shown() -> None:
    new = "\n\n".join(SENTENCES).replace("two tide", "low tide")
    [change] = compare.compare(" ".join(SENTENCES), new)
    assert [piece for piece in change.pieces if piece[0] != "same"] == [("removed", "two "), ("added", "low ")]


def test_each_article_with_duplicates_is_listed_once(db: sqlite3.Connection) -> None:
    sql = "SELECT DISTINCT article_id FROM pages WHERE outcome = 'duplicate'"
    wanted, seen = Wanted(outcome="duplicate"), list[int]()
    expected = {found[0] for found in db.execute(sql)}
    while True:
        listed = clusters.cluster_list(db, wanted)
        seen += [article["id"] for article in listed["clusters"]]
        for article in listed["clusters"]:
            assert article["own"]["id"] == article["page_id"]
            assert article["page_id"] not in [place["id"] for place in article["places"]]
        if listed["next_before"] is None:
            break
        wanted = replace(wanted, before=listed["next_before"])
    assert (sorted(seen), len(seen)) == (sorted(expected), len(set(seen)))
    assert clusters.cluster_list(db, Wanted(outcome="duplicate", reason="excerpt"))["clusters"] == []


def test_typography_is_no_change() -> None:
    assert [change.kind for change in compare.compare('He said "no" - twice.', "He said “no” – twice.")] == ["same"]


@given(
    st.lists(st.text(alphabet="ab c.", max_size=12), max_size=8),
    st.lists(st.text(alphabet="ab c.", max_size=12), max_size=8),
)
@example(["a a"], ["a"])
def test_a_comparison_holds_both_texts(old: list[str], new: list[str]) -> None:
    changes = compare.compare("\n\n".join(old), "\n\n".join(new))
    for mine, without, texts in (("removed", "added", old), ("added", "removed", new)):
        words = []
        for change in changes:
            if change.kind in ("same", mine):
                words += " ".join(change.paragraphs).split()
            words += "".join(text for kind, text in change.pieces if kind != without).split()
        assert words == " ".join(texts).split()


def test_long_stretches_without_a_change_are_folded() -> None:
    same = [f"Paragraph number {number}." for number in range(9)]
    folded = list(compare.folded(compare.compare("\n\n".join(same), "\n\n".join([*same, "And one more at the end."]))))
    assert [(change.kind, len(change.paragraphs)) for change in folded] == [("folded", 8), ("same", 1), ("added", 1)]


def test_a_word_more_in_a_long_paragraph_is_shown_as_such() -> None:
    words = " ".join(f"w{number}" for number in range(100_000))
    [change] = compare.compare(words, words + " end")
    assert [piece for piece in change.pieces if piece[0] != "same"] == [("added", "end")]


@pytest.mark.parametrize("between", [" ", "\n\n"], ids=["words", "paragraphs"])
def test_texts_that_repeat_themselves_are_compared_in_bounded_time(between: str) -> None:
    """Looking for the longest stretch in common takes time with the cube of the length here: hours."""
    old, new = between.join(["a", "b"] * 100_000), between.join(["c", "a"] * 100_000)
    changes = compare.compare(old, new)
    kept = [text for change in changes for kind, text in change.pieces if kind == "removed"]
    assert "".join(kept) or [change for change in changes if change.kind == "removed"]


def test_many_short_paragraphs_are_compared_with_a_huge_one_in_bounded_time() -> None:
    short = "\n\n".join(f"w{number} v{number}" for number in range(2_900))
    huge = " ".join(f"x{number}" for number in range(120_000))
    kinds = [change.kind for change in compare.compare(short, huge)]
    assert (kinds.count("removed"), kinds.count("added")) == (2_900, 1)


def test_an_article_shows_its_pages_and_what_changed(db: sqlite3.Connection) -> None:
    shown = articles.article(db, 1)
    assert shown is not None
    assert [page["is_canonical"] for page in shown["pages"]].count(True) == 1
    moments = [page["captured"] or page["first_read"] for page in shown["pages"]]
    assert moments == sorted(moments)
    assert len(shown["pages"]) == shown["page_total"] == shown["article"]["page_count"]
    [revision] = shown["revisions"]
    assert revision["replaced_by"] == shown["current"] != revision["text_sha256"]
    compared = compare.comparison(db, 1, revision["text_sha256"], revision["replaced_by"])
    assert compared is not None
    assert any(change.kind != "same" for change in compared["changes"])


def test_a_comparison_shows_by_default_how_the_article_changed_last(db: sqlite3.Connection) -> None:
    compared = compare.comparison(db, 1, "", "")
    shown = articles.article(db, 1)
    assert compared is not None
    assert shown is not None
    [revision] = shown["revisions"]
    assert (compared["before"], compared["after"]) == (revision["text_sha256"], shown["current"])


def test_a_page_names_the_page_that_it_was_matched_with(db: sqlite3.Connection) -> None:
    matched = {page_id: pages.page(db, page_id) for page_id in (1, 2)}
    assert matched[1] is not None
    assert matched[2] is not None
    assert matched[1]["matched"] is None
    assert matched[2]["matched"]["id"] == 1


def test_what_is_not_there_is_none(db: sqlite3.Connection) -> None:
    assert articles.article(db, 10**6) is None
    assert pages.page(db, 10**6) is None
    assert runs.run(db, 10**6) is None
    assert compare.comparison(db, 10**6, "", "") is None
    assert compare.comparison(db, 1, "no such text", "") is None


def test_every_reason_is_explained_under_its_outcome() -> None:
    assert {name: outcome for name, (outcome, _) in REASONS.items()} == {
        str(reason): str(reason.outcome) for reason in Reason
    }


@pytest.mark.parametrize("wanted", [Wanted(), Wanted(outcome="duplicate"), Wanted(reason="no article"), Wanted(run=1)])
def test_page_lists_follow_each_other_to_the_end(db: sqlite3.Connection, wanted: Wanted) -> None:
    seen: list[int] = []
    before: int | None = wanted.before
    while before:
        listed = pages.page_list(db, Wanted(wanted.outcome, wanted.reason, run=wanted.run, before=before))
        seen += [page["id"] for page in listed["pages"]]
        before = listed["next_before"]
    assert seen == sorted(set(seen), reverse=True)
    conditions = {"outcome": wanted.outcome, "reason": wanted.reason, "first_run": wanted.run}
    where = " AND ".join(f"{name} = :{name}" for name, value in conditions.items() if value) or "1"
    assert len(seen) == db.execute(f"SELECT count(*) FROM pages WHERE {where}", conditions).fetchone()[0]


def test_a_file_is_found_by_its_path_also_with_the_folder(db: sqlite3.Connection) -> None:
    [(root, path, page_id)] = db.execute("SELECT root, path, id FROM pages ORDER BY id DESC LIMIT 1")
    for typed in (path, f"{root}/{path}", path[:-3]):
        assert page_id in [page["id"] for page in pages.page_list(db, Wanted(path=typed))["pages"]]
    assert pages.page_list(db, Wanted(path="nowhere"))["pages"] == []


def test_the_first_page_does_not_wait_until_a_large_archive_is_counted(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def follow() -> None:
        counting = asyncio.Event()

        async def execute(work: Callable[[sqlite3.Connection], Any]) -> Any:
            if work is overview.count:
                await counting.wait()
            return work(db)

        monkeypatch.setattr(overview, "SOON", 0)
        monkeypatch.setattr(overview, "LARGE", 100)
        cache = overview.Cache(execute)
        first = await cache.counts(in_full=False)
        assert (first.articles, first.sites) == (db.execute("SELECT max(id) FROM articles").fetchone()[0], [])
        counting.set()
        assert (await cache.counts()).sites

    asyncio.run(follow())


def test_counts_add_up(db: sqlite3.Connection) -> None:
    counts = overview.count(db)
    assert counts.articles == sum(row["articles"] for row in counts.months) + counts.undated
    assert counts.articles == sum(row["articles"] for row in counts.years) + counts.undated
    assert counts.pages == sum(counts.outcomes.values())
    assert counts.articles == sum(row["articles"] for row in counts.sites)


def test_counts_are_kept_until_a_run_begins_and_made_while_old_ones_are_shown(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(archive, tmp_path / "copy.db")

    async def follow(db: sqlite3.Connection) -> None:
        slow = asyncio.Event()
        slow.set()

        async def execute(work: Callable[[sqlite3.Connection], Any]) -> Any:
            if work is overview.count:
                await slow.wait()
            return work(db)

        cache = overview.Cache(execute)
        first = await cache.counts()
        db.execute("DELETE FROM articles WHERE id = 7")
        assert await cache.counts() is first
        db.execute("INSERT INTO runs (started, settings, versions) VALUES ('2027-01-01', '{}', '{}')")
        slow.clear()
        monkeypatch.setattr(overview, "SOON", 0)
        assert await cache.counts() is first
        slow.set()
        monkeypatch.setattr(overview, "SOON", None)
        assert (await cache.counts()).articles == first.articles - 1

    with contextlib.closing(sqlite3.connect(tmp_path / "copy.db")) as db:
        asyncio.run(follow(db))


def test_counts_that_fail_say_why() -> None:
    with contextlib.closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE TABLE runs (id, status)")

        async def execute(work: Callable[[sqlite3.Connection], Any]) -> Any:
            return work(db)

        with pytest.raises(sqlite3.OperationalError, match="no such table"):
            asyncio.run(overview.Cache(execute).counts())


def test_a_run_says_how_it_went(db: sqlite3.Connection) -> None:
    shown = runs.run(db, 1)
    assert shown is not None
    assert shown["run"]["verdict"] == "finished"
    assert shown["settings"] == {"WORKERS": 2}
    assert shown["neighbours"] == {"earlier": None, "later": 2}
    assert sum(row["pages"] for row in shown["reasons"]) == shown["run"]["pages"]


@pytest.mark.parametrize(
    ("status", "failed", "verdict", "is_good"),
    [
        (None, 0, "running, or killed", None),
        ("finished", 3, "finished, 3 failed", False),
        ("stopped", 0, "stopped", False),
        ("failed", 0, "failed", False),
    ],
)
def test_verdicts(
    archive: Path, tmp_path: Path, status: str | None, failed: int, verdict: str, is_good: bool | None
) -> None:
    shutil.copy(archive, tmp_path / "copy.db")
    with contextlib.closing(sqlite3.connect(tmp_path / "copy.db")) as db:
        db.execute("UPDATE runs SET status = ?, failed = ? WHERE id = 2", [status, failed])
        shown = runs.run(db, 2)
        assert shown is not None
        assert (shown["run"]["verdict"], shown["run"]["is_good"]) == (verdict, is_good)


def test_chart_examples() -> None:
    assert doctest.testmod(winnow.room.charts).failed == 0


def test_an_archive_from_before_gets_its_indexes_with_the_next_run(tmp_path: Path) -> None:
    db = Database(tmp_path / "articles.db")
    migrations.apply(db, stop_before="m002_reading_indexes")
    before = {index.name for index in db.table("articles").indexes}
    db.close()
    store = Store(tmp_path / "articles.db")
    assert {index.name for index in store.db.table("articles").indexes} > before
    store.close()


def plan(db: sqlite3.Connection, sql: str) -> str:
    return " ".join(row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}"))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT hostname, count(*) FROM articles WHERE hostname IS NOT NULL GROUP BY hostname",
        "SELECT date, count(*) FROM articles GROUP BY date",
        "SELECT id FROM articles WHERE hostname = 'x' AND +language = 'en' ORDER BY date DESC, id DESC",
        "SELECT id FROM articles WHERE +language = 'en' AND +section = 'x' ORDER BY date DESC, id DESC LIMIT 20",
        "SELECT id FROM articles WHERE +kind = 'product' ORDER BY date DESC, id DESC LIMIT 20",
        "SELECT kind, count(*) FROM articles WHERE kind IS NOT NULL GROUP BY kind",
        "SELECT hostname, sum(page_count - 1) FROM articles WHERE page_count > 1 GROUP BY hostname",
        "SELECT outcome, reason, count(*) FROM pages GROUP BY outcome, reason",
        "SELECT reason, count(*) FROM pages WHERE first_run = 1 GROUP BY reason",
    ],
)
def test_counts_and_filters_never_read_the_texts(db: sqlite3.Connection, sql: str) -> None:
    assert "COVERING INDEX" in plan(db, sql)
    assert "TEMP B-TREE FOR GROUP BY" not in plan(db, sql)
