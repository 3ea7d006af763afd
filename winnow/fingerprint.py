"""Article fingerprints: the digest of the normalised text, its shingles and its sketch.

A shingle is five consecutive words, hashed to 64 bits. Scripts without spaces are cut into pieces about as long as
words: between which two characters a piece ends depends on these two alone, so that a passage has the same pieces
wherever it stands, and one changed character changes one or two of them. A text's sketch is the set of its smallest
shingles (bottom-k: A. Broder, "On the resemblance and containment of documents", 1997): two texts that have much in
common have some of the smallest shingles in common, whatever stands around the common part. A short excerpt has few of
the full text's smallest shingles, but it begins as the full text does; so the smallest of the first shingles are part
of the sketch too.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import xxhash

from winnow.characters import beyond_ascii
from winnow.text import HAN, ONE_UNSPACED, THAI, normalise, words_by_line

Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int32]

SHINGLE_WORDS = 5
SKETCH_SIZE = 32
LEAD_SHINGLES = 64
LEAD_SIZE = 8
SKETCH_BITS = 32  # SQLite stores a hash in 4 bytes then; two texts still rarely have two hashes in common by chance
# Stored with the index: sketches made with other values cannot be compared.
# Raise `version` when `winnow.text` changes.
PARAMETERS: dict[str, Any] = {
    "version": 2,
    "shingle_words": SHINGLE_WORDS,
    "sketch_size": SKETCH_SIZE,
    "lead_shingles": LEAD_SHINGLES,
    "lead_size": LEAD_SIZE,
    "sketch_bits": SKETCH_BITS,
}
# Characters of a piece, on average: texts that say the same have about as many pieces as words in other languages.
_PIECE = {HAN: 2, THAI: 4}
_CACHED_WORDS = 1 << 16  # words; about 8 MB, unless the words are monstrous

_RESIDUE = re.compile(
    r'\\(?:[nrt"/]|u[0-9a-fA-F]{4})|</?[a-zA-Z][a-zA-Z0-9]*(?: [a-z-]+=| ?/?>)|&(?:[lg]t|amp|quot|nbsp|#\d{1,6});'
    r'|=[0-9A-F]{2}=[0-9A-F]{2}|" ?: ?["{[]'
)
_GREATEST = (1 << 64) - 1
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio
_MIX_1, _MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)  # splitmix64, S. Vigna


@dataclass(frozen=True, slots=True, eq=False)
class Fingerprint:
    """What dedupe needs of a text. `digest` is the SHA-256 of the tokens, in hexadecimal.

    `word_count` counts pieces of scripts without spaces as words, and so do the arrays: `ordered` holds the shingle
    that begins at each word but the last four, `lines` the number of the line that each word begins in, `shingles` the
    distinct shingles, sorted. `sketch` holds the low `SKETCH_BITS` bits of the smallest shingles of the whole text and
    of its beginning, as signed integers, sorted. `residue` is how many escapes, tags and keys there are to a word: what
    programs write and nobody reads.
    """

    digest: str
    word_count: int
    ordered: Hashes
    lines: Numbers
    shingles: Hashes
    sketch: list[int]
    residue: float = 0.0

    @property
    def nbytes(self) -> int:
        """Return the size of the arrays in bytes."""
        return self.ordered.nbytes + self.lines.nbytes + self.shingles.nbytes

    def has(self, shingles: Hashes) -> npt.NDArray[np.bool_]:
        """Return for each of the given shingles whether this text has it, as an array of the same length."""
        if not len(self.shingles):
            return np.zeros(len(shingles), np.bool_)
        places = np.searchsorted(self.shingles, shingles)
        found: Hashes = self.shingles[np.minimum(places, len(self.shingles) - 1)]
        return np.equal(found, shingles)


def fingerprint(text: str) -> Fingerprint:
    """Return the fingerprint of a text; texts that differ in typography, case or white space only have one digest."""
    normalised = normalise(text)
    by_line = words_by_line(normalised)
    words = [word for line in by_line for word in line]
    digest = hashlib.sha256(b"\n".join(words)).hexdigest()
    lines = np.repeat(np.arange(len(by_line), dtype=np.int32), [len(line) for line in by_line])
    hashes = np.fromiter(map(xxhash.xxh3_64_intdigest, words), np.uint64, len(words))
    if ONE_UNSPACED.search(beyond_ascii(normalised)):
        hashes, lines = _in_pieces(words, hashes, lines)
    ordered = _shingles(hashes)
    shingles = _distinct(ordered)
    residue = sum(1 for _ in _RESIDUE.finditer(text)) / max(len(hashes), 1)
    return Fingerprint(digest, len(hashes), ordered, lines, shingles, sketch_of(ordered, shingles), residue)


def _in_pieces(words: list[bytes], hashes: Hashes, lines: Numbers) -> tuple[Hashes, Numbers]:
    """Return the hashes and lines with characters of scripts without spaces joined to pieces, over line ends too."""
    limits = np.fromiter(map(_limits.__getitem__, words), np.uint64, len(words))
    begins = np.ones(len(words), np.bool_)
    begins[1:] = _mix(hashes[:-1] * _MULTIPLIER + hashes[1:]) <= np.maximum(limits[:-1], limits[1:])
    starts = np.flatnonzero(begins)
    places = np.arange(len(words)) - starts[np.cumsum(begins) - 1]  # in the piece
    factors = np.full(places.max(initial=0) + 1, _MULTIPLIER)
    factors[0] = 1
    return np.add.reduceat(hashes * np.cumprod(factors)[places], starts), lines[starts]


def _shingles(hashes: Hashes) -> Hashes:
    """Return the hash of every run of five words, in order; one to four words make one shingle, no words make none."""
    if not len(hashes):
        return hashes
    size = min(SHINGLE_WORDS, len(hashes))
    combined = np.zeros(len(hashes) - size + 1, np.uint64)
    for offset in range(size):
        combined = combined * _MULTIPLIER + hashes[offset : offset + len(combined)]
    return _mix(combined)


def _distinct(values: Hashes) -> Hashes:
    """Return the values sorted, each once, as `np.unique` does; that takes eight times as long for a few hundred."""
    found = np.sort(values)
    return found[np.append(True, found[1:] != found[:-1])] if len(found) else found


def sketch_of(ordered: Hashes, shingles: Hashes) -> list[int]:
    """Return the sketch of a text, by its shingles in the order of the words and by the distinct ones, sorted."""
    lead = _distinct(ordered[:LEAD_SHINGLES])[:LEAD_SIZE]
    smallest = {*shingles[:SKETCH_SIZE].tolist(), *lead.tolist()}
    return sorted({value % (1 << SKETCH_BITS) - (1 << SKETCH_BITS - 1) for value in smallest})


class _Limits(dict[bytes, int]):
    """The greatest hash of a word and its neighbour at which they are two: any, unless both are joined to pieces."""

    def __missing__(self, word: bytes) -> int:
        if len(self) >= _CACHED_WORDS:
            self.clear()
        begins = word.decode("utf-8", "surrogatepass")
        sizes = (size for script, size in _PIECE.items() if re.match(f"[{script}]", begins))
        value = self[word] = _GREATEST // next(sizes, 1)
        return value


_limits = _Limits()


def _mix(values: Hashes) -> Hashes:
    """Return the combined hashes spread evenly, so that the smallest are a fair sample."""
    values = (values ^ (values >> np.uint64(30))) * _MIX_1
    values = (values ^ (values >> np.uint64(27))) * _MIX_2
    return values ^ (values >> np.uint64(31))
