"""Decide whether a page carries an article that is already known, and how it does.

A page's parent is its best verified match among earlier pages; its article is that of its parent. Candidates come from
shared sketch hashes; each is verified on the full texts, so a shared hash alone decides nothing. What is measured is
not only how much of the smaller text the larger contains, but how: a copy shares whole lines, also when others were
added, cut or rewritten, while pages of one template share a part of every line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from pipelines.fingerprint import Fingerprint
from pipelines.items import Reason

MIN_WORDS = 30  # shorter texts match only when equal: they have too few shingles to tell a quote from a copy
MIN_CLEAN = 0.87  # of the words in lines that are shared at all, so many stand in lines shared whole
MIN_CONTAINMENT = 0.5  # of the smaller text, where both are of similar length
MIN_SIZE_RATIO = 0.35  # below it the smaller text can only be an excerpt of the larger
MIN_EXCERPT_CONTAINMENT = 0.7
MAX_EXCERPT_START = 0.1  # an excerpt is the beginning; a text found further down is a teaser or a quote
MIN_CLEAN_AT_SAME_PATH = 0.7
WHOLE_LINE, TOUCHED_LINE = 0.9, 0.2  # shares of a line's words
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

    def text(self, page_id: int) -> Fingerprint:
        """Give the fingerprint of a page's text."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """How two texts meet; shares are 0..1.

    `containment` is the share of the smaller text's shingles in the larger, `ratio` the size of the smaller by the
    larger. `clean` is the share of words in lines shared whole, among the words of the smaller text's lines that are
    shared at all. `start` is where in the larger text the shared part begins.
    """

    shared: int
    containment: float
    resemblance: float
    ratio: float
    known_is_smaller: bool
    clean: float = 0.0
    start: float = 1.0

    @property
    def is_copy(self) -> bool:
        """Tell whether both are the same article, at similar length."""
        return self.ratio >= MIN_SIZE_RATIO and self.containment >= MIN_CONTAINMENT and self.clean >= MIN_CLEAN

    @property
    def is_excerpt(self) -> bool:
        """Tell whether the smaller text is the beginning of the larger."""
        return (
            self.ratio < MIN_SIZE_RATIO
            and self.containment >= MIN_EXCERPT_CONTAINMENT
            and self.clean >= MIN_CLEAN
            and self.start <= MAX_EXCERPT_START
        )


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


def compare(one: Fingerprint, known: Fingerprint) -> Overlap:
    """Measure how far two texts overlap; the shape only where they share enough for it to matter."""
    shared = len(np.intersect1d(one.shingles, known.shingles, assume_unique=True))
    known_is_smaller = len(known.shingles) < len(one.shingles)
    small, large = (known, one) if known_is_smaller else (one, known)
    sizes = len(small.shingles), len(large.shingles)
    if not sizes[0]:
        return Overlap(0, 0.0, 0.0, 0.0, known_is_smaller)
    containment = shared / sizes[0]
    overlap = Overlap(shared, containment, shared / (sum(sizes) - shared), sizes[0] / sizes[1], known_is_smaller)
    if containment < MIN_CONTAINMENT:
        return overlap
    return replace(overlap, clean=_clean(small, large), start=_start(large, small))


def _clean(small: Fingerprint, large: Fingerprint) -> float:
    covered = _covered(small, large)
    words = np.bincount(small.lines)
    shares = np.bincount(small.lines, weights=covered) / np.maximum(words, 1)
    touched = words[shares >= TOUCHED_LINE].sum()
    return float(words[shares >= WHOLE_LINE].sum() / touched) if touched else 0.0


def _start(large: Fingerprint, small: Fingerprint) -> float:
    covered = _covered(large, small)
    return float(covered.argmax() / len(covered)) if covered.any() else 1.0


def _covered(one: Fingerprint, other: Fingerprint) -> npt.NDArray[np.bool_]:
    """Mark the words of one text that stand in a shingle shared with the other."""
    shared = np.isin(one.ordered, other.shingles)
    covered = np.zeros(one.word_count, np.bool_)
    for offset in range(one.word_count - len(shared) + 1):
        covered[offset : offset + len(shared)] |= shared
    return covered


def best_match(text: Fingerprint, index: Index) -> tuple[KnownPage, Overlap, Overlap] | None:
    """Find the verified match with the highest resemblance; of equals the earliest page.

    Gives the page and the overlaps with it and with its article's canonical page. Through an excerpt, a text could join
    an article that it only quotes; so a text longer than the page that it matches must match the canonical page too.
    """
    if text.word_count < MIN_WORDS:
        return None
    found = [(count, page) for page, count in index.candidates(text.sketch) if count >= MIN_SHARED_HASHES]
    found.sort(key=lambda item: (-item[0], item[1].page_id))
    best: tuple[KnownPage, Overlap, Overlap] | None = None
    for _, page in found[:MAX_VERIFIED]:
        known = index.text(page.page_id)
        overlap = compare(text, known)
        if known.word_count < MIN_WORDS or not (overlap.is_copy or overlap.is_excerpt):
            continue
        canonical = overlap if page.is_canonical else compare(text, index.text(page.canonical_id))
        if overlap.is_excerpt and overlap.known_is_smaller and not (canonical.is_copy or canonical.is_excerpt):
            continue
        if best is None or (-overlap.resemblance, page.page_id) < (-best[1].resemblance, best[0].page_id):
            best = page, overlap, canonical
    return best


def _decide_changed(text: Fingerprint, index: Index, previous: KnownPage) -> Verdict | None:
    """Recognise the same page with its article changed; a text at the same path may have been rewritten more."""
    overlap = compare(text, index.text(previous.page_id))
    if overlap.resemblance == 1.0:
        return Verdict(Reason.CHANGED, "the same words on a changed page", previous, 1.0, takes_over=True)
    if text.word_count < MIN_WORDS or overlap.containment < MIN_CONTAINMENT or overlap.clean < MIN_CLEAN_AT_SAME_PATH:
        return None
    detail = f"the page has changed: {_described(overlap)} with its earlier text"
    return Verdict(Reason.CHANGED, detail, previous, round(overlap.containment, 4), takes_over=True)


def _verdict_of_match(page: KnownPage, overlap: Overlap) -> Verdict:
    detail = f"{_described(overlap)} with page {page.page_id}"
    if overlap.is_copy:
        return Verdict(Reason.NEAR_DUPLICATE, detail, page)
    if not overlap.known_is_smaller:
        return Verdict(Reason.EXCERPT, f"an excerpt: {detail}", page)
    if page.is_canonical:
        return Verdict(Reason.CHANGED, f"the full text of an excerpt: {detail}", page, takes_over=True)
    return Verdict(Reason.NEAR_DUPLICATE, f"the full text of an excerpt: {detail}", page)


def _described(overlap: Overlap) -> str:
    shares = f"{overlap.containment:.0%} of the smaller text shared"
    return f"{shares} ({overlap.shared} shingles, size ratio {overlap.ratio:.2f})"
