"""The steps between a model's judgement and the article: named functions, each from one choice of lines to the next.

HTML and plain text each list their steps; `follow` takes one after the other. Where a `Trace` is handed in, it keeps
the choice after each step, so that every line can be told what dropped or kept it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from winnow.read.lines.features_line import Columns
from winnow.read.lines.views import Bools, Floats, Ints, View


@dataclass(frozen=True, slots=True)
class Judged:
    """A page with what the model says of it."""

    page: View
    columns: Columns
    probability: Floats  # of each line to be article


J = TypeVar("J", bound=Judged)


@dataclass(frozen=True, slots=True)
class Step(Generic[J]):
    """A function that returns the lines still chosen, given those chosen so far, and what it says of those it changes.

    The function never changes the array that it is given.
    """

    why: str
    change: Callable[[J, Bools], Bools]

    @property
    def name(self) -> str:
        """The name of the function."""
        return str(getattr(self.change, "__name__", ""))


@dataclass(slots=True)
class Trace:
    """What a reading did, line by line: empty until a reader that it is handed to fills it."""

    judged: Judged | None = None
    first: Floats | None = None  # probabilities before a second opinion was asked for
    choices: list[tuple[Step[Any] | None, Bools]] = field(default_factory=list)  # None: the choice by probability


def follow(steps: Iterable[Step[J]], judged: J, chosen: Bools, trace: Trace | None = None) -> Bools:
    """Return what is left of the chosen lines after all steps."""
    if trace is not None and trace.judged is None:
        trace.judged = judged
        trace.choices.append((None, chosen))
    for step in steps:
        chosen = step.change(judged, chosen)
        if trace is not None:
            trace.choices.append((step, chosen))
    return chosen


def without(chosen: Bools, lines: Ints | list[int]) -> Bools:
    """Return a copy of a choice in which these lines are not chosen."""
    left = chosen.copy()
    left[lines] = False
    return left
