"""The features of a page's lines: named columns with one value a line, computed in groups that can be tested alone."""

from __future__ import annotations

import numpy as np

from winnow.read.lines.features_blocks import blocks, evidence
from winnow.read.lines.features_context import landmarks, neighbours, windows
from winnow.read.lines.features_line import Columns, cue_words, shape, size, speaker, vocabulary
from winnow.read.lines.features_page import cohesion, position, repetition, runs, topic
from winnow.read.lines.views import Floats, View, view


def plain(page: View) -> Columns:
    """Return the features that need no model, one value a line each."""
    columns = of_lines(page)
    return columns | neighbours(columns) | windows(columns) | landmarks(page, columns)


def of_lines(page: View) -> Columns:
    """Return those among them that say nothing of the lines around a line: what it is like and where it is."""
    columns = size(page) | shape(page) | vocabulary(page) | cue_words(page)
    columns |= position(page) | repetition(page) | topic(page) | cohesion(page) | runs(page)
    return columns | speaker(page)


def informed(page: View, columns: Columns, extra: Columns) -> Columns:
    """Return the features made from evidence about each line, such as the probabilities of the word models.

    `extra` holds the evidence by source, one value from 0 to 1 a line. "text" and "aside", the word models'
    probabilities, are always among it; other sources (for an HTML page: whether trafilatura kept the line) get columns
    under their own names.
    """
    return blocks(page, extra["text"], columns) | evidence(page, extra)


def stack(columns: Columns) -> Floats:
    """Return the columns as one array (features x lines), the layout that the trees read."""
    rows = list(columns.values())
    return np.concatenate(rows, dtype=np.float32, casting="same_kind").reshape(len(rows), -1)


def _names() -> tuple[tuple[str, ...], ...]:
    """Return the names of the features of lines, of all without a model, and of those from evidence."""
    empty = view(())
    columns = plain(empty)
    extra = dict.fromkeys(("text", "aside"), np.zeros(0, np.float32))
    return tuple(of_lines(empty)), tuple(columns), tuple(informed(empty, columns, extra))


LINE_NAMES, PLAIN_NAMES, INFORMED_NAMES = _names()
NAMES = PLAIN_NAMES + INFORMED_NAMES
