"""Crawls of many files and of large containers in which nothing is new, or one record; the files are made up."""

from __future__ import annotations

import gzip
import os
import sqlite3
import zipfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from lab.benchmarks import made
from lab.benchmarks.containers import Memory
from lab.benchmarks.measured import crawl
from lab.samples import jsonl, record
from winnow.archive.store import Store
from winnow.runs.run import Run
from winnow.sources.containers import KIND_NAMED
from winnow.sources.containers.batches import read_batch
from winnow.sources.containers.progress import ContainerProgress
from winnow.sources.containers.records import ContainerOptions
from winnow.sources.folder import SeedFile, seed_files
from winnow.times import utc_time

IN_A_FOLDER = 100  # files, where they lie in many folders
_TEXT = "made up"


@dataclass(frozen=True, slots=True)
class Crawled:
    """CPU seconds of a crawl, the peaks of its main process in its first half and second half in MB, and its counts."""

    cpu: float
    half_mb: float
    end_mb: float
    new: int
    unchanged: int


def crawled(place: Path, database: Path) -> Crawled:
    """Crawl a file or folder and return what that took."""
    memory = Memory()
    used = crawl(place, database, look=memory.look)
    with closing(sqlite3.connect(database)) as db:
        new, unchanged = db.execute("SELECT new, unchanged FROM runs ORDER BY id DESC LIMIT 1").fetchone()
    sizes = [main for main, _ in memory.samples] or [used.main_mb]
    middle = len(sizes) // 2
    return Crawled(used.cpu, max(sizes[: middle + 1]), max(sizes[middle:]), new, unchanged)


def known_files(count: int, in_a_folder: int, work: Path) -> tuple[Path, Path]:
    """Write so many files, and a database that knows them all, each as an article; return both places."""
    folder, database = (work / f"files-{count}-{in_a_folder}").resolve(), work / f"files-{count}-{in_a_folder}.db"
    paths = [f"{number // in_a_folder:07}/{number:07}.txt" for number in range(count)]
    for place in {os.path.dirname(path) for path in paths}:
        (folder / place).mkdir(parents=True)
    for path in paths:
        (folder / path).write_text(_TEXT)
        os.utime(folder / path, (0, 0))
    with Run(Store(database)) as run:
        _know(run.store, paths, str(folder))
    return folder, database


def one_new_file(work: Path) -> Crawled:
    """Crawl a file that no database knows, and return what that took."""
    place = work / "new.html"
    place.write_bytes(made.small_page(-1))
    return crawled(place, work / "new.db")


def _know(store: Store, paths: Sequence[str], root: str, container: int | None = None) -> None:
    """Let a new database have a page with an article at each path, in a run before all others."""
    db, source, key = store.db.conn, store.source_of(root), sha256(_TEXT.encode()).hexdigest()
    size, modified, ids = len(_TEXT), utc_time(0), range(1, len(paths) + 1)
    db.execute("INSERT INTO known_texts (sha256, words_sha256, text) VALUES (?1, ?1, ?2)", [key, _TEXT])
    db.executemany(
        "INSERT INTO articles (id, text, word_count, first_seen, last_seen) VALUES (?, ?, 2, '', '')",
        [(number, _TEXT) for number in ids],
    )
    db.executemany(
        "INSERT INTO pages (id, article_id, path, root, source, sha256, size, modified, outcome, reason, detail,"
        " similarity, text_sha256, container_id, first_run, last_run)"
        " VALUES (?1, ?1, ?2, ?3, ?4, ?1, ?5, ?6, 'article', 'new', '', 1, ?7, ?8, 1, 1)",
        [(number, path, root, source, size, modified, key, container) for number, path in zip(ids, paths, strict=True)],
    )
    db.execute("UPDATE articles SET page_id = id")


def known_container(form: str, count: int, work: Path) -> tuple[Path, Path]:
    """Write a container of so many pages, and a database that knows them all; return both places."""
    name, append = FORMS[form]
    place, database = (work / name).resolve(), work / f"{form}.db"
    append(place, range(count))
    kind, seed = KIND_NAMED[form], next(seed_files(place.parent, place.name))
    assert isinstance(seed, SeedFile)
    with Run(Store(database)) as run:
        page = replace(seed.page, root=str(place.parent))
        known = run.find_container(page, kind.name)
        progress, paths = ContainerProgress(page, kind, known, ContainerOptions()), list[str]()
        while not progress.is_over:
            paths += [each.path for each in progress.take(read_batch(progress.job))]
        _know(run.store, paths, page.root, known.id)
        run.store.containers.end(known, progress.read, run.id)
    return place, database


def _warc(place: Path, numbers: Iterable[int]) -> None:
    with open(place, "ab") as out:
        for number in numbers:
            out.write(gzip.compress(record(f"http://a.example/{number}", made.small_page(number))))


def _zip(place: Path, numbers: Iterable[int]) -> None:
    with zipfile.ZipFile(place, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in numbers:
            archive.writestr(f"{number:07}.html", made.small_page(number))


def _json_lines(place: Path, numbers: Iterable[int]) -> None:
    with open(place, "ab") as out:
        for number in numbers:
            out.write(jsonl({"url": f"http://a.example/{number}", "html": made.small_page(number).decode()}))


FORMS: dict[str, tuple[str, Callable[[Path, Iterable[int]], None]]] = {
    "WARC": ("pages.warc.gz", _warc),
    "ZIP": ("pages.zip", _zip),
    "JSON Lines": ("pages.jsonl", _json_lines),
}


def container(form: str, count: int, work: Path) -> tuple[Crawled, Crawled]:
    """Return what it takes to crawl a known container of so many pages, and again with one page more."""
    place, database = known_container(form, count, work)
    again = crawled(place, database)
    FORMS[form][1](place, [count])
    return again, crawled(place, database)
