"""The word model: a logistic regression over hashed words and pairs of words of a line, one byte a weight.

Training sees of a line what the model sees of it: both use `hashed`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winnow.read.lines.views import Floats, Hashes, Ints, View, ngram
from winnow.read.words.language import language_of

BITS = 18  # of a hashed feature: there are 2^18 weights
HEAD, TAIL = 25, 15  # tokens at the beginning and at the end of a long line that count
LONG = 10  # words, at least, of a line of running text, from which the language is told
NOTHING_SAID = 0.11  # what the aside model gives the average line of an article
SHORT = 6  # tokens: lines up to this length also count as a whole

# Mixed into hashes, so that a word counts otherwise as the first, the last, one of three, a whole line or a length.
_FIRST, _LAST, _FIRST3, _WHOLE, _LENGTH = (np.uint32(salt) for salt in (11, 23, 37, 53, 71))


def hashed(page: View) -> tuple[Ints, Ints, Floats]:
    """Return the features of all lines, the line of each feature, and each line's weight 1/sqrt(its features)."""
    n = len(page)
    count = np.diff(page.start)
    at = np.arange(len(page.owner)) - page.start[page.owner]
    left = count[page.owner] - at
    keep = (at < HEAD) | (left <= TAIL)
    tokens = page.hashes
    size = np.minimum(np.log2(count + 1), 9).astype(np.uint32)
    codes: list[Hashes] = [tokens[keep]]
    owners: list[Ints] = [page.owner[keep]]
    pair = np.nonzero(keep[1:] & keep[:-1] & (page.owner[1:] == page.owner[:-1]))[0]
    codes.append(ngram([tokens[pair], tokens[pair + 1]]))
    owners.append(page.owner[pair])
    some = np.nonzero(count)[0]
    first, last = page.start[some], page.start[some + 1] - 1
    codes += [_salted(tokens[first], _FIRST), _salted(tokens[last], _LAST), _salted(size[some], _LENGTH)]
    owners += [some, some, some]
    three = some[count[some] >= 3]
    begin = page.start[three]
    codes.append(_salted(ngram([tokens[begin], tokens[begin + 1], tokens[begin + 2]]), _FIRST3))
    owners.append(three)
    short = some[count[some] <= SHORT]
    codes.append(_salted(_whole(tokens, page.start[short], count[short]), _WHOLE))
    owners.append(short)
    owner = np.concatenate(owners)
    feature = (np.concatenate(codes) & np.uint32((1 << BITS) - 1)).astype(np.int64)
    weight = 1 / np.sqrt(np.maximum(np.bincount(owner, minlength=n), 1))
    return feature, owner, weight.astype(np.float32)


def _salted(codes: Hashes, salt: np.uint32) -> Hashes:
    """Return hashes that are others for each salt."""
    return ngram([codes, np.full(len(codes), salt, np.uint32)])


def _whole(tokens: Hashes, begin: Ints, count: Ints) -> Hashes:
    """Return one hash for each short line, from its first token (`begin`) and its number of tokens (`count`)."""
    out = count.astype(np.uint32)
    for k in range(SHORT):
        has = count > k
        out[has] = ngram([out[has], tokens[begin[has] + k]])
    return out


@dataclass(frozen=True, slots=True)
class WordModel:
    """One weight for each hashed feature; `scale` turns the stored bytes into weights."""

    weights: NDArray[np.int8]
    scale: float
    bias: float

    def probability(self, page: View) -> Floats:
        """Return each line's probability from its words alone."""
        return self.judge(hashed(page), len(page))

    def judge(self, words: tuple[Ints, Ints, Floats], lines: int) -> Floats:
        """Return each line's probability from what `hashed` returns of a page with so many lines."""
        feature, owner, weight = words
        total = np.bincount(owner, self.weights[feature], lines) * self.scale * weight + self.bias
        chance: Floats = (1 / (1 + np.exp(-total))).astype(np.float32)
        return chance


def chances(page: View, words: WordModel, asides: WordModel) -> dict[str, Floats]:
    """Return each line's probability of being article ("text"), and of being an aside ("aside").

    Asides are appeals, notices and advertisements. The model of asides has learnt from English ones: on a page in
    another language every line has the probability `NOTHING_SAID`.
    """
    found = hashed(page)
    prose = " ".join([line.text for line, words in zip(page.lines, page.words.tolist(), strict=True) if words >= LONG])
    known = language_of(prose) in (None, "en")
    aside = asides.judge(found, len(page)) if known else np.full(len(page), NOTHING_SAID, np.float32)
    return {"text": words.judge(found, len(page)), "aside": aside}
