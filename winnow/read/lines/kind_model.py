"""A model of kinds of pages: a multinomial logistic regression on signs of a page and on its words.

HTML pages and captures have a model each, with signs of their own; the model's numbers are one small data file. Words
are kept as numbers, never as text, and each counts once a place: where it stands is part of what it says.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from winnow.items import Kind
from winnow.read.lines.model_file import ModelError, arrays_of
from winnow.read.lines.views import Bools, Floats, Hashes, Ints, View, ngram

KINDS = tuple(Kind)
FAR = 4.0  # standard deviations from the mean, beyond which a sign says no more
LENGTH = 12.0  # of the words of one place, as a vector beside the signs
SHORT, LABEL = 12, 4  # words of a line at most whose words are looked at, and of one that is looked at as a whole

Signs = dict[str, float]
Words = list[NDArray[np.uint32]]  # for each place, the numbers of its words, each once


@dataclass(frozen=True, slots=True)
class KindModel:
    """A multinomial logistic regression on signs, each less its mean and over its deviation, and on words."""

    names: NDArray[np.uint8]  # of the signs, as bytes, divided by newlines
    mean: Floats  # one a sign
    deviation: Floats
    weights: Floats  # kinds x signs
    bias: Floats  # one a kind
    words: NDArray[np.uint32]  # the numbers of the words that the model knows, in order of size
    rarity: Floats  # one a word: logarithm of all pages over those with the word
    word_weights: NDArray[np.float16]  # kinds x words
    provenance: NDArray[np.uint8]  # JSON, as bytes

    def probabilities(self, signs: Signs, words: Words) -> Floats:
        """Return the probability of each kind, in the order of `KINDS`. Raises `ModelError` for other signs."""
        if "\n".join(signs).encode() != self.names.tobytes():
            raise ModelError("the model of kinds was trained for other signs; train it again")
        odds = self.weights @ scaled(row_of(signs), self.mean, self.deviation) + self.bias
        known, values = look_up(words, self.words, self.rarity)
        odds += (self.word_weights[:, known] * values).sum(axis=1)  # a product by BLAS warned, at times, of no number
        parts = np.exp(odds - odds.max())
        out: Floats = (parts / parts.sum()).astype(np.float32)
        return out

    def save(self, path: Path) -> None:
        """Write the model to a file, whose folder is made where need be."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            np.savez_compressed(file, **{each.name: getattr(self, each.name) for each in fields(self)})


def row_of(signs: Signs) -> Floats:
    """Return signs as the model sees them: great counts stand less apart from each other than small ones."""
    values = np.array(list(signs.values()), np.float32)
    out: Floats = np.sign(values) * np.sqrt(np.abs(values))
    return out


def scaled(values: Floats, mean: Floats, deviation: Floats) -> Floats:
    """Return signs (the last axis) as their distance from the mean in standard deviations, 0 for NaN: not known."""
    out: Floats = np.nan_to_num(np.clip((values - mean) / deviation, -FAR, FAR))
    return out


def look_up(words: Words, known: NDArray[np.uint32], rarity: Floats) -> tuple[Ints, Floats]:
    """Return the places among the known words of those that a page has, and their values.

    A word's value is its rarity; the words of one place of the page have one length together, however many they are.
    """
    wanted = np.concatenate(words)
    place = np.repeat(np.arange(len(words)), [len(there) for there in words])
    at = np.searchsorted(known, wanted)
    there = known[np.minimum(at, len(known) - 1)] == wanted
    at, place = at[there], place[there]
    lengths = np.sqrt(np.bincount(place, rarity[at] ** 2, len(words)))
    values: Floats = (rarity[at] * LENGTH / np.maximum(lengths[place], 1e-6)).astype(np.float32)
    return at, values


def as_bytes(value: Any) -> NDArray[np.uint8]:
    """Return a text, or other values as JSON, as an array of bytes."""
    text = value if isinstance(value, str) else json.dumps(value, sort_keys=True)
    return np.frombuffer(text.encode(), np.uint8)


@lru_cache(maxsize=8)
def read_model(path: str | Path) -> KindModel:
    """Return the model of a file; cached. Raises `ModelError` if the file cannot be read."""
    return KindModel(**arrays_of(str(path)))


def numbers(place: int, words: Hashes) -> NDArray[np.uint32]:
    """Return the numbers of words, given by their hashes, that stand at a place: each once, in order of size."""
    found = np.sort(words ^ np.uint32(place * 0x9E3779B9 & 0xFFFFFFFF))
    return found[np.append(True, found[1:] != found[:-1])] if len(found) else found


def wholes(page: View, wanted: Bools) -> Hashes:
    """Return a hash of each of the wanted lines of few words, of all its words in order."""
    out = [np.zeros(0, np.uint32)]
    for count in range(1, LABEL + 1):
        at = page.start[np.flatnonzero(wanted & (page.words == count))]
        out.append(ngram([page.hashes[at + k] for k in range(count)]))
    return np.concatenate(out)
