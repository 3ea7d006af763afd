"""The lines of a box that holds much running text: they are one text, whatever the model says of single lines."""

from __future__ import annotations

import numpy as np

from winnow.read.html.box_names import bits_of
from winnow.read.html.features import outer
from winnow.read.html.judged import JudgedBlocks
from winnow.read.lines.line import PROSE
from winnow.read.lines.views import Bools

COLUMN = 3000  # words of running text right in one box that make a column, at least
PLAIN = 0.8  # share of a column's words that is running text, at least
TAKEN = 0.2  # share of a column's words that is chosen, at least
_OTHER = bits_of("comment consent footer nav related")


def keep_columns(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice with every column of running text whole of which a part is chosen.

    Models doubt long texts, of which they have seen few: a book's chapters are not all about the words of its title.
    """
    page, linked = judged.page, judged.columns["linked"]
    if page.words.sum() < COLUMN:
        return chosen
    boxes = [outer(block.box) for block in judged.blocks]
    _, number = np.unique([box.number for box in boxes], return_inverse=True)
    running = (page.words >= PROSE) & (linked < 0.3)
    whole, prose, taken = (np.bincount(number, page.words * flag)[number] for flag in (True, running, chosen))
    own = np.array([not box.all_names & _OTHER for box in boxes], np.bool_)
    column = own & (prose >= COLUMN) & (prose >= PLAIN * whole) & (taken >= TAKEN * whole)
    added: Bools = chosen | column & (linked <= 0.5)
    return added
