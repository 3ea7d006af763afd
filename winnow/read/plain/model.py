"""The trained models of text pages: one for captures in English, one for those in other languages; each read once.

The environment variable `WINNOW_TEXT_MODEL` names another file for both, so that benchmarks can judge pages by a model
that has not seen their site.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from winnow import model_files
from winnow.read import words
from winnow.read.lines import features
from winnow.read.lines.model_file import LineModel, ModelFile
from winnow.read.lines.pieces import WHOLE_CAPTURE, join, join_columns, pieces
from winnow.read.lines.steps import Judged
from winnow.read.lines.tokens import token_hash
from winnow.read.lines.views import Bools, Floats, Hashes, Ints, View
from winnow.read.lines.word_model import chances
from winnow.read.plain import title_features as titles
from winnow.read.plain.title_features import Start

ENGLISH = 0.1  # share of English small words among all words of a capture, furniture and all, at least


@dataclass(frozen=True, slots=True)
class Model(LineModel):
    """Word models, line trees and title trees."""

    def judge(self, page: View) -> Judged:
        """Return a page with each line's probability of being part of the article."""
        parts = pieces(page, WHOLE_CAPTURE)
        found = [self._judge(lines) for _, lines in parts]
        where = [part for part, _ in parts]
        probability = join(where, [each.probability for each in found])
        return Judged(page, join_columns(where, [each.columns for each in found]), probability)

    def _judge(self, page: View) -> Judged:
        columns = features.plain(page)
        if not len(page):
            return Judged(page, columns, np.zeros(0, np.float32))
        informed = features.informed(page, columns, chances(page, self.words, self.asides))
        return Judged(page, columns, self.trees["lines"].probability(features.stack(columns | informed)))

    def title_chances(self, judged: Judged, start: Start) -> tuple[Ints, Floats]:
        """Return the numbers of the lines that may be the title, and the probability of each."""
        at = titles.candidates(judged.page, start)
        if not len(at):
            return at, np.zeros(0, np.float32)
        rows = titles.title_features(judged.page, judged.columns, judged.probability, start, at)
        return at, self.trees["titles"].probability(rows)


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


FILE, OTHERS = (
    ModelFile(Model, place, features.NAMES, ["lines", "titles"]) for place in (model_files.ENGLISH, model_files.OTHERS)
)
load = FILE.load


def load_for(page: View) -> Model:
    """Return the model for a capture. Raises `ModelError` if its file cannot be read."""
    return (FILE if is_english(page) else OTHERS).load()
