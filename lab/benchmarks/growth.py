"""How cost grows where it could grow with itself: pages that are alike, rebuilds, runs in which nothing has changed.

    python -m lab.benchmarks.growth [--sizes 500 1000 2000 4000] [--files 20000] [--records 2000] [--case NAME …]

Each line says what must hold and whether it does. Pages that are alike (`lab.benchmarks.growth_cases`) are handed to a
run as a worker would hand them in; nothing is extracted. So the figures are those of the process that decides and
writes: CPU over all pages, in milliseconds a page, at each size.

    distinct     pages that have nothing in common
    same words   captures of one article with the same text
    typography   captures of one article with the same words, in other letter case and quotes each
    left over    captures of one article, each with a sentence of its own
    templates    tables that differ in a few numbers only, each an article of its own
    one file     one file that changes, a sentence at a time, in a run each
    better page  plain-text captures of one article, and an HTML page of it at the end

`rebuild` decides all distinct pages, and all states of the one file, anew. `a night` is a whole run over so many known
pages that finds one more: a page like none before, or the one file changed once more. The other lines are crawls, by
`scrapy crawl seeds`, that find nothing new or one page: `--files` files, and containers of `--records` records.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path

from lab.benchmarks.growth_cases import CASES, Capture
from lab.benchmarks.growth_unchanged import FORMS, IN_A_FOLDER, container, crawled, known_files, one_new_file
from winnow.archive import rows
from winnow.archive.store import Store
from winnow.items import Page
from winnow.runs.rebuild import rebuild
from winnow.runs.run import Run

MOST = {"same words": 2, "typography": 2, "left over": 5, "templates": 5, "one file": 5, "better page": 5}
MOST_REBUILD, MOST_STEP = 1.5, 100
MOST_GROWTH = 1.5  # of the cost of a page from the smallest number of pages to the largest
LEAST_FILES, MOST_MB = 20_000, 1.1  # files a second of CPU; memory at the end beside that at half
MOST_SECONDS = 1
REBUILT = ("distinct", "one file")
NIGHTS = 5


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of CPU at one size: of a page, of the longest step, of a page of a rebuild, and of a night."""

    page: float
    longest: float
    rebuild: float
    night: float


def take(database: Path, captures: Iterable[Capture]) -> list[float]:
    """Take pages into a new database; return the milliseconds of CPU of each page and of each step at the end.

    A path that comes again comes in a run of its own, of which only what is done for the page is measured.
    """
    readings = [(capture, capture.reading(number)) for number, capture in enumerate(captures)]
    run, paths, steps, left = Run(Store(database)), set[str](), list[float](), list[bool]()
    for capture, reading in readings:
        page = Page(capture.path, "/made", size=len(capture.text), modified=reading.sha256)
        if page.path in paths:
            run.id = rows.insert(run.store.db, "runs", {"started": run.started, "settings": "{}", "versions": "{}"})
        paths.add(page.path)
        steps.append(cpu_of(lambda page=page, reading=reading: run.take(page, lambda _: reading)))  # type: ignore[misc]
    while not left or left[-1]:
        steps.append(cpu_of(lambda: left.append(run.store.measure())))
    steps.append(cpu_of(lambda: run.finish("finished")))
    return steps


def night(database: Path, capture: Capture, number: int) -> None:
    """Take one page in a whole run."""
    reading = capture.reading(number)
    with Run(Store(database)) as run:
        run.take(Page(capture.path, "/made", size=len(capture.text), modified=reading.sha256), lambda _: reading)


