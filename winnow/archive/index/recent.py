"""Postings in memory, found by bisection.

A posting is one 64-bit number: the hash in the upper 32 bits, the page's id in the lower 32. So sorted numbers are
postings sorted by hash and page. SQLite counts ids up from 1, so 32 bits are enough for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from winnow.fingerprint import SKETCH_BITS

Numbers = npt.NDArray[np.int64]

_ID_BITS = 64 - SKETCH_BITS
_SEEN_BITS = 22  # the first bits of a hash: with a million known hashes, only one new hash in five must be searched for
TAIL = 20_000  # postings that wait in a dictionary of some 4 MB, because sorting them in copies all postings


class RecentPostings:
    """Two generations of postings, of which the younger grows; the latest wait in a dictionary until there are `tail`.

    The arrays that are passed in get sorted in place.
    """

    def __init__(self, older: Numbers, younger: Numbers, tail: int = TAIL) -> None:
        self.older, self._younger, self._tail_size = older, younger, tail
        self._seen = np.zeros(1 << _SEEN_BITS, np.bool_)
        for postings in (older, younger):
            postings.sort()
            self._seen[postings >> 64 - _SEEN_BITS] = True
        self._tail: dict[int, list[int]] = {}
        self._waiting: list[Numbers] = []
        self._waiting_count = 0

    @property
    def younger_count(self) -> int:
        """Return the number of postings in the younger generation."""
        return len(self._younger) + self._waiting_count

    def find(self, hashes: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield the postings with any of these hashes, as hash and page id, in no particular order."""
        first = np.array(hashes, np.int64) << _ID_BITS
        first = first[self._seen[first >> 64 - _SEEN_BITS]]
        last = first | (1 << _ID_BITS) - 1
        for postings in (self.older, self._younger):
            begins, ends = postings.searchsorted(first), postings.searchsorted(last, side="right")
            for place in np.flatnonzero(begins < ends):
                yield from pairs(postings[begins[place] : ends[place]])
        for value in (first >> _ID_BITS).tolist():
            for page_id in self._tail.get(value, ()):
                yield value, page_id

    def add(self, page_id: int, hashes: Sequence[int]) -> None:
        """Add a page to the younger generation, under each of these hashes."""
        for value in hashes:
            self._tail.setdefault(value, []).append(page_id)
        postings = postings_of(hashes, page_id)
        self._seen[postings >> 64 - _SEEN_BITS] = True
        self._waiting.append(postings)
        self._waiting_count += len(hashes)
        if self._waiting_count >= self._tail_size:
            later = np.sort(np.concatenate(self._waiting))
            self._younger = np.insert(self._younger, self._younger.searchsorted(later), later)
            self._tail, self._waiting, self._waiting_count = {}, [], 0


def postings_of(hashes: npt.ArrayLike, page_ids: Numbers | int) -> Numbers:
    """Return a posting for each hash and its page; one page id serves for all hashes."""
    postings = np.array(hashes, np.int64)
    postings <<= _ID_BITS
    postings |= page_ids
    return postings


def pairs(postings: Numbers) -> Iterator[tuple[int, int]]:
    """Return the hash and the page id of each posting."""
    return zip((postings >> _ID_BITS).tolist(), (postings & (1 << _ID_BITS) - 1).tolist(), strict=True)
