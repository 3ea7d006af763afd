"""Speed of Winnow's whole crawl beside the bare call that it is built on, on the same pages in one invocation.

    python -m benchmarks.speed [FOLDER] [--pages N] [--rounds N] [--workers N] [--growth N …] [--known N] [--json FILE]

FOLDER holds HTML pages, the more like your own the better; without it N pages are made up. Every round runs, one after
the other, each as a program of its own, start and end included:

    crawl   `scrapy crawl seeds` into a new database
    loop    trafilatura.bare_extraction(with_metadata=True) on one page after the other
    pool    the same in a multiprocessing.Pool
    own     the function that Winnow's workers run, in a multiprocessing.Pool

then the crawl once more with nothing changed, and with 1 % new pages. `--growth 10000 100000` adds runs over as many
small pages, into an empty database and into one that knows `--known` articles. Shown are medians. Linux only.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import made
from benchmarks.growth import growth
from benchmarks.measured import Usage, crawl, run

PROJECT = Path(__file__).resolve().parent.parent
CONTENDERS = ("loop", "pool", "own")


@dataclass
class Bench:
    """Where the pages are and how they are measured."""

    folder: Path
    pages: int
    workers: int
    work: Path

    def crawl(self, folder: Path | None = None) -> Usage:
        """Run Winnow, into one database for all calls with the same folder."""
        database = self.work / ("copy.db" if folder else "articles.db")
        return crawl(folder or self.folder, database, "-s", f"WORKERS={self.workers}")

    def contender(self, name: str) -> Usage:
        """Run another program over the pages."""
        command = [sys.executable, "-m", "benchmarks.contenders", name, str(self.folder), str(self.workers)]
        return run(command, PROJECT)

    def round(self) -> dict[str, Usage]:
        """Measure every program once, on the whole folder; Winnow into a new database."""
        for left in self.work.glob("articles.db*"):
            left.unlink()
        return {"crawl": self.crawl()} | {name: self.contender(name) for name in CONTENDERS}

    def again(self) -> dict[str, Usage]:
        """Measure a run that finds nothing changed, and one that finds a page in a hundred new."""
        return {"unchanged": self.crawl(), "1 % new": self._one_percent_new()}

    def _one_percent_new(self) -> Usage:
        copy = self.work / "copy"
        shutil.copytree(self.folder, copy)
        count = max(self.pages // 100, 1)
        seeds = sorted(path for path in copy.rglob("*") if path.is_file())
        later = seeds[:: len(seeds) // count][:count]
        bodies = [path.read_bytes() for path in later]
        for path in later:
            path.unlink()
        for left in self.work.glob("copy.db*"):
            left.unlink()
        self.crawl(copy)
        for path, body in zip(later, bodies, strict=True):
            path.write_bytes(body)
        usage = self.crawl(copy)
        shutil.rmtree(copy)
        return usage


def middle(rounds: Sequence[Usage]) -> Usage:
    """Give the median of each figure."""
    rows = [asdict(usage) for usage in rounds]
    return Usage(**{name: median(row[name] for row in rows) for name in rows[0]})


def table(found: dict[str, Usage], pages: int) -> str:
    """Write the figures as a Markdown table; ratios are to the loop."""
    loop = found["loop"]
    lines = [
        "| | wall s | of loop | CPU s | of loop | pages/s | main CPU ms/page | largest MB | sum MB |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, use in found.items():
        cells = [
            f"{use.wall:.2f}", f"{use.wall / loop.wall:.2f}", f"{use.cpu:.2f}", f"{use.cpu / loop.cpu:.2f}",
            f"{pages / use.wall:.1f}", f"{1000 * use.main_cpu / pages:.2f}", f"{use.largest_mb:.0f}",
            f"{use.sum_mb:.0f}",
        ]  # fmt: skip
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def measure(bench: Bench, rounds: int) -> dict[str, Usage]:
    """Run the rounds, then the re-runs as often."""
    runs = [bench.round() for _ in range(rounds)]
    found = {name: middle([each[name] for each in runs]) for name in runs[0]}
    again = [bench.again() for _ in range(rounds)]
    return found | {name: middle([each[name] for each in again]) for name in again[0]}


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, help="HTML pages; made up when there is none")
    parser.add_argument("--pages", type=int, default=300, help="pages to make up")
    parser.add_argument("--rounds", type=int, default=3, help="0: only what --growth asks for")
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--growth", type=int, nargs="*", default=[], metavar="N", help="numbers of small pages")
    parser.add_argument("--known", type=int, default=0, help="articles that the database knows before, for --growth")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    args = parser.parse_args()
    figures: dict[str, Any] = {"cores": len(os.sched_getaffinity(0)), "workers": args.workers}
    with tempfile.TemporaryDirectory(prefix="winnow-") as temporary:
        work = Path(temporary)
        if args.rounds:
            folder = args.folder or work / "pages"
            if not args.folder:
                made.write(folder, range(args.pages))
            pages = sum(path.is_file() for path in folder.rglob("*"))
            found = measure(Bench(folder.resolve(), pages, args.workers, work), args.rounds)
            figures |= {"pages": pages, "runs": {name: asdict(usage) for name, usage in found.items()}}
            print(f"{pages} pages, {args.workers} workers, medians of {args.rounds}\n")
            print(table(found, pages), end="\n\n", flush=True)
        if args.growth:
            figures["growth"] = growth(args.growth, args.known, args.workers, work)
    if args.json:
        args.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
