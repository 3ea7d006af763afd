"""Where a quote stands in a text that may have changed since: by its letters, and by what stood before and after it.

Only letters and digits are compared, so it makes no difference whether a text is plain, or shown with its lists, tables
and links. Positions are those of characters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

AROUND = 40  # characters before and after a quote that are kept with it
_GRAM = 8  # letters of a piece by which a changed quote is found again
_SHARE = 0.3  # of these pieces that must be there still
_MOST = 1_000  # occurrences of a quote that are compared


@dataclass(frozen=True, slots=True)
class Anchor:
    """A quote with what stood before and after it."""

    quote: str
    prefix: str = ""
    suffix: str = ""


class Letters:
    """A text reduced to its letters and digits, without case; `at` tells where each stands in the text."""

    def __init__(self, text: str) -> None:
        found = [(place, each) for place, letter in enumerate(text) if letter.isalnum() for each in letter.lower()]
        self.at = [place for place, _ in found]
        self.letters = "".join(each for _, each in found)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the part of the text that some of its letters span."""
        return self.at[start], self.at[end - 1] + 1

    def find(self, anchor: Anchor, is_exact: bool = False) -> tuple[int, int] | None:
        """Return where a quote stands, as start and end in the text; None if it does not stand there any more.

        Unless with `is_exact`, a quote of which some words have changed is found, too.
        """
        quote = Letters(anchor.quote).letters
        if not quote:
            return None
        places = list(self._places(quote))
        if places:
            before, after = Letters(anchor.prefix).letters, Letters(anchor.suffix).letters
            best = max(places, key=lambda start: self._fit(start, start + len(quote), before, after))
            return self.span(best, best + len(quote))
        return None if is_exact else self._nearly(quote)

    def _places(self, quote: str) -> Iterator[int]:
        start = self.letters.find(quote)
        for _ in range(_MOST):
            if start < 0:
                return
            yield start
            start = self.letters.find(quote, start + 1)

    def _fit(self, start: int, end: int, before: str, after: str) -> int:
        here, there = self.letters[max(0, start - len(before)) : start], self.letters[end : end + len(after)]
        return _alike(here[::-1], before[::-1]) + _alike(there, after)

    def _nearly(self, quote: str) -> tuple[int, int] | None:
        """Return where most pieces of a quote stand in about its order, within about its length."""
        pieces = {quote[place : place + _GRAM]: place for place in range(len(quote) - _GRAM + 1)}
        if not pieces:
            return None
        hits = [
            (start, start - pieces[piece])
            for start in range(len(self.letters) - _GRAM + 1)
            if (piece := self.letters[start : start + _GRAM]) in pieces
        ]
        slack = max(_GRAM, len(quote) // 4)
        votes = Counter(shift // slack for _, shift in hits)
        if not votes:
            return None
        best = max(votes, key=lambda bucket: votes[bucket] + votes[bucket - 1] + votes[bucket + 1])
        near = [start for start, shift in hits if abs(shift // slack - best) <= 1]
        if len(near) < _SHARE * len(pieces):
            return None
        return self.span(near[0], near[-1] + _GRAM)


def _alike(one: str, other: str) -> int:
    """Return how many letters two texts begin with in common."""
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def anchored(text: str, anchor: Anchor, is_exact: bool = False) -> Anchor | None:
    """Return a quote as it stands in a text, with what stands around it there; None if it does not stand there."""
    found = Letters(text).find(anchor, is_exact)
    if found is None:
        return None
    start, end = found
    return Anchor(text[start:end], text[max(0, start - AROUND) : start], text[end : end + AROUND])
