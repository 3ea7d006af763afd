"""Choose the lines of the article: the choice with the greatest expected word-F1 under the probabilities."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from winnow.read.lines.line import PROSE
from winnow.read.lines.steps import Judged, without
from winnow.read.lines.views import Bools, Floats, View

FLOOR = 0.15  # less likely lines are never worth it, whatever the page
# Boosted trees are too sure of themselves; on held-out sites the log-odds fit best when scaled down to this.
TEMPER = 0.8
# Standard deviation of what all log-odds of a page are off by. Likeliest on held-out sites are 1.5 to 2.
SPREAD = 2.0
LAST = 0.3  # probability of a last line that is kept
SURE, DOUBTFUL = 0.85, 0.65  # probability of a line that is the article's, and of one that must share its vocabulary
SHARED = 1 / 3  # words that a doubtful line shares at least with the sure ones, of what these share with each other
STRAY = 0.8  # probability of a line of a passage that stands by itself
APART = 0.35  # probability of the lines above and below such a passage
PASSAGE = 300  # words of such a passage at most
ALIKE = 0.8  # what it shares at least, in the same measure
AWAY = 100  # words of what was not chosen between the article and an island of chosen lines
ISLAND = 0.55  # probability that the lines of an island must have on average
FEW = 4  # different content words; a line with fewer says nothing of its subject


# Gauss-Hermite quadrature with five points (Abramowitz & Stegun, table 25.10), for the standard normal distribution.
_POINTS = np.array([[-2.8569700], [-1.3556262], [0.0], [1.3556262], [2.8569700]])
_WEIGHTS = np.array([0.0112574, 0.2220759, 0.5333333, 0.2220759, 0.0112574])


def choose(probability: Floats, words: Floats, spread: float = SPREAD) -> tuple[Bools, float]:
    """Return the chosen lines and the word-F1 that can be expected of them if the probabilities are right.

    The lines are taken in the order of their probability; after k lines, F1 is about twice the expected article words
    among them over (their words + all expected article words). (Lewis 1995: the optimum is such a threshold.) A model
    that is wrong about one line of a page is wrong about others, in the same direction: F1 is expected over a shift
    that all lines share.
    """
    chosen = np.zeros(len(probability), np.bool_)
    if not words.any():
        return chosen, 0.0
    certain = np.clip(probability.astype(np.float64), 1e-6, 1 - 1e-6)
    odds = TEMPER * np.log(certain / (1 - certain)) + spread * _POINTS
    mass = words / (1 + np.exp(-odds))
    order = np.argsort(-probability, kind="stable")
    union = np.cumsum(words[order], dtype=np.float64) + mass.sum(axis=1, keepdims=True)
    f1 = 2 * np.cumsum(mass[:, order], axis=1) / union
    expected = np.where(probability[order] < FLOOR, 0.0, _WEIGHTS @ f1)
    best = int(expected.argmax())
    if not expected[best]:
        return chosen, 0.0
    chosen[order[: best + 1]] = True
    return chosen & (probability >= FLOOR), float(f1[len(_POINTS) // 2, best])


def keep_the_end(judged: Judged, chosen: Bools) -> Bools:
    """Choose the last line of a text page too, where no other running text is left out.

    A page that is nothing but its article (as Winnow's own output is) looks odd to a model that has learnt that pages
    end with furniture; furniture seldom comes as one line.
    """
    at = np.flatnonzero(chosen)
    if not len(at):
        return chosen
    left = np.flatnonzero(~chosen[at[0] :]) + at[0]
    prose = left[judged.page.words[left] >= PROSE]
    is_last = len(left) <= 2 and prose.tolist() == [len(chosen) - 1] and judged.probability[-1] >= LAST
    return np.append(chosen[:-1], True) if is_last else chosen


def drop_islands(judged: Judged, chosen: Bools) -> Bools:
    """Leave out the lines that stand far from the rest of the article and are not likely all together.

    Lines of one island are right or wrong together, so that the expected F1, which takes each line by itself, sees too
    little risk in them.
    """
    words = judged.page.words
    at = np.flatnonzero(chosen)
    is_far = np.diff(np.cumsum(words * ~chosen)[at]) > AWAY
    if not is_far.any():
        return chosen
    island = np.concatenate([[0], np.cumsum(is_far)])
    mass = np.bincount(island, judged.probability[at] * words[at])
    likely = mass >= ISLAND * np.bincount(island, words[at])
    likely[mass == mass.max()] = True
    return without(chosen, at[~likely[island]])


def drop_stragglers(judged: Judged, chosen: Bools) -> Bools:
    """Leave out doubtful passages that stand by themselves behind the last sure line.

    Teasers and appeals are two or three lines of prose between a heading and a button, which are unlikely. What shares
    words with the sure lines as usual stays, and so does all of a page of which little is sure.
    """
    probability, words = judged.probability, judged.page.words
    sure = np.flatnonzero(chosen & (probability > SURE))
    if 2 * words[sure].sum() < words[chosen].sum() or not len(sure):
        return chosen
    behind = np.flatnonzero(chosen[sure[-1] :]) + sure[-1]
    around = np.concatenate([[0.0], probability, [0.0]])  # of line i at i + 1
    runs = [
        run
        for run in np.split(behind, np.flatnonzero(np.diff(behind) > 1) + 1)
        if max(around[run[0]], around[run[-1] + 2]) < APART
        and probability[run].max() < STRAY
        and words[run].sum() <= PASSAGE
    ]
    if not runs:
        return chosen
    shared = _shared(probability > SURE, judged.page)
    for run in runs:
        telling = run[~np.isnan(shared[run])]
        if not len(telling) or np.average(shared[telling], weights=words[telling]) < ALIKE:
            chosen = without(chosen, run)
    return chosen


def drop_strangers(judged: Judged, chosen: Bools) -> Bools:
    """Leave out the doubtful lines of running text that speak of something else than the sure ones.

    Teasers and appeals that look like paragraphs of the article are told by it, in any language; what the model is sure
    of stays, whatever it speaks of.
    """
    doubtful = chosen & (judged.probability < DOUBTFUL) & (judged.page.words >= PROSE)
    if not doubtful.any():
        return chosen
    return chosen & ~(doubtful & (_shared(judged.probability > SURE, judged.page) < SHARED))


def _shared(sure: Bools, page: View) -> NDArray[np.float64]:
    """Return how many of a line's content words other sure lines have too, in shares of what is usual among these.

    NaN for a line with too few words to tell.
    """
    share = np.full(len(page), np.nan)
    if not sure.any():
        return share
    content = np.zeros(page.vocabulary, np.bool_)
    content[page.token[page.content]] = True
    pairs = content[page.pair_token]
    line, token = page.pair_line[pairs], page.pair_token[pairs]
    lines_with = np.bincount(token[sure[line]], minlength=page.vocabulary)
    found = np.bincount(line[lines_with[token] > sure[line]], minlength=len(page))
    size = np.bincount(line, minlength=len(page))
    telling = size >= FEW
    if (telling & sure).any():
        share[telling] = (found[telling] + 0.5) / (size[telling] + 1)
        share /= np.median(share[telling & sure])
    return share
