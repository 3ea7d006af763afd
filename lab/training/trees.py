"""Fit oblivious trees with CatBoost and turn them into the arrays that the run time evaluates."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from catboost import CatBoost, Pool
from numpy.typing import NDArray

from lab.training.evidence import Prepared
from winnow.read.lines.trees import Trees
from winnow.read.lines.views import Floats

Thinned = tuple[NDArray[np.int64], Floats]  # lines of a page that are kept, factor for the weight of each line


@dataclass(frozen=True)
class Settings:
    """CatBoost parameters; every fit is deterministic for them."""

    iterations: int = 600
    depth: int = 6
    learning_rate: float = 0.1
    l2_leaf_reg: float = 5.0
    rsm: float = 0.25  # share of the features tried per level
    border_count: int = 64
    subsample: float = 0.7
    threads: int = 2
    seed: int = 7


def fit_lines(
    pages: Iterable[tuple[Prepared, Floats]], settings: Settings, thinned: Callable[[Prepared], Thinned] | None = None
) -> Trees:
    """Fit on the lines of pages, given with their features (features x lines)."""
    return fit((_kept(page, features, thinned or without_many_easy) for page, features in pages), settings)


def _kept(
    page: Prepared, features: Floats, thinned: Callable[[Prepared], Thinned]
) -> tuple[Floats, NDArray[Any], Floats]:
    keep, factor = thinned(page)
    return features.T[keep], page.sample.labels[keep], (page.weights * factor)[keep]


def without_many_easy(page: Prepared) -> Thinned:
    """Keep a share of the many short lines that are not article, at a weight that makes up for it."""
    every = 2 if page.sample.kind == "plain" else 4
    easy = (page.sample.labels == 0) & (page.page.words < 5)
    keep = ~easy | (np.cumsum(easy) % every == 1)
    return np.nonzero(keep)[0], np.where(easy, every, 1).astype(np.float32)


def without_light(page: Prepared, light: float) -> Thinned:
    """Keep of the lines that weigh less than `light` as many as weigh that much together, at a weight of `light`."""
    share = np.minimum(1.0, page.weights / light)
    counted = np.floor(np.cumsum(share, dtype=np.float64) + 0.5)
    keep = (np.diff(counted, prepend=0) > 0) & (page.weights > 0)
    return np.nonzero(keep)[0], (1 / np.maximum(share, 1e-9)).astype(np.float32)


def fit(parts: Iterable[tuple[Floats, NDArray[Any], Floats]], settings: Settings) -> Trees:
    """Fit on pages' rows (lines x features), targets and weights."""
    rows, target, weight = _joined(parts)
    parameters: dict[str, Any] = {
        "iterations": settings.iterations,
        "depth": settings.depth,
        "learning_rate": settings.learning_rate,
        "l2_leaf_reg": settings.l2_leaf_reg,
        "rsm": settings.rsm,
        "border_count": settings.border_count,
        "loss_function": "Logloss",
        "thread_count": settings.threads,
        "random_seed": settings.seed,
        "bootstrap_type": "Bernoulli",
        "subsample": settings.subsample,
        "allow_writing_files": False,
        "verbose": False,
        "feature_border_type": "GreedyLogSum",
        "nan_mode": "Forbidden",
    }
    model = CatBoost(parameters)
    model.fit(Pool(rows, target, weight=weight / weight.mean()))
    return export(model)


def _joined(parts: Iterable[tuple[Floats, NDArray[Any], Floats]]) -> tuple[Floats, NDArray[Any], Floats]:
    """Return the parts one after the other. The rows, gigabytes of them, are never held twice."""
    pages, targets, weights = (list(each) for each in zip(*parts, strict=True))
    end = sum(len(page) for page in pages)
    rows = np.empty((end, pages[0].shape[1]), np.float32)
    while pages:
        page = pages.pop()
        rows[end - len(page) : end] = page
        end -= len(page)
    return rows, np.concatenate(targets), np.concatenate(weights)


def export(model: CatBoost) -> Trees:
    """Read the trees out of CatBoost's own JSON."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        model.save_model(str(path), format="json")
        data = json.loads(path.read_text(encoding="utf-8"))
    depth = max(len(tree["splits"]) for tree in data["oblivious_trees"])
    questions: dict[tuple[int, float], int] = {}
    splits, leaves = [], []
    for tree in data["oblivious_trees"]:
        asked = [
            questions.setdefault((split["float_feature_index"], split["border"]), len(questions))
            for split in tree["splits"]
        ]
        values = np.array(tree["leaf_values"], np.float32)
        # A shallower tree asks its last question again: both bits are then equal, other leaves are never reached.
        while len(asked) < depth:
            asked.append(asked[-1] if asked else 0)
            values = np.concatenate([values, values]) if len(asked) > 1 else np.repeat(values, 2)
        splits.append(asked)
        leaves.append(values)
    scale, bias = data["scale_and_bias"]
    keys = list(questions) or [(0, 0.0)]
    return Trees(
        features=np.array([feature for feature, _ in keys], np.int32),
        borders=np.array([border for _, border in keys], np.float32),
        splits=np.array(splits, np.int32),
        leaves=np.stack(leaves) * np.float32(scale),
        bias=float(bias[0] if isinstance(bias, list) else bias),
    )
