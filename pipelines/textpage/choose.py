"""Choose the lines of the article: the choice with the greatest expected word-F1 under the probabilities."""

from __future__ import annotations

import numpy as np

from .views import Bools, Floats

FLOOR = 0.12  # less likely lines are never worth it, whatever the page
# Boosted trees are too sure of themselves; on held-out sites the log-odds fit best when scaled down to this.
TEMPER = 0.8
LAST, PROSE = 0.3, 8  # probability of a last line that is kept, words of a line of running text


def choose(probability: Floats, words: Floats) -> tuple[Bools, float]:
    """Give the chosen lines and the word-F1 that can be expected of them.

    The lines are taken in the order of their probability; after k lines, F1 is about twice the expected article words
    among them over (their words + all expected article words). (Lewis 1995: the optimum is such a threshold.)
    """
    chosen = np.zeros(len(probability), np.bool_)
    odds = (probability / np.maximum(1 - probability, 1e-6)) ** TEMPER
    mass = odds / (1 + odds) * words
    total = float(mass.sum())
    if total <= 0:
        return chosen, 0.0
    order = np.argsort(-probability, kind="stable")
    expected = 2 * np.cumsum(mass[order], dtype=np.float64) / (np.cumsum(words[order], dtype=np.float64) + total)
    expected[probability[order] < FLOOR] = 0.0
    best = int(expected.argmax())
    chosen[order[: best + 1]] = expected[best] > 0
    return chosen & (probability >= FLOOR), float(expected[best])


def keep_the_end(chosen: Bools, probability: Floats, words: Floats) -> None:
    """Choose the last line of a text page too, in place, where no other running text is left out.

    A page that is nothing but its article (as Winnow's own output is) looks odd to a model that has learnt that pages
    end with furniture; furniture seldom comes as one line.
    """
    at = np.flatnonzero(chosen)
    if not len(at):
        return
    left = np.flatnonzero(~chosen[at[0] :]) + at[0]
    prose = left[words[left] >= PROSE]
    if len(left) <= 2 and prose.tolist() == [len(chosen) - 1] and probability[-1] >= LAST:
        chosen[-1] = True
