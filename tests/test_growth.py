"""What is done for a page, however many pages are like it: SQLite's steps, and the answers of the indexes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.benchmarks import growth_cases
from lab.benchmarks.growth_cases import CASES, Capture
from tests.test_measures import wrong
from winnow.archive import rows
from winnow.archive.measures import AT_THE_END
from winnow.archive.store import Store
from winnow.items import HTML, TEXT, Page, Reason, Rejection
from winnow.reading import Reading
from winnow.runs.run import Run

SPAN = 30  # pages whose steps are counted together: a commit or a merge of the search index comes now and then
STEPS = 50  # instructions of SQLite's virtual machine between two calls


def _take(run: Run, capture: Capture, number: int) -> None:
    """Take a page in a run of its own, without the end of that run."""
    _take_reading(run, capture.path, capture.reading(number))


def _take_reading(run: Run, path: str, reading: Reading) -> None:
    run.id = rows.insert(run.store.db, "runs", {"started": run.started, "settings": "{}", "versions": "{}"})
    run.take(Page(path, "/made", modified=reading.sha256), partial(_given, reading))


def _given(reading: Reading, _page: Page) -> Reading:
    return reading


@pytest.mark.parametrize("case", ["distinct", "same words", "typography", "left over", "templates", "one file"])
def test_many_pages_that_are_alike_cost_no_more_than_few(case: str, tmp_path: Path) -> None:
    calls: list[None] = []
    at: list[int] = []
    with Run(Store(tmp_path / "articles.db")) as run:
        run.store.db.conn.set_progress_handler(partial(calls.append, None), STEPS)
        for number, capture in enumerate(CASES[case](13 * SPAN)):
            _take(run, capture, number)
            at.append(len(calls))
        run.store.db.conn.set_progress_handler(None, STEPS)
    few, many = at[5 * SPAN] - at[4 * SPAN], at[12 * SPAN] - at[11 * SPAN]
    assert 0 < many <= 1.25 * few


def test_what_is_known_of_bytes_costs_no_more_for_many_refused_pages_that_have_them(tmp_path: Path) -> None:
    calls: list[None] = []
    told: list[int] = []
    refused = Reading("e", TEXT, "utf-8", rejection=Rejection(Reason.NO_ARTICLE, "an empty file"))
    with Run(Store(tmp_path / "articles.db")) as run:
        for number in range(10 * SPAN):
            _take_reading(run, f"{number}.txt", refused)
            if number in (SPAN, 9 * SPAN):
                calls.clear()
                run.store.db.conn.set_progress_handler(partial(calls.append, None), 1)
                assert not run.store.is_forgotten("e", None)
                assert not run.store.index.has_bytes("e", None)
                run.store.db.conn.set_progress_handler(None, 1)
                told.append(len(calls))
    few, many = told
    assert 0 < many <= few


def test_a_file_whose_versions_were_all_refused_costs_no_more(tmp_path: Path) -> None:
    calls: list[None] = []
    at: list[int] = []
    with Run(Store(tmp_path / "articles.db")) as run:
        run.store.db.conn.set_progress_handler(partial(calls.append, None), STEPS)
        for number in range(13 * SPAN):
            refused = Reading(
                f"{number:064}", TEXT, "utf-8", rejection=Rejection(Reason.NO_ARTICLE, "few words", "few")
            )
            _take_reading(run, "page.txt", refused)
            at.append(len(calls))
        run.store.db.conn.set_progress_handler(None, STEPS)
    assert at[12 * SPAN] - at[11 * SPAN] <= 1.25 * (at[5 * SPAN] - at[4 * SPAN])


@settings(max_examples=30, deadline=None)
@given(states=st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 5)), min_size=1, max_size=30))
def test_the_newest_version_at_a_path_is_known(
    states: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Files that change, change back and take each other's texts; the plain queries look at all versions."""
    texts = [capture.text for capture in growth_cases.one_file(3)] + [each.text for each in growth_cases.distinct(3)]
    newest = "SELECT id FROM pages WHERE path = ? ORDER BY last_run DESC, id DESC LIMIT 1"
    previous = """SELECT c.id FROM pages p JOIN articles a ON a.id = p.article_id JOIN pages c ON c.id = a.page_id
        WHERE p.path = ?1 AND c.path = ?1 ORDER BY p.last_run DESC, p.id DESC LIMIT 1"""
    first = """SELECT min(p.id) FROM pages p JOIN texts t ON t.sha256 = p.text_sha256
        WHERE p.article_id IS NOT NULL AND t.words_sha256 = ?"""
    with Run(Store(tmp_path_factory.mktemp("versions") / "articles.db")) as run:
        store, ask = run.store, run.store.db.execute
        for path, state in states:
            capture = Capture(path, texts[state])
            _take(run, capture, state)
            for place in "ab":
                page = Page(place, "/made")
                known, spoke = store.known_file(page), store.previous_page(page)
                assert (known and (known.page_id,)) == ask(newest, [place]).fetchone()
                assert (spoke and (spoke.page_id,)) == ask(previous, [place]).fetchone()
            digest = capture.reading(state).fingerprint
            assert digest
            same = store.index.page_with_digest(digest.digest)
            assert (same and same.page_id,) == ask(first, [digest.digest]).fetchone()


@pytest.mark.parametrize("between", [lambda number: None, lambda number: f"{number}.html"])
def test_the_similarities_of_very_many_pages_hold_after_some_runs(
    between: Callable[[int], str | None], tmp_path: Path
) -> None:
    """Each of the first runs makes another page the canonical one before all pages are measured."""
    database, count = tmp_path / "articles.db", 5 * AT_THE_END
    with Run(Store(database)) as run:
        for number, capture in enumerate(growth_cases.left_over(count)):
            _take(run, capture, number)
    for number, capture in enumerate(growth_cases.one_file(3)):
        with Run(Store(database)) as run:
            _take(run, Capture("page.html", capture.text, HTML), count + number)
    assert wrong(database)
    for number in range(8):
        with Run(Store(database)) as run:
            if path := between(number):
                _take(run, Capture(path, next(growth_cases.distinct(1)).text + str(number)), 2 * count + number)
    assert wrong(database) == []
