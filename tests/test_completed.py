"""An article's title, author, date and address come from whichever of its pages states them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from tests.archives import Seed, seed, send
from tests.memory_index import words
from tests.test_rebuild import contents
from winnow.archive.store import Store
from winnow.corrections import Action, Correction
from winnow.items import TEXT
from winnow.runs.corrections import correct, take_back
from winnow.runs.rebuild import rebuild

LINES = [words(45, line) for line in range(6)]
WHOLE = "\n".join(LINES)
HOST: dict[str, Any] = {"hostname": "a.example"}
STATED = {"title": "The Lock", "author": "Ann Lee", "date": "2024-05-01", "url": "https://a.example/1"} | HOST
BARE, FULL = seed("bare.html", WHOLE, confidence=0.9), seed("full.html", WHOLE, confidence=0.7, **STATED)
TITLED = seed("titled.txt", WHOLE, TEXT, title="THE LOCK")
CUT = seed("cut.html", "\n".join(LINES[:2]), author="The Desk", date="2024-06-01")


def stated(archive: Path) -> dict[str, Any]:
    """Return what the one article of an archive states."""
    with closing(sqlite3.connect(archive)) as db:
        db.row_factory = sqlite3.Row
        [row] = db.execute("SELECT title, author, date, url, hostname, page_id FROM articles")
        return dict(row)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "a.db"


def test_what_the_chosen_page_does_not_state_comes_from_another(archive: Path) -> None:
    send(archive, [BARE, FULL])
    assert stated(archive) == STATED | {"page_id": 1}
    with closing(sqlite3.connect(archive)) as db:
        assert db.execute("SELECT author FROM extractions ORDER BY page_id").fetchall() == [(None,), ("Ann Lee",)]


@pytest.mark.parametrize("order", [*permutations([BARE, FULL, TITLED, CUT])])
def test_any_order_of_pages_gives_what_a_rebuild_gives(archive: Path, order: list[Seed]) -> None:
    send(archive, list(order))
    before, told = contents(archive), stated(archive)
    assert told["author"] == "Ann Lee"
    assert told["title"]
    rebuild(archive)
    assert contents(archive) == before


def test_an_excerpt_tells_nothing_of_its_article(archive: Path) -> None:
    send(archive, [BARE, CUT])
    assert stated(archive)["author"] is None


def test_what_a_page_states_itself_stays(archive: Path) -> None:
    other = seed("other.html", WHOLE, confidence=0.7, title="Another", author="Bo Berg")
    send(archive, [FULL, other])
    assert (stated(archive)["title"], stated(archive)["author"]) == ("The Lock", "Ann Lee")


def test_an_address_of_another_host_is_not_the_articles(archive: Path) -> None:
    send(archive, [seed("bare.html", WHOLE, confidence=0.9, hostname="b.example"), FULL])
    assert (stated(archive)["url"], stated(archive)["hostname"]) == (None, "b.example")


def test_a_page_that_says_the_same_again_is_no_change(archive: Path) -> None:
    again = seed("bare.html", WHOLE, confidence=0.91)
    send(archive, [BARE, FULL], [again])
    with closing(sqlite3.connect(archive)) as db:
        assert db.execute("SELECT reason FROM pages ORDER BY id DESC LIMIT 1").fetchone() == ("same text",)
    assert stated(archive)["author"] == "Ann Lee"


def test_a_person_goes_before_all_pages_and_can_take_it_back(archive: Path) -> None:
    send(archive, [BARE, FULL])
    sha256 = str(FULL[1].sha256)
    clear = Correction(action=Action.CLEAR, sha256=sha256, moment="2026-01-01T00:00:00+00:00", field="author")
    store = Store(archive)
    try:
        [number] = correct(store, [clear])
        store.commit()
        assert stated(archive)["author"] is None
        take_back(store, number)
    finally:
        store.close()
    assert stated(archive)["author"] == "Ann Lee"
