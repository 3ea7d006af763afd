"""Posting lists in two tables and in memory: the same lists however postings are moved, and none lost by a kill."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.samples import html_page, sentences
from winnow.archive.database import explain, open_database, open_to_read
from winnow.archive.index.lookups import postings_found
from winnow.archive.index.postings import PostingLists, all_postings
from winnow.archive.index.recent import RecentPostings, postings_of
from winnow.archive.index.sketches import SketchIndex
from winnow.archive.sqlite import Database
from winnow.archive.store import Saved, Store
from winnow.fingerprint import SKETCH_BITS, fingerprint
from winnow.items import Article, Page, Reason
from winnow.reading import FoundPostings, Reading
from winnow.runs.run import Run
from winnow.runs.worker_page import read_known_page
from winnow.tell.explain import find, partners

CAP, GENERATION, WIDEST = 6, 20, 5
HASHES = st.one_of(st.integers(-3, 3), st.sampled_from([-(1 << SKETCH_BITS - 1), (1 << SKETCH_BITS - 1) - 1]))
SKETCHES = st.lists(HASHES, unique=True, max_size=WIDEST).map(sorted)
PAGES = st.tuples(st.integers(1, 9), SKETCHES)
SMALL_INDEX = partial(SketchIndex, generation=200)  # that of a few pages


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Database]]:
    """Return a database that no transaction waits for the disk for."""
    path = tmp_path_factory.mktemp("lists") / "a.db"
    db = open_database(path)
    db.execute("PRAGMA synchronous = OFF")
    yield path, db
    db.close()


@pytest.mark.parametrize("seed", range(11))
def test_lists_are_the_same_whenever_postings_are_moved(seed: int, database: tuple[Path, Database]) -> None:
    """Add and remove pages, commit, roll back or kill at random, with what a worker may have found long before."""
    path, db = database
    for table in ("recent_sketches", "sketches"):
        db.execute(f"DELETE FROM {table}")
    chance = random.Random(seed)
    hashes = [-(1 << SKETCH_BITS - 1), *range(-60, 60), (1 << SKETCH_BITS - 1) - 1]
    lists = PostingLists(db, GENERATION, CAP)
    expected, committed = set[tuple[int, int]](), set[tuple[int, int]]()
    asked = dict[int, tuple[list[int], FoundPostings]]()
    came, most, is_told = 0, 0, True
    db.execute("BEGIN")
    for number in range(300):
        sketch = sorted(chance.sample(hashes, chance.randint(0, WIDEST)))
        if not is_told:
            asked.clear()
        elif chance.random() < 0.3:
            asked[number + chance.randint(1, 60)] = sketch, not_none(postings_found(path, sketch))
        if number in asked:
            sketch, found = asked[number]
            lists.give(sketch, found)
        page_id = chance.randint(1, 200)
        known = {value: {page for other, page in expected if other == value} for value in sketch}
        assert {value: set(pages) for value, pages in lists.find(sketch).items()} == {
            v: p for v, p in known.items() if p
        }
        lists.add(page_id, sketch)
        expected |= {(value, page_id) for value in sketch if len(known[value]) < CAP}
        came += len(sketch)
        if chance.random() < 0.05:
            gone = {chance.randint(1, 200), page_id}
            lists.remove({each: [value for value, other in expected if other == each] for each in gone})
            expected = {(value, other) for value, other in expected if other not in gone}
            asked.clear()
            is_told = False  # a worker finds the pages until the next commit
        if chance.random() < 0.4:
            lists.move()
            db.commit()
            committed, most, came, is_told = set(expected), max(most, came), 0, True
            recent = db.execute("SELECT total(length(hashes) / 4) FROM recent_sketches").fetchone()[0]
            assert recent < 2 * (GENERATION + WIDEST) + most
            assert all_postings(db) == expected
            db.execute("BEGIN")
        elif chance.random() < 0.1:
            db.conn.rollback()
            expected, came, is_told = set(committed), 0, True
            db.execute("BEGIN")
        if not came and chance.random() < 0.1 * seed:  # the run has ended or was killed
            lists = PostingLists(db, GENERATION, CAP)
    db.conn.rollback()
    assert db.table("sketches").count > 10 * GENERATION


def not_none(found: FoundPostings | None) -> FoundPostings:
    assert found is not None
    return found


@given(st.lists(PAGES), st.integers(0, 20), st.lists(PAGES), SKETCHES, st.integers(1, 9))
def test_postings_in_memory_are_found_wherever_they_are(
    before: list[tuple[int, list[int]]], cut: int, later: list[tuple[int, list[int]]], sketch: list[int], tail: int
) -> None:
    pairs = [(value, page_id) for page_id, values in before for value in values]
    postings = postings_of(*np.array(pairs, np.int64).reshape(-1, 2).T)
    recent = RecentPostings(postings[:cut], postings[cut:], tail)
    for page_id, values in later:
        recent.add(page_id, values)
        pairs += [(value, page_id) for value in values]
    assert sorted(recent.find(sketch)) == sorted(pair for pair in pairs if pair[0] in sketch)
    assert recent.younger_count == len(pairs) - len(postings[:cut])


def save(run: Run, number: int, paragraphs: Sequence[str]) -> Saved:
    """Let a page through the run."""
    text = "\n\n".join(paragraphs)
    page = Page(f"{number}.html", "/pages")
    reading = Reading(page.path, "text/html", article=Article(text), fingerprint=fingerprint(text))
    run.enter()
    saved = run.save(page, reading, run.decide(page, reading))
    assert isinstance(saved, Saved)
    return saved


def filled(path: Path, pages: int) -> Run:
    """Begin a run that has committed so many pages, in a database that has moved some of their postings."""
    run = Run(Store(path, index=SMALL_INDEX))
    for number in range(pages):
        save(run, number, sentences(number, 12))
        run.commit()
    assert min(run.store.db.table(name).count for name in ("recent_sketches", "sketches"))
    return run


def killed(store: Store, path: Path) -> Path:
    """Return what would be on the disk if the run were killed now."""
    for name in (path.name, f"{path.name}-wal"):
        shutil.copy(path.with_name(name), path.with_name(f"killed-{name}"))
    return path.with_name(f"killed-{path.name}")


@pytest.mark.parametrize("pages", range(9, 14))
def test_killed_run_loses_no_posting(tmp_path: Path, pages: int) -> None:
    run = filled(tmp_path / "a.db", pages)
    save(run, 99, sentences(99, 12))
    left = killed(run.store, tmp_path / "a.db")
    run.store.db.conn.rollback()
    postings = all_postings(run.store.db)
    run.finish("stopped")
    again = Run(Store(left, index=SMALL_INDEX))
    assert all_postings(again.store.db) == postings
    for number in range(pages):
        near = save(again, 100 + number, [*sentences(number, 12), *sentences(100 + number, 1)])
        assert (near.reason, near.article_id) == (Reason.NEAR_DUPLICATE, number + 1)
    assert save(again, 99, sentences(99, 12)).reason is Reason.NEW
    again.finish("finished")


def test_page_that_could_not_be_saved_is_not_found(tmp_path: Path) -> None:
    run = filled(tmp_path / "a.db", 12)
    refuse = "CREATE TEMP TRIGGER refuse BEFORE UPDATE ON articles BEGIN SELECT raise(ABORT, 'full'); END"
    run.store.db.execute(refuse)
    with pytest.raises(sqlite3.IntegrityError):
        save(run, 99, sentences(99, 12))
    run.leave()
    run.store.db.execute("DROP TRIGGER refuse")
    assert save(run, 100, [*sentences(99, 12), *sentences(98, 1)]).reason is Reason.NEW
    near = save(run, 101, [*sentences(99, 12), *sentences(97, 1)])
    assert (near.reason, near.article_id) == (Reason.NEAR_DUPLICATE, 13)
    run.finish("finished")


@pytest.mark.parametrize(("column", "value"), [("hashes", b"abc"), ("hashes", "abcd"), ("page_id", "one")])
def test_damaged_row_ends_the_run_in_words(tmp_path: Path, column: str, value: object) -> None:
    run = filled(tmp_path / "a.db", 12)
    run.store.db.execute("UPDATE runs SET status = 'stopped'")
    run.store.close()
    with closing(sqlite3.connect(tmp_path / "a.db")) as db:
        db.execute(f"UPDATE recent_sketches SET {column} = ? WHERE id = (SELECT max(id) FROM recent_sketches)", [value])
        db.commit()
    store = Store(tmp_path / "a.db")
    with pytest.raises(sqlite3.DatabaseError) as found:
        store.index.postings.find([1])
    assert "it is damaged" in explain(found.value)
    store.close()


def test_what_a_worker_has_found_is_not_looked_up_again(tmp_path: Path) -> None:
    run = filled(tmp_path / "a.db", 12)
    page = Page("near.html", "/pages", html_page("Near", [*sentences(0, 12), *sentences(99, 1)]).encode())
    reading = read_known_page(page, database=tmp_path / "a.db")
    assert reading.found
    assert {page_id for _, page_id in reading.found.postings} >= {1}
    statements = list[str]()
    run.store.db.conn.set_trace_callback(statements.append)
    run.enter()
    saved = run.save(page, reading, run.decide(page, reading))
    run.store.db.conn.set_trace_callback(None)
    assert isinstance(saved, Saved)
    assert saved.article_id == 1
    assert not [statement for statement in statements if "JOIN sketches" in statement]
    run.finish("finished")


def test_explain_finds_what_a_run_that_is_writing_has_committed(tmp_path: Path) -> None:
    run = Run(Store(tmp_path / "a.db", index=SMALL_INDEX))
    boilerplate = sentences(50, 2)
    for number in range(14):
        save(run, number, [*boilerplate, *sentences(number, 12)])
        run.commit()
    with closing(open_to_read(tmp_path / "a.db")) as reader:
        moved = {page_id for _, page_id in reader.execute("SELECT * FROM sketches")}
        recent = {page_id for _, page_id in all_postings(reader).difference(reader.execute("SELECT * FROM sketches"))}
        for page_id in (min(moved - recent), max(recent - moved)):
            (page,) = find(reader, str(page_id))
            index = SketchIndex(reader)
            sketch = index.extraction(page_id).text.sketch
            found = {known.page_id: shared for known, shared in index.candidates(sketch)}
            assert found.keys() == set(range(1, 15))
            assert found[page_id] == len(sketch)
            assert partners(reader, page)
    run.finish("finished")
