"""Soak: one long crawl, and many short ones, with an eye on memory, open files, log and database."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from torture.crawls import Crawl, crawl, damage
from torture.pages import change_folder, ordinary_folder
from torture.report import Report, Scene

MEGABYTE = 1 << 20


@dataclass
class Sample:
    """What a crawl holds at one moment: memory of its main process and of all, open files, size of its log."""

    main: float
    all: float
    files: int
    log: float


def soak(scene: Scene) -> Iterator[Report]:
    """Crawl many pages at once, then few pages again and again."""
    yield _long(scene)
    yield _again_and_again(scene)


def _long(scene: Scene) -> Report:
    folder, database = scene.place / "long", scene.place / "long.db"
    ordinary_folder(folder, scene.times(600, 27_000))
    samples: list[Sample] = []
    with Crawl(folder, database) as running:
        while running.process.poll() is None:
            with suppress(OSError, IndexError):
                samples.append(_sample(running, database))
            time.sleep(0.25)
        ended = running.end()
        problems = [*ended.problems(0), *running.orphans(), *damage(database)]
    pages = sum(1 for file in folder.rglob("*") if file.is_file())
    size = database.stat().st_size / MEGABYTE
    middle, last = samples[len(samples) // 2], samples[-2]
    if last.main > 1.5 * middle.main + 30:
        problems.append(f"the main process grew from {middle.main:.0f} MB half-way to {last.main:.0f} MB")
    if max(sample.files for sample in samples) > 100:
        problems.append(f"{max(sample.files for sample in samples)} files were open")
    if max(sample.log for sample in samples) > 64:
        problems.append(f"the write-ahead log grew to {max(sample.log for sample in samples):.0f} MB")
    most = max(sample.all for sample in samples)
    happened = (
        f"main process {middle.main:.0f} MB half-way, {last.main:.0f} in the end; all {most:.0f}; "
        f"{max(s.files for s in samples)} files, log {max(s.log for s in samples):.0f} MB, database {size:.0f} MB"
    )
    return Report("one long crawl (pages)", pages, happened, problems)


def _again_and_again(scene: Scene) -> Report:
    folder, database = scene.place / "again", scene.place / "again.db"
    ordinary_folder(folder, 20)
    problems = crawl(folder, database).problems(0)
    change_folder(folder, 20)
    problems += crawl(folder, database).problems(0)
    size, times = database.stat().st_size, scene.times(4, 200)
    for _ in range(times):
        with Crawl(folder, database) as running:
            problems += [*running.end().problems(0), *running.orphans()]
    grown = database.stat().st_size - size
    if grown > 1024 * times + 16_384:
        problems.append(f"the database grew by {grown} bytes")
    left = sorted(file.name for file in scene.place.glob("again.db?*"))
    problems += [f"left behind: {left}"] if left else []
    problems += damage(database)
    happened = f"the database grew by {grown // times} bytes a run; nothing left beside it"
    return Report("short runs in a row on the same folder", times, happened, problems)


def _sample(running: Crawl, database: Path) -> Sample:
    memory = [_megabytes(process) for process in running.members()]
    log = Path(f"{database}-wal")
    return Sample(
        main=_megabytes(running.process.pid),
        all=sum(memory),
        files=len(os.listdir(f"/proc/{running.process.pid}/fd")),
        log=log.stat().st_size / MEGABYTE if log.exists() else 0,
    )


def _megabytes(process: int) -> float:
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE
