"""Make a large archive of invented articles by the real store, so that programs which read archives can be timed.

The words are made up and drawn with the frequencies of natural text (Zipf), so that a search meets common and rare
ones. One article in three has duplicates, some change, and nights of runs follow each other.
"""

from __future__ import annotations

import hashlib
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from winnow.archive import words
from winnow.archive.store import Store
from winnow.decision import Decision, KnownPage, Verdict
from winnow.fingerprint import Fingerprint, sketch_of
from winnow.items import Article, Page, Reason, Rejection
from winnow.marks import marking
from winnow.marks.database import writing
from winnow.marks.subject import subject
from winnow.reading import Reading
from winnow.runs.run import Run

VOCABULARY, SITES, SECTIONS = 50_000, 400, ("News", "Politics", "Culture", "Science", "Sport", "Opinion")
LANGUAGES = ("en", "en", "en", "en", "en", "en", "de", "fr", "es", "ru", "ja", None)
# Letters of the made-up words in other scripts; the second is written without spaces.
SCRIPTS: dict[str | None, dict[int, int | None]] = {
    "ru": str.maketrans("abdefgiklmnoprstuvz", "абдефгиклмнопрстувз", ""),
    "ja": str.maketrans("abdefgiklmnoprstuvz", "アバデエフガイカラマナオパラサタウヴザ", " "),
}
NIGHTS = 60
SYLLABLES = [first + vowel for first in "bdfgklmnprstvz" for vowel in ("a", "e", "i", "o", "u", "ar", "en", "il")]
ROOT = "/srv/pages"
# What differs between a row and its copy, by its columns; both have the same text.
_PAGE = "{0} + :copy * :pages"
_OF_COPIES = {
    "sha256": "substr({0}, 1, 56) || printf('%08x', :copy)", "path": "'copy-' || :copy || '/' || {0}",
    "url": "{0} || '?' || :copy", "page_id": _PAGE, "parent_id": _PAGE, "article_id": "{0} + :copy * :articles",
}  # fmt: skip
_COPIED = {"articles": "id", "pages": "id", "extractions": "page_id"}


class Maker:
    """Draws articles at random; the same seed gives the same articles."""

    def __init__(self, words: int, seed: int = 1) -> None:
        self.chance = random.Random(seed)
        self._numbers = np.random.default_rng(seed)
        self._words_per_article = words
        self.words = sorted({"".join(self.chance.choices(SYLLABLES, k=n % 3 + 1)) for n in range(VOCABULARY * 2)})
        self.chance.shuffle(self.words)
        weights = 1 / np.arange(1, len(self.words) + 1)
        self._cumulated = np.cumsum(weights / weights.sum())

    def prose(self, count: int) -> list[str]:
        """Return so many words, the first of the vocabulary most often."""
        drawn = np.searchsorted(self._cumulated, self._numbers.random(count))
        return [self.words[min(index, len(self.words) - 1)] for index in drawn]

    def article(self, number: int) -> Article:
        """Return one article; one in ten has no date, one in eight no author."""
        words = self.prose(self._words_per_article)
        cuts = range(0, len(words), 60)
        site = f"site{int(self.chance.paretovariate(1)) % SITES}.example"
        language = self.chance.choice(LANGUAGES)
        script = SCRIPTS.get(language, {})
        day = datetime(2015, 1, 1, tzinfo=UTC) + timedelta(days=self.chance.randrange(4000))
        return Article(
            text="\n\n".join(" ".join(words[cut : cut + 60]).translate(script).capitalize() + "." for cut in cuts),
            title=" ".join(self.prose(8)).translate(script).capitalize(),
            author=" ".join(self.prose(2)).title() if number % 8 else None,
            date=day.date().isoformat() if number % 10 else None,
            url=f"https://{site}/{number}",
            hostname=site,
            sitename=site.partition(".")[0].capitalize(),
            section=self.chance.choice(SECTIONS),
            description=" ".join(self.prose(20)).translate(script),
            language=language,
        )


