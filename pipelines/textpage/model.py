"""The trained model: one data file, read once per process.

`WINNOW_TEXT_MODEL` names another file, so that pages can be judged by a model that has not seen their site.
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

from . import features, titles
from .features_line import Columns
from .titles import Start
from .trees import Trees
from .views import Floats, Ints, View
from .words import WordModel, chances

SHIPPED = Path(__file__).with_name("model.npz")
VARIABLE = "WINNOW_TEXT_MODEL"


class ModelError(RuntimeError):
    """The model file is missing, or was trained for other features than this code computes."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A page with what the model says of it."""

    page: View
    columns: Columns
    probability: Floats  # of each line to be article


@dataclass(frozen=True, slots=True)
class Model:
    """Word models (of articles, of asides), line trees and title trees, with their provenance."""

    words: WordModel
    asides: WordModel
    lines: Trees
    titles: Trees
    provenance: dict[str, Any]

    def judge(self, page: View) -> Judged:
        """Give each line's probability of being article."""
        columns = features.plain(page)
        if not len(page):
            return Judged(page, columns, np.zeros(0, np.float32))
        informed = features.informed(page, columns, chances(page, self.words, self.asides))
        return Judged(page, columns, self.lines.probability(features.stack(columns | informed)))

    def title_chances(self, judged: Judged, start: Start) -> tuple[Ints, Floats]:
        """Give the candidate lines for the title and the probability of each."""
        at = titles.candidates(judged.page, start)
        if not len(at):
            return at, np.zeros(0, np.float32)
        rows = titles.title_features(judged.page, judged.columns, judged.probability, start, at)
        return at, self.titles.probability(rows)


def save(model: Model, path: Path) -> None:
    """Write a model file. The same model gives the same bytes."""
    arrays: dict[str, Any] = {
        **word_arrays("words", model.words),
        **word_arrays("asides", model.asides),
        "provenance": np.frombuffer(json.dumps(model.provenance, sort_keys=True).encode(), np.uint8),
        "names": np.frombuffer("\n".join(features.NAMES).encode(), np.uint8),
    }
    for part, trees in (("lines", model.lines), ("titles", model.titles)):
        for item in fields(Trees):
            value = getattr(trees, item.name)
            arrays[f"{part}_{item.name}"] = _small(value) if isinstance(value, np.ndarray) else np.float64(value)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)


def word_arrays(part: str, model: WordModel) -> dict[str, Any]:
    """Give the arrays of a word model as a model file holds them."""
    numbers = {f"{part}_scale": np.float64(model.scale), f"{part}_bias": np.float64(model.bias)}
    return {f"{part}_weights": model.weights, **numbers}


def _small(values: Any) -> Any:
    return values.astype(np.uint16) if values.dtype == np.int32 else values


def load(path: str | Path | None = None) -> Model:
    """Load a model file, by default the one that `WINNOW_TEXT_MODEL` names, else the shipped one; cached."""
    return _load(str(path or os.environ.get(VARIABLE) or SHIPPED))


@lru_cache(maxsize=8)
def _load(path: str) -> Model:
    data = read_arrays(path, features.NAMES)
    words, asides = read_words(data, "words"), read_words(data, "asides")
    return Model(words, asides, read_trees(data, "lines"), read_trees(data, "titles"), read_provenance(data))


def read_arrays(path: str, names: Sequence[str]) -> dict[str, Any]:
    """Read a model file; raises `ModelError` if it cannot be read or was trained for other features than `names`."""
    try:
        with np.load(path, allow_pickle=False) as file:
            data = {name: file[name] for name in file.files}
    except (OSError, ValueError) as error:
        raise ModelError(f"cannot read the model {path}: {error}") from error
    if bytes(data["names"]).decode().split("\n") != list(names):
        raise ModelError(f"the model {path} was trained for other features; train it again")
    return data


def read_words(data: dict[str, Any], part: str) -> WordModel:
    """Take one word model out of a model file's arrays."""
    return WordModel(data[f"{part}_weights"], float(data[f"{part}_scale"]), float(data[f"{part}_bias"]))


def read_provenance(data: dict[str, Any]) -> dict[str, Any]:
    """Take what the file says of its making out of a model file's arrays."""
    provenance: dict[str, Any] = json.loads(bytes(data["provenance"]))
    return provenance


def read_trees(data: dict[str, Any], part: str) -> Trees:
    """Take one set of trees out of a model file's arrays."""
    return Trees(
        features=data[f"{part}_features"].astype(np.int32),
        borders=data[f"{part}_borders"],
        splits=data[f"{part}_splits"].astype(np.int32),
        leaves=data[f"{part}_leaves"],
        bias=float(data[f"{part}_bias"]),
    )
