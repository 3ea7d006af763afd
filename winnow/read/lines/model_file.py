"""Model files: two word models and one or more sets of trees, as arrays, with the names of their features."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np

from winnow.model_files import ModelPlace
from winnow.read.lines.trees import Trees
from winnow.read.lines.word_model import WordModel


class ModelError(RuntimeError):
    """The model file is missing, or was trained for other features than this code computes."""


@dataclass(frozen=True, slots=True)
class LineModel:
    """What a model file holds: word models (of articles, of asides), trees by name, and how they were trained."""

    words: WordModel
    asides: WordModel
    trees: Mapping[str, Trees]
    provenance: dict[str, Any]


M = TypeVar("M", bound=LineModel)


class ModelFile(Generic[M]):
    """The model file of one kind of page: the shipped file, unless an environment variable names another.

    `kind` is the class of the model, `names` are the features that it is trained for, `trees` its sets of trees.
    """

    def __init__(self, kind: type[M], place: ModelPlace, names: Sequence[str], trees: Sequence[str]) -> None:
        self.shipped, self.variable = place.shipped, place.variable
        self._kind, self._place, self._names, self._trees = kind, place, names, trees
        self._read = lru_cache(maxsize=8)(self._read_anew)

    def load(self, path: str | Path | None = None) -> M:
        """Return the model of a file: `path`, else the one in use; cached.

        Raises `ModelError` if the file cannot be read or was trained for other features.
        """
        return self._read(str(path or self._place.path()))

    def save(self, model: M, path: Path) -> None:
        """Write a model to a file, whose folder is made where need be. The same model gives the same bytes."""
        _write(path, model, self._names)

    def _read_anew(self, path: str) -> M:
        data = arrays_of(path)
        if bytes(data["names"]).decode().split("\n") != list(self._names):
            raise ModelError(f"the model {path} was trained for other features; train it again")
        words, asides = (
            WordModel(data[f"{part}_weights"], float(data[f"{part}_scale"]), float(data[f"{part}_bias"]))
            for part in ("words", "asides")
        )
        trees = {part: _read_trees(data, part) for part in self._trees}
        return self._kind(words, asides, trees, json.loads(bytes(data["provenance"])))


def _write(path: Path, parts: LineModel, names: Sequence[str]) -> None:
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
    """Return an array with numbers of features and questions in two bytes each."""
    return values.astype(np.uint16) if values.dtype == np.int32 else values


def arrays_of(path: str) -> dict[str, Any]:
    """Return the arrays of a file by name. Raises `ModelError` if the file cannot be read."""
    try:
        with np.load(path, allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except (OSError, ValueError) as error:
        raise ModelError(f"cannot read the model {path}: {error}") from error


def _read_trees(data: Mapping[str, Any], part: str) -> Trees:
    return Trees(
        features=data[f"{part}_features"].astype(np.int32),
        borders=data[f"{part}_borders"],
        splits=data[f"{part}_splits"].astype(np.int32),
        leaves=data[f"{part}_leaves"],
        bias=float(data[f"{part}_bias"]),
    )
