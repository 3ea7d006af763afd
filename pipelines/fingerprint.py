"""Article fingerprints: the digest of the normalised text, its shingles and its sketch.

A shingle is five consecutive words hashed to 64 bits, the sketch the smallest of them (bottom-k, A. Broder, "On the
resemblance and containment of documents", 1997). Two texts that share much share some of the smallest, whatever stands
around the shared part.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import xxhash

from pipelines.text import tokens

Hashes = npt.NDArray[np.uint64]

SHINGLE_WORDS = 5
SKETCH_SIZE = 32
# Stored with the index: sketches made with other values cannot be compared. Raise `version` when `tokens` changes.
PARAMETERS: dict[str, Any] = {"version": 1, "shingle_words": SHINGLE_WORDS, "sketch_size": SKETCH_SIZE}

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio
_MIX_1, _MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)  # splitmix64, S. Vigna


@dataclass(frozen=True, slots=True, eq=False)
class Fingerprint:
    """What dedupe needs of a text. `shingles` are sorted and distinct; `digest` is the SHA-256 of the tokens."""

    digest: str
    word_count: int
    shingles: Hashes

    @property
    def sketch(self) -> list[int]:
        """Give the smallest shingles, halved to fit SQLite's signed integers."""
        return [int(value) >> 1 for value in self.shingles[:SKETCH_SIZE]]


def fingerprint(text: str) -> Fingerprint:
    """Fingerprint a text; texts that differ only in typography, case or white space give equal ones."""
    words = tokens(text)
    digest = hashlib.sha256("\n".join(words).encode("utf-8", "surrogatepass")).hexdigest()
    return Fingerprint(digest, len(words), shingles(words))


def shingles(words: list[str]) -> Hashes:
    """Hash every run of five words; fewer than five words make one shingle, none make none."""
    if not words:
        return np.empty(0, np.uint64)
    hash_of = {word: xxhash.xxh3_64_intdigest(word.encode("utf-8", "surrogatepass")) for word in set(words)}
    hashes = np.array([hash_of[word] for word in words], np.uint64)
    size = min(SHINGLE_WORDS, len(words))
    combined = np.zeros(len(words) - size + 1, np.uint64)
    for offset in range(size):
        combined = combined * _MULTIPLIER + hashes[offset : offset + len(combined)]
    return np.unique(_mix(combined))


def _mix(values: Hashes) -> Hashes:
    """Spread the combined hashes evenly, so that the smallest are a fair sample."""
    values = (values ^ (values >> np.uint64(30))) * _MIX_1
    values = (values ^ (values >> np.uint64(27))) * _MIX_2
    return values ^ (values >> np.uint64(31))
