"""What the time and the address of a capture decide."""

from __future__ import annotations

from pathlib import Path

import pytest

from lab.samples import html_page, sentences
from tests.captured import EARLY, ENDS, LATE, URL, capture, page, rows
from winnow.runs.one_process import run_pages
from winnow.runs.rebuild import rebuild


@pytest.mark.parametrize(("second", "canonical"), [(EARLY, 2), (LATE, 1), (None, 1)])
def test_of_pages_with_the_same_words_the_earlier_capture_speaks_for_the_article(
    tmp_path: Path, second: str | None, canonical: int
) -> None:
    first = capture("a", page(1), "2020-06-01T00:00:00+00:00", f"{URL}a")
    run_pages([first, capture("b", page(1, "<p>Another teaser</p>"), second, f"{URL}b")], tmp_path / "a.db")
    assert rows(tmp_path / "a.db", "SELECT page_id, url, first_seen FROM articles") == [
        (canonical, f"{URL}{'ab'[canonical - 1]}", EARLY if second == EARLY else "2020-06-01T00:00:00+00:00")
    ]
    if canonical == 2:
        assert rows(tmp_path / "a.db", ENDS)[1][2].startswith(f"better, as captured earlier ({EARLY})")
    rebuild(tmp_path / "a.db")
    assert rows(tmp_path / "a.db", "SELECT page_id FROM articles") == [(canonical,)]


def test_of_copies_of_the_same_bytes_the_earlier_capture_speaks_for_the_article(tmp_path: Path) -> None:
    times = ["2020-06-01T00:00:00+00:00", LATE, EARLY, None, "2020-03-01T00:00:00+00:00"]
    pages = [capture(name, page(1), time, f"{URL}{name}") for name, time in zip("abcde", times, strict=True)]
    run_pages(pages, tmp_path / "a.db")
    assert rows(tmp_path / "a.db", "SELECT page_id, url, first_seen, page_count FROM articles") == [
        (3, f"{URL}c", EARLY, 5)
    ]
    ends = [
        ("same bytes", 1, "page 3 is better: the same file"),
        ("same bytes", 1, "the same file as page 1"),
        ("changed", 1, f"better, as captured earlier ({EARLY}): the same file as page 1"),
        ("same bytes", 1, "the same file as page 1"),
        ("same bytes", 1, "the same file as page 1"),
    ]
    assert rows(tmp_path / "a.db", ENDS) == ends
    rebuild(tmp_path / "a.db")
    assert rows(tmp_path / "a.db", ENDS) == ends


def test_copy_that_gives_other_words_by_its_charset_speaks_for_nobody(tmp_path: Path) -> None:
    body = page(1).decode().replace('<meta charset="utf-8">', "").replace("a", "а").encode("cp1251")
    for name, path in (("windows-1251", "a"), ("koi8-r", "b")):
        time = LATE if path == "a" else EARLY
        run_pages([capture(path, body, time, f"{URL}{path}", charset=name)], tmp_path / "a.db")
    assert rows(tmp_path / "a.db", ENDS)[1] == ("same bytes", 1, "the same file as page 1")
    assert rows(tmp_path / "a.db", "SELECT page_id, first_seen FROM articles") == [(1, EARLY)]


def test_later_text_at_an_address_updates_its_article_whichever_is_read_first(tmp_path: Path) -> None:
    old, new = page(1), html_page("Story 1", [*sentences(1)[:-1], "It ends in quite another way than it did."]).encode()
    for name, pages in {"in order": [(old, EARLY), (new, LATE)], "backwards": [(new, LATE), (old, EARLY)]}.items():
        captures = [capture(captured, body, captured, URL) for body, captured in pages]
        run_pages(captures, tmp_path / f"{name}.db")
        found = rows(tmp_path / f"{name}.db", "SELECT text LIKE '%another way than%', first_seen FROM articles")
        assert found == [(1, EARLY)], name
    assert [reason for reason, *_ in rows(tmp_path / "in order.db", ENDS)] == ["new", "changed"]
    assert [reason for reason, *_ in rows(tmp_path / "backwards.db", ENDS)] == ["new", "near-duplicate"]


@pytest.mark.parametrize("days", [(1, 2, 3), (1, 3, 2), (2, 1, 3), (3, 2, 1), (1, 2, 3, 4), (2, 4, 1, 3), (4, 3, 2, 1)])
def test_bytes_that_were_an_article_s_text_before_are_so_again_when_they_are_captured_later(
    tmp_path: Path, days: tuple[int, ...]
) -> None:
    """On odd days the address says one thing, on even days another."""
    said = {1: page(1), 0: html_page("Story 1", [*sentences(1)[:-1], "It ends in another way than it did."]).encode()}
    database = tmp_path / "a.db"
    run_pages([capture(f"{day}", said[day % 2], f"2024-05-0{day}T00:00:00+00:00", URL) for day in days], database)
    [(is_other,)] = rows(database, "SELECT text LIKE '%another way than%' FROM articles")
    assert is_other == (max(days) % 2 == 0)
    states = ("SELECT * FROM articles", "SELECT page_id, text_sha256 FROM revisions", ENDS)
    before = [rows(database, state) for state in states]
    rebuild(database)
    assert [rows(database, state) for state in states] == before
