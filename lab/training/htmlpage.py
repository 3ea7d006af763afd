"""Train the HTML-page model, cross-validate it by site, report, and write the model file.

    python -m lab.training.htmlpage --data FOLDER [--out FILE] [--folds-out DIR] [--report FILE]

FOLDER holds `wcxb-dev` (the folder, or `wcxb-dev.tar.gz`): development pages of WCXB with their HTML.
Every figure of the report is out of fold: the page was read by a model that saw no page of its site.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from lab.training import asides, augment_html, command, data, html_data, html_sets, report, trees
from lab.training.evidence import Prepared, WordModels, unseen
from lab.training.html_data import HtmlPrepared, html_features
from lab.training.html_figures import Tally
from lab.training.html_sets import Page, tree_of
from lab.training.likeness import word_f1
from winnow.read.html import SURE, read, why_no_article
from winnow.read.html.model import FILE, Model
from winnow.read.lines.choose import choose
from winnow.read.lines.trees import Trees

PROVENANCE = command.WCXB | {
    "what": "Winnow HTML-page model: word model, line trees",
    "data": "WCXB (Web Content Extraction Benchmark), development split, pages of all kinds; " + command.WEB,
    "changes": "lines labelled by alignment, or by passages; altered copies: teaser cards, asides, unknown words",
    "command": "python -m lab.training.htmlpage --data FOLDER",
}
LINE_TREES = trees.Settings(iterations=600, learning_rate=0.06, rsm=0.2)
LIGHT, LIGHT_COPY = 0.0125, 0.02  # weight of a line below which lines are thinned, on a page and on an altered copy
EMPHASIS = 1.5  # weight of a line of an article or its copies: what articles are must not suffer from what others hold


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
        self.lines[held_out] = trees.fit_lines(given, LINE_TREES, thinned)
        self.log(f"line trees without fold {held_out}: {len(pages)} pages")
        if held_out is not None:
            self.log(f"  word-F1 with trafilatura asked {self.quick_look(held_out)}")

    def quick_look(self, fold: int) -> str:
        """Return the word-F1 of the chosen lines on a held-out fold: trafilatura never asked, always, where unsure."""
        scores: dict[str, list[float]] = {"never": [], "always": [], "unsure": []}
        for page in self.pages:
            if page.sample.fold == fold and page.sample.kind == "plain" and page.sample.row["main_content"]:
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


def thinned(page: Prepared) -> trees.Thinned:
    """Thin the lines of a page that weigh little, as most of a long page do; weigh those of articles more."""
    keep, factor = trees.without_light(page, LIGHT if page.sample.kind == "plain" else LIGHT_COPY)
    return keep, factor * np.float32(EMPHASIS if page.sample.row["set"] == html_sets.ARTICLES else 1.0)


def begin(pages: Sequence[Page], log: command.Log) -> Training:
    """Label pages and their altered copies, and compute what does not depend on a model."""
    plain = html_data.samples(pages)
    made = [*plain, *augment_html.copies(plain, pages)]
    log(f"{len(plain)} pages, {len(made) - len(plain)} altered copies")
    prepared = [html_data.prepare(one) for one in made]
    languages = asides.spoken(row["language"] for row, _ in pages)
    return Training(prepared, log, WordModels(prepared, log, languages))


def fit(training: Training, held_out: int | None) -> Model:
    """Fit a model on all folds but the one held out."""
    training.fit_lines(held_out)
    without = () if held_out is None else (held_out,)
    words, of_asides = training.words.without(*without), training.words.asides_without(*without)
    provenance = PROVENANCE | ({} if held_out is None else {"held_out_fold": held_out})
    return Model(words, of_asides, {"lines": training.lines[held_out]}, provenance)


def measure(pages: Sequence[Page], models: Mapping[int | None, Model]) -> report.Figures:
    """Read every page with the model that has not seen its site."""
    tally = Tally()
    for row, content in pages:
        tree = tree_of(content)
        page = read(tree, models[data.fold_of(row["domain"])]) if tree is not None else None
        tally.add(row, page.text if page else "", rejected=page is None or why_no_article(page) is not None)
    return tally.figures()


def work(folder: Path, log: command.Log) -> command.Trained[Model]:
    """Train on the pages of a folder and measure."""
    logging.disable(logging.CRITICAL)  # trafilatura tells of every page without text
    pages = [page for name in html_sets.SUFFIXES for page in html_sets.load(folder, name)]
    training = begin(pages, log)
    models = {fold: fit(training, fold) for fold in (*range(data.FOLDS), None)}
    return command.Trained(models, [row["domain"] for row, _ in pages], measure(pages, models))


def main() -> None:
    """Run the command."""
    command.run(command.arguments(__doc__).parse_args(), FILE, work)


if __name__ == "__main__":
    main()
