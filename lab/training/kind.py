"""Train the model of the kinds of HTML pages, cross-validate it by site, report, and write the model file.

    python -m lab.training.kind --data FOLDER [--out FILE] [--folds-out FOLDER]

FOLDER holds the labelled sets `wcxb-dev`, `types-dev`, `web-dev` (folders or archives). The figures are out of fold.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from lab.training import data, html_sets
from lab.training.command import WCXB
from lab.training.report import Figures, show
from winnow.items import HTML, MAX_PAGE_BYTES, Kind, Page, Rejection
from winnow.read import html as htmlpage
from winnow.read.decode import decode
from winnow.read.html.kind import KINDS, SHIPPED, KindModel, as_bytes, row_of, scaled
from winnow.read.html.kind_signs import Signs, signs
from winnow.read.lines.views import Floats, view

STRENGTH = 0.02  # inverse of the L2 penalty
# The labels of the sets, where they are not the kinds' own names.
_NAMES = {"forum": Kind.DISCUSSION}
PROVENANCE = WCXB | {"what": "Winnow model of kinds of HTML pages", "command": "python -m lab.training.kind"}


def kind_in(row: html_sets.Row) -> Kind:
    """Return the kind of a labelled page."""
    return _NAMES.get(row["type"]) or Kind(row["type"])


def signs_of(content: bytes) -> Signs | None:
    """Return the signs of a page; None where it cannot be parsed."""
    decoded = decode(Page("page.html", body=content, media_type=HTML), MAX_PAGE_BYTES)
    tree = None if isinstance(decoded, Rejection) else htmlpage.parse(decoded.text)
    if tree is None:
        return None
    blocks = htmlpage.read_content(tree).blocks
    page = view([block.line for block in blocks])
    return signs(tree, blocks, page, htmlpage.plain(page, blocks, tree.findtext(".//title") or ""))


def fit(names: Sequence[str], rows: Floats, kinds: NDArray[np.int64]) -> KindModel:
    """Fit on pages' signs (pages x signs) and kinds, as if there were as many articles as pages of other kinds."""
    is_article = kinds == KINDS.index(Kind.ARTICLE)
    weight = np.where(is_article, (~is_article).sum() / max(1, is_article.sum()), 1.0)
    mean, deviation = rows.mean(0), rows.std(0)
    deviation[deviation == 0] = 1.0
    model = LogisticRegression(C=STRENGTH, max_iter=500)
    model.fit(scaled(rows, mean, deviation), kinds, sample_weight=weight)
    weights, bias = (part.astype(np.float32) for part in (model.coef_, model.intercept_))
    return KindModel(as_bytes("\n".join(names)), mean, deviation, weights, bias, as_bytes(PROVENANCE))


def figures(rows: Sequence[html_sets.Row], right: NDArray[np.bool_]) -> Figures:
    """Return the share of pages whose kind is told rightly, by set and type."""
    groups: dict[str, list[bool]] = {}
    for row, yes in zip(rows, right.tolist(), strict=True):
        for name in (row["set"], f"{row['set']} {row['type']}"):
            groups.setdefault(name, []).append(yes)
    return {
        name: {"pages": float(len(values)), "kind": float(np.mean(values))} for name, values in sorted(groups.items())
    }


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument("--folds-out", type=Path, help="folder for one model per fold")
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)
    pages = [page for name in html_sets.SUFFIXES for page in html_sets.load(args.data, name)]
    read = [(row, found) for row, content in pages if (found := signs_of(content))]
    names, table = list(read[0][1]), np.stack([row_of(found) for _, found in read])
    kinds = np.array([KINDS.index(kind_in(row)) for row, _ in read])
    folds = np.array([data.fold_of(row["domain"]) for row, _ in read])
    told = np.zeros(len(read), np.int64)
    for fold in range(data.FOLDS):
        model = fit(names, table[folds != fold], kinds[folds != fold])
        told[folds == fold] = [
            model.probabilities(found).argmax() for (_, found), at in zip(read, folds, strict=True) if at == fold
        ]
        if args.folds_out:
            model.save(args.folds_out / f"kind{fold}.npz")
    show(figures([row for row, _ in read], told == kinds))
    fit(names, table, kinds).save(args.out)


if __name__ == "__main__":
    main()
