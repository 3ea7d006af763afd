"""Measure how two texts overlap: how much of the smaller text stands in the larger, and in what shape.

Two copies of an article share whole lines or long runs of words, even where other lines were added, cut or rewritten;
pages of one template share short runs in every line. A quote stands further down in a longer text, an excerpt is the
beginning of it. Containment and resemblance are those of A. Broder, 1997 (see `winnow.fingerprint`). The thresholds
were chosen on labelled pages (see docs/duplicates.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from winnow.fingerprint import Fingerprint
from winnow.items import Reason

MIN_SIZE_RATIO = 0.35  # below this ratio the smaller text can only be an excerpt of the larger
MIN_CONTAINMENT = 0.5  # of the smaller text; a pair that shares less is not looked at further
MIN_COPY_CONTAINMENT = 0.55  # two articles may carry the same statement, or the standing text of a series
# A copy has enough of its shared words in lines shared whole, or long enough runs of shared words: in the pages of one
# template, the facts that differ stand closer together.
MIN_CLEAN = 0.87
MIN_RUN = 45  # words, on average
# A shared part that begins further down is a quote, unless the texts share most, by containment or by resemblance.
MAX_COPY_START = 0.25
NEARLY_CONTAINED, MOSTLY_THE_SAME = 0.8, 0.5
MAX_EXCERPT_START = 0.05  # an excerpt is the beginning; a text found further down is a teaser or a quote
WHOLE_LINE, TOUCHED_LINE = 0.9, 0.2  # share of a line's words, from which on it counts as shared whole, or at all

Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Overlap:
    """How two texts overlap. `shared` counts shingles, `run` words; the other numbers are shares from 0 to 1.

    `containment` is the share of the smaller text's shingles that the larger text has, `resemblance` the share of all
    shingles that both have, `ratio` the number of the smaller text's shingles divided by that of the larger. `clean` is
    the share of words in lines shared whole, among the words in all lines of the smaller text that are shared at all.
    `run` is the mean length of the smaller text's runs of shared words. `start` is where in the larger text the shared
    part begins.
    """

    shared: int
    containment: float
    resemblance: float
    ratio: float
    known_is_smaller: bool
    clean: float = 0.0
    run: float = 0.0
    start: float = 1.0

    @property
    def is_copy(self) -> bool:
        """Return whether both texts are the same article, at similar length."""
        return (
            self.ratio >= MIN_SIZE_RATIO
            and self.containment >= MIN_COPY_CONTAINMENT
            and (self.clean >= MIN_CLEAN or self.run >= MIN_RUN)
            and not self.is_quote
        )

    @property
    def is_quote(self) -> bool:
        """Return whether the shared part is no more than a passage further down in the larger text."""
        is_most = self.containment >= NEARLY_CONTAINED or self.resemblance >= MOSTLY_THE_SAME
        return self.start > MAX_COPY_START and not is_most

    @property
    def is_excerpt(self) -> bool:
        """Return whether the smaller text is the beginning of the larger."""
        return (
            self.ratio < MIN_SIZE_RATIO
            and self.containment >= MIN_CONTAINMENT
            and self.clean >= MIN_CLEAN
            and self.start <= MAX_EXCERPT_START
        )

    @property
    def is_match(self) -> bool:
        """Return whether both texts carry the same article."""
        return self.is_copy or self.is_excerpt

    @property
    def as_duplicate(self) -> Reason:
        """Return the reason of the smaller of the two as a duplicate, given that both carry the same article."""
        if self.resemblance == 1.0:
            return Reason.SAME_TEXT
        return Reason.EXCERPT if self.is_excerpt else Reason.NEAR_DUPLICATE

    def __str__(self) -> str:
        shares = f"{self.containment:.0%} of the smaller text shared"
        return f"{shares} ({self.shared} shingles, size ratio {self.ratio:.2f})"


def compare(one: Fingerprint, known: Fingerprint) -> Overlap:
    """Return how two texts overlap; `clean`, `run` and `start` are measured from `MIN_CONTAINMENT` on only."""
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
    marks = covered(small, large)
    return replace(overlap, clean=_clean(small, marks), run=_run(marks), start=_start(covered(large, small)))


def resemblances(one: Fingerprint, known: Sequence[Fingerprint]) -> list[float]:
    """Return the resemblance of a text to each of others, from 0 to 1, as `compare` returns it."""
    sizes = [len(text.shingles) for text in known]
    marks = one.has(np.concatenate([text.shingles for text in known])) if known else np.zeros(0, np.bool_)
    ends = np.cumsum([0, *sizes])
    shared = np.diff(np.append(0, np.cumsum(marks))[ends]).tolist()
    both = [len(one.shingles) + size for size in sizes]
    return [count / max(total - count, 1) for count, total in zip(shared, both, strict=True)]


def covered(one: Fingerprint, other: Fingerprint) -> Marks:
    """Return for each word of one text whether it stands in a shingle that the other text has too."""
    shared = other.has(one.ordered)
    marks = np.zeros(one.word_count, np.bool_)
    for offset in range(one.word_count - len(shared) + 1):
        marks[offset : offset + len(shared)] |= shared
    return marks


def _clean(text: Fingerprint, marks: Marks) -> float:
    words = np.bincount(text.lines)
    shares = np.bincount(text.lines, weights=marks) / np.maximum(words, 1)
    touched = words[shares >= TOUCHED_LINE].sum()
    return float(words[shares >= WHOLE_LINE].sum() / touched) if touched else 0.0


def _run(marks: Marks) -> float:
    runs = np.count_nonzero(marks[1:] & ~marks[:-1]) + marks[0]
    return float(np.count_nonzero(marks) / runs) if runs else 0.0


def _start(marks: Marks) -> float:
    return float(marks.argmax() / len(marks)) if marks.any() else 1.0
