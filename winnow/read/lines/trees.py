"""Boosted oblivious trees over numpy arrays.

An oblivious tree asks the same question (feature > border) at every node of a level, so a tree of depth d is d
comparisons whose answers are the bits of the leaf's number (Prokhorenkova et al., CatBoost, 2018). All trees and
lines are evaluated at once; no tree library is needed at run time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winnow.read.lines.views import Floats

CHUNK = 512  # lines evaluated at once: bounds memory on long pages


@dataclass(frozen=True, slots=True)
class Trees:
    """T trees of depth D over Q questions, each of which asks whether a feature exceeds a border."""

    features: NDArray[np.int32]  # Q: the row of the feature array
    borders: NDArray[np.float32]  # Q: the border
    splits: NDArray[np.int32]  # T x D: the questions of each tree, lowest bit first
    leaves: NDArray[np.float32]  # T x 2^D
    bias: float

    def raw(self, rows: Floats) -> Floats:
        """Return the log-odds (or a ranking score) of each line; `rows` is features x lines."""
        out = np.empty(rows.shape[1], np.float32)
        for begin in range(0, rows.shape[1], CHUNK):
            out[begin : begin + CHUNK] = self._raw(rows[:, begin : begin + CHUNK])
        return out

    def _raw(self, rows: Floats) -> Floats:
        answers = (rows.take(self.features, 0) > self.borders[:, None]).view(np.uint8)
        trees, depth = self.splits.shape
        leaf = np.zeros((trees, rows.shape[1]), np.uint8)
        for level in reversed(range(depth)):
            leaf += leaf
            leaf |= answers.take(self.splits[:, level], 0)
        flat = leaf.astype(np.intp)
        flat += (np.arange(trees) << depth)[:, None]
        # Every number of a leaf is in range; "clip" only spares numpy the check.
        total: Floats = self.leaves.reshape(-1).take(flat, mode="clip").sum(0, dtype=np.float32) + np.float32(self.bias)
        return total

    def probability(self, rows: Floats) -> Floats:
        """Return the probability of each line, the trees taken as a logistic model; `rows` is features x lines."""
        return (1 / (1 + np.exp(-self.raw(rows).astype(np.float64)))).astype(np.float32)
