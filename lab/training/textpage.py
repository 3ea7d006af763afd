"""Train the text-page model, cross-validate it by site, report, and write the model file.

    python -m lab.training.textpage --data FOLDER [--html-folds DIR | --kinds]
        [--out FILE] [--folds-out DIR] [--report FILE]

Without DIR this is the model for articles in English, with it that for captures in other languages, with `--kinds` that
for English pages that are no articles.

FOLDER holds `text-dev` (the folder, or `text-dev.tar.xz`), development pages of WCXB as text in three renderings. With
DIR the model learns from `web-dev` too, news and blog pages in two renderings: of most of these only passages are
labelled, and the reading of their HTML says the rest, by the HTML models by fold in DIR that
`lab.training.htmlpage --folds-out` wrote. With `--kinds` the model learns from `types-dev` too, whose pages are
rendered as text first; titles are told as the model for articles, which must be there, tells them.
Every figure of the report is out of fold: the page was read by a model that saw no page of its site.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from lab.training import asides, augment, command, data, report, text_sets, trees
from lab.training.evidence import Prepared, WordModels, prepare, text_features, unseen
from lab.training.likeness import normal, units, word_f1
from winnow.read.lines.choose import choose
from winnow.read.lines.trees import Trees
from winnow.read.lines.views import Floats
from winnow.read.plain import title_features as titles
from winnow.read.plain.model import FILE, KINDS, OTHERS, Model
from winnow.read.plain.title_text import clean_title

PROVENANCE = command.WCXB | {
    "what": "Winnow text-page model: word model, line trees, title trees",
    "data": "WCXB (Web Content Extraction Benchmark), development split, as text in three renderings",
    "changes": "rendered as text; lines labelled by alignment, by passages, and by the reading of the page's HTML; "
    "altered copies: teaser cards, asides, unknown words, other scripts, no boilerplate",
    "command": "python -m lab.training.textpage --data FOLDER",
}
LINE_TREES = trees.Settings(iterations=800, learning_rate=0.06)
TITLE_TREES = trees.Settings(
    iterations=600, depth=5, learning_rate=0.04, rsm=0.5, l2_leaf_reg=8.0, border_count=48, subsample=0.8
)


@dataclass
class Training:
    """Everything that is fitted, by the fold that it has not seen (None: it has seen all)."""

    pages: list[Prepared]
    log: command.Log
    words: WordModels
    lines: dict[int | None, Trees] = field(default_factory=dict)
    probability: dict[str, Floats] = field(default_factory=dict)  # out of fold, by sample

    def fit_lines(self, held_out: int | None) -> None:
        """Fit line trees on the other folds; the word evidence of each page comes from a model without its site."""
        pages = [page for page in self.pages if page.sample.fold != held_out]
        given = ((page, text_features(page, self.words, *unseen(page, held_out))) for page in pages)
        self.lines[held_out] = trees.fit_lines(given, LINE_TREES)
        self.log(f"line trees without fold {held_out}: {len(pages)} pages")
        if held_out is not None:
            for page in self.pages:
                if page.sample.fold == held_out and page.sample.kind == "plain":
                    features = text_features(page, self.words, held_out)
                    self.probability[page.sample.key] = self.lines[held_out].probability(features)
            self.log("  " + self.quick_look(held_out))

    def quick_look(self, fold: int) -> str:
        """Return the word-F1 of the chosen lines on a held-out fold, by rendering."""
        scores: dict[str, list[float]] = {}
        for page in self.pages:
            reference = page.sample.row["main_content"]
            if page.sample.fold == fold and reference and page.sample.key in self.probability:
                chosen, _ = choose(self.probability[page.sample.key], page.page.words)
                text = "\n".join(line.text for line, yes in zip(page.sample.lines, chosen, strict=True) if yes)
                scores.setdefault(page.sample.rendering, []).append(word_f1(text, reference, units))
        return "  ".join(f"{name} {np.mean(values):.4f}" for name, values in sorted(scores.items()))

    def fit_titles(self, held_out: int | None) -> Trees:
        """Fit title trees on out-of-fold line probabilities."""
        parts = []
        for page in self.pages:
            sample = page.sample
            if sample.kind != "plain" or sample.fold == held_out:
                continue
            features, right = title_rows(page, self.probability[sample.key])
            if len(right):
                parts.append((features.T, right, np.ones(len(right), np.float32)))
        return trees.fit(parts, TITLE_TREES)


def title_rows(page: Prepared, probability: Floats) -> tuple[Floats, Any]:
    """Return the title candidates' features and which of them are the title."""
    start = titles.body_start(page.page, probability)
    at = titles.candidates(page.page, start)
    if not len(at):  # all lines that could be the title are rows of menus
        return np.empty((0, 0), np.float32), np.empty(0, np.int8)
    features = titles.title_features(page.page, page.columns, probability, start, at)
    wanted = normal(page.sample.row["title"])
    lines = [line.text for line in page.sample.lines]
    return features, np.array([normal(clean_title(lines[i], lines)) == wanted != "" for i in at], np.int8)


