"""Articles about the same event: how many of the pairs that are shown as such are.

    python -m lab.benchmarks.stories [--fillers 600] [--misses]

The accounts are made up and stand in `stories.toml`: three of each of twenty events, two events each of one theme and
of the same days, some in one place or with the same people. Of their pairs 200 are judged: all of one event, all of two
events of one theme, and the first of others whose days are the nearest. Among them are the articles of
`half_remembered.toml` and others of the same words.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import itertools
import sqlite3
import tempfile
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lab.benchmarks import half_remembered
from winnow.archive.store import Store
from winnow.fingerprint import fingerprint
from winnow.items import TEXT, Article, Page
from winnow.reading import Reading
from winnow.room.database import rows
from winnow.room.stories import also_about
from winnow.runs.run import Run

DATA = Path(__file__).with_name("stories.toml")
PAIRS = 200


@dataclass(frozen=True, slots=True)
class Pair:
    """Two accounts by their numbers, and whether they are about one event; `is_shown` if the room says so."""

    one: int
    other: int
    is_story: bool
    is_shown: bool = False


def accounts() -> list[dict[str, Any]]:
    """Return the made-up accounts."""
    return list(tomllib.loads(DATA.read_text(encoding="utf-8"))["accounts"])


def pairs(told: list[dict[str, Any]]) -> list[Pair]:
    """Return the pairs that are judged."""
    every = list(itertools.combinations(range(len(told)), 2))
    near = [pair for pair in every if told[pair[0]]["theme"] == told[pair[1]]["theme"]]
    others = sorted((pair for pair in every if pair not in set(near)), key=lambda pair: (_apart(told, *pair), pair))
    return [Pair(*pair, told[pair[0]]["event"] == told[pair[1]]["event"]) for pair in [*near, *others][:PAIRS]]


def _apart(told: list[dict[str, Any]], one: int, other: int) -> int:
    days = [date.fromisoformat(told[number]["date"]) for number in (one, other)]
    return abs((days[0] - days[1]).days)


def measure(database: Path, fillers: int = half_remembered.FILLERS) -> list[Pair]:
    """Make an archive of the accounts among other articles; return the pairs, with what the room says of them."""
    told = accounts()
    half_remembered.make(database, fillers)
    with Run(Store(database)) as run:
        for number, each in enumerate(told):
            stated = {"title": each["title"], "date": each["date"], "language": each.get("language", "en")}
            article = Article(each["text"].strip(), url=f"https://account.example/{number}", **stated)
            sha256 = hashlib.sha256(article.text.encode()).hexdigest()
            reading = Reading(sha256, TEXT, "utf-8", article, fingerprint(article.text))
            run.take(Page(f"{number}.txt", "/accounts"), lambda _, reading=reading: reading)  # type: ignore[misc]
    with contextlib.closing(sqlite3.connect(database)) as db:
        found = {row["url"]: row for row in rows(db, "SELECT * FROM articles WHERE hostname IS NULL")}
        articles = [found[f"https://account.example/{number}"] for number in range(len(told))]
        shown = {(each["id"], also["id"]) for each in articles for also in also_about(db, each)}
    ids = [each["id"] for each in articles]
    return [
        Pair(pair.one, pair.other, pair.is_story, bool(shown & {(ids[pair.one], ids[pair.other]),
                                                                (ids[pair.other], ids[pair.one])}))
        for pair in pairs(told)
    ]  # fmt: skip


def precision_and_recall(found: list[Pair]) -> tuple[float, float]:
    """Return the share of the pairs shown that are about one event, and of those about one event that are shown."""
    right = sum(pair.is_shown and pair.is_story for pair in found)
    return right / max(1, sum(pair.is_shown for pair in found)), right / sum(pair.is_story for pair in found)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fillers", type=int, default=half_remembered.FILLERS)
    parser.add_argument("--misses", action="store_true", help="show the pairs that were judged wrongly")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder) / "articles.db", args.fillers)
    precision, recall = precision_and_recall(found)
    shown = sum(pair.is_shown for pair in found)
    print(f"{len(found)} pairs, {shown} shown: precision {precision:.3f}, recall {recall:.3f}")
    titles = [each["title"] for each in accounts()]
    for pair in found if args.misses else []:
        if pair.is_shown != pair.is_story:
            print(f"{'wrong' if pair.is_shown else 'missed'}: {titles[pair.one]} | {titles[pair.other]}")


if __name__ == "__main__":
    main()
