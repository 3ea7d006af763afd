"""A judged HTML page, as the steps after the model get it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from winnow.read.html.blocks import Block
from winnow.read.html.recipe_data import Recipe
from winnow.read.lines.steps import Judged
from winnow.read.lines.views import Bools


@dataclass(frozen=True, slots=True)
class JudgedBlocks(Judged):
    """A judged page, with what the tree says of its lines (`blocks`, one a line)."""

    blocks: Sequence[Block]
    code: Bools  # whether a line is code, which has words of its own and says things twice
    recipe: Recipe | None = None  # that the page states
