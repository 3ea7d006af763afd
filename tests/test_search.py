"""The reading room's search: whatever is typed, and what is found."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winnow.archive.schema import begin
from winnow.archive.sqlite import Database
from winnow.archive.words import catch_up
from winnow.room import beginnings
from winnow.room import search as searching
from winnow.room.asked import MAX_PAGES, Asked
from winnow.room.search import search
from winnow.search import fold
from winnow.search.query import parse

TEXTS = {
    1: ("The old ferry", "A ferry crossed the bay at dawn. It's a river-bank tale of C++ and one café."),
    2: ("Night bus", "The bus waits for the ferry. Nobody said AND or OR."),
    3: ("Паром", "Старый паром снова ходит через залив."),
    4: ("渡轮码头", "渡轮码头将重新开放，居民很高兴。"),
    5: ("A second ferry", "Another ferry, another bay: the crossing bus."),
}


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    made = Database(sqlite3.connect(":memory:"))
    begin(made)
    for key, (title, text) in TEXTS.items():
        site = "even.example" if key % 2 == 0 else "odd.example"
        row = {"id": key, "title": title, "date": f"202{key}-05-01", "hostname": site, "section": "News", "text": text}
        made.table("articles").insert(row | {"word_count": 9, "first_seen": "2026", "last_seen": "2026"})
    catch_up(made)
    yield made.conn
    made.close()


def found(db: sqlite3.Connection, words: str, **more: Any) -> list[int]:
    """Return the articles that have what was typed, and none that have only a part of it."""
    result = search(db, Asked(q=words, **more))
    return [] if result.meant else [row["id"] for row in result.articles]


QUERIES = pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ferry", {1, 2, 5}),
        ("FERRY cafe", {1}),
        ('"the ferry"', {2}),
        ('"the ferry', {2}),
        ("ferry -bus", {1}),
        ('ferry -"the ferry"', {1, 5}),
        ("dawn OR nobody", {1, 2}),
        ("ferry AND bus", {2, 5}),
        ("cross*", {1, 5}),
        ("cross", set()),
        ("CROSS* d*", {1}),
        ("river-b*", {1}),
        ("caf* -d*", set()),
        ("ferry -daw*", {2, 5}),
        ("CAFÉ*", {1}),
        ("river-bank", {1}),
        ("C++", {1}),
        ("it's", {1}),
        ("title:ferry", set()),
        ("NEAR(ferry bay)", set()),
        ("паром", {3}),
        ("渡轮", {4}),
        ("OR ferry OR", {1, 2, 5}),
        ("ferry )(*^\"':{}", {1, 2, 5}),
        ("- -- ---", set()),
    ],
)


@QUERIES
def test_what_is_typed_finds_what_is_meant(db: sqlite3.Connection, words: str, expected: set[int]) -> None:
    assert set(found(db, words)) == expected


@QUERIES
def test_a_common_beginning_finds_the_same_by_the_words_that_have_it(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, words: str, expected: set[int]
) -> None:
    monkeypatch.setattr(beginnings, "GATHERED", 0)
    assert set(found(db, words)) == expected


def test_of_very_many_words_with_a_beginning_the_commonest_are_looked_for(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beginnings, "GATHERED", 0)
    monkeypatch.setattr(beginnings, "WORDS", 1)
    result = search(db, Asked(q="b*"))  # bus three times; bank and bay less often
    assert ({row["id"] for row in result.articles}, result.cut) == ({2, 5}, ["b"])
    assert search(db, Asked(q="ferr*")).cut == []


def test_title_matches_come_first(db: sqlite3.Connection) -> None:
    assert found(db, "bus")[0] == 2


def test_snippet_and_title_mark_the_words(db: sqlite3.Connection) -> None:
    first = search(db, Asked(q="паром")).articles[0]
    assert first["marked_title"] == "\x02Паром\x03"
    assert "\x02паром\x03" in first["snippet"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"site": "odd.example"}, {1, 5}),
        ({"year": "2022"}, {2}),
        ({"section": "News"}, {1, 2, 5}),
        ({"section": "Sport"}, set()),
        ({"site": "odd.example", "year": "2025"}, {5}),
        ({"language": "en"}, set()),
    ],
)
@pytest.mark.parametrize(("few", "some"), [(100, 50_000), (0, 50_000), (0, 0)])
def test_filters_hold_whichever_way_they_are_applied(
    db: sqlite3.Connection,
    monkeypatch: pytest.MonkeyPatch,
    filters: dict[str, str],
    expected: set[int],
    few: int,
    some: int,
) -> None:
    monkeypatch.setattr(searching, "FEW", few)
    monkeypatch.setattr(searching, "SOME", some)
    assert set(found(db, "ferry", **filters)) == expected


def test_without_words_the_newest_date_comes_first(db: sqlite3.Connection) -> None:
    assert found(db, "") == [5, 4, 3, 2, 1]
    assert found(db, "", site="even.example") == [4, 2]


def test_words_that_are_too_common_are_found_though_they_rank_nothing(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "COMMON", 2)
    assert found(db, "ferry") == [5, 2, 1]
    assert found(db, "ferry dawn") == [1]
    assert found(db, "ferry OR паром")[0] == 3


def test_a_page_says_what_was_not_looked_at(db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "RANKED", 2)
    monkeypatch.setattr(searching, "COUNTED", 2)
    result = search(db, Asked(q="ferry"))
    assert (result.total, result.is_more, result.ranked) == (2, True, 2)
    monkeypatch.setattr(searching, "FEW", 0)
    monkeypatch.setattr(searching, "EXAMINED_SOME", 2)
    result = search(db, Asked(q="ferry", site="odd.example"))
    assert ([row["id"] for row in result.articles], result.examined) == ([5], 2)


def test_excluded_words_are_looked_for_among_the_newest_only(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = search(db, Asked(q="ferry -dawn"))
    assert ([row["id"] for row in everything.articles], everything.examined) == ([5, 2], None)
    monkeypatch.setattr(searching, "EXAMINED_SOME", 1)
    newest = search(db, Asked(q="ferry -dawn"))
    assert ([row["id"] for row in newest.articles], newest.examined) == ([5], 1)


def test_pages_of_results_follow_each_other(db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "PER_PAGE", 2)
    for words in ("ferry", ""):
        asked = Asked(q=words)
        seen: list[int] = []
        while True:
            result = search(db, asked)
            seen += [row["id"] for row in result.articles]
            if not result.has_next:
                break
            asked = replace(asked, page=asked.page + 1)
        assert len(seen) == len(set(seen)) == result.total


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "9999999999", "²"])
def test_a_senseless_page_number_is_taken_as_none(page: str) -> None:
    assert 1 <= Asked.from_form({"page": page}).page <= MAX_PAGES


@given(st.text(max_size=60) | st.text(alphabet='"-*()ANDOR :^{}ab\0\ud800渡', max_size=60))
def test_sqlite_accepts_every_query(typed: str) -> None:
    query = parse(typed, ["en", "de"])
    if query is None:
        return
    with contextlib.closing(sqlite3.connect(":memory:")) as db:
        columns = "title, description, text, author"
        db.execute(f"CREATE VIRTUAL TABLE articles_search USING fts5 ({columns}, forms)")
        db.execute("SELECT * FROM articles_search WHERE articles_search MATCH ?", [query.match]).fetchall()
        typed = typed.encode(errors="replace").decode()
        db.execute("INSERT INTO articles_search (text) VALUES (?)", [" ".join(fold.words(typed))])
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(beginnings, "GATHERED", 0)
            spelled, _, _ = beginnings.bounded(db, query)
        for match in (spelled.match, *(term.match for term in query.terms)):
            db.execute("SELECT * FROM articles_search WHERE articles_search MATCH ?", [match]).fetchall()


def test_the_word_as_typed_comes_before_its_other_forms(db: sqlite3.Connection) -> None:
    db.execute("UPDATE articles SET language = 'en'")
    db.execute("UPDATE articles SET text = 'The crossing, and a crossing, in no other form.' WHERE id = 2")
    catch_up(Database(db))
    assert (found(db, "crossing")[-1], found(db, "crossed")[0]) == (1, 1)
    assert set(found(db, "crosses")) == {1, 2, 5}
    assert found(db, "ferry -crossed") == [5]
    assert found(db, '"crosses"') == []
    assert found(db, "crosses", language="de") == []


def test_the_words_in_a_very_long_text_are_found_but_not_looked_for_to_be_shown(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    db.execute("UPDATE articles SET text = 'It begins.' || printf('%.*c', 5000, ' ') || 'A zeppelin.' WHERE id = 1")
    catch_up(Database(db))
    assert "\x02zeppelin" in search(db, Asked(q="zeppelin")).articles[0]["snippet"]
    monkeypatch.setattr(searching, "READ", 3000)
    [article] = search(db, Asked(q="zeppelin")).articles
    assert article["snippet"].startswith("It begins.")
