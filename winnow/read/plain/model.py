"""The trained models of captures: for articles in English, for other pages in English, for other languages.

Each is read once. The environment variable `WINNOW_TEXT_MODEL` names another file for all of them, so that benchmarks
can judge pages by a model that has not seen their site.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from winnow import model_files
from winnow.items import Kind
from winnow.read import words
from winnow.read.lines import features
from winnow.read.lines.choose import choose
from winnow.read.lines.cues import GROUPS
from winnow.read.lines.features_line import Columns
from winnow.read.lines.model_file import LineModel, ModelFile
from winnow.read.lines.pieces import WHOLE_CAPTURE, Piece, join, join_columns, pieces
from winnow.read.lines.steps import Judged
from winnow.read.lines.tokens import token_hash
from winnow.read.lines.views import Bools, Floats, Hashes, Ints, View
from winnow.read.lines.word_model import chances
from winnow.read.plain import title_features as titles
from winnow.read.plain.title_features import Start

OPEN = 0.08  # probability below which a line is ruled out
DOUBT = 0.85  # word-F1 that can be expected, below which the choice of lines is in doubt
ENGLISH = 0.1  # share of English small words among all words of a capture, furniture and all, at least


@dataclass(frozen=True, slots=True)
class Known:
    """A capture, the pieces in which it is judged, and what is known of its lines without a model."""

    page: View
    where: list[Piece]
    pieces: list[tuple[View, Columns]]
    columns: Columns  # of the whole capture


def look(page: View) -> Known:
    """Return what is known of a capture without a model."""
    parts = pieces(page, WHOLE_CAPTURE)
    where, known = [part for part, _ in parts], [(lines, features.plain(lines)) for _, lines in parts]
    return Known(page, where, known, join_columns(where, [columns for _, columns in known]))


@dataclass(frozen=True, slots=True)
class Model(LineModel):
    """Word models, line trees and title trees."""

    def judge(self, known: Known) -> Judged:
        """Return a capture with each line's probability of being part of the article."""
        return Judged(known.page, known.columns, join(known.where, [self._judge(*piece) for piece in known.pieces]))

    def _judge(self, page: View, columns: Columns) -> Floats:
        if not len(page):
            return np.zeros(0, np.float32)
        informed = features.informed(page, columns, chances(page, self.words, self.asides))
        return self.trees["lines"].probability(features.stack(columns | informed))

    def title_chances(self, judged: Judged, start: Start) -> tuple[Ints, Floats]:
        """Return the numbers of the lines that may be the title, and the probability of each."""
        at = titles.candidates(judged.page, start)
        if not len(at):
            return at, np.zeros(0, np.float32)
        rows = titles.title_features(judged.page, judged.columns, judged.probability, start, at)
        return at, self.trees["titles"].probability(rows)


def is_in_doubt(judged: Judged) -> bool:
    """Return whether the choice of lines of a capture in another language than English is in doubt."""
    return not is_english(judged.page) and choose(judged.probability, judged.page.words)[1] < DOUBT


def ask_again(known: Known, judged: Judged) -> Judged:
    """Return a capture judged by what the model of kinds says of it, too.

    That model has learnt lists, tables, code and posts, in English; most features tell the same of any language. The
    mean of both log-odds counts for lines which are likelier by it, which the first model does not rule out, and which
    have no words of appeals: these the other model does not know in other languages.
    """
    first, second = (
        np.clip(each, 1e-4, 1 - 1e-4) for each in (judged.probability, KINDS.load().judge(known).probability)
    )
    mean = 1 / (1 + np.sqrt((1 - first) / first * (1 - second) / second))
    is_open = (first >= OPEN) & (known.page.cues[GROUPS.index("appeal")] == 0)
    return replace(judged, probability=np.where(is_open, np.maximum(first, mean), first).astype(np.float32))


def is_english(page: View) -> bool:
    """Return whether a capture is in English, as its small words tell; one without any words is."""
    small, halves = _small()
    maybe = page.hashes[halves[page.hashes >> np.uint32(16)]]
    at = np.minimum(small.searchsorted(maybe), len(small) - 1)
    found = int(np.count_nonzero(small[at] == maybe))
    return not len(page.hashes) or found / len(page.hashes) >= ENGLISH


@cache
def _small() -> tuple[Hashes, Bools]:
    """Return the hashes of the English small words, in order of size, and a flag for each of their upper halves."""
    small = np.array(sorted(map(token_hash, words.languages()["en"]["small"].split())), np.uint32)
    halves = np.zeros(1 << 16, np.bool_)
    halves[small >> np.uint32(16)] = True
    return small, halves


FILE, KINDS, OTHERS = (
    ModelFile(Model, place, features.NAMES, ["lines", "titles"])
    for place in (model_files.ENGLISH, model_files.ENGLISH_KINDS, model_files.OTHERS)
)
load = FILE.load


def load_for(page: View, kind: Kind = Kind.ARTICLE) -> Model:
    """Return the model for a capture of a kind. Raises `ModelError` if its file cannot be read."""
    return (OTHERS if not is_english(page) else FILE if kind is Kind.ARTICLE else KINDS).load()