def make(path: Path, articles: int, words: int = 400) -> None:
    """Write an archive of so many articles, each of so many words, and about 1.6 times as many pages."""
    maker = Maker(words)
    first_night = articles * 9 // 10
    shares = [first_night, *[(articles - first_night) // NIGHTS] * NIGHTS]
    store, made = Store(path), 0
    try:
        for night, share in enumerate(shares):
            _night(store, maker, night, range(made, made + share))
            made += share
    finally:
        store.close()


def copy(path: Path, copies: int) -> None:
    """Add copies of all articles and pages to an archive, in a twentieth of the time that as many new ones would take.

    One statement indexes all copies at once.
    """
    store = Store(path)
    db, names = store.db, ", ".join(words.ARTICLES.names)
    size = {table: int(db.execute(f"SELECT max(id) FROM {table}").fetchone()[0]) for table in ("articles", "pages")}
    db.execute("PRAGMA foreign_keys = OFF")  # articles and pages name each other, and no index has all of it
    db.execute(f"CREATE TEMP TABLE folded (id INTEGER PRIMARY KEY, {names})")
    rows = db.execute(f"SELECT id, {', '.join(words.COLUMNS)} FROM articles")
    values = ", ".join("?" * (len(words.ARTICLES.names) + 1))
    db.conn.executemany(f"INSERT INTO folded VALUES ({values})", ((key, *words.folded(row)) for key, *row in rows))
    index = f"INSERT INTO articles_search (rowid, {names}) SELECT id + :copy * :articles, {names} FROM folded"
    try:
        for number in range(1, copies + 1):
            for sql in (*(_copying(store, *each) for each in _COPIED.items()), index, "DELETE FROM articles_due"):
                db.execute(sql, {**size, "copy": number})
            db.conn.commit()
    finally:
        store.close()


def mark(path: Path, articles: int = 200) -> None:
    """Star, tag and annotate so many articles of an archive, and keep two searches, as a reader does."""
    with closing(sqlite3.connect(path)) as db, writing(path) as marks:
        for article_id in range(1, articles + 1):
            about, change = subject(db, article_id), marking.Change(marks)
            marked = marking.of_article(change, about, None)
            marking.star(change, marked, is_on=True)
            marking.tag(change, marked, "made, read again")
            marking.note(change, marked, about.sha256, "Ask who made it.")
            change.done("marks")
        for name, query in (("Sport", "section=Sport"), ("French", "language=fr")):
            marking.save_search(marking.Change(marks), name, query)


def _copying(store: Store, table: str, key: str) -> str:
    """Return the statement that copies the first rows of a table; `key` is its primary key."""
    of = "articles" if table == "articles" else "pages"
    changed = _OF_COPIES | {key: f"{{0}} + :copy * :{of}"}
    names = [column.name for column in store.db.table(table).columns]
    values = ", ".join(changed.get(name, "{0}").format(name) for name in names)
    return f"INSERT INTO {table} SELECT {values} FROM {table} WHERE {key} <= :{of}"


def _night(store: Store, maker: Maker, night: int, numbers: range) -> None:
    run = Run(store, {"WORKERS": 2})
    started = datetime(2026, 1, 1, 2, tzinfo=UTC) + timedelta(days=night)
    run.started = started.isoformat(timespec="seconds")
    for number in numbers:
        for page, reading, decision in _pages(store, maker, number):
            run.enter()
            run.save(page, reading, decision)
    seconds = round(run.counts.seen / 30, 1)
    ended = (started + timedelta(seconds=seconds)).isoformat(timespec="seconds")
    row = {**run.counts.row(), "status": "finished", "started": run.started, "finished": ended, "seconds": seconds}
    store.db.table("runs").update(run.id, row)
    store.commit()


def _pages(store: Store, maker: Maker, number: int) -> Iterator[tuple[Page, Reading, Decision]]:
    """Yield an article's page, then those that carry it again, change it, or carry nothing."""
    article = maker.article(number)
    name = f"{article.hostname}/{number // 1000}/{number}"
    yield _page(name, article, 0), _reading(article, 0), Verdict(Reason.NEW, "no earlier page carries this text")
    for copy in range(1, maker.chance.choice((1, 1, 2, 3))):
        known = _known(store, name)
        yield (
            _page(f"{name}-again-{copy}", article, copy),
            _reading(article, copy),
            Verdict(Reason.NEAR_DUPLICATE, f"shares 93 % of its words with page {known.page_id}", known, 0.93),
        )
    if number % 50 == 0:
        yield (
            _page(name, article, 9),
            _reading(article, 9),
            Verdict(Reason.CHANGED, "the article has changed", _known(store, name), takes_over=True, is_revision=True),
        )
    if number % 20 == 0:
        rejection = Rejection(Reason.NO_ARTICLE, "a list of links: no line reads like an article")
        page = _page(f"{name}-list", article, 10)
        yield page, Reading(hashlib.sha256(page.body).hexdigest(), "text/html", "utf-8", rejection=rejection), rejection


def _page(name: str, article: Article, version: int) -> Page:
    body = f"{article.title} {name} {version}".encode()
    return Page(f"{name}.html", ROOT, body, len(article.text) * 4, "2026-01-01T00:00:00+00:00")


def _reading(article: Article, version: int) -> Reading:
    text = article.text if not version else f"{article.text}\n\nRead again {version}."
    changed = replace(article, text=text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    shingles = np.frombuffer(bytes.fromhex(digest), np.uint64)  # few, since the index of sketches is not timed
    distinct = np.unique(shingles)
    sketch, lines = sketch_of(shingles, distinct), np.zeros(4, np.int32)
    fingerprint = Fingerprint(digest, len(text.split()), shingles, lines, distinct, sketch)
    sha256 = hashlib.sha256(f"{digest} {version}".encode()).hexdigest()
    return Reading(sha256, "text/html", "utf-8", changed, fingerprint)


def _known(store: Store, name: str) -> KnownPage:
    query = "SELECT id, article_id FROM pages WHERE source = ? AND path = ? ORDER BY id DESC"
    page_id, article_id = store.db.execute(query, [store.source_of(ROOT), f"{name}.html"]).fetchone()
    return KnownPage(page_id, article_id, page_id)
