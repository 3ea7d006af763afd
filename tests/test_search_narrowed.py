"""Searches that are narrowed, by operators or by fields, what is counted of them, and what programs get."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.archives import seed as page
from tests.archives import send
from tests.test_browse import get, loads
from winnow.room import facets, filters
from winnow.room import search as searching
from winnow.room.asked import Asked
from winnow.room.search import Results, search
from winnow.search.operators import NAMES, split
from winnow.search.passages import shortened, snippets
from winnow.search.query import parse

pytestmark = pytest.mark.filterwarnings("ignore")

# Number: site, author, section, language, date. Every text has "ferry", the even ones "harbour" too.
ARTICLES = {
    1: ("gazette.example", "Ann Lee", "News", "en", "2022-03-09"),
    2: ("gazette.example", "Bo Berg", "News", "en", "2022-03-31"),
    3: ("courier.example", "Ann Lee", "Sport", "de", "2022-06-01"),
    4: ("courier.example", "Zoë Öst", "News", "en", "2024-01-15"),
    5: ("courier.example", None, None, None, None),
}
WORDS = ("anchor", "barrel", "candle", "dredger", "engine")


def story(number: int) -> str:
    """Return a text that no other number has, of words that mean nothing."""
    invented = " ".join(f"w{number}x{place} w{place * number}y" for place in range(60))
    return f"The ferry and its {WORDS[number - 1]}{' in the harbour' if number % 2 == 0 else ''}.\n\n{invented}"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("narrowed") / "articles.db"
    seeds = [
        page(f"{number}.html", story(number), hostname=site, author=author, section=section, language=language,
             date=date, title=f"Story {number}")
        for number, (site, author, section, language, date) in ARTICLES.items()
    ]  # fmt: skip
    send(path, seeds)
    return path


@pytest.fixture
def archive(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path))


@pytest.fixture
def db(archive: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(archive)) as opened:
        yield opened


def ids(results: Results) -> set[int]:
    return {article["id"] for article in results.articles}


NARROWED = [
    ("site:gazette.example", {1, 2}), ("site:www.gazette.example", {1, 2}), ("site:gaz", {1, 2}),
    ("site:nowhere", set()), ("-site:gazette.example", {3, 4, 5}), ("author:lee", {1, 3}), ('author:"Ann Lee"', {1, 3}),
    ('author:"Lee Ann"', set()), ("author:ost", {4}), ("author:lee author:ost", {1, 3, 4}),
    ("-author:lee", {2, 4, 5}), ("section:News", {1, 2, 4}), ("language:en -section:Sport", {1, 2, 4}),
    ("year:2022", {1, 2, 3}), ("month:2022-03", {1, 2}), ("date:2022-03-31", {2}), ("before:2022-03-31", {1}),
    ("before:2022-04", {1, 2}), ("after:2022-06", {3, 4}), ("after:2022-03-31 before:2024", {2, 3}),
    ("year:2022 year:2024", {1, 2, 3, 4}), ("-year:2022", {4, 5}), ("site:courier.example author:lee", {3}),
    ("SITE:gazette.example", {1, 2}), ("is:corrected", set()), ("is:starred", {2, 5}), ("-is:starred", {1, 3, 4}),
    ("since:2020", {1, 2, 3, 4, 5}), ("since:2999", set()),
]  # fmt: skip


@pytest.mark.parametrize(("few", "some"), [(100, 50_000), (0, 50_000), (0, 0)])
@pytest.mark.parametrize(("operators", "expected"), NARROWED)
def test_operators_narrow_a_search(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, operators: str, expected: set[int], few: int, some: int
) -> None:
    monkeypatch.setattr(searching, "FEW", few)
    monkeypatch.setattr(searching, "SOME", some)
    for words, of_all in (("", {1, 2, 3, 4, 5}), ("ferry ", {1, 2, 3, 4, 5}), ("harbour ", {2, 4})):
        assert ids(search(db, Asked(q=f"{words}{operators}"), starred=[2, 5])) == expected & of_all


@pytest.mark.parametrize(
    "typed", ["sınce:2024", "sİte:paper.example", "ſite:paper.example", "\u212aind:article", "-İS:starred"]
)
def test_a_name_with_a_letter_that_only_looks_like_one_of_its_own_is_a_word(typed: str) -> None:
    assert split(typed) == (typed, [])


@pytest.mark.parametrize(
    ("fields", "expected"),
    [({"author": "ann lee"}, {1, 3}), ({"before": "2022-04", "site": "gaz"}, {1, 2}), ({"year": "2022-06"}, {3}),
     ({"starred": "1"}, {2, 5}), ({"kind": "product,article"}, {1, 2, 3, 4, 5}),
     ({"author": "lee", "q": "ferry"}, {1, 3})],
)  # fmt: skip
def test_fields_narrow_a_search_as_operators_do(
    db: sqlite3.Connection, fields: dict[str, str], expected: set[int]
) -> None:
    assert ids(search(db, Asked.from_form(fields), starred=[2, 5])) == expected


def test_a_large_source_is_looked_up_page_by_page(
    archive: Path, db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    db.execute("UPDATE pages SET source = 'desk' WHERE id IN (2, 3)")
    for limit in (50_000, 1):
        monkeypatch.setattr(filters, "SOME", limit)
        assert ids(search(db, Asked(q="ferry source:desk"))) == ids(search(db, Asked(q="source:desk"))) == {2, 3}
        assert ids(search(db, Asked(q="ferry -source:desk"))) == {1, 4, 5}


def test_corrected_articles_are_found(db: sqlite3.Connection) -> None:
    sql = """INSERT INTO corrections (moment, action, sha256, path, field)
        SELECT '2026-01-01', 'clear', sha256, path, 'author' FROM pages WHERE id = 3"""
    db.execute(sql)
    assert ids(search(db, Asked(q="is:corrected ferry"))) == ids(search(db, Asked(corrected="1"))) == {3}
    assert facets.facets(db, [1, 3]).values["corrected"] == [{"value": "1", "articles": 1}]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("ferry before:noon", "ferry before:noon"), ("is:blue", "is:blue"), ("site:", "site:"),
        ('"a site:b c"', '"a site:b c"'),
        ("http://a.example/b", "http://a.example/b"), ("xsite:a", "xsite:a"), ("ferry site:a -car", "ferry -car"),
        ("after:2022-13", "after:2022-13"),
    ],
)  # fmt: skip
def test_what_is_no_operator_counts_as_words(typed: str, words: str) -> None:
    assert split(typed)[0] == words


@given(st.text(max_size=80) | st.text(alphabet='"-: site:author:is:starredbefore:2024-0 \0\ud800', max_size=80))
def test_any_search_is_answered(typed: str) -> None:
    words, operators = split(typed)
    assert operators or words == typed
    assert {each.name for each in operators} <= {*NAMES.values(), "corrected", "starred"}


@pytest.mark.parametrize(
    "typed", ["site:'\";--", "author:\"' OR 1", "section:%", "kind:a,b,", "author:!!", "-author:%"]
)
def test_hostile_values_are_taken_as_they_stand(db: sqlite3.Connection, typed: str) -> None:
    assert ids(search(db, Asked(q=f"ferry {typed}"))) in (set(), {1, 2, 3, 4, 5})


@pytest.mark.parametrize(
    ("sort", "order"),
    [("date", [4, 3, 2, 1, 5]), ("oldest", [1, 2, 3, 4, 5]), ("newest", [5, 4, 3, 2, 1]), ("places", [3, 5, 4, 2, 1])],
)
def test_articles_come_in_the_order_asked_for(db: sqlite3.Connection, sort: str, order: list[int]) -> None:
    db.execute("UPDATE articles SET page_count = 7 WHERE id = 3")
    for words in ("", "ferry"):
        assert [article["id"] for article in search(db, Asked(q=words, sort=sort)).articles] == order


def test_facets_count_what_is_found(db: sqlite3.Connection) -> None:
    found = facets.facets(db, search(db, Asked(q="ferry")).ids, starred=[1])
    counts = {name: {row["value"]: row["articles"] for row in listed} for name, listed in found.values.items()}
    assert counts == {
        "site": {"courier.example": 3, "gazette.example": 2}, "author": {"Ann Lee": 2, "Bo Berg": 1, "Zoë Öst": 1},
        "section": {"News": 3, "Sport": 1}, "kind": {"article": 5}, "language": {"en": 3, "de": 1},
        "year": {"2024": 1, "2022": 3}, "source": {}, "corrected": {}, "starred": {"1": 1},
    }  # fmt: skip
    for name, listed in counts.items():
        for each, number in listed.items():
            assert search(db, replace(Asked(q="ferry"), **{name: each}), starred=[1]).total == number


def test_a_timeline_keeps_empty_months_and_years() -> None:
    short = facets.timeline({"2023-11": 4, "2024-02": 1, "": 3, "no date": 2})
    assert [tuple(column.row.values()) for column in short.chart.columns] == [
        ("2023-11", 4), ("2023-12", 0), ("2024-01", 0), ("2024-02", 1),
    ]  # fmt: skip
    assert (short.undated, short.earlier) == (5, 0)
    long = facets.timeline({"1066-10": 1, "2001-01": 2, "2001-05": 3, "2024-02": 1})
    periods = [column.row["period"] for column in long.chart.columns]
    assert (len(periods), periods[-1], long.earlier) == (facets.YEARS, "2024", 1)
    assert sum(column.row["articles"] for column in long.chart.columns) == 6
    assert facets.timeline({}).chart.columns == []


def test_the_search_page_offers_to_narrow_and_takes_it_back(archive: Path) -> None:
    answers = get(archive, "/search?q=ferry", "/search?q=ferry&site=gazette.example", "/search?q=ferry+nowhere+harbour")
    every, narrowed, most = (answer.text for answer in answers.values())
    assert 'href="/search?q=ferry&amp;site=gazette.example"' in every
    assert 'href="/search?q=ferry&amp;year=2022"' in every
    assert 'aria-label="Remove the filter site"' in narrowed
    assert "These have most of the words" in most
    assert "without “<bdi>nowhere</bdi>”" in most
    assert loads(every).loads == loads(narrowed).loads


def test_a_search_is_given_to_programs(archive: Path) -> None:
    answers = get(archive, "/search.json?q=ferry&site=gazette.example", "/search.json", "/search.atom?q=ferry")
    narrowed, browsed, feed = answers.values()
    found = json.loads(narrowed.text)
    assert (found["total"], {article["title"] for article in found["articles"]}) == (2, {"Story 1", "Story 2"})
    assert found["facets"]["author"] == [{"value": "Ann Lee", "articles": 1}, {"value": "Bo Berg", "articles": 1}]
    assert found["articles"][0]["address"].endswith(f"/articles/articles/{found['articles'][0]['id']}")
    assert "\x02" not in narrowed.text
    assert json.loads(browsed.text)["total"] == 5
    assert feed.headers["content-type"].startswith("application/atom+xml")
    assert len(ElementTree.fromstring(feed.text).findall("{http://www.w3.org/2005/Atom}entry")) == 5


def test_a_feed_of_hostile_articles_is_xml(archive: Path, db: sqlite3.Connection) -> None:
    hostile = "]]><script>&\x0b\ufffe\"'"
    db.execute("UPDATE articles SET title = ?1, author = ?1, date = ?1, description = ?1, first_seen = ?1", [hostile])
    db.commit()
    feed = ElementTree.fromstring(get(archive, "/search.atom?q=%22%3E%3C")["/search.atom?q=%22%3E%3C"].text)
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    every = ElementTree.fromstring(get(archive, "/search.atom")["/search.atom"].text)
    titles = [entry.findtext("{http://www.w3.org/2005/Atom}title") for entry in every.iter() if "entry" in entry.tag]
    assert set(titles) == {"]]><script>&\"'"}


def test_several_passages_show_the_words_that_are_in_none_before() -> None:
    query = parse("ferry captain zeppelin", ["en"])
    assert query
    text = f"A ferry and its captain. {'It rains. ' * 60}Then a zeppelin came. {'It rains. ' * 60}A ferry again."
    shown = snippets(text, query.terms, "en", most=3)
    assert ["captain" in shown[0], "zeppelin" in shown[1], len(shown)] == [True, True, 2]
    assert len(snippets(text, query.terms, "en", most=1)) == 1


@pytest.mark.parametrize(
    ("text", "length", "shown"),
    [("One two three", 99, "One two three"), ("One two three", 9, "One two…"), ("One two, three", 9, "One two…"),
     ("今天很好，明天", 5, "今天很好…"), ("Unbrokenword", 5, "Unbro…"), ("", 5, "")],
)  # fmt: skip
def test_a_text_is_cut_between_words(text: str, length: int, shown: str) -> None:
    assert shortened(text, length) == shown


@given(st.text(), st.integers(1, 50))
def test_a_shortened_text_is_a_beginning(text: str, length: int) -> None:
    shown = shortened(text, length)
    assert " ".join(text.split()).startswith(shown.removesuffix("…"))
    assert len(shown) <= length + 1
