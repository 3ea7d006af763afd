"""Train the text-page model, cross-validate it by site, report, and write the model file.

    python -m training.textpage --data FOLDER [--out FILE] [--folds-out DIR] [--report FILE]

FOLDER holds `text-dev` (the folder, or `text-dev.tar.xz`): development pages of WCXB as text, in three renderings.
Every figure of the report is out of fold: the page was read by a model that saw no page of its site.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.scoring import normal, word_f1
from pipelines.textpage import titles
from pipelines.textpage.choose import choose
from pipelines.textpage.model import SHIPPED, Model, save
from pipelines.textpage.title_text import clean_title
from pipelines.textpage.trees import Trees
from pipelines.textpage.views import Floats

from . import augment, data, report, trees
from .evidence import Prepared, WordModels, folds_for, prepare, text_features

PROVENANCE = {
    "what": "Winnow text-page model: word model, line trees, title trees",
    "version": 1,
    "data": "WCXB (Web Content Extraction Benchmark), development split, as text in three renderings",
    "author": "Murrough Foley, 2026",
    "source": "https://github.com/Murrough-Foley/web-content-extraction-benchmark",
    "licence": "CC BY 4.0",
    "changes": "rendered as text; lines labelled by alignment; altered copies: teaser cards, asides, unknown words, "
    "no boilerplate",
    "command": "python -m training.textpage --data FOLDER",
}
LINE_TREES = trees.Settings(iterations=800, learning_rate=0.06)
TITLE_TREES = trees.Settings(
    iterations=600, depth=5, learning_rate=0.04, rsm=0.5, l2_leaf_reg=8.0, border_count=48, subsample=0.8
)


@dataclass
class Training:
    """Everything that is fitted, by the fold that it has not seen (None: it has seen all)."""

    pages: list[Prepared]
    log: Callable[[str], None]
    words: WordModels
    lines: dict[int | None, Trees] = field(default_factory=dict)
    probability: dict[str, Floats] = field(default_factory=dict)  # out of fold, by sample

    def fit_lines(self, held_out: int | None) -> None:
        """Fit line trees on the other folds; the word evidence of each page comes from a model without its site."""
        folds = set(folds_for(held_out))
        rows, target, weight = [], [], []
        for page in self.pages:
            fold = page.sample.fold
            if fold in folds:
                without = (fold,) if held_out is None else (held_out, fold)
                keep, factor = thinned(page)
                rows.append(text_features(page, self.words, *without).T[keep])
                target.append(page.sample.labels[keep])
                weight.append((page.weights * factor)[keep])
        weights = np.concatenate(weight)
        self.lines[held_out] = trees.fit(
            np.concatenate(rows), np.concatenate(target), weights / weights.mean(), settings=LINE_TREES
        )
        self.log(f"line trees without fold {held_out}: {len(weights)} lines")
        if held_out is not None:
            for page in self.pages:
                if page.sample.fold == held_out and page.sample.kind == "plain":
                    features = text_features(page, self.words, held_out)
                    self.probability[page.sample.key] = self.lines[held_out].probability(features)
            self.log("  " + self.quick_look(held_out))

    def quick_look(self, fold: int) -> str:
        """Give the word-F1 of the chosen lines on a held-out fold, by rendering."""
        scores: dict[str, list[float]] = {}
        for page in self.pages:
            if page.sample.fold == fold and page.sample.key in self.probability:
                chosen, _ = choose(self.probability[page.sample.key], page.page.words)
                text = "\n".join(line.text for line, yes in zip(page.sample.lines, chosen, strict=True) if yes)
                scores.setdefault(page.sample.rendering, []).append(word_f1(text, page.sample.row["main_content"]))
        return "  ".join(f"{name} {np.mean(values):.4f}" for name, values in sorted(scores.items()))

    def fit_titles(self, held_out: int | None) -> Trees:
        """Fit title trees on out-of-fold line probabilities."""
        rows, target, weight = [], [], []
        for page in self.pages:
            sample = page.sample
            if sample.kind != "plain" or sample.fold == held_out:
                continue
            features, right = title_rows(page, self.probability[sample.key])
            if len(right):
                rows.append(features.T)
                target.append(right)
                weight.append(np.ones(len(right), np.float32))
        weights = np.concatenate(weight)
        return trees.fit(np.concatenate(rows), np.concatenate(target), weights / weights.mean(), settings=TITLE_TREES)


def thinned(page: Prepared) -> tuple[NDArray[np.int64], Floats]:
    """Keep a share of the many short lines that are not article, at a weight that makes up for it."""
    every = 2 if page.sample.kind == "plain" else 4
    easy = (page.sample.labels == 0) & (page.page.words < 5)
    keep = ~easy | (np.cumsum(easy) % every == 1)
    return np.nonzero(keep)[0], np.where(easy, every, 1).astype(np.float32)


def title_rows(page: Prepared, probability: Floats) -> tuple[Floats, Any]:
    """Give the title candidates' features and which of them are the title."""
    start = titles.body_start(page.page, probability)
    at = titles.candidates(page.page, start)
    features = titles.title_features(page.page, page.columns, probability, start, at)
    wanted = normal(page.sample.row["title"])
    lines = [line.text for line in page.sample.lines]
    return features, np.array([normal(clean_title(lines[i], lines)) == wanted != "" for i in at], np.int8)


def train(samples: Sequence[data.Sample], log: Callable[[str], None]) -> dict[int | None, Model]:
    """Fit one model per held-out fold, and one on everything."""
    pages = [prepare(sample) for sample in [*samples, *augment.copies(samples)]]
    log(f"{len(samples)} pages, {len(pages) - len(samples)} altered copies")
    training = Training(pages, log, WordModels(pages, log))
    held_out: list[int | None] = [*range(data.FOLDS), None]
    for fold in held_out:
        training.fit_lines(fold)
    models: dict[int | None, Model] = {}
    for fold in held_out:
        without = () if fold is None else (fold,)
        models[fold] = Model(
            training.words.without(*without),
            training.words.asides_without(*without),
            training.lines[fold],
            training.fit_titles(fold),
            PROVENANCE | {"held_out_fold": fold},
        )
    log("title trees")
    return models


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with the archives or their folders")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="model file to write")
    parser.add_argument("--folds-out", type=Path, help="folder for one model per fold and the map of sites")
    parser.add_argument("--report", type=Path, help="file for the report's figures (JSON)")
    args = parser.parse_args()
    begin = time.monotonic()

    def log(message: str) -> None:
        print(f"{time.monotonic() - begin:7.1f} s  {message}", flush=True)

    pages = data.load(args.data)
    samples = data.samples(pages)
    models = train(samples, log)
    if args.folds_out:
        for fold in range(data.FOLDS):
            save(models[fold], args.folds_out / f"fold{fold}.npz")
        domains = {row["domain"]: data.fold_of(row["domain"]) for row, _ in pages}
        (args.folds_out / "folds.json").write_text(json.dumps(domains, indent=0, sort_keys=True), encoding="utf-8")
    figures = report.measure(pages, models)
    report.show(figures)
    whole = models[None]
    final = replace(whole, provenance=PROVENANCE | {"figures_out_of_fold": figures})
    save(final, args.out)
    if args.report:
        args.report.write_text(json.dumps(figures, indent=1, sort_keys=True), encoding="utf-8")
    log(f"wrote {args.out} ({args.out.stat().st_size / 1e6:.2f} MB)")


if __name__ == "__main__":
    main()
