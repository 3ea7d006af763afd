"""The trained model of HTML pages: one data file, read once per process.

The environment variable `WINNOW_HTML_MODEL` names another file, so that benchmarks can judge pages by a model that has
not seen their site.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from winnow.model_files import HTML
from winnow.read.html import features
from winnow.read.html.blocks import Block
from winnow.read.html.second_opinions import Choice
from winnow.read.lines.features_line import Columns
from winnow.read.lines.model_file import LineModel, ModelFile
from winnow.read.lines.pieces import Piece, join, pieces
from winnow.read.lines.views import Floats, Ints, View
from winnow.read.lines.word_model import chances


@dataclass(frozen=True)
class Known:
    """What is known of the lines of a page, or of a piece of it, before trafilatura is asked."""

    piece: Piece
    page: View
    columns: Columns
    groups: list[tuple[str, Ints]]
    stated: Floats  # how much of each line the article body holds that the page states; -1 where it states none
    chances: Columns  # the word models' probabilities: "text", "aside"

    @cached_property
    def _before(self) -> Columns:
        """The features that are the same whether trafilatura is asked or not."""
        return self.columns | features.informed(self.page, self.columns, self.groups, self.stated, self.chances)

    def features(self, choice: Choice | None = None) -> Floats:
        """Return the whole feature array (features x lines), with or without trafilatura's choice."""
        return features.matrix(self._before | features.chosen(self.page, self.columns, self.groups, choice))


@dataclass(frozen=True, slots=True)
class Model(LineModel):
    """Word models and line trees."""

    def look(self, page: View, blocks: Sequence[Block], stated: Floats, title: str) -> list[Known]:
        """Return what is known of the lines before trafilatura is asked, by pieces of the page."""
        return [self._look(*part, blocks, stated, title) for part in pieces(page)]

    def _look(self, piece: Piece, page: View, blocks: Sequence[Block], stated: Floats, title: str) -> Known:
        blocks, stated = blocks[piece.judged], stated[piece.judged]
        columns = features.plain(page, blocks, title)
        return Known(piece, page, columns, features.groups(blocks), stated, chances(page, self.words, self.asides))

    def judge(self, known: Sequence[Known], choice: Choice | None = None) -> Floats:
        """Return each line's probability of being part of the article."""
        found = [self._judge(each, choice and choice.of(each.piece.judged)) for each in known]
        return join([each.piece for each in known], found)

    def _judge(self, known: Known, choice: Choice | None) -> Floats:
        return self.trees["lines"].probability(known.features(choice)) if len(known.page) else np.zeros(0, np.float32)


FILE = ModelFile(Model, HTML, features.NAMES, ["lines"])
load = FILE.load
