"""Speed of Winnow's whole crawl beside bare calls of trafilatura, on the same pages in one invocation.

    python -m lab.benchmarks.speed [FOLDER] [--pages N] [--rounds N] [--workers N] [--growth N …] [--known N]
        [--json FILE]
    python -m lab.benchmarks.speed [FOLDER] --against REF [--text FOLDER] [--pages N] [--rounds N] [--workers N]
        [--known N] [--json FILE]

FOLDER holds HTML pages, the more like your own the better; without it N pages are made up. Every round runs, one after
the other, each as a program of its own, start and end included:

    crawl   `scrapy crawl seeds` into a new database
    loop    trafilatura.bare_extraction(with_metadata=True) on one page after the other
    pool    the same in a multiprocessing.Pool
    own     the function that Winnow's workers run, in a multiprocessing.Pool

each also on one page only, which tells what a further page costs without the start; then the crawl once more with
nothing changed, and with 1 % new pages. `--growth 10000 100000` adds runs over as many small pages, into an empty
database and into one that knows `--known` articles. Shown are medians. Linux only.

With `--against REF`, all this is left out: this checkout is measured beside a commit of the repository, both in turn on
the same pages, and every line has the ratio of the two. That is the function that workers run, on each page and on each
of the text captures in `--text`; the start and a run that finds nothing changed; the whole crawl, also to the loop; and
the main process alone, into a new archive and into one that knows `--known` articles.
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

from lab.benchmarks import made
from lab.benchmarks.against import as_figures, compare
from lab.benchmarks.long_runs import growth
from lab.benchmarks.measured import PROJECT, Usage, crawl, run

PROGRAMS = ("crawl", "loop", "pool", "own")
START = ", 1 page"


@dataclass
class Bench:
    """Where the pages are and how they are measured; `one` is a folder with a single one of them."""

    folder: Path
    one: Path
    pages: int
    workers: int
    work: Path

    def crawl(self, folder: Path, database: str = "articles.db") -> Usage:
        """Run Winnow into a database, which may exist already."""
        return crawl(folder, self.work / database, "-s", f"WORKERS={self.workers}")

    def program(self, name: str, folder: Path) -> Usage:
        """Run one of the programs over a folder, Winnow into a new database; return what the program used."""
        if name == "crawl":
            self._remove("articles.db")
            return self.crawl(folder)
        return run([sys.executable, "-m", "lab.benchmarks.contenders", name, str(folder), str(self.workers)], PROJECT)

    def round(self) -> dict[str, Usage]:
        """Return what every program uses, each run once on one page and once on all."""
        found = {}
        for name in PROGRAMS:
            found[f"{name}{START}"] = self.program(name, self.one)
            found[name] = self.program(name, self.folder)
        return found

    def again(self) -> dict[str, Usage]:
        """Return what a run uses that finds nothing changed, and a run that finds one page in a hundred new."""
        self._remove("articles.db")
        self.crawl(self.folder)
        return {"unchanged": self.crawl(self.folder), "1 % new": self._one_percent_new()}

    def _one_percent_new(self) -> Usage:
        copy = self.work / "copy"
        shutil.copytree(self.folder, copy)
        count = max(self.pages // 100, 1)
        seeds = files_in(copy)
        later = seeds[:: len(seeds) // count][:count]
        bodies = [path.read_bytes() for path in later]
        for path in later:
            path.unlink()
        self._remove("copy.db")
        self.crawl(copy, "copy.db")
        for path, body in zip(later, bodies, strict=True):
            path.write_bytes(body)
        usage = self.crawl(copy, "copy.db")
        shutil.rmtree(copy)
        return usage

    def _remove(self, database: str) -> None:
        for left in self.work.glob(f"{database}*"):
            left.unlink()


def files_in(folder: Path) -> list[Path]:
    """Return the pages of a folder."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def middle(rounds: Sequence[Usage]) -> Usage:
    """Return the median of each figure."""
    rows = [asdict(usage) for usage in rounds]
    return Usage(**{name: median(row[name] for row in rows) for name in rows[0]})


def table(found: dict[str, Usage], pages: int) -> str:
    """Return the figures of whole programs as a Markdown table; ratios are to the loop."""
    loop = found["loop"]
    lines = [
        "| | wall s | of loop | CPU s | of loop | pages/s | main CPU ms/page | largest MB | sum MB |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, use in found.items():
        if name.endswith(START):
            continue
        cells = [
            f"{use.wall:.2f}", f"{use.wall / loop.wall:.2f}", f"{use.cpu:.2f}", f"{use.cpu / loop.cpu:.2f}",
            f"{pages / use.wall:.1f}", f"{1000 * use.main_cpu / pages:.2f}", f"{use.largest_mb:.0f}",
            f"{use.sum_mb:.0f}",
        ]  # fmt: skip
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def margins(found: dict[str, Usage], pages: int) -> str:
    """Return what a further page takes: all pages less a run over one page, which is nearly all start."""
    lines = ["| a further page | wall ms | CPU ms | main CPU ms | start s |", "| --- | --- | --- | --- | --- |"]
    for name in PROGRAMS:
        start, all_ = found[name + START], found[name]
        spent = (all_.wall - start.wall, all_.cpu - start.cpu, all_.main_cpu - start.main_cpu)
        cells = [f"{1000 * seconds / (pages - 1):.2f}" for seconds in spent]
        lines.append(f"| {name} | {' | '.join(cells)} | {start.wall:.2f} |")
    return "\n".join(lines)


def measure(bench: Bench, rounds: int) -> dict[str, Usage]:
    """Run the rounds, then the re-runs as often; return the medians."""
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
    parser.add_argument("--against", metavar="REF", help="a commit to measure beside this checkout")
    parser.add_argument("--text", type=Path, metavar="FOLDER", help="text captures, for --against")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    args = parser.parse_args()
    figures: dict[str, Any] = {"cores": len(os.sched_getaffinity(0)), "workers": args.workers}
    with tempfile.TemporaryDirectory(prefix="winnow-") as temporary:
        work = Path(temporary)
        folder = args.folder or work / "pages"
        if args.rounds and not args.folder:
            made.write(folder, range(args.pages))
        if args.against:
            texts = files_in(args.text) if args.text else []
            rows = compare(args.against, files_in(folder), texts, max(args.rounds, 1), args.workers, args.known)
            figures["against"] = as_figures(rows)
        elif args.rounds:
            pages, one = files_in(folder), work / "one"
            one.mkdir()
            shutil.copy(pages[len(pages) // 2], one)
            count = len(pages)
            found = measure(Bench(folder.resolve(), one, count, args.workers, work), args.rounds)
            figures |= {"pages": count, "runs": {name: asdict(usage) for name, usage in found.items()}}
            print(f"{count} pages, {args.workers} workers, medians of {args.rounds}\n")
            print(table(found, count), margins(found, count), sep="\n\n", end="\n\n", flush=True)
        if args.growth and not args.against:
            figures["growth"] = growth(args.growth, args.known, args.workers, work)
    if args.json:
        args.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
