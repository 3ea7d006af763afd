"""Choose the lines of the article: the choice with the greatest expected word-F1 under the probabilities."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from winnow.read.lines.line import PROSE
from winnow.read.lines.steps import Judged, without
from winnow.read.lines.views import Bools, Floats, View

FLOOR = 0.15  # less likely lines are never chosen, whatever the page
# Boosted trees are too sure of themselves: on held-out sites the log-odds fit best when multiplied by this.
TEMPER = 0.8
# Standard deviation of the error that all log-odds of a page have in common; 1.5 to 2 fit held-out sites best.
SPREAD = 2.0
LAST = 0.3  # probability from which the last line of a text page may be kept
SURE = 0.85  # probability above which a line is taken to be the article's
DOUBTFUL = 0.65  # probability below which a line must share words with the sure lines
SHARED = 1 / 3  # least that a doubtful line shares with the sure lines, as a part of what these share with each other
STRAY = 0.8  # probability below which all lines of a stray passage are
APART = 0.35  # probability below which the lines right above and below a stray passage are
PASSAGE = 300  # words of a stray passage at most
ALIKE = 0.8  # in the measure of `SHARED`: a passage that shares as much is not stray
AWAY = 100  # words that were not chosen between the article and an island of chosen lines, at least
ISLAND = 0.55  # mean probability, weighted by words, that the lines of an island must have
FEW = 4  # different content words; a line with fewer says nothing of its subject


# Gauss-Hermite quadrature with five points (Abramowitz & Stegun, table 25.10), for the standard normal distribution.
_POINTS = np.array([[-2.8569700], [-1.3556262], [0.0], [1.3556262], [2.8569700]])
_WEIGHTS = np.array([0.0112574, 0.2220759, 0.5333333, 0.2220759, 0.0112574])


def choose(probability: Floats, words: Floats, spread: float = SPREAD, beta: float = 1.0) -> tuple[Bools, float]:
    """Return the chosen lines and the word-F1 that can be expected of them if the probabilities are right.

    `probability` and `words` have one value a line; `spread` is a standard deviation in log-odds. `beta` says how many
    times as much as precision recall counts (F-beta of C. J. van Rijsbergen, Information Retrieval, 1979). The lines
    are taken in the order of their probability; after k lines, F1 is about twice the expected article words among
    these lines, over (words of these lines + all expected article words). The best choice is always such a threshold
    (D. D. Lewis, Evaluating and optimizing autonomous text classification systems, 1995). A model that is wrong about
    one line of a page is wrong about others, in the same direction: F1 is the mean over a shift that all lines share.
    """
    chosen = np.zeros(len(probability), np.bool_)
    if not words.any():
        return chosen, 0.0
    certain = np.clip(probability.astype(np.float64), 1e-6, 1 - 1e-6)
    odds = TEMPER * np.log(certain / (1 - certain)) + spread * _POINTS
    mass = words / (1 + np.exp(-odds))
    order = np.argsort(-probability, kind="stable")
    union = np.cumsum(words[order], dtype=np.float64) + beta**2 * mass.sum(axis=1, keepdims=True)
    f1 = (1 + beta**2) * np.cumsum(mass[:, order], axis=1) / union
    expected = np.where(probability[order] < FLOOR, 0.0, _WEIGHTS @ f1)
    best = int(expected.argmax())
    if not expected[best]:
        return chosen, 0.0
    chosen[order[: best + 1]] = True
    return chosen & (probability >= FLOOR), float(f1[len(_POINTS) // 2, best])


def keep_the_end(judged: Judged, chosen: Bools) -> Bools:
    """Return the choice with the last line of a text page added, where no other running text is left out.

    A page that is nothing but its article (such as Winnow's own output) misleads a model that has learnt that menus
    and notices end a page; these seldom are a single line.
    """
    at = np.flatnonzero(chosen)
    if not len(at):
        return chosen
    left = np.flatnonzero(~chosen[at[0] :]) + at[0]
    prose = left[judged.page.words[left] >= PROSE]
    is_last = len(left) <= 2 and prose.tolist() == [len(chosen) - 1] and judged.probability[-1] >= LAST
    return np.append(chosen[:-1], True) if is_last else chosen


def drop_islands(judged: Judged, chosen: Bools, least: float = ISLAND) -> Bools:
    """Return the choice without islands: lines far from the rest of the article whose mean probability is low.

    An island stays if its probability, weighted by words, is `least` or more in the mean. Lines of one island are right
    or wrong together. The expected F1 takes each line by itself, and so sees too little risk in them.
    """
    words = judged.page.words
    at = np.flatnonzero(chosen)
    is_far = np.diff(np.cumsum(words * ~chosen)[at]) > AWAY
    if not is_far.any():
        return chosen
    island = np.concatenate([[0], np.cumsum(is_far)])
    mass = np.bincount(island, judged.probability[at] * words[at])
    likely = mass >= least * np.bincount(island, words[at])
    likely[mass == mass.max()] = True
    return without(chosen, at[~likely[island]])


def drop_stragglers(judged: Judged, chosen: Bools) -> Bools:
    """Return the choice without stray passages: doubtful lines that stand by themselves behind the last sure line.

    Teasers and appeals are two or three lines of prose between a heading and a button, both of which are unlikely
    lines. A passage that shares about as many words with the sure lines as these share with each other stays. So does
    every passage of a page where less than half of the chosen words is sure.
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
    shared = words_shared(probability > SURE, judged.page)
    for run in runs:
        telling = run[~np.isnan(shared[run])]
        if not len(telling) or np.average(shared[telling], weights=words[telling]) < ALIKE:
            chosen = without(chosen, run)
    return chosen


def drop_strangers(judged: Judged, chosen: Bools) -> Bools:
    """Return the choice without the doubtful lines of running text that speak of something else than the sure lines.

    Shared words tell apart, in any language, the article and the teasers and appeals that look like its paragraphs.
    Lines that the model is sure of stay, whatever they speak of.
    """
    doubtful = chosen & (judged.probability < DOUBTFUL) & (judged.page.words >= PROSE)
    if not doubtful.any():
        return chosen
    return chosen & ~(doubtful & (words_shared(judged.probability > SURE, judged.page) < SHARED))


def words_shared(sure: Bools, page: View) -> NDArray[np.float64]:
    """Return for each line which share of its content words other sure lines have too, over the median of sure lines.

    The value is NaN for a line with fewer than `FEW` content words.
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
