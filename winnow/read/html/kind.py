"""Tell of what kind an HTML page is: an article, a discussion, a product, …

A logistic model weighs signs of the page and its words. Signs are what it states (`kind_signs.py`), its links and
forms (`kind_links.py`), its lines as the line model judges them (`kind_lines.py`); words are those of `kind_words.py`.
The model's numbers are one small data file. The environment variable `WINNOW_KIND_MODEL` names another file, so that
benchmarks can judge pages by a model that has not seen their site.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from lxml import etree
from numpy.typing import NDArray

from winnow.items import Kind
from winnow.model_files import KIND
from winnow.read.html.judged import JudgedBlocks
from winnow.read.html.kind_lines import line_signs
from winnow.read.html.kind_links import form_parts, form_signs, link_signs
from winnow.read.html.kind_signs import Signs, Stated, address_signs, class_signs, stated, stated_kind
from winnow.read.html.kind_words import Words, words_of
from winnow.read.html.posts import is_thread
from winnow.read.html.walk import Content
from winnow.read.lines.model_file import ModelError, arrays_of
from winnow.read.lines.views import Bools, Floats, Ints

SHIPPED, VARIABLE = KIND.shipped, KIND.variable
KINDS = tuple(Kind)
FAR = 4.0  # standard deviations from the mean, beyond which a sign says no more
THREADLIKE = (Kind.ARTICLE, Kind.LISTING)  # kinds that threads of boards are taken for in other languages
LENGTH = 12.0  # of the words of one place, as a vector beside the signs


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
        odds += self.word_weights[:, known] @ values
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


def load(path: str | Path | None = None) -> KindModel:
    """Return the model of a file: `path`, else the one in use; cached."""
    return _read(str(path or KIND.path()))


@lru_cache(maxsize=8)
def _read(path: str) -> KindModel:
    return KindModel(**arrays_of(path))


class Told(NamedTuple):
    """What the tree of a page tells of its kind."""

    said: Stated
    signs: Signs
    parts: Sequence[etree._Element]  # what `form_parts` returns


def told_by(tree: etree._Element, content: Content) -> Told | Kind:
    """Return the kind that a page states plainly, else what its tree tells.

    A tree that has just been walked over is in the processor's caches: it is best looked at before the lines are.
    """
    said = stated(tree, content)
    return stated_kind(said) or _signs_of(tree, said)


def _signs_of(tree: etree._Element, said: Stated) -> Told:
    signs = said.signs | class_signs(tree) | address_signs(said.address) | link_signs(tree, said.address)
    parts = form_parts(tree)
    return Told(said, signs | form_signs(parts), parts)


def facts_of(
    tree: etree._Element, content: Content, judged: JudgedBlocks, chosen: Bools, expected: float
) -> tuple[Signs, Words]:
    """Return the signs and the words of a judged page; the signs have the same names for every page.

    `chosen` are the lines that the line model chooses, `expected` is the word-F1 that this choice may expect.
    """
    return _facts(_signs_of(tree, stated(tree, content)), content, judged, chosen, expected)


def _facts(told: Told, content: Content, judged: JudgedBlocks, chosen: Bools, expected: float) -> tuple[Signs, Words]:
    return told.signs | line_signs(judged, chosen, expected), words_of(content.title, told.said, judged, told.parts)


def kind_of(told: Told | Kind, content: Content, judged: JudgedBlocks, chosen: Bools, expected: float) -> Kind:
    """Return the kind of a judged page: the one that it states plainly, else the likeliest, of which threads are told.

    `told` is what `told_by` returns, the other arguments are those of `facts_of`.
    """
    if isinstance(told, Kind):
        return told
    facts = _facts(told, content, judged, chosen, expected)
    likeliest = KINDS[int(load().probabilities(*facts).argmax())]
    return Kind.DISCUSSION if likeliest in THREADLIKE and is_thread(judged, chosen) else likeliest
