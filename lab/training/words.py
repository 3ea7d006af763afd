"""Fit the word model (hashed logistic regression) and quantise it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from winnow.read.lines.views import Floats, View
from winnow.read.lines.word_model import BITS, WordModel, hashed


def sparse(page: View) -> csr_matrix:
    """Return a page's lines as rows of hashed features."""
    feature, owner, weight = hashed(page)
    shape = (len(page), 1 << BITS)
    return csr_matrix((weight[owner], (owner, feature)), shape=shape, dtype=np.float32)


def fit(rows: csr_matrix, target: NDArray[np.int8], weight: Floats, strength: float = 8.0) -> WordModel:
    """Fit on rows of many pages; `strength` is the inverse of the L2 penalty."""
    model = LogisticRegression(C=strength, solver="liblinear", tol=1e-2, random_state=7)
    model.fit(rows, target, sample_weight=weight)
    return quantise(model.coef_[0], float(model.intercept_[0]))


def quantise(weights: NDArray[np.float64], bias: float) -> WordModel:
    """Store weights as bytes: small ones become 0, the rare greatest are clipped."""
    top = float(np.quantile(np.abs(weights[weights != 0]), 0.999)) if np.any(weights) else 1.0
    scale = top / 127
    return WordModel(np.clip(np.rint(weights / scale), -127, 127).astype(np.int8), scale, bias)
