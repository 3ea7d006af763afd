"""The whole path without Scrapy, in one process: for notebooks, other engines, and as an oracle for tests.

A page on which reading fails is rejected as in a crawl; but no worker process bounds the page's time and memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from pathlib import Path

from winnow.archive.store import Store
from winnow.items import MAX_PAGE_BYTES, Page, Rejection
from winnow.kinds import EVERY_KIND, Kinds, of_kinds
from winnow.match.decide_page import is_known
from winnow.read.page import read_page
from winnow.reading import Reading, unread
from winnow.runs.changed_files import LOOKUP_BATCH, changed_files, with_kinds
from winnow.runs.run import Run
from winnow.runs.watch import Watch
from winnow.runs.workers import attempt
from winnow.sources.containers import ContainerKind, check, kind_in
from winnow.sources.containers.batches import read_batch
from winnow.sources.containers.progress import ContainerProgress
from winnow.sources.containers.records import ContainerOptions
from winnow.sources.folder import SeedFile, Skipped, resolve_roots


def run_pages(
    pages: Iterable[Page],
    database: Path,
    max_bytes: int = MAX_PAGE_BYTES,
    kinds: Kinds = EVERY_KIND,
    with_comments: bool = False,
) -> dict[str, int]:
    """Run the whole path over pages and return the run's counts, by the names of the columns of `runs`.

    A page of more than `max_bytes` bytes is rejected, and so is one of none of the `kinds`. `with_comments` keeps the
    comments below an article. Raises `StartError` if the database cannot be opened, and whatever `pages` and the
    database raise; the run's status is `failed` then.
    """
    with Run(Store(database, kinds=kinds)) as run:
        _take(run, pages, max_bytes, kinds, with_comments)
    return run.counts.row()


def run_folder(
    folder: Path,
    database: Path,
    max_bytes: int = MAX_PAGE_BYTES,
    jsonl_fields: Mapping[str, str] | None = None,
    kinds: Kinds = EVERY_KIND,
    with_comments: bool = False,
) -> dict[str, int]:
    """Run the whole path over a folder, or one file, and return the run's counts as `run_pages` does.

    The rows are those of a crawl: containers are read record by record, files that have not changed since the last run
    are only counted. A run that has not seen what it should see of the folder is `stopped`. `jsonl_fields` is the
    setting `JSONL_FIELDS`. Raises `StartError` if there is no such folder or the one file needs a library that is not
    installed, and whatever `run_pages` raises.
    """
    places = resolve_roots([str(folder)])
    [(root, only)] = places
    check(kind_in(only, str(root / only)) if only else None)
    options = ContainerOptions(max_bytes, jsonl_fields or {})
    with Run(Store(database, kinds=kinds)) as run:
        run.begin_sources(places)
        for source, watch in run.folders:
            files = _seeds(source.seeds(), watch)
            _take(run, _pages(run, files, options, watch), max_bytes, kinds, with_comments)
    return run.counts.row()


def _take(run: Run, pages: Iterable[Page], max_bytes: int, kinds: Kinds, with_comments: bool) -> None:
    known = partial(is_known, has_bytes=run.store.index.has_bytes)

    def read(page: Page) -> Reading:
        work = partial(read_page, max_bytes=max_bytes, is_known=known, with_comments=with_comments)
        answer: Reading | Rejection = attempt(work, page)
        return unread(page, answer, max_bytes) if isinstance(answer, Rejection) else of_kinds(answer, kinds)

    for page in pages:
        run.take(page, read)


def _seeds(found: Iterable[SeedFile | Skipped], watch: Watch) -> Iterator[SeedFile]:
    for each in found:
        if isinstance(each, SeedFile):
            yield each
        else:
            watch.skip(each)


def _pages(run: Run, files: Iterator[SeedFile], options: ContainerOptions, watch: Watch) -> Iterator[Page]:
    """Yield the pages of the files that must be read; account for the others."""
    while seeds := list(islice(files, LOOKUP_BATCH)):
        for found in with_kinds(changed_files(seeds, run)):
            if isinstance(found, Skipped):
                watch.skip(found)
                run.pass_over([found])
                continue
            seed, kind = found
            if kind is None:
                yield seed.page
            else:
                yield from _records(run, seed.page, kind, options)


def _records(run: Run, place: Page, kind: ContainerKind, options: ContainerOptions) -> Iterator[Page]:
    """Yield the pages of a container that must be read; account for it when all of them have been taken."""
    known = run.find_container(place, kind.name)
    if known.is_as_before(place.size, place.modified) and not known.is_due:
        run.skip_container(known)
        return
    progress = ContainerProgress(place, kind, known, options)
    while not progress.is_over:
        yield from progress.take(read_batch(progress.job))
    if progress.is_whole:
        run.end_container(known, progress.read)
