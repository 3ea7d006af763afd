"""Features for training with honest evidence: no line's word probability comes from a model that saw its site."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack

from lab.training import asides, augment, scripts, words
from lab.training.data import FOLDS, Sample, line_weights
from winnow.read.lines import features
from winnow.read.lines.views import Floats, View, view
from winnow.read.lines.word_model import WordModel, chances

Excluded = frozenset[int]


@dataclass
class Prepared:
    """A sample with everything that does not depend on a model."""

    sample: Sample
    page: View
    rows: csr_matrix = field(repr=False)
    columns: dict[str, Floats] = field(repr=False)
    weights: Floats = field(repr=False)


def prepare(sample: Sample) -> Prepared:
    """Compute the model-free features of a sample."""
    page = view(sample.lines)
    return Prepared(sample, page, words.sparse(page), features.plain(page), line_weights(sample))


class WordModels:
    """Word models and aside models by the folds they have not seen, fitted when first asked for."""

    def __init__(
        self, pages: Sequence[Prepared], log: Callable[[str], None], languages: Sequence[str] = asides.ENGLISH
    ) -> None:
        # Copies in unknown words teach a word model nothing.
        self.pages = [
            p
            for p in pages
            if p.sample.kind.split("-")[0] in ("plain", "foreign", "alone") and _readable(p.sample.kind)
        ]
        self.models: dict[Excluded, WordModel] = {}
        self.aside_models: dict[Excluded, WordModel] = {}
        self.log = log
        self.languages = languages  # of the asides

    def without(self, *folds: int) -> WordModel:
        """Return the model fitted on all pages except those of the folds."""
        key = frozenset(folds)
        if key not in self.models:
            rows, target, weight = _distinct_lines([p for p in self.pages if p.sample.fold not in key])
            self.models[key] = words.fit(rows, target, weight)
            self.log(f"word model without folds {sorted(key)}: {len(target)} different lines")
        return self.models[key]

    def asides_without(self, *folds: int) -> WordModel:
        """Return the model that tells asides from articles, fitted on the asides and pages of the other folds."""
        key = frozenset(folds)
        if key not in self.aside_models:
            pages = [p for p in self.pages if p.sample.kind == "plain" and p.sample.fold not in key]
            self.aside_models[key] = words.fit(
                *_prose(pages, [f for f in range(FOLDS) if f not in key], self.languages)
            )
        return self.aside_models[key]


ASIDES = 800  # composed per fold
PROSE = 6  # words of a line that the aside model learns from


def _prose(
    pages: Sequence[Prepared], folds: Sequence[int], languages: Sequence[str]
) -> tuple[csr_matrix, NDArray[np.int8], Floats]:
    """Gather asides (1), and the pages' prose: what is article (0), and a little of what is not (1)."""
    parts, target, weight = [], [], []
    seen: set[str] = set()
    for p in pages:
        fresh = [line.text not in seen for line in p.sample.lines]
        seen.update(line.text for line in p.sample.lines)
        at = np.nonzero((p.page.words >= PROSE) & np.array(fresh, np.bool_) & (p.weights > 0))[0]
        parts.append(p.rows[at])
        target.append(1 - p.sample.labels[at])
    article = np.concatenate(target) == 0
    weight.append(np.where(article, 1.0 / max(1, article.sum()), 0.25 / max(1, (~article).sum())))
    for fold in folds:
        chance = random.Random(fold)
        drawn = (line for _ in range(ASIDES) for line, _ in augment.aside(fold, chance, languages))
        made = view([line for line in drawn if len(line.text) > 20])
        parts.append(words.sparse(made))
        target.append(np.ones(len(made), np.int8))
        weight.append(np.full(len(made), 0.75 / len(made) / len(folds)))
    weights = np.concatenate(weight)
    return vstack(parts, format="csr"), np.concatenate(target), (weights / weights.mean()).astype(np.float32)


def _distinct_lines(pages: Sequence[Prepared]) -> tuple[csr_matrix, NDArray[np.int8], Floats]:
    """Merge equal lines with equal labels, adding their weights: the same fit from half of the rows."""
    first: dict[tuple[str, int], int] = {}
    place = np.array(
        [
            first.setdefault((line.text, int(label)), len(first))
            for p in pages
            for line, label in zip(p.sample.lines, p.sample.labels, strict=True)
        ]
    )
    each = np.concatenate([p.weights for p in pages])
    weight = np.bincount(place, each).astype(np.float32)
    _, at = np.unique(place, return_index=True)
    at, weight = at[weight > 0], weight[weight > 0]
    target = np.concatenate([p.sample.labels for p in pages])[at]
    # The penalty is set against the mean weight of a line, merged or not.
    return vstack([p.rows for p in pages], format="csr")[at], target, weight * np.count_nonzero(each) / weight.sum()


def _readable(kind: str) -> bool:
    return not any(how in kind for how in ("latin", "drop", *scripts.NAMES))


def text_features(page: Prepared, models: WordModels, *folds: int) -> Floats:
    """Compute the whole feature array (features x lines) of a page under word models that have not seen the folds."""
    found = chances(page.page, models.without(*folds), models.asides_without(*folds))
    return features.stack(page.columns | features.informed(page.page, page.columns, found))


def unseen(page: Prepared, held_out: int | None) -> tuple[int, ...]:
    """Return the folds that a page's word evidence must not come from while a fold is held out: also its own."""
    fold = page.sample.fold
    return (fold,) if held_out is None else (held_out, fold)
