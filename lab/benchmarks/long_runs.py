"""Time per page and memory of Winnow in long runs, while the archive grows."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lab.benchmarks import made
from lab.benchmarks.measured import cpu_seconds, crawl, descendants, resident_mb

EARLY, SPAN = 1000, 2000  # pages: the first ones pay for the start; the time per page is taken over a span


@dataclass
class Course:
    """Samples taken while a crawl is running: (pages done, main process CPU s, main MB, largest worker MB)."""

    database: Path
    samples: list[tuple[int, float, float, float]] = field(default_factory=list)

    def look(self, pid: int) -> None:
        """Take a sample."""
        try:
            with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as db:
                pages = db.execute("SELECT pages FROM runs ORDER BY id DESC LIMIT 1").fetchone()[0]
        except (sqlite3.Error, TypeError):
            return  # the database is being made
        workers = [resident_mb(child) for child in descendants(pid)]
        self.samples.append((pages, cpu_seconds(pid), resident_mb(pid), max(workers, default=0.0)))

    def ms_per_page(self, begin: int, end: int) -> float:
        """Return the main process's CPU time per page between two numbers of pages, or the nearest samples."""
        span = [sample for sample in self.samples if begin <= sample[0] <= end]
        if len(span) < 2 or span[0][0] == span[-1][0]:
            return float("nan")
        return 1000 * (span[-1][1] - span[0][1]) / (span[-1][0] - span[0][0])

    def peaks(self, begin: int, end: int) -> tuple[float, float]:
        """Return the highest memory of the main process and of a worker between two numbers of pages."""
        span = [sample for sample in self.samples if begin <= sample[0] <= end]
        return max((row[2] for row in span), default=0.0), max((row[3] for row in span), default=0.0)


def growth(sizes: Sequence[int], known: int, workers: int, work: Path) -> list[dict[str, Any]]:
    """Measure runs over small pages, each into an empty database and, if asked, into one with known articles."""
    found = []
    for size in sizes:
        folder = work / f"small{size}"
        made.write(folder, range(size), small=True)
        for before in sorted({0, known}):
            row = _course(folder, size, before, workers, work / f"growth{size}-{before}.db")
            print("; ".join(f"{name} {value:,}" for name, value in row.items()), flush=True)
            found.append(row)
        shutil.rmtree(folder)
    return found


def _course(folder: Path, size: int, known: int, workers: int, database: Path) -> dict[str, Any]:
    if known:
        made.preload(database, known)
    course = Course(database)
    first = crawl(folder, database, "-s", f"WORKERS={workers}", look=course.look)
    again = crawl(folder, database, "-s", f"WORKERS={workers}")
    early = course.ms_per_page(EARLY, EARLY + SPAN)
    late = course.ms_per_page(size - SPAN, size)
    half, end = course.peaks(0, size // 2), course.peaks(size // 2, size)
    row = {
        "pages": size,
        "known before": known,
        "wall s": first.wall,
        "CPU s": first.cpu,
        "main ms/page early": early,
        "main ms/page late": late,
        "main MB 1st half": half[0],
        "main MB 2nd half": end[0],
        "worker MB 1st half": half[1],
        "worker MB 2nd half": end[1],
        "unchanged wall s": again.wall,
        "unchanged files/s": size / again.wall,
        "database MB": database.stat().st_size / 2**20,
    }
    for left in database.parent.glob(database.name + "*"):
        left.unlink()
    return {name: round(value, 2) for name, value in row.items()}
