"""What a crawl of a WARC costs beside a crawl of the same pages as files: throughput, CPU time, memory.

    python -m lab.benchmarks.containers --mb 1000

The pages are made up (`lab.benchmarks.made`) and written twice: as files, and as one WARC. Both are crawled in turn,
each round into new databases, and must give the same articles. Memory is sampled four times a second and shown for
the first and the second half of each crawl: where memory is bounded, the second half needs no more than the first.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import os
import statistics
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

from lab.benchmarks import made
from lab.benchmarks.measured import Usage, crawl, descendants, resident_mb
from lab.samples import record


@dataclass(slots=True)
class Memory:
    """The memory of a crawl over time: samples of the main process, and of the largest other process, in MB."""

    samples: list[tuple[float, float]] = field(default_factory=list)

    def look(self, pid: int) -> None:
        """Take a sample."""
        others = [0.0]
        for each in descendants(pid):
            with contextlib.suppress(OSError):
                others.append(resident_mb(each))
        self.samples.append((resident_mb(pid), max(others)))

    def course(self) -> str:
        """Return the peaks of the first half and of the second, of the main process and of the others, as cells."""
        middle = len(self.samples) // 2
        halves = [self.samples[:middle] or self.samples, self.samples[middle:]]
        peaks = [[max(column) for column in zip(*half, strict=True)] for half in halves]
        return " | ".join(f"{first:.0f}, {second:.0f}" for first, second in zip(*peaks, strict=True))


def write(work: Path, size: int, is_packed: bool) -> tuple[Path, Path, int]:
    """Write pages of so many bytes as files and as a WARC; return both places and the number of pages."""
    files, warc = work / "files", work / f"pages.warc{'.gz' if is_packed else ''}"
    count = 0
    with open(warc, "wb") as out:
        while size > 0:
            page = made.page(count)
            place = files / f"{count // 1000:04}"
            place.mkdir(parents=True, exist_ok=True)
            (place / f"{count:07}.html").write_bytes(page)
            captured = record(f"http://site{count % 50}.example/{count}", page)
            out.write(gzip.compress(captured) if is_packed else captured)
            size -= len(page)
            count += 1
    return files, warc, count


def _texts(database: Path) -> set[tuple[str, ...]]:
    db = Database(database)
    try:
        return set(db.execute("SELECT title, text FROM articles"))
    finally:
        db.close()


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mb", type=int, default=100, help="size of the pages, unpacked")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--plain", action="store_true", help="do not gzip the records")
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="winnow-") as temporary:
        work = Path(temporary)
        *sources, pages = write(work, args.mb << 20, not args.plain)
        used: dict[str, list[Usage]] = {"files": [], "WARC": []}
        memory = {name: Memory() for name in used}  # of the last round
        for number in range(args.rounds):
            for name, source in zip(used, sources, strict=True):
                database = work / f"{name}{number}.db"
                memory[name] = Memory()
                used[name].append(crawl(source, database, "-s", f"WORKERS={args.workers}", look=memory[name].look))
            same = _texts(work / f"files{number}.db") == _texts(work / f"WARC{number}.db")
        again = crawl(sources[1], work / "WARC0.db", "-s", f"WORKERS={args.workers}")
    print(f"{pages} pages, {args.mb} MB, {args.workers} workers, medians of {args.rounds}\n")
    print("| | pages/s | CPU ms/page | main process, ms/page | main MB | largest MB | sum MB |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, runs in used.items():
        wall, cpu, main_cpu, main_mb, largest, total = (
            statistics.median(getattr(each, field) for each in runs)
            for field in ("wall", "cpu", "main_cpu", "main_mb", "largest_mb", "sum_mb")
        )
        numbers = f"{pages / wall:.1f} | {1000 * cpu / pages:.2f} | {1000 * main_cpu / pages:.2f}"
        print(f"| {name} | {numbers} | {main_mb:.0f} | {largest:.0f} | {total:.0f} |")
    print("\n| peaks in the first half, in the second | main process, MB | largest other, MB |\n| --- | --- | --- |")
    for name, course in memory.items():
        print(f"| {name} | {course.course()} |")
    ratios = [(a.wall / b.wall, a.cpu / b.cpu) for a, b in zip(used["files"], used["WARC"], strict=True)]
    wall, cpu = (statistics.median(column) for column in zip(*ratios, strict=True))
    print(f"\nthroughput of the WARC over that of the files: {wall:.3f} by wall time, {cpu:.3f} by CPU time")
    print(f"the same articles: {'yes' if same else 'no'}; the WARC once more, unchanged: {again.wall:.1f} s")


if __name__ == "__main__":
    main()
