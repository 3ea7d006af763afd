"""Text pages: quality out of fold, and CPU per page.

    python -m lab.benchmarks.textpage --data FOLDER --models FOLDS [--limit N]

FOLDER holds `text-dev`; FOLDS is what `python -m lab.training.textpage --folds-out` wrote: every page is read by the
model that has not seen its site.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from lab.benchmarks.folds import load_folds
from lab.training import report
from lab.training.data import fold_of
from lab.training.data import load as load_pages
from winnow.read.plain import Model, TextPage, article_text, load, read_lines, split_lines

T = TypeVar("T")


def timed(clock: Counter[str], name: str, work: Callable[[], T]) -> T:
    """Return the result of work, whose CPU seconds are added to the clock."""
    begin = time.process_time()
    result = work()
    clock[name] += time.process_time() - begin  # type: ignore[assignment]
    return result


def run(
    pages: Sequence[tuple[dict[str, Any], str]], models: Mapping[int, Model], clock: Counter[str]
) -> list[tuple[dict[str, Any], TextPage, str]]:
    """Return for every page its row, its reading and its text; the stages' CPU seconds are added to the clock."""
    out = []
    for row, text in pages:
        model = models[fold_of(row["domain"])]
        lines = timed(clock, "split", lambda text=text: split_lines(text))  # type: ignore[misc]
        page = timed(clock, "read", lambda lines=lines, model=model: read_lines(lines, model))  # type: ignore[misc]
        out.append((row, page, timed(clock, "rebuild and extract", lambda page=page: article_text(page.body))))  # type: ignore[misc]
    return out


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--models", type=Path, required=True, help="folder with fold0.npz …")
    parser.add_argument("--limit", type=int, help="pages in all")
    args = parser.parse_args()
    models = load_folds(args.models, load)
    pages = load_pages(args.data)[: args.limit]
    run(pages[:20], models, Counter())
    clock: Counter[str] = Counter()
    results = run(pages, models, clock)
    report.show(report.score(results))
    stages = "  ".join(f"{name} {1000 * seconds / len(pages):.2f}" for name, seconds in clock.items())
    print(f"CPU ms per page, mean of {len(pages)}: {1000 * clock.total() / len(pages):.2f}  ({stages})")


if __name__ == "__main__":
    main()
