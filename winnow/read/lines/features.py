"""The feature matrix: one row a line, one column a named feature, from groups that can be tested one by one."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from winnow.read.lines.features_blocks import blocks, evidence
from winnow.read.lines.features_context import landmarks, neighbours, windows
from winnow.read.lines.features_line import Columns, cue_words, shape, size, speaker, vocabulary
from winnow.read.lines.features_page import cohesion, position, repetition, runs, topic
from winnow.read.lines.views import Floats, View, view


def plain(page: View) -> Columns:
    """Everything that can be known without a model."""
    columns = size(page) | shape(page) | vocabulary(page) | cue_words(page)
    columns |= position(page) | repetition(page) | topic(page) | cohesion(page) | runs(page)
    columns |= speaker(page)
    return columns | neighbours(columns) | windows(columns) | landmarks(page, columns)


def informed(page: View, columns: Columns, extra: Mapping[str, Floats]) -> Columns:
    """Features of evidence per line; "text" and "aside", the word models' probabilities, are always among it.

    Another source (for an HTML page: that trafilatura kept the line) adds its own columns under its own name.
    """
    out = blocks(page, extra["text"], columns)
    for name, values in extra.items():
        out |= evidence(page, values, name)
    return out


def stack(columns: Columns) -> Floats:
    """Put columns into one array, a feature a row: the layout in which the trees read it."""
    rows = list(columns.values())
    return np.concatenate(rows, dtype=np.float32, casting="same_kind").reshape(len(rows), -1)


def _names() -> tuple[tuple[str, ...], tuple[str, ...]]:
    empty = view(())
    columns = plain(empty)
    return tuple(columns), tuple(informed(empty, columns, dict.fromkeys(("text", "aside"), np.zeros(0, np.float32))))


PLAIN_NAMES, INFORMED_NAMES = _names()
NAMES = PLAIN_NAMES + INFORMED_NAMES