def cpu_of(work: Callable[[], object]) -> float:
    """Return the milliseconds of CPU that some work takes."""
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def measure(name: str, size: int, folder: Path) -> Cost:
    """Return what the pages of a case cost at one size; rebuild and nights are 0 where they are not asked for."""
    database = folder / f"{name}-{size}.db"
    captures = [*CASES[name](size)]
    steps = take(database, captures)
    page, longest = sum(steps) / size, max(steps)
    if name not in REBUILT:
        return Cost(page, longest, 0, 0)
    again = cpu_of(lambda: rebuild(database)) / size
    more = [*islice(CASES[name](size + NIGHTS), size, None)]
    nights = [cpu_of(lambda each=each: night(database, *each)) for each in zip(more, count(size))]  # type: ignore[misc]
    return Cost(page, longest, again, sorted(nights)[NIGHTS // 2])


def alike(names: Sequence[str], sizes: Sequence[int], folder: Path) -> None:
    """Print a line for each thing that must hold of pages that are alike."""
    costs = {
        name: [measure(name, size, folder) for size in sizes] for name in CASES if name in names or name == "distinct"
    }
    base = costs["distinct"]
    tell("distinct", "", [cost.page for cost in base])
    for name, own in costs.items():
        pages = [cost.page for cost in own]
        if name != "distinct":
            most = MOST[name]
            holds = all(page <= most * other.page for page, other in zip(pages, base, strict=True))
            tell(name, f"<= {most} distinct", pages, holds and pages[-1] <= MOST_GROWTH * pages[0])
    for name in [name for name in REBUILT if name in costs]:
        again = [cost.rebuild for cost in costs[name]]
        holds = all(cost.rebuild <= MOST_REBUILD * cost.page for cost in costs[name])
        tell(f"rebuild of {name}", f"<= {MOST_REBUILD} crawl", again, holds)
    if "better page" in costs:
        own = costs["better page"]
        holds = all(each.longest <= MOST_STEP * other.page for each, other in zip(own, base, strict=True))
        tell("longest step", f"<= {MOST_STEP} distinct", [each.longest for each in own], holds)
    if "one file" in costs:
        nights = [[each.night for each in costs[name]] for name in REBUILT]
        tell("a night, one new page", "", nights[0])
        holds = all(one - new <= MOST_STEP * cost.page for new, one, cost in zip(*nights, base, strict=True))
        tell("a night, one file", f"<= {MOST_STEP} distinct more", nights[1], holds)


def unchanged(files: int, folder: Path) -> None:
    """Print a line for crawls of files of which none has changed, in one folder and in many."""
    one = crawled(*known_files(1, 1, folder))
    for where, in_a_folder in (("one folder", files), ("many folders", IN_A_FOLDER)):
        run = crawled(*known_files(files, in_a_folder, folder))
        assert run.unchanged == files
        rate = files / max(run.cpu - one.cpu, 0.01)
        holds = rate >= LEAST_FILES and run.end_mb <= MOST_MB * run.half_mb
        figures = [rate, run.half_mb, run.end_mb]
        tell(f"{files:,} files, {where}", f">= {LEAST_FILES:,} a second, MB flat", figures, holds)


def containers(records: int, folder: Path) -> None:
    """Print two lines for crawls of containers of which nothing has changed, and to which a page was added.

    The one is compared with a run of one unchanged file, the other with a run of one new file.
    """
    one, new = crawled(*known_files(1, 1, folder / "one")), one_new_file(folder)
    for form in FORMS:
        again, longer = container(form, records, folder)
        assert (again.new, again.unchanged, longer.new, longer.unchanged) == (0, records, 1, records)
        for what, run, beside in (("unchanged", again, one), ("one more", longer, new)):
            more = run.cpu - beside.cpu
            tell(f"{form}, {records:,} {what}", f"< {MOST_SECONDS} s more", [more], more < MOST_SECONDS)


def tell(what: str, must: str, figures: Sequence[float], holds: bool | None = None) -> None:
    """Print a line of the table."""
    shown = " ".join(f"{figure:10,.2f}" for figure in figures)
    print(f"{what:30s} {shown:54s} {must:28s} {'' if holds is None else 'yes' if holds else 'NO'}".rstrip(), flush=True)


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 1000, 2000, 4000], help="pages that are alike")
    parser.add_argument("--case", nargs="*", choices=[*CASES], default=[*CASES])
    parser.add_argument("--files", type=int, default=20_000, help="unchanged files; 0: none")
    parser.add_argument("--records", type=int, default=2000, help="records of a container; 0: none")
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="winnow-") as folder:
        work = Path(folder)
        if args.case:
            print(f"{'ms of CPU a page':30s} {' '.join(f'{size:10,}' for size in args.sizes):54s} must")
            alike(args.case, args.sizes, work)
        if args.files:
            print(f"{'unchanged':30s} {'files/s    MB half     MB end':54s} must")
            unchanged(args.files, work)
        if args.records:
            print(f"{'containers':30s} {'s of CPU more than a run of one file':54s} must")
            containers(args.records, work)


if __name__ == "__main__":
    main()
