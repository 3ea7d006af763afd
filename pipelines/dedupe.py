"""Decide whether a page carries an article that is already known, and how it does.

A page's parent is its best verified match among earlier pages; its article is that of its parent. Candidates come from
shared sketch hashes; each is verified on the full shingle sets, so a shared hash alone decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from pipelines.fingerprint import SHINGLE_WORDS, Fingerprint, Hashes
from pipelines.items import Reason

MIN_WORDS = 30  # shorter texts match only when equal: they have too few shingles to tell a quote from a copy
MIN_CONTAINMENT = 0.8
MIN_SIZE_RATIO = 0.35  # below it the smaller text is an excerpt of the larger, not a copy
MIN_SHARED_HASHES = 2
MAX_VERIFIED = 32  # candidates verified per page, those with most shared hashes first


@dataclass(frozen=True, slots=True)
class KnownPage:
    """An earlier page that carries an article. `similarity` is its own to the article's canonical page."""

    page_id: int
    article_id: int
    canonical_id: int
    similarity: float = 1.0

    @property
    def is_canonical(self) -> bool:
        """Tell whether the article's row is this page's extraction."""
        return self.page_id == self.canonical_id


class Index(Protocol):
    """What dedupe asks of the pages known so far."""

    def page_with_digest(self, digest: str) -> KnownPage | None:
        """Give the earliest page whose normalised text has this digest."""

    def candidates(self, sketch: list[int]) -> Iterable[tuple[KnownPage, int]]:
        """Give earlier pages and the number of sketch hashes shared with each."""

    def shingles(self, page_id: int) -> Hashes:
        """Give the full shingle set of a page."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """How two shingle sets meet. Containment is of the smaller set, `ratio` is smaller by larger, both 0..1."""

    shared: int
    containment: float
    resemblance: float
    ratio: float
    known_is_smaller: bool

    @property
    def is_longer(self) -> bool:
        """Tell whether the known text is a mere part of the other."""
        return self.known_is_smaller and self.ratio < MIN_SIZE_RATIO


@dataclass(frozen=True, slots=True)
class Verdict:
    """What dedupe decided: the reason, and the earlier page that was matched, None for a new article.

    `similarity` is to the canonical page. `takes_over` says that the page is to become that itself.
    """

    reason: Reason
    detail: str
    parent: KnownPage | None = None
    similarity: float = 1.0
    takes_over: bool = False


def decide(text: Fingerprint, index: Index, previous: KnownPage | None = None) -> Verdict:
    """Match a text against the pages known so far.

    `previous` is the page read earlier at the same path, if it carries an article. Where that page is its article's
    canonical one and the text still matches it, the article itself has changed.
    """
    if previous is not None and previous.is_canonical:
        verdict = _decide_changed(text, index, previous)
        if verdict:
            return verdict
    same = index.page_with_digest(text.digest)
    if same:
        detail = f"the same {text.word_count} words as page {same.page_id}"
        return Verdict(Reason.SAME_TEXT, detail, same, same.similarity)
    best = best_match(text, index)
    if best is None:
        return Verdict(Reason.NEW, "no earlier page carries this text")
    page, overlap, with_canonical = best
    return replace(_verdict_of_match(page, overlap), similarity=round(with_canonical.containment, 4))


def compare(one: Hashes, known: Hashes) -> Overlap:
    """Measure how far two shingle sets (sorted, distinct) overlap."""
    shared = len(np.intersect1d(one, known, assume_unique=True))
    small, large = sorted((len(one), len(known)))
    return Overlap(
        shared=shared,
        containment=shared / small if small else 0.0,
        resemblance=shared / (small + large - shared) if large else 0.0,
        ratio=small / large if large else 0.0,
        known_is_smaller=len(known) < len(one),
    )


def best_match(text: Fingerprint, index: Index) -> tuple[KnownPage, Overlap, Overlap] | None:
    """Find the verified match with the highest resemblance; of equals the earliest page.

    Gives the page and the overlaps with it and with its article's canonical page. A page that is much longer than the
    match must share as much with the canonical page: through an excerpt it could join an article that it only quotes.
    """
    if text.word_count < MIN_WORDS:
        return None
    found = [(count, page) for page, count in index.candidates(text.sketch) if count >= MIN_SHARED_HASHES]
    found.sort(key=lambda item: (-item[0], item[1].page_id))
    best: tuple[KnownPage, Overlap, Overlap] | None = None
    for _, page in found[:MAX_VERIFIED]:
        known = index.shingles(page.page_id)
        overlap = compare(text.shingles, known)
        if overlap.containment < MIN_CONTAINMENT or len(known) <= MIN_WORDS - SHINGLE_WORDS:
            continue
        canonical = overlap if page.is_canonical else compare(text.shingles, index.shingles(page.canonical_id))
        if overlap.is_longer and not page.is_canonical and canonical.containment < MIN_CONTAINMENT:
            continue
        if best is None or (-overlap.resemblance, page.page_id) < (-best[1].resemblance, best[0].page_id):
            best = page, overlap, canonical
    return best


def _decide_changed(text: Fingerprint, index: Index, previous: KnownPage) -> Verdict | None:
    """Recognise the same page with its article changed; half of the smaller text must have stayed."""
    overlap = compare(text.shingles, index.shingles(previous.page_id))
    if overlap.resemblance == 1.0:
        return Verdict(Reason.CHANGED, "the same words on a changed page", previous, 1.0, takes_over=True)
    if text.word_count < MIN_WORDS or overlap.containment < 0.5:
        return None
    detail = f"the page has changed: {_described(overlap)} with its earlier text"
    return Verdict(Reason.CHANGED, detail, previous, round(overlap.containment, 4), takes_over=True)


def _verdict_of_match(page: KnownPage, overlap: Overlap) -> Verdict:
    similarity, detail = round(overlap.containment, 4), f"{_described(overlap)} with page {page.page_id}"
    if overlap.ratio >= MIN_SIZE_RATIO:
        return Verdict(Reason.NEAR_DUPLICATE, detail, page, similarity)
    if not overlap.is_longer:
        return Verdict(Reason.EXCERPT, f"an excerpt: {detail}", page, similarity)
    if page.is_canonical:
        return Verdict(Reason.CHANGED, f"the full text of an excerpt: {detail}", page, similarity, takes_over=True)
    return Verdict(Reason.NEAR_DUPLICATE, f"the full text of an excerpt: {detail}", page, similarity)


def _described(overlap: Overlap) -> str:
    shares = f"{overlap.containment:.0%} of the smaller text shared"
    return f"{shares} ({overlap.shared} shingles, size ratio {overlap.ratio:.2f})"
