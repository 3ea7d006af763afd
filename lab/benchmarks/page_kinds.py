"""HTML pages of every kind and in many languages: word-F1, passages kept that must be and must not, kinds told.

    python -m lab.benchmarks.page_kinds --data FOLDER [--folds FOLDS] [--limit N] [--trafilatura] [SET …]

FOLDER holds the labelled sets `wcxb-dev`, `types-dev`, `web-dev` (folders or archives); all are measured unless some
are named. Every page is decoded, read and judged as in a crawl, in this process. FOLDS is what `--folds-out` of
`python -m lab.training.htmlpage` and of `python -m lab.training.kind` wrote: with it every page is read by the models
that have not seen its site, without it by the shipped models, and the figures are not out of fold.
"""

from __future__ import annotations

import argparse
import logging
import os
from collections.abc import Callable
from pathlib import Path

from trafilatura import extract as trafilatura_text

from lab.benchmarks.folds import load_folds
from lab.training.data import fold_of
from lab.training.html_figures import Tally
from lab.training.html_sets import SUFFIXES, Page, Row, load
from lab.training.kind import kind_in
from lab.training.report import Figures, show
from winnow.items import HTML, Kind
from winnow.items import Page as Captured
from winnow.read.html import kind
from winnow.read.html import load as load_model
from winnow.read.html.model import FILE
from winnow.read.page import read_page

# Gives a page's text, None where the page is rejected; and its kind, None where none is told.
Reader = Callable[[Row, bytes], tuple[str | None, Kind | None]]


def by_winnow(folds: Path | None) -> Reader:
    """Return a reader that knows the model of each page's fold."""
    load_folds(folds, load_model)

    def text_of(row: Row, content: bytes) -> tuple[str | None, Kind | None]:
        fold = fold_of(row["domain"])
        os.environ[FILE.variable] = str(folds / f"fold{fold}.npz" if folds else FILE.shipped)
        os.environ[kind.VARIABLE] = str(folds / f"kind{fold}.npz" if folds else kind.SHIPPED)
        article = read_page(Captured(f"{row['id']}.html", body=content, media_type=HTML)).article
        return (article.text, article.kind) if article else (None, None)

    return text_of


def by_trafilatura(_: Row, content: bytes) -> tuple[str, None]:
    """Return trafilatura's text of a page, and no kind."""
    return trafilatura_text(content) or "", None


def measure(pages: list[Page], reader: Reader) -> Figures:
    """Read the pages, and return the figures by set, type and language."""
    tally = Tally()
    for row, content in pages:
        text, told = reader(row, content)
        tally.add(row, text or "", text is None, None if told is None else told == kind_in(row))
    return tally.figures()


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", default=list(SUFFIXES))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folds", type=Path)
    parser.add_argument("--limit", type=int, help="pages of each set")
    parser.add_argument("--trafilatura", action="store_true", help="measure trafilatura on the same pages too")
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)
    reader = by_winnow(args.folds)
    for name in args.sets:
        pages = load(args.data, name)[: args.limit]
        show(measure(pages, reader))
        if args.trafilatura:
            show({f"trafilatura {group}": rates for group, rates in measure(pages, by_trafilatura).items()})


if __name__ == "__main__":
    main()
