"""What the duplicates benchmark compares: the path on which Winnow decides, and other libraries.

Each function takes texts in the order of capture and returns for each text the number of an earlier text that is the
same article, or None. The other libraries keep one index in memory over all runs, take shingles of five words, and join
a text to the most similar one that they find.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from trafilatura.deduplication import Simhash

from winnow.archive.store import Saved, Store
from winnow.fingerprint import fingerprint
from winnow.items import Article, Page
from winnow.read.page import read_page
from winnow.reading import Reading
from winnow.runs.run import Run

Parents = Iterator[int | None]
PERMUTATIONS = 128
SIMHASH_BITS = 6  # of 64 bits, how many may differ


def as_page(number: int, html: str) -> Reading:
    """Return the reading of a page, read as a worker does: decode, extract, fingerprint."""
    return read_page(Page(f"{number:06}.html", body=html.encode("utf-8", "surrogatepass")))


def as_text(number: int, text: str) -> Reading:
    """Return the reading of a page from which exactly this text was extracted."""
    return Reading(f"{number:064}", "text/html", "utf-8", Article(text), fingerprint(text))


def winnow(readings: Sequence[Reading], runs: int, database: Path) -> Parents:
    """Return Winnow's result: pages are decided on and stored one after the other, as a crawl does, in so many runs."""
    first: dict[int, int] = {}
    size = -(-len(readings) // runs)
    for start in range(0, len(readings), size):
        run = Run(Store(database))
        for number, reading in enumerate(readings[start : start + size], start):
            page = Page(f"{number:06}.html")
            run.enter()
            saved = run.save(page, reading, run.decide(page, reading))
            article = saved.article_id if isinstance(saved, Saved) else None
            yield first.setdefault(article, number) if article else None
        run.finish("finished")


def exact(texts: Iterable[str]) -> Parents:
    """Return the result of matching texts whose words are the same."""
    known: dict[str, int] = {}
    for number, text in enumerate(texts):
        yield known.setdefault(" ".join(text.split()), number)


def simhash(texts: Iterable[str]) -> Parents:
    """Return the result of matching by trafilatura's simhash."""
    known: list[int] = []
    for text in texts:
        value = Simhash(text).hash
        distances = [(value ^ other).bit_count() for other in known]
        known.append(value)
        best = min(distances, default=64)
        yield distances.index(best) if best <= SIMHASH_BITS else None


def datasketch(threshold: float) -> Callable[[Iterable[str]], Parents]:
    """Return a function that matches by datasketch's MinHash LSH."""

    def match(texts: Iterable[str]) -> Parents:
        tool: Any = importlib.import_module("datasketch")
        index = tool.MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)
        known: list[Any] = []
        for number, text in enumerate(texts):
            signature = tool.MinHash(num_perm=PERMUTATIONS)
            signature.update_batch([shingle.encode("utf-8", "surrogatepass") for shingle in _shingles(text)])
            yield _best(index.query(signature), signature, known)
            index.insert(number, signature)
            known.append(signature)

    return match


def rensa(threshold: float, bands: int) -> Callable[[Iterable[str]], Parents]:
    """Return a function that matches by rensa's MinHash LSH, its matches checked as by rensa's deduplicator."""

    def match(texts: Iterable[str]) -> Parents:
        tool: Any = importlib.import_module("rensa")
        index = tool.RMinHashLSH(threshold=threshold, num_perm=PERMUTATIONS, num_bands=bands)
        known: list[Any] = []
        for number, text in enumerate(texts):
            signature = tool.RMinHash(num_perm=PERMUTATIONS, seed=42)
            signature.update(sorted(_shingles(text)))
            found = [other for other in index.query(signature) if known[other].jaccard(signature) >= threshold]
            yield _best(found, signature, known)
            index.insert(number, signature)
            known.append(signature)

    return match


def _best(found: list[int], signature: Any, known: list[Any]) -> int | None:
    return max(sorted(found), key=lambda other: known[other].jaccard(signature), default=None)


def _shingles(text: str) -> set[str]:
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[place : place + 5]) for place in range(max(1, len(words) - 4))}


OTHERS: dict[str, Callable[[Iterable[str]], Parents]] = {
    "same words": exact,
    f"trafilatura simhash, {SIMHASH_BITS} bits": simhash,
    "datasketch MinHash LSH .8": datasketch(0.8),
    "datasketch MinHash LSH .5": datasketch(0.5),
    "rensa .5, 32 bands": rensa(0.5, 32),
}
