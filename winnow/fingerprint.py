"""Article fingerprints: the digest of the normalised text, its shingles and its sketch.

A shingle is five consecutive words hashed to 64 bits, the sketch the smallest of them (bottom-k, A. Broder, "On the
resemblance and containment of documents", 1997). Two texts that share much share some of the smallest, whatever stands
around the shared part. A short excerpt shares few of them, but it shares the beginning: so the smallest of the first
shingles are part of the sketch too.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import xxhash

from winnow.text import normalise, words_of

Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int32]

SHINGLE_WORDS = 5
SKETCH_SIZE = 32
LEAD_SHINGLES = 64
LEAD_SIZE = 8
SKETCH_BITS = 32  # SQLite keeps such a number in 4 bytes; that two texts meet in two hashes by chance stays rare
# Stored with the index: sketches made with other values cannot be compared.
# Raise `version` when `winnow.text` changes.
PARAMETERS: dict[str, Any] = {
    "version": 1,
    "shingle_words": SHINGLE_WORDS,
    "sketch_size": SKETCH_SIZE,
    "lead_shingles": LEAD_SHINGLES,
    "lead_size": LEAD_SIZE,
    "sketch_bits": SKETCH_BITS,
}
_CACHED_WORDS = 1 << 16  # about 8 MB, unless the words are monstrous

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio
_MIX_1, _MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)  # splitmix64, S. Vigna


@dataclass(frozen=True, slots=True, eq=False)
class Fingerprint:
    """What dedupe needs of a text. `digest` is the SHA-256 of the tokens.

    `ordered` holds the shingle that begins at each word (but the last four), `lines` the line that each word stands in,
    `shingles` the distinct shingles sorted. `sketch` holds the low bits of the smallest shingles of the whole and of
    the beginning, as signed integers.
    """

    digest: str
    word_count: int
    ordered: Hashes
    lines: Numbers
    shingles: Hashes
    sketch: list[int]

    @property
    def nbytes(self) -> int:
        """Return the bytes of memory that the arrays take."""
        return self.ordered.nbytes + self.lines.nbytes + self.shingles.nbytes

    def has(self, shingles: Hashes) -> npt.NDArray[np.bool_]:
        """Tell of each of some shingles whether it is one of this text's."""
        if not len(self.shingles):
            return np.zeros(len(shingles), np.bool_)
        places = np.searchsorted(self.shingles, shingles)
        found: Hashes = self.shingles[np.minimum(places, len(self.shingles) - 1)]
        return np.equal(found, shingles)


def fingerprint(text: str) -> Fingerprint:
    """Fingerprint a text; texts that differ only in typography, case or white space give equal digests."""
    by_line = [words_of(line) for line in normalise(text).split("\n")]
    words = [word for line in by_line for word in line]
    digest = hashlib.sha256("\n".join(words).encode("utf-8", "surrogatepass")).hexdigest()
    lines = np.repeat(np.arange(len(by_line), dtype=np.int32), [len(line) for line in by_line])
    ordered = _shingles(words)
    shingles = _distinct(ordered)
    return Fingerprint(digest, len(words), ordered, lines, shingles, sketch_of(ordered, shingles))


def _shingles(words: list[str]) -> Hashes:
    """Hash every run of five words, in order; fewer than five words make one shingle, none make none."""
    if not words:
        return np.empty(0, np.uint64)
    hashes = np.fromiter(map(_hashes.__getitem__, words), np.uint64, len(words))
    size = min(SHINGLE_WORDS, len(words))
    combined = np.zeros(len(words) - size + 1, np.uint64)
    for offset in range(size):
        combined = combined * _MULTIPLIER + hashes[offset : offset + len(combined)]
    return _mix(combined)


def _distinct(values: Hashes) -> Hashes:
    """Sort and drop what is repeated: `np.unique`, which takes eight times as long for a text's few hundred."""
    found = np.sort(values)
    return found[np.append(True, found[1:] != found[:-1])] if len(found) else found


def sketch_of(ordered: Hashes, shingles: Hashes) -> list[int]:
    """Return the sketch of a text with these shingles."""
    lead = _distinct(ordered[:LEAD_SHINGLES])[:LEAD_SIZE]
    smallest = {*shingles[:SKETCH_SIZE].tolist(), *lead.tolist()}
    return sorted({value % (1 << SKETCH_BITS) - (1 << SKETCH_BITS - 1) for value in smallest})


class _Hashes(dict[str, int]):
    """The hashes of words met lately."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _CACHED_WORDS:
            self.clear()
        value = self[word] = xxhash.xxh3_64_intdigest(word.encode("utf-8", "surrogatepass"))
        return value


_hashes = _Hashes()


def _mix(values: Hashes) -> Hashes:
    """Spread the combined hashes evenly, so that the smallest are a fair sample."""
    values = (values ^ (values >> np.uint64(30))) * _MIX_1
    values = (values ^ (values >> np.uint64(27))) * _MIX_2
    return values ^ (values >> np.uint64(31))
