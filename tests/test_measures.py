"""The similarity of the pages of an article to its canonical page, when another page takes over many."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.benchmarks import growth_cases as growth
from winnow.archive.measures import WITH_A_PAGE
from winnow.archive.store import Store
from winnow.fingerprint import fingerprint
from winnow.items import Page
from winnow.match.overlap import compare
from winnow.reading import Reading
from winnow.runs.run import Run

CAPTURES = 4 * WITH_A_PAGE


def take(run: Run, captures: list[growth.Capture], first: int = 0) -> None:
    for number, capture in enumerate(captures, first):
        reading = capture.reading(number)
        run.take(Page(capture.path, "/made", modified=reading.sha256), partial(_given, reading))


def _given(reading: Reading, _page: Page) -> Reading:
    return reading


def wrong(database: Path) -> list[tuple[int, float, float]]:
    """Return the pages whose similarity is another than that of their text to the article's."""
    query = """SELECT p.id, p.similarity, t.text, a.text FROM pages p JOIN articles a ON a.id = p.article_id
        JOIN texts t ON t.sha256 = p.text_sha256"""
    with closing(sqlite3.connect(database)) as db:
        found = [
            (page, similarity, round(compare(fingerprint(text), fingerprint(canonical)).containment, 4))
            for page, similarity, text, canonical in db.execute(query)
        ]
    return [row for row in found if row[1] != row[2]]


def counted(database: Path) -> tuple[int, int, int]:
    """Return how many pages the first article has, how many it counts, and how many articles wait."""
    query = """SELECT (SELECT count(*) FROM pages WHERE article_id = 1), page_count,
        (SELECT count(*) FROM unmeasured) FROM articles WHERE id = 1"""
    with closing(sqlite3.connect(database)) as db:
        found: tuple[int, int, int] = db.execute(query).fetchone()
    return found


def test_a_better_page_is_compared_with_all_others_by_the_end_of_the_run(tmp_path: Path) -> None:
    database = tmp_path / "articles.db"
    with Run(Store(database)) as run:
        take(run, [*growth.better_page(CAPTURES)])
        [[waiting]] = run.store.db.execute("SELECT count(*) FROM unmeasured").fetchall()
    assert waiting == 1
    assert counted(database) == (CAPTURES, CAPTURES, 0)
    assert wrong(database) == []


def test_a_stopped_run_leaves_the_rest_to_the_next(tmp_path: Path) -> None:
    database = tmp_path / "articles.db"
    run = Run(Store(database))
    take(run, [*growth.better_page(CAPTURES)])
    run.finish("stopped")
    assert wrong(database)
    with Run(Store(database)):
        pass
    assert counted(database) == (CAPTURES, CAPTURES, 0)
    assert wrong(database) == []


@pytest.mark.parametrize("case", ["same words", "typography", "left over", "one file"])
def test_pages_of_one_article_are_all_counted(case: str, tmp_path: Path) -> None:
    database = tmp_path / "articles.db"
    with Run(Store(database)) as run:
        take(run, [*growth.CASES[case](CAPTURES)])
    assert counted(database) == (CAPTURES, CAPTURES, 0)
    assert wrong(database) == []


@settings(max_examples=25, deadline=None)
@given(order=st.permutations(range(10)), again=st.lists(st.integers(0, 9), max_size=4), cut=st.integers(1, 9))
def test_similarities_hold_whatever_comes_when(
    order: list[int], again: list[int], cut: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    database = tmp_path_factory.mktemp("order") / "articles.db"
    captures = [*growth.left_over(3), *growth.one_file(4), *growth.better_page(2), *growth.same_words(1)]
    coming = [*order, *again]
    for part in (coming[:cut], coming[cut:]):
        with Run(Store(database)) as run:
            for number in part:
                take(run, [captures[number]], number)
    assert wrong(database) == []
