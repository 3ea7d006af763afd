"""Articles about the same event are shown as such, others are not."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from lab.benchmarks import stories as benchmark
from tests.archives import seed, send
from tests.test_browse import get
from winnow.room.database import rows
from winnow.room.stories import also_about, telling

pytestmark = pytest.mark.filterwarnings("ignore")

FIRST = "On Monday the mayor of Lower Tarn, Edith Quarrell, opened the Brannick bridge, and the choir sang in the rain."
SECOND = "Rain did not keep Edith Quarrell from cutting a ribbon on the Brannick crossing, which took years to build."
OTHER = "In Harle the theatre has shown a comedy by Tom Reike, in which a postman and a queen exchange their hats."


def test_pairs_about_one_event_are_told_from_others(tmp_path: Path) -> None:
    found = benchmark.measure(tmp_path / "articles.db")
    precision, recall = benchmark.precision_and_recall(found)
    assert (len(found), sum(pair.is_story for pair in found)) == (200, 60)
    assert precision >= 0.9
    assert recall >= 0.8


def archive(path: Path, *told: tuple[str, str], language: str = "en") -> Path:
    seeds = [
        seed(f"{number}.txt", text, date=day, title=f"Number {number}", language=language)
        for number, (text, day) in enumerate(told, 1)
    ]
    send(path / "articles.db", seeds)
    return path / "articles.db"


def also(database: Path, number: int = 1) -> list[int]:
    with contextlib.closing(sqlite3.connect(database)) as db:
        [article] = rows(db, "SELECT * FROM articles WHERE id = ?", [number])
        return [each["id"] for each in also_about(db, article)]


def test_another_account_of_the_same_days_is_shown(tmp_path: Path) -> None:
    database = archive(tmp_path, (FIRST, "2024-03-11"), (OTHER, "2024-03-11"), (SECOND, "2024-03-13"))
    assert (also(database, 1), also(database, 2), also(database, 3)) == ([3], [], [1])
    page = get(database, "/NAME/articles/1")["/NAME/articles/1"].text
    assert 'id="also"' in page
    assert "Number 3" in page


@pytest.mark.parametrize("day", ["2024-03-30", "2023-03-11", None])
def test_an_account_of_another_time_is_not_shown(tmp_path: Path, day: Any) -> None:
    assert also(archive(tmp_path, (FIRST, "2024-03-11"), (SECOND, day))) == []


@pytest.mark.parametrize("day", [None, "no day", "9999-12-31", "0001-01-01"])
def test_an_article_without_a_day_that_can_be_is_about_nothing_else(tmp_path: Path, day: Any) -> None:
    database = archive(tmp_path, (FIRST, "2024-03-11"), (SECOND, "2024-03-11"))
    with contextlib.closing(sqlite3.connect(database)) as db, db:
        db.execute("UPDATE articles SET date = ? WHERE id = 1", [day])
    assert also(database) == []


def test_accounts_in_japanese_share_words_in_their_scripts(tmp_path: Path) -> None:
    told = (
        ("佐藤市長は月曜日、白浜大橋の開通式でテープを切った。雨の中で合唱団が歌った。", "2024-03-11"),
        ("九年かかった白浜大橋がついに開通し、佐藤市長が最初に渡った。", "2024-03-12"),
        ("劇場では郵便局員と女王が帽子を交換する喜劇が上演された。", "2024-03-12"),
    )
    assert also(archive(tmp_path, *told, language="ja")) == [2]


def test_names_are_words_with_a_capital_inside_a_sentence() -> None:
    found = {word.text: word.is_name for word in telling("A bridge", "Rain fell. Mayor Quarrell came in 40 hats.")}
    assert found["quarrell"]
    assert found["40"]
    assert not found.get("mayor")
    assert not found["bridge"]
