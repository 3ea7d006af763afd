"""Train the HTML-page model, cross-validate it by site, report, and write the model file.

    python -m lab.training.htmlpage --data FOLDER [--out FILE] [--folds-out DIR] [--report FILE]

FOLDER holds `wcxb-dev` (the folder, or `wcxb-dev.tar.gz`): development pages of WCXB with their HTML.
Every figure of the report is out of fold: the page was read by a model that saw no page of its site.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from trafilatura import bare_extraction
from trafilatura.utils import load_html

from lab.training import augment_html, command, data, html_data, report, trees
from lab.training.evidence import WordModels, unseen
from lab.training.html_data import HtmlPrepared, Page, html_features
from lab.training.likeness import word_f1
from winnow.read.html import SURE, read, why_no_article
from winnow.read.html.model import FILE, Model
from winnow.read.lines.choose import choose
from winnow.read.lines.trees import Trees

PROVENANCE = command.WCXB | {
    "what": "Winnow HTML-page model: word model, line trees",
    "data": "WCXB (Web Content Extraction Benchmark), development split, article pages",
    "changes": "lines labelled by alignment; altered copies: teaser cards, asides, unknown words",
    "command": "python -m lab.training.htmlpage --data FOLDER",
}
LINE_TREES = trees.Settings(iterations=300, learning_rate=0.12)


@dataclass
class Training:
    """Everything that is fitted, by the fold that it has not seen (None: it has seen all)."""

    pages: list[HtmlPrepared]
    log: command.Log
    words: WordModels
    lines: dict[int | None, Trees] = field(default_factory=dict)

    def fit_lines(self, held_out: int | None) -> None:
        """Fit line trees on the other folds; the word evidence of each page comes from a model without its site."""
        pages = [page for page in self.pages if page.sample.fold != held_out]
        given = (
            (page, html_features(page, self.words, *unseen(page, held_out), asked=asked))
            for page in pages
            for asked in html_data.ways(page)
        )
        self.lines[held_out] = trees.fit_lines(given, LINE_TREES)
        self.log(f"line trees without fold {held_out}: {len(pages)} pages")
        if held_out is not None:
            self.log(f"  word-F1 with trafilatura asked {self.quick_look(held_out)}")

    def quick_look(self, fold: int) -> str:
        """Return the word-F1 of the chosen lines on a held-out fold: trafilatura never asked, always, where unsure."""
        scores: dict[str, list[float]] = {"never": [], "always": [], "unsure": []}
        for page in self.pages:
            if page.sample.fold == fold and page.sample.kind == "plain":
                never, expected = self.look(page, fold, asked=False)
                always, _ = self.look(page, fold, asked=True)
                for how, score in zip(scores, (never, always, never if expected >= SURE else always), strict=True):
                    scores[how].append(score)
        return "  ".join(f"{how} {np.mean(values):.4f}" for how, values in scores.items())

    def look(self, page: HtmlPrepared, fold: int, asked: bool) -> tuple[float, float]:
        """Return the word-F1 of the chosen lines of a page, and what could be expected."""
        features = html_features(page, self.words, fold, asked=asked)
        chosen, expected = choose(self.lines[fold].probability(features), page.page.words)
        text = "\n".join(line.text for line, yes in zip(page.sample.lines, chosen, strict=True) if yes)
        return word_f1(text, page.sample.row["main_content"]), expected


def train(pages: Sequence[Page], log: command.Log) -> dict[int | None, Model]:
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
        provenance = PROVENANCE | ({} if fold is None else {"held_out_fold": fold})
        models[fold] = Model(words, asides, {"lines": training.lines[fold]}, provenance)
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
        report.add_text(sums["winnow"], row, text)
        report.add_text(sums["trafilatura"], row, other or "")
    return {name: report.text_rates(add) for name, add in sums.items()}, rejected


def work(folder: Path, log: command.Log) -> command.Trained[Model]:
    """Train on the pages of a folder and measure."""
    logging.disable(logging.CRITICAL)  # trafilatura tells of every page without text
    pages = html_data.load(folder)
    models = train(pages, log)
    figures, rejected = measure(pages, models)
    print("not taken for articles:", *rejected, sep="\n  ")
    return command.Trained(models, [row["domain"] for row, _ in pages], figures)


def main() -> None:
    """Run the command."""
    command.run(__doc__, FILE, work)


if __name__ == "__main__":
    main()
