"""Archives of pages that no reader has read: texts of words that mean nothing, sent along the rest of the path."""

from __future__ import annotations

import hashlib
import random
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.memory_index import words
from winnow.archive.store import Store
from winnow.fingerprint import fingerprint
from winnow.items import HTML, TEXT, Article, Page, Reason, Rejection
from winnow.reading import Reading
from winnow.runs.run import Run

Seed = tuple[Page, Reading]


def seed(path: str, text: str, media_type: str = HTML, captured: str | None = None, **stated: Any) -> Seed:
    """Return a page, and what is read of it; without a text it is rejected."""
    body = f"{media_type} {text} {sorted(stated.items())}".encode()
    sha256 = hashlib.sha256(body).hexdigest()
    page = Page(path, "/pages", size=len(body), captured=captured)
    if not text:
        return page, Reading(sha256, media_type, rejection=Rejection(Reason.NO_ARTICLE, "no text"))
    shown = f"# {text}" if media_type == HTML else ""
    return page, Reading(sha256, media_type, "utf-8", Article(text, markdown=shown, **stated), fingerprint(text))


def send(database: Path, *runs: list[Seed], **options: Any) -> None:
    """Send pages along the path, in as many runs."""
    for seeds in runs:
        with Run(Store(database, **options)) as run:
            for page, reading in seeds:
                run.take(page, lambda _, reading=reading: reading)  # type: ignore[misc]


def with_texts_twice(database: Path) -> None:
    """Bring a database back to the schema of before m026, where articles have copies of their texts."""
    with closing(sqlite3.connect(database)) as db:
        db.executescript("""
            CREATE TABLE copied (sha256 TEXT PRIMARY KEY, words_sha256 TEXT NOT NULL, text TEXT NOT NULL);
            INSERT INTO copied SELECT * FROM texts;
            PRAGMA legacy_alter_table = ON;
            DROP VIEW texts;
            DROP TABLE known_texts;
            DROP TABLE texts_due;
            DROP TRIGGER known_texts_bu;
            DROP TRIGGER known_texts_bd;
            ALTER TABLE copied RENAME TO known_texts;
            PRAGMA legacy_alter_table = OFF;
            ALTER TABLE known_texts RENAME TO texts;
            CREATE INDEX texts_words_sha256 ON texts (words_sha256);
            DELETE FROM _sqlite_migrations WHERE name LIKE 'm026%';
        """)


class Chance:
    """Archives at random: a few stories in many states, as copies, excerpts and captures, at paths that come again."""

    def __init__(self, number: int) -> None:
        self._chance = random.Random(number)
        self._stories = [[words(45, 10 * story + line) for line in range(6)] for story in range(3)]

    def runs(self) -> list[list[Seed]]:
        """Return the pages of a few runs."""
        return [[self._seed() for _ in range(self._chance.randint(2, 12))] for _ in range(self._chance.randint(1, 4))]

    def some(self, most: int, of: int) -> list[int]:
        """Return some numbers from 1."""
        return self._chance.sample(range(1, of + 1), self._chance.randint(1, min(most, of)))

    def _seed(self) -> Seed:
        chance = self._chance
        path, is_html = f"{chance.randint(1, 9)}.html", chance.random() < 0.7
        url = chance.choice([None, None, "https://a.example/1", "https://a.example/2"])
        captured = chance.choice([None, None, None, *(f"2024-05-0{day}T00:00:00+00:00" for day in range(1, 5))])
        author, title = chance.choice([None, "Ann Lee", "Bo Berg"]), chance.choice([None, "A"])
        stated = {"url": url, "author": author, "title": title, "confidence": chance.choice([0.7, 0.9])}
        return seed(path, self._text(), HTML if is_html else TEXT, captured, **stated)

    def _text(self) -> str:
        chance = self._chance
        lines = list(chance.choice(self._stories))
        for _ in range(chance.choice([0, 0, 1, 1, 2, 4])):
            lines[chance.randrange(len(lines))] = words(45, 100 + chance.randrange(6))
        if chance.random() < 0.2:
            lines = lines[: chance.randint(1, 3)]
        if chance.random() < 0.15:
            lines += chance.choice(self._stories)[:3]
        text = "\n".join(lines)
        return chance.choice([text, text, text, text.upper(), ""])
