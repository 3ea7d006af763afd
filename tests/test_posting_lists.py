"""Posting lists in two tables: the same lists whenever postings are moved, and none lost when a run is killed."""

from __future__ import annotations

import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import posting_lists
from pipelines.accounting import Run
from pipelines.database import open_to_read
from pipelines.explain import find, partners
from pipelines.fingerprint import SKETCH_BITS, fingerprint
from pipelines.items import Article, Page, Reason
from pipelines.migrations import migrations
from pipelines.posting_lists import PostingLists
from pipelines.reading import Reading
from pipelines.sqlite import Database
from pipelines.store import Saved, Store
from tests.conftest import sentences

CAP, RECENT, MOVED = 3, 6, 4
HASHES = st.one_of(st.integers(-3, 3), st.sampled_from([-(1 << SKETCH_BITS - 1), (1 << SKETCH_BITS - 1) - 1]))
PAGES = st.lists(st.tuples(st.integers(1, 9), st.lists(HASHES, unique=True, max_size=5).map(sorted), st.booleans()))


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep so few postings apart that every commit moves some."""
    monkeypatch.setattr(PostingLists.merge, "__defaults__", (RECENT,))
    monkeypatch.setattr(posting_lists, "MOVED", MOVED)


@cache
def migrated() -> Database:
    """Make a database."""
    db = Database(memory=True)
    migrations.apply(db)
    return db


def empty() -> Database:
    """Give one without postings."""
    for table in ("recent_sketches", "sketches"):
        migrated().execute(f"DELETE FROM {table}")
    return migrated()


@given(PAGES)
def test_lists_are_the_same_whenever_postings_are_moved(pages: list[tuple[int, list[int], bool]]) -> None:
    db = empty()
    expected = defaultdict[int, list[int]](list)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(posting_lists, "POSTINGS_CAP", CAP)
        patch.setattr(posting_lists, "MOVED", MOVED)
        lists = PostingLists(db)
        for page_id, sketch, moves in pages:
            for value in sketch:
                if len(expected[value]) < CAP and page_id not in expected[value]:
                    expected[value].append(page_id)
            lists.add(page_id, sketch)
            while moves and lists.merge(RECENT):
                assert db.table("recent_sketches").count > RECENT - CAP  # a list is moved as a whole
            every = [value for value in expected if expected[value]]
            found = lists.find(every)
            assert {value: sorted(found[value]) for value in every} == {v: sorted(expected[v]) for v in every}
        while lists.merge(keep=0):
            continue
    assert not db.table("recent_sketches").count
    rows = sorted((value, page_id) for value, found in expected.items() for page_id in found)
    assert db.execute("SELECT hash, page_id FROM sketches").fetchall() == rows


def save(run: Run, number: int, paragraphs: Sequence[str]) -> Saved:
    """Let a page through the run."""
    text = "\n\n".join(paragraphs)
    page = Page(f"{number}.html", "/pages")
    reading = Reading(page.path, "text/html", article=Article(text), fingerprint=fingerprint(text))
    run.enter()
    saved = run.save(page, reading, run.decide(page, reading))
    assert isinstance(saved, Saved)
    return saved


def counts(path: Path) -> list[int]:
    """Count the postings that are apart, and the others."""
    with closing(sqlite3.connect(path)) as db:
        return [db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("recent_sketches", "sketches")]


def killed(store: Store, path: Path) -> Path:
    """Give what would be on the disk if the run were killed now."""
    for name in (path.name, f"{path.name}-wal"):
        shutil.copy(path.with_name(name), path.with_name(f"killed-{name}"))
    return path.with_name(f"killed-{path.name}")


@pytest.mark.usefixtures("small")
def test_killed_run_loses_no_posting_and_one_that_ends_leaves_none_apart(tmp_path: Path) -> None:
    run = Run(Store(tmp_path / "a.db"))
    for number in range(6):
        save(run, number, sentences(number, 12))
        run.commit()
    left = killed(run.store, tmp_path / "a.db")
    apart, others = counts(left)
    assert apart > RECENT - CAP
    assert others > 0
    run.finish("finished")
    assert counts(tmp_path / "a.db") == [0, apart + others]
    again = Run(Store(left))
    for number in range(6):
        near = save(again, 100 + number, [*sentences(number, 12), *sentences(100 + number, 1)])
        assert (near.reason, near.article_id) == (Reason.NEAR_DUPLICATE, number + 1)
    again.finish("finished")
    assert counts(left)[0] == 0


@pytest.mark.usefixtures("small")
def test_explain_finds_what_a_run_that_is_writing_has_committed(tmp_path: Path) -> None:
    run = Run(Store(tmp_path / "a.db"))
    boilerplate = sentences(50, 2)
    for number in range(2):
        save(run, number, [*boilerplate, *sentences(number, 12)])
    run.commit()
    assert min(counts(tmp_path / "a.db")) > 0
    reader = open_to_read(tmp_path / "a.db")
    (page,) = find(reader, "1.html")
    assert partners(reader, page) == [1]
    reader.close()
    run.finish("finished")
