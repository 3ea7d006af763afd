"""What the index of known texts costs as it grows: time of look-up and insert, bytes per article, memory.

    python -m lab.benchmarks.index_cost [--articles 10000 100000 1000000] [--cache-mb 64] [--keep FILE]

The articles are synthetic sketches: most hashes are an article's own; some come from what its site leaves on every page
and from what many sites share (hot keys, on up to all pages of a site); one article in seven is captured again with a
part of its hashes changed. Sites differ in size as 1 / rank. The index is filled in large rounds until
`MEASURED` articles before each size; those are looked up and added one by one as a crawl does, a transaction for every
hundred, and timed.

`decide` is the whole decision, comparisons with the texts included, on pages of `duplicates_pages`: each is an earlier
page with other furniture, on sites whose furniture fills posting lists. `commit` is the share of one article in the
commit of its hundred. Times are of a file that the system has in its cache; CPU counts where the machine is busy.
A million articles take about ten minutes and 1.2 GB of disk.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from lab.benchmarks.duplicates_pages import Labelled, make_pages
from lab.benchmarks.duplicates_tools import as_text, winnow
from winnow.archive.index.sketches import CACHE_MB, WORDS_DIGITS
from winnow.archive.store import BATCH_PAGES, Store
from winnow.fingerprint import LEAD_SIZE, SKETCH_SIZE, Fingerprint, fingerprint, sketch_of
from winnow.match.decide import decide
from winnow.reading import Extraction

MEASURED = 2_000
ROUND = 20_000
SITES = 2_000
SITE_HASHES = 12  # hashes of a site's boilerplate, each in the sketch of every second page
SHARED_HASHES = 40  # hashes of boilerplate that many sites share
SHARED_CHANCE = 0.01
RECAPTURED = 7  # one article in so many is an earlier one again
KEPT_HASHES = 0.8  # share of a sketch that an article captured again keeps
_SIZE = SKETCH_SIZE + LEAD_SIZE

REAL_ARTICLES, LEFTOVER = 60, 0.3  # made pages, with so much of their site's furniture left in
_ROWS = (  # ?1 is the number, ?2 the digest
    "INSERT INTO articles (id, text, word_count, first_seen, last_seen) SELECT ?1, '', 0, '', '' WHERE ?2 > ''",
    "INSERT INTO known_texts SELECT ?2, ?2, '', ?1",
    "INSERT INTO pages (id, path, root, text_sha256, words, outcome, reason, detail, article_id, first_run, last_run)"
    f" VALUES (?1, ?2, '', ?2, substr(?2, 1, {WORDS_DIGITS}), 'article', 'new', '', ?1, 1, 1)",
    "UPDATE articles SET page_id = ?1 WHERE id = ?1 AND ?2 > ''",
)

Hashes = npt.NDArray[np.uint64]


def sketches(first: int, count: int) -> list[Hashes]:
    """Return the hashes of so many articles; the same numbers give the same hashes."""
    chance = np.random.default_rng([first, count])
    numbers = np.arange(first, first + count)
    again = chance.random(count) < 1 / RECAPTURED
    origin = np.where(again, (numbers * chance.random(count)).astype(np.int64), numbers)
    own = _spread(origin[:, None] * 64 + np.arange(_SIZE))
    fresh = _spread((numbers[:, None] * 64 + np.arange(_SIZE)) + (1 << 50))
    own = np.where(again[:, None] & (chance.random(own.shape) > KEPT_HASHES), fresh, own)
    site = (SITES ** chance.random(count)).astype(np.int64)  # density 1 / rank
    places = _spread(site[:, None] * 64 + np.arange(SITE_HASHES) + (1 << 51))
    shared = _spread(np.arange(SHARED_HASHES) + (1 << 52))
    own[:, :SITE_HASHES] = np.where(chance.random(places.shape) < 0.5, places, own[:, :SITE_HASHES])
    with_shared = chance.random((count, SHARED_HASHES)) < SHARED_CHANCE
    return [np.concatenate([row, shared[extra]]) for row, extra in zip(own, with_shared, strict=True)]


def _spread(numbers: npt.NDArray[np.int64]) -> Hashes:
    values = numbers.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def digest_of(number: int) -> str:
    """Return the digest of an article's words, which differs from others in its first digits, as digests do."""
    return f"{number:016x}".ljust(64, "0")


