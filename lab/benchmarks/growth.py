"""How the cost of a page grows where pages are alike: many captures of one article, one file that changes for ever.

    python -m lab.benchmarks.growth [--sizes 500 1000 2000 4000] [--case NAME …]

The pages are made-up readings of some 200 words, handed to a run as a worker would hand them in; nothing is extracted.
So the figures are those of the process that decides and writes: CPU of the last tenth of the pages, in milliseconds a
page, and the longest step, beside distinct pages in the same run of the command.

    distinct     pages that have nothing in common
    same words   captures of one article with the same text
    typography   captures of one article with the same words, in other letter case and quotes each
    left over    captures of one article, each with a sentence of its own
    templates    tables that differ in a few numbers only, each an article of its own
    one file     one file that changes, a sentence at a time
    better page  plain-text captures of one article, and an HTML page of it at the end

`rebuild` decides all distinct pages, and all states of the one file, anew.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from lab.benchmarks import made
from winnow.archive.store import Store
from winnow.fingerprint import fingerprint
from winnow.items import HTML, TEXT, Article, Page
from winnow.reading import Reading
from winnow.runs.rebuild import rebuild
from winnow.runs.run import Run

WORDS = 200
FACTS = 6  # numbers of a table that differ from page to page


@dataclass(frozen=True, slots=True)
class Capture:
    """A page to be taken: its path, its text and its media type."""

    path: str
    text: str
    media_type: str = TEXT

    def reading(self, number: int) -> Reading:
        """Return what a worker would have read; `number` makes the bytes the page's own."""
        key = sha256(f"{number} {self.text}".encode()).hexdigest()
        article = Article(self.text, 0.9, title=self.text[:40], url=None)
        return Reading(key, self.media_type, "utf-8", article, fingerprint(self.text))


def _prose(seed: int, words: int = WORDS) -> list[str]:
    chance = random.Random(seed)
    return [made.sentence(chance, 10) for _ in range(words // 10)]


def distinct(count: int) -> Iterator[Capture]:
    """Yield pages that have nothing in common."""
    return (Capture(f"{number}.txt", "\n\n".join(_prose(number))) for number in range(count))


def same_words(count: int) -> Iterator[Capture]:
    """Yield captures of one article with the same text."""
    return (Capture(f"{number}.txt", "\n\n".join(_prose(-1))) for number in range(count))


def typography(count: int) -> Iterator[Capture]:
    """Yield captures of one article with the same words, of which other ones are written in capitals on each."""
    words = " ".join(_prose(-1)).split()
    for number in range(count):
        shown = [word.upper() if number >> place & 1 else word for place, word in enumerate(words)]
        yield Capture(f"{number}.txt", " ".join(shown))


def left_over(count: int) -> Iterator[Capture]:
    """Yield captures of one article, each with a sentence of its own behind it."""
    return (Capture(f"{number}.txt", "\n\n".join([*_prose(-1), *_prose(number, 10)])) for number in range(count))


def templates(count: int) -> Iterator[Capture]:
    """Yield tables of one template, with numbers of their own."""
    frame = _prose(-2, 10 * FACTS)
    for number in range(count):
        chance = random.Random(number)
        rows = [f"{line} {' '.join(str(chance.randrange(1000)) for _ in range(20))}" for line in frame]
        yield Capture(f"{number}.txt", "\n\n".join(rows))


def one_file(count: int) -> Iterator[Capture]:
    """Yield the states of one file, of which one sentence after the other is written anew."""
    lines = _prose(-1)
    for number in range(count):
        lines[number % len(lines)] = _prose(number, 10)[0]
        yield Capture("page.txt", "\n\n".join(lines))


def better_page(count: int) -> Iterator[Capture]:
    """Yield captures with something left over, and an HTML page of the same article at the end."""
    yield from left_over(count - 1)
    yield Capture("page.html", "\n\n".join(_prose(-1)), HTML)


CASES: dict[str, Callable[[int], Iterator[Capture]]] = {
    "distinct": distinct,
    "same words": same_words,
    "typography": typography,
    "left over": left_over,
    "templates": templates,
    "one file": one_file,
    "better page": better_page,
}
REBUILT = ("distinct", "one file")


def take(database: Path, captures: Iterator[Capture]) -> list[float]:
    """Take pages into a new database; return the milliseconds of CPU that each took, then those of the end's steps."""
    steps = []
    readings = [(capture, capture.reading(number)) for number, capture in enumerate(captures)]
    run, left = Run(Store(database)), list[bool]()
    for capture, reading in readings:
        page = Page(capture.path, "/made", size=len(capture.text), modified=reading.sha256)
        steps.append(_cpu(lambda page=page, reading=reading: run.take(page, lambda _: reading)))  # type: ignore[misc]
    while True:
        steps.append(_cpu(lambda: left.append(run.store.measure())))
        if not left[-1]:
            break
    steps.append(_cpu(lambda: run.finish("finished")))
    return steps


def _cpu(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def measure(name: str, size: int, folder: Path) -> None:
    """Print what the pages of a case cost at one size."""
    database = folder / f"{name}-{size}.db"
    steps = take(database, CASES[name](size))
    tail = float(np.mean(steps[size - size // 10 : size]))
    print(f"{name:12s} {size:8,} {tail:10.2f} {sum(steps) / size:10.2f} {max(steps):10.1f}", end="", flush=True)
    if name in REBUILT:
        print(f" {_cpu(lambda: rebuild(database)) / size:10.2f}", end="")
    print(flush=True)


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 1000, 2000, 4000])
    parser.add_argument("--case", nargs="+", choices=[*CASES], default=[*CASES])
    args = parser.parse_args(argv)
    names = ("last 10 %", "all", "longest", "rebuild")
    print(f"{'case':12s} {'pages':>8s} {' '.join(f'{name:>10s}' for name in names)}   ms of CPU")
    with tempfile.TemporaryDirectory(prefix="winnow-") as folder:
        for name in args.case:
            for size in args.sizes:
                measure(name, size, Path(folder))


if __name__ == "__main__":
    main()
