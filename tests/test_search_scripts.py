"""Search in every script: hard queries for small texts in many languages, each answered as its reader expects."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator

import pytest

from tests.search_texts import QUERIES, TEXTS
from winnow.archive.store import Store
from winnow.fingerprint import fingerprint
from winnow.items import Article, Page
from winnow.reading import Reading
from winnow.room.asked import Asked
from winnow.room.search import search
from winnow.runs.run import Run


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """Make an archive of the texts; the id of an article is the number of its text."""
    path = tmp_path_factory.mktemp("scripts") / "articles.db"
    run = Run(Store(path))
    for name, (language, title, text) in TEXTS.items():
        article = Article(text, title=title, language=language)
        page, reading = Page(name, "/pages"), Reading(name, article=article, fingerprint=fingerprint(text))
        run.enter()
        run.save(page, reading, run.decide(page, reading))
    run.finish("finished")
    with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as opened:
        yield opened


def found(db: sqlite3.Connection, words: str) -> set[str]:
    names = list(TEXTS)
    return {names[row["id"] - 1] for row in search(db, Asked(q=words)).articles}


@pytest.mark.parametrize(
    ("words", "meant", "missing", "expected"),
    [
        ("lighthuose", "lighthouse", [], {"en"}),
        ("lighthuose feries", "lighthouse ferries", [], {"en"}),
        ("корбли", "корабли", [], {"ru"}),
        ("lighthouse zzyzx", "", ["zzyzx"], {"en"}),
        ("zzyzx OR qqqq lighthouse", "", ["zzyzx OR qqqq"], {"en"}),
        ("灯台 漁師", "", ["漁師"], {"ja"}),
        ("lighthouse ferries accountant", "", ["accountant"], {"en"}),
        ("zzyzx", "", [], set()),
        ('"lighthuose"', "", [], set()),
    ],
)
def test_where_nothing_is_found_other_and_fewer_words_are_tried(
    db: sqlite3.Connection, words: str, meant: str, missing: list[str], expected: set[str]
) -> None:
    result = search(db, Asked(q=words))
    names = list(TEXTS)
    assert result.meant == meant
    assert bool(result.articles) == bool(expected and not missing)
    first = [*result.articles, *result.others][: len(expected)]
    assert {names[article["id"] - 1] for article in first} == expected
    assert [article["missing"] for article in result.others[: len(expected)]] == ([missing] if missing else [])


@pytest.mark.parametrize(
    ("words", "snippet"),
    [
        ("天気", "明日の[天気]予報"),
        ("cooperation", "thanks to the [co-operation] of three"),
        ("ferry", "Two [ferries] now"),
        ("files", "The [ﬁles] lie"),
        ("مدرسة", "إلى [المدرسة] القديمة"),
        ("C++", "written in [C++], since"),
        ("학교", "아이들은 [학교]에서"),
        ("hauptstr*", "an der [Hauptstraße] wurden"),
        ('"tres harbours" OR "three harbours"', "of [three harbours]. Relations"),
    ],
)
def test_snippets_mark_what_matched(db: sqlite3.Connection, words: str, snippet: str) -> None:
    [article] = search(db, Asked(q=words)).articles
    assert snippet in article["snippet"].replace("\x02", "[").replace("\x03", "]")


def test_the_queries_are_for_many_languages() -> None:
    assert len(QUERIES) == 47
    assert len({TEXTS[name][0] for names in QUERIES.values() for name in names.split()}) >= 16


@pytest.mark.parametrize("words", QUERIES)
def test_a_hard_query_finds_what_its_reader_expects(db: sqlite3.Connection, words: str) -> None:
    assert found(db, words) == set(QUERIES[words].split())
