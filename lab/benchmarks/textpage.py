"""Text pages: quality out of fold, also by language, and CPU per page.

    python -m lab.benchmarks.textpage --data FOLDER [--models FOLDS] [--kinds FOLDS] [--others FOLDS] [--limit N]
        [SET …]

FOLDER holds the sets `text-dev`, `types-dev`, `web-dev` (all are measured unless some are named). FOLDS is what
`--folds-out` of `python -m lab.training.textpage` wrote, of the models for articles in English, for other pages in
English (and of `python -m lab.training.text_kind`), for other languages: every page is read by the models that have not
seen its site, without FOLDS by the shipped ones.
"""

from __future__ import annotations

import argparse
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from lab.benchmarks.folds import load_folds
from lab.training import report, text_sets
from lab.training.data import fold_of
from lab.training.data import load as load_pages
from lab.training.html_sets import TYPES, WEB
from winnow.items import Kind
from winnow.model_files import TEXT_KIND
from winnow.read.lines import features
from winnow.read.lines.views import View, view
from winnow.read.plain import Model, TextPage, article_text, is_english, load, read_lines, split_lines
from winnow.read.plain.kind import told_by
from winnow.read.plain.model import KINDS, OTHERS

T = TypeVar("T")
SETS = {"text-dev": load_pages, TYPES: text_sets.kinds, WEB: text_sets.web}
Result = tuple[dict[str, Any], TextPage, str]  # a page's row of labels, its reading, its text


def timed(clock: Counter[str], name: str, work: Callable[[], T]) -> T:
    """Return the result of work, whose CPU seconds are added to the clock."""
    begin = time.process_time()
    result = work()
    clock[name] += time.process_time() - begin  # type: ignore[assignment]
    return result


class Models:
    """The models by fold, as a crawl chooses among them: by language, and by the kind that is told."""

    def __init__(self, articles: Path | None, kinds: Path | None, others: Path | None) -> None:
        self._kinds = kinds
        self._of_kinds, self._others = load_folds(kinds, KINDS.load), load_folds(others, OTHERS.load)
        self._articles = load_folds(articles, load)

    def of(self, page: View, fold: int) -> Model:
        """Return the model for a capture; other models that are asked from now on have not seen the fold either."""
        if self._kinds:
            os.environ[TEXT_KIND.variable] = str(self._kinds / f"kind{fold}.npz")
            os.environ[KINDS.variable] = str(self._kinds / f"fold{fold}.npz")  # for doubtful captures
        if not is_english(page):
            return self._others[fold]
        is_article = told_by(page, features.plain(page)).read_as is Kind.ARTICLE
        return (self._articles if is_article else self._of_kinds)[fold]


def run(pages: Sequence[tuple[dict[str, Any], str]], models: Models, clock: Counter[str]) -> list[Result]:
    """Return for every page its row, its reading and its text; the stages' CPU seconds are added to the clock."""
    out = []
    for row, text in pages:
        lines = timed(clock, "split", lambda text=text: split_lines(text))  # type: ignore[misc]
        model = models.of(view(lines), fold_of(row["domain"]))
        page = timed(clock, "read", lambda lines=lines, model=model: read_lines(lines, model))  # type: ignore[misc]
        out.append((row, page, timed(clock, "write", lambda page=page: article_text(page.body))))  # type: ignore[misc]
    return out


def with_languages(results: Iterable[Result]) -> Iterator[Result]:
    """Yield every result, and again those of the web by language and for all but English, of other kinds by kind."""
    for row, page, text in results:
        yield row, page, text
        if row.get("set") == TYPES:
            yield row | {"rendering": f"{row['rendering']} {row['type']}"}, page, text
        spoken = row["language"] if row.get("set") == WEB else ""
        for group in (spoken, "not English") if spoken not in ("", "en") else (spoken,) if spoken else ():
            yield row | {"rendering": f"{row['rendering']} {group}"}, page, text


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", metavar="SET", help="of " + ", ".join(SETS))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--models", type=Path, help="folder with fold0.npz …")
    parser.add_argument("--kinds", type=Path, help="the same for pages that are no articles, with kind0.npz …")
    parser.add_argument("--others", type=Path, help="the same for captures that are not in English")
    parser.add_argument("--limit", type=int, help="pages in all")
    args = parser.parse_args()
    models = Models(args.models, args.kinds, args.others)
    pages = [page for name in args.sets or SETS for page in SETS[name](args.data)][: args.limit]
    run(pages[:20], models, Counter())
    clock: Counter[str] = Counter()
    results = run(pages, models, clock)
    report.show(report.score(with_languages(results)))
    stages = "  ".join(f"{name} {1000 * seconds / len(pages):.2f}" for name, seconds in clock.items())
    print(f"CPU ms per page, mean of {len(pages)}: {1000 * clock.total() / len(pages):.2f}  ({stages})")


if __name__ == "__main__":
    main()
