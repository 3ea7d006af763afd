"""Train the HTML-page model, cross-validate it by site, report, and write the model file.

    python -m training.htmlpage --data FOLDER [--out FILE] [--folds-out DIR] [--report FILE]

FOLDER holds `wcxb-dev` (the folder, or `wcxb-dev.tar.gz`): development pages of WCXB with their HTML.
Every figure of the report is out of fold: the page was read by a model that saw no page of its site.
"""

from __future__ import annotations

import argparse
import json
import logging
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from trafilatura import bare_extraction
from trafilatura.utils import load_html

from benchmarks.scoring import word_f1
from pipelines.htmlpage import SURE, read, why_no_article
from pipelines.htmlpage.model import SHIPPED, Model, save
from pipelines.textpage.choose import choose
from pipelines.textpage.trees import Trees

from . import augment_html, data, html_data, report, trees
from .evidence import WordModels, folds_for
from .html_data import HtmlPrepared, Page
from .textpage import thinned

PROVENANCE = {
    "what": "Winnow HTML-page model: word model, line trees",
    "version": 1,
    "data": "WCXB (Web Content Extraction Benchmark), development split, article pages",
    "author": "Murrough Foley, 2026",
    "source": "https://github.com/Murrough-Foley/web-content-extraction-benchmark",
    "licence": "CC BY 4.0",
    "changes": "lines labelled by alignment; altered copies: teaser cards, asides, unknown words",
    "command": "python -m training.htmlpage --data FOLDER",
}
LINE_TREES = trees.Settings(iterations=300, learning_rate=0.12)


@dataclass
class Training:
    """Everything that is fitted, by the fold that it has not seen (None: it has seen all)."""

    pages: list[HtmlPrepared]
    log: Callable[[str], None]
    words: WordModels
    lines: dict[int | None, Trees] = field(default_factory=dict)
    scores: list[float] = field(default_factory=list)

    def fit_lines(self, held_out: int | None, settings: trees.Settings = LINE_TREES) -> None:
        """Fit line trees on the other folds; the word evidence of each page comes from a model without its site."""
        folds = set(folds_for(held_out))
        rows, target, weight = [], [], []
        for page in self.pages:
            fold = page.sample.fold
            if fold in folds:
                without = (fold,) if held_out is None else (held_out, fold)
                keep, factor = thinned(page)
                for asked in html_data.ways(page):
                    rows.append(html_data.html_features(page, self.words, *without, asked=asked).T[keep])
                    target.append(page.sample.labels[keep])
                    weight.append((page.weights * factor)[keep])
        weights = np.concatenate(weight)
        self.lines[held_out] = trees.fit(
            np.concatenate(rows), np.concatenate(target), weights / weights.mean(), settings=settings
        )
        self.log(f"line trees without fold {held_out}: {len(weights)} lines")
        if held_out is not None:
            self.log(f"  word-F1 with trafilatura asked {self.quick_look(held_out)}")

    def quick_look(self, fold: int) -> str:
        """Give the word-F1 of the chosen lines on a held-out fold: trafilatura never asked, always, where unsure."""
        scores: dict[str, list[float]] = {"never": [], "always": [], "unsure": []}
        for page in self.pages:
            if page.sample.fold == fold and page.sample.kind == "plain":
                never, expected = self.look(page, fold, asked=False)
                always, _ = self.look(page, fold, asked=True)
                for how, score in zip(scores, (never, always, never if expected >= SURE else always), strict=True):
                    scores[how].append(score)
        return "  ".join(f"{how} {np.mean(values):.4f}" for how, values in scores.items())

    def look(self, page: HtmlPrepared, fold: int, asked: bool) -> tuple[float, float]:
        """Give the word-F1 of the chosen lines of a page, and what could be expected."""
        features = html_data.html_features(page, self.words, fold, asked=asked)
        chosen, expected = choose(self.lines[fold].probability(features), page.page.words)
        text = "\n".join(line.text for line, yes in zip(page.sample.lines, chosen, strict=True) if yes)
        return word_f1(text, page.sample.row["main_content"]), expected


