"""Soak: one long crawl and many short ones, in which memory, open files, log and database are watched."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from lab.samples import html_page, sentences
from lab.torture.crawls import Crawl, Ended, crawl, damage, rows
from lab.torture.pages import change_folder, ordinary_folder
from lab.torture.report import Report, Scene

MEGABYTE = 1 << 20
OPEN_FILES = 100  # of the main process
LOG_MB = 100


@dataclass(frozen=True)
class Sample:
    """What a crawl holds at one moment: pages, open files; in MB memory (main process, all), log, database."""

    pages: int
    main: float
    all: float
    files: int
    log: float
    database: float

    @property
    def stored(self) -> float:
        """Return the size of database and log together: pages stand in the log before they stand in the database."""
        return self.database + self.log


def long_crawl(scene: Scene) -> Iterator[Report]:
    """Crawl many pages at once."""
    folder, database = scene.place / "pages", scene.place / "articles.db"
    ordinary_folder(folder, scene.times(600, 27_300))
    with Crawl(folder, database) as running:
        samples, ended = _watch(running, database, 0.25)
        problems = [*ended.problems(0), *running.orphans(), *damage(database), *_excess(samples)]
    [(pages,)] = rows(database, "SELECT count(*) FROM pages")
    last = samples[-1]
    middle = next(sample for sample in samples if sample.pages >= last.pages // 2)
    if last.main > 1.5 * middle.main + 30:
        problems.append(f"the main process grew from {middle.main:.0f} MB half-way to {last.main:.0f} MB")
    if last.stored > 2.5 * middle.stored + 10:
        problems.append(f"database and log grew from {middle.stored:.0f} MB half-way to {last.stored:.0f} MB")
    if pages != sum(1 for file in folder.rglob("*") if file.is_file()):
        problems.append(f"{pages} pages are recorded, not all that were there")
    most, files, log = (max(getattr(sample, name) for sample in samples) for name in ("all", "files", "log"))
    happened = (
        f"main process {middle.main:.0f} MB half-way, {last.main:.0f} in the end; all {most:.0f} MB; {files} files,"
        f" log {log:.0f} MB;"
        f" database with its log {middle.stored:.0f} MB half-way, {last.stored:.0f} in the end"
    )
    yield Report("one long crawl (pages)", pages, happened, problems)


def many_runs(scene: Scene) -> Iterator[Report]:
    """Crawl a small folder again and again; before every fourth run one page gets another text, and one is touched."""
    folder, database = scene.place / "pages", scene.place / "articles.db"
    ordinary_folder(folder, 20)
    problems = crawl(folder, database).problems(0)
    change_folder(folder, 20)
    texts = [html_page("The page that changes", sentences(4_000_000 + number)) for number in range(2)]
    size, times, tops = 0, scene.times(9, 200), list[Sample]()
    for number in range(times):
        if number % 4 == 0:
            (folder / "changing.html").write_text(texts[number // 4 % 2], encoding="utf-8")
            os.utime(folder / "00001-b.html")
        with Crawl(folder, database) as running:
            samples, ended = _watch(running, database, 0.1)
            problems += [*ended.problems(0), *running.orphans(), *_excess(samples)]
        tops.append(max(samples, key=lambda sample: sample.main))
        if number == 4:  # all texts have been read once
            size = database.stat().st_size
    grown = database.stat().st_size - size
    [(told,)] = rows(database, "SELECT sum(100 + length(settings) + length(versions) + length(skipped)) FROM runs")
    if grown > 1.5 * told + 16_384:  # a run leaves its row, in pages that are two thirds full
        problems.append(f"the database grew by {grown} bytes, though the rows of the runs have {told}")
    first, last = (max(top.main for top in some) for some in (tops[: times // 3], tops[-(times // 3) :]))
    if last > 1.2 * first:
        problems.append(f"the main process grew from {first:.0f} MB in the first runs to {last:.0f} MB in the last")
    left = sorted(file.name for file in scene.place.glob("articles.db?*"))
    problems += [f"left behind: {left}"] if left else []
    problems += damage(database)
    happened = (
        f"the database grew by {grown // times} bytes a run; main process {first:.0f} MB in the first third, {last:.0f}"
        f" in the last; {max(top.files for top in tops)} files; nothing left beside it"
    )
    yield Report("short runs in a row, a page changed in every fourth", times, happened, problems)


def _watch(running: Crawl, database: Path, every: float) -> tuple[list[Sample], Ended]:
    """Return samples of a crawl, one each `every` seconds, and how the crawl ended."""
    samples = []
    while running.process.poll() is None:
        with suppress(OSError, IndexError, sqlite3.Error):
            sample = _sample(running, database)
            if sample.main:  # not that of a process that has just ended
                samples.append(sample)
        time.sleep(every)
    return samples, running.end()


def _excess(samples: Sequence[Sample]) -> list[str]:
    files, log = max(sample.files for sample in samples), max(sample.log for sample in samples)
    told = [f"{files} files were open"] if files > OPEN_FILES else []
    return [*told, f"the write-ahead log grew to {log:.0f} MB"] if log > LOG_MB else told


def _sample(running: Crawl, database: Path) -> Sample:
    [(pages,)] = rows(database, "SELECT ifnull(max(id), 0) FROM pages") if database.exists() else [(0,)]
    return Sample(
        pages=pages,
        main=_megabytes(running.process.pid),
        all=sum(_megabytes(process) for process in running.members()),
        files=len(os.listdir(f"/proc/{running.process.pid}/fd")),
        log=_size(Path(f"{database}-wal")),
        database=_size(database),
    )


def _size(file: Path) -> float:
    return file.stat().st_size / MEGABYTE if file.exists() else 0


def _megabytes(process: int) -> float:
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE
