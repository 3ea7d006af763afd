"""Train the model of the kinds of HTML pages, cross-validate it by site, report, and write the model file.

    python -m lab.training.kind --data FOLDER --folds FOLDS [--out FILE] [--folds-out FOLDER]

FOLDER holds the labelled sets `wcxb-dev`, `types-dev`, `web-dev` (folders or archives). FOLDS is what `--folds-out` of
`python -m lab.training.htmlpage` wrote: a kind is told from lines as they are judged, and here every page's lines are
judged by the line model that has not seen its site. The figures are out of fold.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from lab.training import data, html_sets
from lab.training.command import WCXB
from lab.training.report import Figures, show
from winnow.items import Kind
from winnow.read import html as htmlpage
from winnow.read.html.kind import SHIPPED, facts_of
from winnow.read.lines.kind_model import KINDS, KindModel, Signs, Words, as_bytes, look_up, row_of, scaled
from winnow.read.lines.views import Floats

Facts = tuple[Signs, Words]  # of a page

STRENGTH = 0.06  # inverse of the L2 penalty
ARTICLES = 0.25  # what all articles weigh, over all pages of other kinds: the penalty favours the largest class
PAGES = 8  # with a word, below which it is not learnt
# The labels of the sets, where they are not the kinds' own names.
_NAMES = {"forum": Kind.DISCUSSION}
PROVENANCE = WCXB | {"what": "Winnow model of kinds of HTML pages", "command": "python -m lab.training.kind"}


def kind_in(row: html_sets.Row) -> Kind:
    """Return the kind of a labelled page."""
    return _NAMES.get(row["type"]) or Kind(row["type"])


def facts_in(row: html_sets.Row, content: bytes, folds: Path) -> Facts | None:
    """Return the signs and the words of a page, judged by its fold's line model; None where it cannot be parsed."""
    tree = html_sets.tree_of(content)
    if tree is None:
        return None
    model = htmlpage.load(folds / f"fold{data.fold_of(row['domain'])}.npz")
    whole = htmlpage.read_whole(tree)
    return facts_of(tree, whole, *htmlpage.judge(tree, whole, model))


def fit(facts: Sequence[Facts], kinds: NDArray[np.int64], learns: NDArray[np.bool_], about: object) -> KindModel:
    """Fit on pages' signs, words and kinds; words count whose number of pages among `learns` is great enough.

    `about` is what the model's file says of where the model comes from.
    """
    is_article = kinds == KINDS.index(Kind.ARTICLE)
    weight = np.where(is_article, ARTICLES * (~is_article).sum() / max(1, is_article.sum()), 1.0)
    rows = np.stack([row_of(found) for found, _ in facts])
    mean, deviation = np.nanmean(rows, 0), np.nanstd(rows, 0)
    deviation[deviation == 0] = 1.0
    known, rarity = vocabulary([words for (_, words), counts in zip(facts, learns, strict=True) if counts])
    spoken = [look_up(words, known, rarity) for _, words in facts]
    edges = np.cumsum([0, *(len(at) for at, _ in spoken)])
    parts = (np.concatenate([values for _, values in spoken]), np.concatenate([at for at, _ in spoken]), edges)
    table = hstack([csr_matrix(scaled(rows, mean, deviation)), csr_matrix(parts, (len(facts), len(known)))]).tocsr()
    model = LogisticRegression(C=STRENGTH, max_iter=500, tol=1e-3)
    model.fit(table, kinds, sample_weight=weight)
    weights, of_words = np.split(model.coef_.astype(np.float32), [rows.shape[1]], axis=1)
    bias = model.intercept_.astype(np.float32)
    names, provenance = as_bytes("\n".join(facts[0][0])), as_bytes(about)
    return KindModel(names, mean, deviation, weights, bias, known, rarity, of_words.astype(np.float16), provenance)


def vocabulary(pages: Sequence[Words]) -> tuple[NDArray[np.uint32], Floats]:
    """Return the words that enough pages have, and the rarity of each."""
    known, counts = np.unique(np.concatenate([np.concatenate(words) for words in pages]), return_counts=True)
    often = counts >= PAGES
    return known[often], np.log(len(pages) / counts[often]).astype(np.float32)


def figures(rows: Sequence[html_sets.Row], right: NDArray[np.bool_]) -> Figures:
    """Return the share of pages whose kind is told rightly, by set and type."""
    groups: dict[str, list[bool]] = {}
    for row, yes in zip(rows, right.tolist(), strict=True):
        for name in (row["set"], f"{row['set']} {row['type']}"):
            groups.setdefault(name, []).append(yes)
    return {
        name: {"pages": float(len(values)), "kind": float(np.mean(values))} for name, values in sorted(groups.items())
    }


def train(read: Sequence[tuple[html_sets.Row, Facts]], about: object, args: argparse.Namespace) -> None:
    """Train on pages and on all of them but a fold, report what is right out of fold, and write the models.

    `args` are those of `arguments`.
    """
    rows, facts = [row for row, _ in read], [found for _, found in read]
    kinds = np.array([KINDS.index(kind_in(row)) for row in rows])
    folds = np.array([data.fold_of(row["domain"]) for row in rows])
    told, learns = np.zeros(len(rows), np.int64), np.array([row["set"] != html_sets.WEB for row in rows])
    for fold in range(data.FOLDS):
        others = folds != fold
        model = fit([facts[i] for i in np.flatnonzero(others)], kinds[others], learns[others], about)
        for i in np.flatnonzero(~others):
            told[i] = model.probabilities(*facts[i]).argmax()
        if args.folds_out:
            model.save(args.folds_out / f"kind{fold}.npz")
    show(figures(rows, told == kinds))
    fit(facts, kinds, learns, about).save(args.out)


def arguments(about: str | None, shipped: Path) -> argparse.ArgumentParser:
    """Return the parser of a command that trains a model of kinds."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=shipped)
    parser.add_argument("--folds-out", type=Path, help="folder for one model per fold")
    return parser


def main() -> None:
    """Run the command."""
    parser = arguments(__doc__, SHIPPED)
    parser.add_argument("--folds", type=Path, required=True, help="folder of one line model per fold")
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)
    pages = [page for name in html_sets.SUFFIXES for page in html_sets.load(args.data, name)]
    read = [(row, found) for row, content in pages if (found := facts_in(row, content, args.folds))]
    train(read, PROVENANCE, args)


if __name__ == "__main__":
    main()