def train(pages: Sequence[Page], log: Callable[[str], None]) -> dict[int | None, Model]:
    """Fit one model per held-out fold, and one on everything."""
    plain = html_data.samples(pages)
    made = [*plain, *augment_html.copies(plain, pages)]
    log(f"{len(plain)} pages, {len(made) - len(plain)} altered copies")
    prepared = [html_data.prepare(one) for one in made]
    training = Training(prepared, log, WordModels(prepared, log))
    models: dict[int | None, Model] = {}
    for fold in (*range(data.FOLDS), None):
        training.fit_lines(fold)
        without = () if fold is None else (fold,)
        words, asides = training.words.without(*without), training.words.asides_without(*without)
        models[fold] = Model(words, asides, training.lines[fold], PROVENANCE | {"held_out_fold": fold})
    return models


def measure(pages: Sequence[Page], models: Mapping[int | None, Model]) -> tuple[report.Figures, list[str]]:
    """Read every page with the model that has not seen its site; trafilatura's text of it beside.

    Also gives the pages that were taken for something else than an article.
    """
    sums = {"winnow": Counter[str](), "trafilatura": Counter[str]()}
    rejected = []
    for row, content in pages:
        tree = load_html(content)
        text = ""
        if tree is not None:
            page = read(tree, models[data.fold_of(row["domain"])])
            text = page.text
            why = why_no_article(page)
            if why:
                rejected.append(f"{row['id']} {row['url']}: {why}")
        document = bare_extraction(content, with_metadata=True)
        other = document.text if document is not None and not isinstance(document, dict) else ""
        add_text(sums["winnow"], row, text)
        add_text(sums["trafilatura"], row, other or "")
    return {name: rates(add) for name, add in sums.items()}, rejected


def add_text(add: Counter[str], row: html_data.Row, text: str) -> None:
    """Add a page's word-F1 and snippets."""
    flat = " ".join(text.split())
    add["pages"] += 1
    add["f1"] += word_f1(text, row["main_content"])  # type: ignore[assignment]
    add["unwanted"] += len(row["without"])
    add["leaked"] += sum(" ".join(snippet.split()) in flat for snippet in row["without"])
    add["wanted"] += len(row["with"])
    add["kept"] += sum(" ".join(snippet.split()) in flat for snippet in row["with"])


def rates(add: Counter[str]) -> dict[str, float]:
    """Average: macro for F1, pooled for snippets."""
    return {
        "pages": float(add["pages"]),
        "f1": round(add["f1"] / add["pages"], 4),
        "leak": round(add["leaked"] / max(1, add["unwanted"]), 4),
        "with": round(add["kept"] / max(1, add["wanted"]), 4),
    }


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with the archives or their folders")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="model file to write")
    parser.add_argument("--folds-out", type=Path, help="folder for one model per fold and the map of sites")
    parser.add_argument("--report", type=Path, help="file for the report's figures (JSON)")
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)  # trafilatura tells of every page without text
    begin = time.monotonic()

    def log(message: str) -> None:
        print(f"{time.monotonic() - begin:7.1f} s  {message}", flush=True)

    pages = html_data.load(args.data)
    models = train(pages, log)
    figures, rejected = measure(pages, models)
    report.show(figures)
    print("not taken for articles:", *rejected, sep="\n  ")
    whole = models[None]
    save(replace(whole, provenance=PROVENANCE | {"figures_out_of_fold": figures}), args.out)
    if args.folds_out:
        for fold in range(data.FOLDS):
            save(models[fold], args.folds_out / f"fold{fold}.npz")
        domains = {row["domain"]: data.fold_of(row["domain"]) for row, _ in pages}
        (args.folds_out / "folds.json").write_text(json.dumps(domains, indent=0, sort_keys=True), encoding="utf-8")
    if args.report:
        args.report.write_text(json.dumps(figures, indent=1, sort_keys=True), encoding="utf-8")
    log(f"wrote {args.out} ({args.out.stat().st_size / 1e6:.2f} MB)")


if __name__ == "__main__":
    main()
