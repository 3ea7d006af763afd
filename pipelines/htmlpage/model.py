"""The trained model of HTML pages: one data file, read once per process.

`WINNOW_HTML_MODEL` names another file, so that pages can be judged by a model that has not seen their site.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from pipelines.textpage.features import stack
from pipelines.textpage.model import read_arrays, read_provenance, read_trees, read_words
from pipelines.textpage.trees import Trees
from pipelines.textpage.views import Floats, View, view
from pipelines.textpage.words import WordModel

from . import features
from .blocks import Block
from .choice import Choice

SHIPPED = Path(__file__).with_name("model.npz")
VARIABLE = "WINNOW_HTML_MODEL"


@dataclass(frozen=True, slots=True)
class Model:
    """Word model and line trees, with their provenance."""

    words: WordModel
    lines: Trees
    provenance: dict[str, Any]

    def judge(self, blocks: Sequence[Block], choice: Choice, title: str) -> tuple[View, Floats]:
        """Give each line's probability of being article."""
        page = view([block.line for block in blocks])
        if not blocks:
            return page, np.zeros(0, np.float32)
        columns = features.plain(page, blocks, title)
        more = features.informed(page, columns, features.groups(blocks), choice, self.words.probability(page))
        return page, self.lines.probability(stack(columns | more))


def save(model: Model, path: Path) -> None:
    """Write a model file. The same model gives the same bytes."""
    arrays: dict[str, Any] = {
        "words_weights": model.words.weights,
        "words_scale": np.float64(model.words.scale),
        "words_bias": np.float64(model.words.bias),
        "provenance": np.frombuffer(json.dumps(model.provenance, sort_keys=True).encode(), np.uint8),
        "names": np.frombuffer("\n".join(features.NAMES).encode(), np.uint8),
    }
    for item in fields(Trees):
        value = getattr(model.lines, item.name)
        if isinstance(value, np.ndarray):
            arrays[f"lines_{item.name}"] = value.astype(np.uint16) if value.dtype == np.int32 else value
        else:
            arrays[f"lines_{item.name}"] = np.float64(value)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)


def load(path: str | Path | None = None) -> Model:
    """Load a model file, by default the one that `WINNOW_HTML_MODEL` names, else the shipped one; cached."""
    return _load(str(path or os.environ.get(VARIABLE) or SHIPPED))


@lru_cache(maxsize=8)
def _load(path: str) -> Model:
    data = read_arrays(path, features.NAMES)
    return Model(read_words(data), read_trees(data, "lines"), read_provenance(data))
