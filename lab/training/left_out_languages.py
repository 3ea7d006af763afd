"""Measure the model of captures on languages of which it has learnt nothing: train on the others, read these.

    python -m lab.training.left_out_languages --data FOLDER --html-folds DIR LANGUAGE [LANGUAGE …]

LANGUAGE is a code such as `ja`; `--html-folds` is that of `lab.training.textpage`. Pages of the sites of these pages
are left out of the training too. No file is written.
"""

from __future__ import annotations

import argparse
import logging
import time
from pathlib import Path

from lab.training import asides, augment, data, report, text_sets
from lab.training.evidence import WordModels, prepare, text_features
from lab.training.textpage import PROVENANCE, Training
from winnow.read.plain.model import Model


def fit(training: Training) -> Model:
    """Return the model that has learnt from all pages; titles learn beside lines that the trees have seen."""
    training.fit_lines(None)
    for page in training.pages:
        if page.sample.kind == "plain":
            features = text_features(page, training.words, page.sample.fold)
            training.probability[page.sample.key] = training.lines[None].probability(features)
    trees = {"lines": training.lines[None], "titles": training.fit_titles(None)}
    return Model(training.words.without(), training.words.asides_without(), trees, PROVENANCE)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("languages", nargs="+", metavar="LANGUAGE")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--html-folds", type=Path, required=True)
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)
    start = time.monotonic()

    def log(message: str) -> None:
        print(f"{time.monotonic() - start:7.1f} s  {message}", flush=True)

    web = text_sets.web(args.data, text_sets.by_folds(args.html_folds))
    unseen = [(row, text) for row, text in web if row["language"] in args.languages]
    sites = {row["domain"] for row, _ in unseen}
    seen = [(row, text) for row, text in web if row["domain"] not in sites]
    samples = [*data.samples(data.load(args.data)), *text_sets.samples(seen)]
    pages = [prepare(sample) for sample in [*samples, *augment.copies(samples)]]
    log(f"{len(unseen)} pages in {', '.join(args.languages)} left out, {len(samples)} others")
    words = WordModels(pages, log, asides.spoken(sample.row["language"] for sample in samples))
    model = fit(Training(pages, log, words))
    report.show(report.measure(unseen, dict.fromkeys(range(data.FOLDS), model)))


if __name__ == "__main__":
    main()
