"""Fit oblivious trees with CatBoost and turn them into the arrays that the run time evaluates."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from catboost import CatBoost, Pool
from numpy.typing import NDArray

from pipelines.textpage.trees import Trees
from pipelines.textpage.views import Floats


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
    loss: str = "Logloss"
    threads: int = 2
    seed: int = 7


def fit(
    rows: Floats,
    target: NDArray[Any],
    weight: Floats | None = None,
    groups: NDArray[np.int64] | None = None,
    settings: Settings | None = None,
) -> Trees:
    """Fit on lines x features; `groups` (sorted page numbers) are needed by ranking losses."""
    s = settings or Settings()
    parameters: dict[str, Any] = {
        "iterations": s.iterations,
        "depth": s.depth,
        "learning_rate": s.learning_rate,
        "l2_leaf_reg": s.l2_leaf_reg,
        "rsm": s.rsm,
        "border_count": s.border_count,
        "loss_function": s.loss,
        "thread_count": s.threads,
        "random_seed": s.seed,
        "bootstrap_type": "Bernoulli",
        "subsample": s.subsample,
        "allow_writing_files": False,
        "verbose": False,
        "feature_border_type": "GreedyLogSum",
        "nan_mode": "Forbidden",
    }
    model = CatBoost(parameters)
    model.fit(Pool(rows, target, weight=weight, group_id=groups))
    return export(model)


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