def article(number: int, hashes: Hashes) -> Fingerprint:
    """Return a fingerprint with these hashes in its sketch; nothing else of the fingerprint is looked at."""
    ordered, shingles = hashes[:LEAD_SIZE], np.sort(hashes[LEAD_SIZE:])
    return Fingerprint(digest_of(number), 0, ordered, np.zeros(0, np.int32), shingles, sketch_of(ordered, shingles))


@dataclass
class Times:
    """Seconds of wall clock and of CPU, one entry each time."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def __enter__(self) -> None:
        self._start = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        self.wall.append(time.perf_counter() - self._start[0])
        self.cpu.append(time.process_time() - self._start[1])

    def row(self, name: str, per: int) -> str:
        """Return a row of the table, in microseconds per article."""
        wall, cpu = (np.array(values) * 1e6 / per for values in (self.wall, self.cpu))
        median, p99 = np.percentile(wall, [50, 99])
        return f"  {name:10s} {wall.mean():9.0f} {median:9.0f} {p99:9.0f} {cpu.mean():9.0f}"


class Filled:
    """A database with some made pages of a few sites, then synthetic articles; ids are consecutive numbers."""

    def __init__(self, database: Path, cache_mb: int) -> None:
        pages = make_pages(1, REAL_ARTICLES)
        for _ in winnow([as_text(number, text) for number, text in enumerate(_texts(pages, 1))], 1, database):
            pass
        self.count = len(pages)
        self._fresh = [fingerprint(text) for text in _texts(pages, 2)]
        self.store = Store(database, cache_mb=cache_mb)

    def _rows(self, count: int) -> Iterator[Fingerprint]:
        """Write the rows of the next articles into the tables that look-ups join, and yield their fingerprints."""
        numbers = range(self.count + 1, self.count + count + 1)
        for statement in _ROWS:
            self.store.db.conn.executemany(statement, ((number, digest_of(number)) for number in numbers))
        for number, hashes in zip(numbers, sketches(self.count, count), strict=True):
            yield article(number, hashes)
        self.count += count

    def fill(self, count: int) -> None:
        """Add articles in one transaction."""
        self.store.db.execute("BEGIN")
        for number, text in enumerate(self._rows(count), self.count + 1):
            self.store.index.postings.add(number, text.sketch)
        self.store.commit()

    def measure(self, count: int) -> None:
        """Look up and add articles as a crawl does, decide on made pages, and print the times and sizes."""
        look_up, insert, commit, decide_on = Times(), Times(), Times(), Times()
        for _ in range(count // BATCH_PAGES):
            self.store.db.execute("BEGIN")
            first = self.count + 1
            for place, text in enumerate(list(self._rows(BATCH_PAGES))):
                with look_up:
                    list(self.store.index.candidates(text.sketch))
                with insert:
                    self.store.index.add(first + place, text)
            with commit:
                self.store.commit()
        for text in self._fresh:
            with decide_on:
                decide(Extraction(text), self.store.index)
        print(f"{self.count:,} articles{'':16s} mean    median       p99       CPU   µs per article")
        print(look_up.row("look-up", 1))
        print(insert.row("insert", 1))
        print(commit.row("commit", BATCH_PAGES))
        print(decide_on.row("decide", 1))
        print(self._sizes(), flush=True)

    def _sizes(self) -> str:
        query = "SELECT sum(pgsize) FROM dbstat WHERE name LIKE '%sketches' AND aggregate = 1"
        size = self.store.db.execute(query).fetchone()[0]
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return f"  {size / self.count:.0f} bytes an article; memory peak {memory:.0f} MB"


def _texts(pages: Sequence[Labelled], seed: int) -> list[str]:
    chance = random.Random(seed)
    return [page.text(LEFTOVER, chance) for page in pages]


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--cache-mb", type=int, default=CACHE_MB)
    parser.add_argument("--keep", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="winnow-") as temporary:
        filled = Filled(args.keep or Path(temporary) / "articles.db", args.cache_mb)
        for size in sorted(args.articles):
            while (missing := size - MEASURED - filled.count) > 0:
                filled.fill(min(ROUND, missing))
            filled.measure(size - filled.count)
        filled.store.close()


if __name__ == "__main__":
    main()