def train(samples: Sequence[data.Sample], log: command.Log, titles: Trees | None = None) -> dict[int | None, Model]:
    """Fit one model per held-out fold, and one on everything; without the trees for titles where these are given."""
    pages = [prepare(sample) for sample in [*samples, *augment.copies(samples)]]
    log(f"{len(samples)} pages, {len(pages) - len(samples)} altered copies")
    training = Training(pages, log, WordModels(pages, log, asides.spoken(sample.row["language"] for sample in samples)))
    held_out: list[int | None] = [*range(data.FOLDS), None]
    for fold in held_out:
        training.fit_lines(fold)
    models: dict[int | None, Model] = {}
    provenance = PROVENANCE | _more({sample.rendering for sample in samples})
    for fold in held_out:
        without = () if fold is None else (fold,)
        models[fold] = Model(
            training.words.without(*without),
            training.words.asides_without(*without),
            {"lines": training.lines[fold], "titles": titles or training.fit_titles(fold)},
            provenance | ({} if fold is None else {"held_out_fold": fold}),
        )
    log("title trees")
    return models


def _more(renderings: set[str]) -> dict[str, str]:
    """Return what a model's file says of the renderings beside those of articles that it has learnt from."""
    if text_sets.NAMES[0] in renderings:
        about, option = command.WEB, "--html-folds DIR"
    elif text_sets.KINDS[0] in renderings:
        about, option = "its pages of other kinds in two renderings; titles as the model for articles", "--kinds"
    else:
        return {}
    return {"data": f"{PROVENANCE['data']}; {about}", "command": f"{PROVENANCE['command']} {option}"}


def work(
    folder: Path, log: command.Log, html_folds: Path | None = None, with_kinds: bool = False
) -> command.Trained[Model]:
    """Train on the pages of a folder and measure."""
    logging.disable(logging.CRITICAL)  # trafilatura tells of every page without text
    articles = data.load(folder)
    web = text_sets.web(folder, text_sets.by_folds(html_folds)) if html_folds else []
    kinds = text_sets.kinds(folder) if with_kinds else []
    titles = FILE.load(FILE.shipped).trees["titles"] if with_kinds else None
    models = train([*data.samples(articles), *text_sets.samples([*web, *kinds])], log, titles)
    pages = articles + web + kinds
    return command.Trained(models, [row["domain"] for row, _ in pages], report.measure(pages, models))


def main() -> None:
    """Run the command."""
    parser = command.arguments(__doc__)
    more = parser.add_mutually_exclusive_group()
    more.add_argument("--html-folds", type=Path, help="folder with HTML models by fold; learn from news and blogs, too")
    more.add_argument("--kinds", action="store_true", help="learn from pages of other kinds, too")
    args = parser.parse_args()
    file = OTHERS if args.html_folds else KINDS if args.kinds else FILE
    command.run(args, file, partial(work, html_folds=args.html_folds, with_kinds=args.kinds))


if __name__ == "__main__":
    main()
