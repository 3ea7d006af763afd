"""Searches by people who have half forgotten what they look for: how many find their article on the first page.

    python -m lab.benchmarks.half_remembered [--fillers 600] [--misses]

The articles and what is typed are made up and stand in `half_remembered.toml`: words in other forms, a word that the
article has not, typing errors, other languages, and what is known of site, author or month. Among the articles are
others of the same words: sentences of the articles in a language, mixed, with two words in five replaced by others of
these articles.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import random
import re
import sqlite3
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from winnow.archive.store import Store
from winnow.fingerprint import fingerprint
from winnow.items import TEXT, Article, Page
from winnow.reading import Reading
from winnow.room.asked import Asked
from winnow.room.search import search
from winnow.runs.run import Run

DATA = Path(__file__).with_name("half_remembered.toml")
FILLERS = 600
REPLACED = 0.4  # of the words of a mixed sentence
_SENTENCE = re.compile(r"[^.!?。！？؟]+[.!?。！？؟]”?")
_WORD = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]{1,2}|[^\W\u3040-\u30ff\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Sought:
    """What is typed, the name of the article that is meant, the kind of error, and where it was found: 0 is nowhere."""

    typed: str
    article: str
    kind: str
    place: int = 0


def articles() -> dict[str, Article]:
    """Return the made-up articles by their names."""
    made = tomllib.loads(DATA.read_text(encoding="utf-8"))["articles"]
    return {each["id"]: _article(each) for each in made}


def _article(told: dict[str, Any]) -> Article:
    shown = {name: told[name] for name in ("title", "author", "date", "section", "language")}
    url = f"https://{told['site']}/{told['id']}"
    return Article(told["text"].strip(), hostname=told["site"], url=url, **shown)


def queries() -> list[Sought]:
    """Return what people type."""
    made = tomllib.loads(DATA.read_text(encoding="utf-8"))["queries"]
    return [Sought(each["typed"], each["article"], each["kind"]) for each in made]


def fillers(known: list[Article], count: int) -> Iterator[Article]:
    """Yield so many articles of the same words, in the languages of the articles as often as these have them."""
    chance = random.Random(22)
    for number in range(count):
        like = known[number % len(known)]
        same = [each for each in known if each.language == like.language]
        sentences = [sentence.strip() for each in same for sentence in _SENTENCE.findall(each.text)]
        words = [word for each in same for word in _WORD.findall(each.text)]
        mixed = [_mixed(chance, chance.choice(sentences), words) for _ in range(chance.randint(5, 12))]
        other, day = chance.choice(same), f"{chance.randint(2018, 2024)}-{chance.randint(1, 12):02}-01"
        title = _mixed(chance, chance.choice(same).title or "", words)
        url = f"https://{other.hostname}/{number}"
        stated: dict[str, Any] = {
            "hostname": other.hostname,
            "author": chance.choice(same).author,
            "section": other.section,
        }
        yield Article(" ".join(mixed), title=title, url=url, date=day, language=like.language, **stated)


def _mixed(chance: random.Random, text: str, words: list[str]) -> str:
    return _WORD.sub(lambda found: chance.choice(words) if chance.random() < REPLACED else found[0], text)


def make(database: Path, count: int) -> dict[str, int]:
    """Write the articles into a new archive, some of so many others before and some after; return their ids by name."""
    named = articles()
    others = list(fillers(list(named.values()), count))
    half = len(others) // 2
    ids = {}
    with Run(Store(database)) as run:
        for number, article in enumerate([*others[:half], *named.values(), *others[half:]]):
            page, reading = _page(f"{number}.txt", article)
            run.take(page, lambda _, reading=reading: reading)  # type: ignore[misc]
        run.store.commit()
        for name, article in named.items():
            found = run.store.db.execute("SELECT id FROM articles WHERE url = ?", [article.url]).fetchone()
            ids[name] = int(found[0])
    return ids


def _page(path: str, article: Article) -> tuple[Page, Reading]:
    sha256 = hashlib.sha256(f"{path} {article.text}".encode()).hexdigest()
    return Page(path, "/half-remembered"), Reading(sha256, TEXT, "utf-8", article, fingerprint(article.text))


def measure(database: Path, ids: dict[str, int]) -> list[Sought]:
    """Return what was typed, each with the place of its article on the first page of the results."""
    with contextlib.closing(sqlite3.connect(database)) as db:
        return [_found(db, sought, ids[sought.article]) for sought in queries()]


def _found(db: sqlite3.Connection, sought: Sought, wanted: int) -> Sought:
    found = search(db, Asked(q=sought.typed))
    results = [article["id"] for article in [*found.articles, *found.others]]
    place = results.index(wanted) + 1 if wanted in results else 0
    return Sought(sought.typed, sought.article, sought.kind, place)


def report(found: list[Sought], with_misses: bool) -> None:
    """Print how many are found, by kind, and on request those that are not."""
    for kind in dict.fromkeys(sought.kind for sought in found):
        places = [sought.place for sought in found if sought.kind == kind]
        print(f"{kind:6} {sum(map(bool, places)):3} of {len(places)}, {places.count(1)} in the first place")
    places = [sought.place for sought in found]
    print(f"all    {sum(map(bool, places)):3} of {len(places)}, {places.count(1)} in the first place")
    for sought in found if with_misses else []:
        if not sought.place:
            print(f"missed: {sought.typed} ({sought.article}, {sought.kind})")


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fillers", type=int, default=FILLERS, help="articles beside those that are looked for")
    parser.add_argument("--misses", action="store_true", help="show what was not found")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "articles.db"
        report(measure(database, make(database, args.fillers)), args.misses)


if __name__ == "__main__":
    main()
