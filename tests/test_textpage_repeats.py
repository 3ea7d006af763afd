"""Repeats: copies of passages and tables of contents go, what an article says again on purpose stays."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from winnow.read.lines.line import Line
from winnow.read.lines.repeats import ENTRY, PASSAGE, drop_contents, drop_copies
from winnow.read.lines.steps import Judged
from winnow.read.lines.views import Bools, Floats, view

ENTRIES = ["Where the ferry came from", "1. Why it stops", "What becomes of the boat"]
SAID = [
    "Two brothers built it from the timber of a barn.",
    "A bridge was opened half a mile up the river.",
    "It goes to the museum beside the old harbour.",
]
SECTIONS = [line for pair in zip(ENTRIES, SAID, strict=True) for line in pair]


def kept(lines: list[str], drop: Callable[[Judged, Bools], Bools] = drop_contents) -> list[str]:
    sure: Floats = np.ones(len(lines), np.float32)
    chosen = drop(Judged(view([Line(text, 1) for text in lines]), {}, sure), np.ones(len(lines), np.bool_))
    return [line for line, is_kept in zip(lines, chosen, strict=True) if is_kept]


def test_a_table_of_contents_goes() -> None:
    assert kept(["The last ferry.", *ENTRIES, "It sails on Sunday.", *SECTIONS]) == [
        "The last ferry.",
        "It sails on Sunday.",
        *SECTIONS,
    ]


@pytest.mark.parametrize(
    "lines",
    [
        [*ENTRIES[:2], *SECTIONS],  # two lines are no table
        [*reversed(ENTRIES), *SECTIONS],  # another order
        [*ENTRIES, *SAID, *ENTRIES],  # a list that is given twice
        [*ENTRIES, *SECTIONS, *ENTRIES],  # three times
        [*ENTRIES, "Rye", "1. Why it stops", "Rye", "Oats", "What becomes of the boat", "Oats"],  # over no text
        [*(f"{entry} {'and so on ' * ENTRY}" for entry in ENTRIES), *SECTIONS],
    ],
)
def test_other_lists_stay(lines: list[str]) -> None:
    assert kept(lines) == lines


def test_a_passage_is_kept_once() -> None:
    passage = "The ferry " + "sails across the river " * (PASSAGE // 4)
    refrain = "Row, row, row your boat"
    lines = ["It began on Sunday.", passage, refrain, "It ended on Monday.", passage, refrain]
    assert kept(lines, drop_copies) == [*lines[:4], refrain]
    assert kept([passage, f"{passage} again"], drop_copies) == [passage, f"{passage} again"]


def test_an_article_that_comes_twice_is_kept_once_with_its_short_lines() -> None:
    article = [line for text in "abc" for line in (f"On {text}", "a short line", f"{text} sails the river " * PASSAGE)]
    assert kept([*article, "for print", *article], drop_copies) == [*article, "for print"]
    assert kept([*article, "in short", *article[:3]], drop_copies) == [*article, "in short", *article[:2]]


@given(st.lists(st.sampled_from(["a", "b c", "d e f", *SAID, " ".join(SAID)]), max_size=25))
def test_every_passage_stays_somewhere(lines: list[str]) -> None:
    assert set(kept(lines, drop_copies)) == set(lines)
    assert set(kept(lines)) == set(lines)
