"""Made-up pages that are alike, of some 200 words each, as a worker would hand them in; nothing is extracted."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from lab.benchmarks import made
from winnow.fingerprint import fingerprint
from winnow.items import HTML, TEXT, Article
from winnow.reading import Reading

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
