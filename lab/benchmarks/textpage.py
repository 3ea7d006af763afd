"""Text pages: quality out of fold, also by language, and CPU per page.

    python -m lab.benchmarks.textpage --data FOLDER [--models FOLDS] [--others FOLDS] [--limit N] [--web]

FOLDER holds `text-dev`, `web-dev` or both (`--web`: the latter alone); FOLDS is what `python -m lab.training.textpage
--folds-out` wrote, of the models for captures in English and in other languages: every page is read by the model that
has not seen its site, without FOLDS by a shipped model.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from lab.benchmarks.folds import load_folds
from lab.training import report, text_sets
from lab.training.data import fold_of
from lab.training.data import load as load_pages
from lab.training.html_sets import WEB
from winnow.read.lines.views import view
from winnow.read.plain import Model, TextPage, article_text, is_english, load, read_lines, split_lines
from winnow.read.plain.model import OTHERS

T = TypeVar("T")
Result = tuple[dict[str, Any], TextPage, str]  # a page's row of labels, its reading, its text


def timed(clock: Counter[str], name: str, work: Callable[[], T]) -> T:
    """Return the result of work, whose CPU seconds are added to the clock."""
    begin = time.process_time()
    result = work()
    clock[name] += time.process_time() - begin  # type: ignore[assignment]
    return result


def run(
    pages: Sequence[tuple[dict[str, Any], str]], models: Mapping[bool, Mapping[int, Model]], clock: Counter[str]
) -> list[Result]:
    """Return for every page its row, its reading and its text; the stages' CPU seconds are added to the clock.

    `models` are given by whether they are for captures in English, and by the fold that they have not seen.
    """
    out = []
    for row, text in pages:
        lines = timed(clock, "split", lambda text=text: split_lines(text))  # type: ignore[misc]
        model = models[is_english(view(lines))][fold_of(row["domain"])]
        page = timed(clock, "read", lambda lines=lines, model=model: read_lines(lines, model))  # type: ignore[misc]
        out.append((row, page, timed(clock, "write", lambda page=page: article_text(page.body))))  # type: ignore[misc]
    return out


def with_languages(results: Iterable[Result]) -> Iterator[Result]:
    """Yield every result, and those of the web again for their language, and for all languages but English."""
    for row, page, text in results:
        yield row, page, text
        spoken = row["language"] if row.get("set") == WEB else ""
        for group in (spoken, "not English") if spoken not in ("", "en") else (spoken,) if spoken else ():
            yield row | {"rendering": f"{row['rendering']} {group}"}, page, text


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--models", type=Path, help="folder with fold0.npz …")
    parser.add_argument("--others", type=Path, help="the same for captures that are not in English")
    parser.add_argument("--web", action="store_true", help="news and blog pages only")
    parser.add_argument("--limit", type=int, help="pages in all")
    args = parser.parse_args()
    models = {True: load_folds(args.models, load), False: load_folds(args.others, OTHERS.load)}
    pages = [*([] if args.web else load_pages(args.data)), *text_sets.web(args.data)][: args.limit]
    run(pages[:20], models, Counter())
    clock: Counter[str] = Counter()
    results = run(pages, models, clock)
    report.show(report.score(with_languages(results)))
    stages = "  ".join(f"{name} {1000 * seconds / len(pages):.2f}" for name, seconds in clock.items())
    print(f"CPU ms per page, mean of {len(pages)}: {1000 * clock.total() / len(pages):.2f}  ({stages})")


if __name__ == "__main__":
    main()
