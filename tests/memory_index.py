"""Texts of words that mean nothing, and an index over such texts in memory, for tests of decisions."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from winnow.decision import KnownPage, Verdict
from winnow.fingerprint import fingerprint
from winnow.match.decide import Stated, decide
from winnow.reading import Extraction


class MemoryIndex:
    """An implementation of `dedupe.Index` over all texts that were added; pages are numbered from 1."""

    def __init__(self, *texts: str) -> None:
        self.pages: list[tuple[KnownPage, Extraction]] = []
        self.verified: list[int] = []
        for text in texts:
            self.read(text)

    def read(self, text: str, previous: KnownPage | None = None, **more: Any) -> Verdict:
        """Return the verdict on a text, which is added as the verdict says."""
        page = extraction(text, **more)
        verdict = decide(page, self, previous)
        page_id = len(self.pages) + 1
        parent = verdict.parent
        if parent is None:
            known = KnownPage(page_id, page_id, page_id)
        else:
            known = KnownPage(page_id, parent.article_id, parent.canonical_id, verdict.similarity, parent.is_revised)
        self.pages.append((known, page))
        if verdict.takes_over:
            self._take_over(known, verdict.is_revision or known.is_revised)
        return verdict

    def _take_over(self, by: KnownPage, is_revised: bool) -> None:
        self.pages = [
            (replace(known, canonical_id=by.page_id, is_revised=is_revised), page)
            if known.article_id == by.article_id
            else (known, page)
            for known, page in self.pages
        ]

    def page(self, page_id: int) -> KnownPage:
        return self.pages[page_id - 1][0]

    def page_with_digest(self, digest: str) -> KnownPage | None:
        return next((known for known, page in self.pages if page.text.digest == digest), None)

    def candidates(self, sketch: list[int]) -> Iterable[tuple[KnownPage, int]]:
        for known, page in self.pages:
            if shared := len(set(sketch) & set(page.text.sketch)):
                yield known, shared

    def stated(self, digest: str, url: str) -> Stated | None:
        found = [page.captured for _, page in self.pages if page.text.digest == digest and page.url == url]
        return Stated(max(filter(None, found), default=None)) if found else None

    def extraction(self, page_id: int) -> Extraction:
        self.verified.append(page_id)
        return self.pages[page_id - 1][1]


def extraction(text: str, **more: Any) -> Extraction:
    """Return what dedupe sees of a page with this text."""
    return Extraction(fingerprint(text), **more)


def words(count: int, seed: int = 0) -> str:
    """Return `count` random words in paragraphs of 40; texts of different seeds share no run of words."""
    return window(0, count, seed)


def window(start: int, end: int, seed: int = 0) -> str:
    """Return a run of words of one long text, in its paragraphs."""
    chance = random.Random(seed)
    made = ["".join(chance.choices("bcdfglmnprst", k=3)) + chance.choice("aeiou") for _ in range(max(end, 1200))]
    return "".join(f"{word}\n" if place % 40 == 39 else f"{word} " for place, word in enumerate(made))[
        sum(len(word) + 1 for word in made[:start]) : sum(len(word) + 1 for word in made[:end])
    ].strip()


ARTICLE = words(400)


def with_furniture(text: str, count: int, seed: int) -> str:
    """Return a text with `count` words of a site's boilerplate before and after it."""
    return f"{words(count, seed)}\n\n{text}\n\n{words(count, seed + 1)}"
