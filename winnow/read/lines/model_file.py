"""Model files: two word models and some sets of trees as arrays, with the features that they were trained for."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from winnow.read.lines.trees import Trees
from winnow.read.lines.word_model import WordModel


class ModelError(RuntimeError):
    """The model file is missing, or was trained for other features than this code computes."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a model file holds; `provenance` says of what and how it was made."""

    words: WordModel
    asides: WordModel
    trees: Mapping[str, Trees]
    provenance: dict[str, Any]


def write(path: Path, parts: Parts, names: Sequence[str]) -> None:
    """Write a model file for features of these names. The same parts give the same bytes."""
    arrays: dict[str, Any] = {}
    for part, model in (("words", parts.words), ("asides", parts.asides)):
        arrays[f"{part}_weights"] = model.weights
        arrays |= {f"{part}_scale": np.float64(model.scale), f"{part}_bias": np.float64(model.bias)}
    arrays["provenance"] = np.frombuffer(json.dumps(parts.provenance, sort_keys=True).encode(), np.uint8)
    arrays["names"] = np.frombuffer("\n".join(names).encode(), np.uint8)
    for part, trees in parts.trees.items():
        for item in fields(Trees):
            value = getattr(trees, item.name)
            arrays[f"{part}_{item.name}"] = _small(value) if isinstance(value, np.ndarray) else np.float64(value)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)


def _small(values: Any) -> Any:
    return values.astype(np.uint16) if values.dtype == np.int32 else values


def read(path: str, names: Sequence[str], trees: Sequence[str]) -> Parts:
    """Read a model file with these sets of trees.

    Raises `ModelError` if it cannot be read or was trained for other features than `names`.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            data = {name: file[name] for name in file.files}
    except (OSError, ValueError) as error:
        raise ModelError(f"cannot read the model {path}: {error}") from error
    if bytes(data["names"]).decode().split("\n") != list(names):
        raise ModelError(f"the model {path} was trained for other features; train it again")
    words, asides = (
        WordModel(data[f"{part}_weights"], float(data[f"{part}_scale"]), float(data[f"{part}_bias"]))
        for part in ("words", "asides")
    )
    return Parts(words, asides, {part: _trees(data, part) for part in trees}, json.loads(bytes(data["provenance"])))


def _trees(data: Mapping[str, Any], part: str) -> Trees:
    return Trees(
        features=data[f"{part}_features"].astype(np.int32),
        borders=data[f"{part}_borders"],
        splits=data[f"{part}_splits"].astype(np.int32),
        leaves=data[f"{part}_leaves"],
        bias=float(data[f"{part}_bias"]),
    )
