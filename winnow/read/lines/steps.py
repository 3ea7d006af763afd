"""The steps between a model's judgement and the article: named functions, each from one choice of lines to the next.

HTML and plain text each list their steps; `follow` takes one after the other. A `Trace`, where one is handed in, keeps
the choice after each step, which tells for every line which step dropped or kept it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from winnow.read.lines.features_line import Columns
from winnow.read.lines.views import Bools, Floats, Ints, View


@dataclass(frozen=True, slots=True)
class Judged:
    """A page with what the model says of its lines."""

    page: View
    columns: Columns  # the features that need no model
    probability: Floats  # of each line to be part of the article


J = TypeVar("J", bound=Judged)


@dataclass(frozen=True, slots=True)
class Step(Generic[J]):
    """A function from the lines chosen so far to those chosen afterwards, and the reason stated for what it changes.

    A choice of lines is one flag a line. The function never changes the array that it is given.
    """

    why: str
    change: Callable[[J, Bools], Bools]

    @property
    def name(self) -> str:
        """Return the name of the function."""
        return str(getattr(self.change, "__name__", ""))


@dataclass(slots=True)
class Trace:
    """What a reading did, line by line; empty until a reader fills it."""

    judged: Judged | None = None
    first: Floats | None = None  # probabilities before trafilatura was asked; None where it was not
    choices: list[tuple[Step[Any] | None, Bools]] = field(default_factory=list)  # None: the choice by probability


def follow(steps: Iterable[Step[J]], judged: J, chosen: Bools, trace: Trace | None = None) -> Bools:
    """Return the choice of lines after all steps, and write it down in the trace after each of them."""
    if trace is not None and trace.judged is None:
        trace.judged = judged
        trace.choices.append((None, chosen))
    for step in steps:
        chosen = step.change(judged, chosen)
        if trace is not None:
            trace.choices.append((step, chosen))
    return chosen


def without(chosen: Bools, lines: Ints | list[int]) -> Bools:
    """Return a copy of a choice without the lines of these numbers."""
    left = chosen.copy()
    left[lines] = False
    return left
