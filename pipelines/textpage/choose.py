"""Choose the lines of the article: the choice with the greatest expected word-F1 under the probabilities."""

from __future__ import annotations

import numpy as np

from .views import Bools, Floats, View

FLOOR = 0.12  # less likely lines are never worth it, whatever the page
# Boosted trees are too sure of themselves; on held-out sites the log-odds fit best when scaled down to this.
TEMPER = 0.8
LAST, PROSE = 0.3, 8  # probability of a last line that is kept, words of a line of running text
SURE, DOUBTFUL = 0.85, 0.65  # probability of a line that is the article's, and of one that must share its vocabulary
SHARED = 1 / 3  # what a doubtful line shares at least, of what the sure ones share with each other
AWAY = 150  # words of what was not chosen between the article and an island of chosen lines
ISLAND = 0.55  # probability that the lines of an island must have on average
FEW = 4  # different content words; a line with fewer says nothing of its subject


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


def drop_islands(chosen: Bools, probability: Floats, words: Floats) -> None:
    """Leave out, in place, the lines that stand far from the rest of the article and are not likely all together.

    Lines of one island are right or wrong together, so that the expected F1, which takes each line by itself, sees too
    little risk in them.
    """
    at = np.flatnonzero(chosen)
    is_far = np.diff(np.cumsum(words * ~chosen)[at]) > AWAY
    if not is_far.any():
        return
    island = np.concatenate([[0], np.cumsum(is_far)])
    mass = np.bincount(island, probability[at] * words[at])
    likely = mass >= ISLAND * np.bincount(island, words[at])
    likely[mass == mass.max()] = True
    chosen[at] = likely[island]


def drop_strangers(chosen: Bools, probability: Floats, page: View) -> None:
    """Leave out, in place, the doubtful lines of running text that speak of something else than the sure ones.

    Measured by the share of a line's content words that other sure lines have too. Teasers and appeals that look like
    paragraphs of the article are told by it, in any language; what the model is sure of stays, whatever it speaks of.
    """
    sure = probability > SURE
    doubtful = chosen & (probability < DOUBTFUL) & (page.words >= PROSE)
    if not doubtful.any() or not sure.any():
        return
    content = np.zeros(page.vocabulary, np.bool_)
    content[page.token[page.content]] = True
    pairs = content[page.pair_token]
    line, token = page.pair_line[pairs], page.pair_token[pairs]
    lines_with = np.bincount(token[sure[line]], minlength=page.vocabulary)
    shared = np.bincount(line[lines_with[token] > sure[line]], minlength=len(page))
    size = np.bincount(line, minlength=len(page))
    share = (shared + 0.5) / (size + 1)
    telling = size >= FEW
    if (telling & sure).any():
        usual = float(np.median(share[telling & sure]))
        chosen &= ~(doubtful & telling & (share < SHARED * usual))
