"""Read the pages of one shard with the project's own workers and write what each says to one Parquet file."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from functools import cache
from itertools import count, islice
from typing import Any

import pyarrow as pa

from winnow.archive.articles import EXTRACTED, SHAPE
from winnow.cluster.container_pages import ContainerPages
from winnow.cluster.page_row import Row, read_row, rejected
from winnow.cluster.places import table_writer
from winnow.cluster.sources import Shard, begin_of, page_of
from winnow.corrections import Correction
from winnow.items import Page, Reason, Rejection
from winnow.match.said import gather
from winnow.runs.workers import Limits, Work, Workers
from winnow.sources.beside import passed_by_look
from winnow.sources.containers import kind_of
from winnow.sources.containers.batches import BatchJob, read_batch
from winnow.sources.containers.records import ContainerOptions
from winnow.text import one_line

PAGES_PER_WORKER = 8  # pages in flight for each worker
ROWS = 500  # rows written at once: a container may have millions
PLACE_BITS = 32  # low bits of a page's place, which are its row in the shard; the bits above are the shard's number

SHARDS = 3  # how shards are written; a job that another version has begun is not gone on with
# Metadata of a shard's file, as JSON: the rows of its containers, and how many files were passed over, by reason.
CONTAINERS_READ, PASSED_OVER = "containers", "passed"

_starting = threading.Lock()

KNOWN = ("path", "root", "size", "modified", "captured", "container", "payload_digest")  # before a page is read
_TEXTS = (
    "path", "root", "page_url", "captured", "revisits", "revisits_captured", "payload_digest", "sha256",
    "modified", "media_type", "encoding", "reason", "detail", "refused", *SHAPE, "title", "text", "words_sha256",
    *EXTRACTED, "overruled",
)  # fmt: skip
SCHEMA = pa.schema(
    [
        ("place", pa.int64()),
        *[(name, pa.string()) for name in _TEXTS],
        ("size", pa.int64()),
        ("container", pa.int64()),
        ("word_count", pa.int64()),
        ("confidence", pa.float64()),
        ("sketch", pa.list_(pa.int32())),
    ]
)

CONTAINERS = pa.schema(
    [
        *[(name, pa.int64()) for name in ("id", "size", "position", "lines", "records")],
        *[(name, pa.string()) for name in ("source", "root", "path", "kind", "modified", "ends", "passed")],
    ]
)


def read_shard(shard: Shard, place: str, workers: int, options: ContainerOptions, **wanted: Any) -> int:
    """Read a shard, write a Parquet file with a row for each page, in order, and return the number of pages.

    `place` is where the file goes; `workers` are the worker processes of this machine, 0 for one a core, `wanted`
    further arguments of `read_row`, with `corrections` for what is said.
    """
    workers = workers or len(os.sched_getaffinity(0))
    pool = _workers(workers, options.max_bytes, **wanted)
    containers: list[ContainerPages] = []
    passed = Counter[str]()
    failed: set[int | None] = set()  # ids of the containers with a page that failed inside Winnow
    place_of = count(shard.number << PLACE_BITS)
    with contextlib.ExitStack() as stack:
        pages = _pages(shard, options, containers, passed, stack)
        rows, pages_read = _read(pages, pool, PAGES_PER_WORKER * workers), 0
        writer = stack.enter_context(table_writer(place, SCHEMA))
        while batch := [{"place": next(place_of), **row} for row in islice(rows, ROWS)]:
            writer.write_table(pa.Table.from_pylist(batch, schema=SCHEMA))
            pages_read += len(batch)
            failed |= {row["container"] for row in batch if row.get("reason") and Reason(row["reason"]).is_failure}
        told = [container.row(container.number in failed) for container in containers]
        writer.add_key_value_metadata({CONTAINERS_READ: json.dumps(told), PASSED_OVER: json.dumps(passed)})
    return pages_read


def _pages(
    shard: Shard,
    options: ContainerOptions,
    containers: list[ContainerPages],
    passed: Counter[str],
    stack: contextlib.ExitStack,
) -> Iterator[Page]:
    """Yield the pages of a shard's files, in order, and add the containers among them to `containers`.

    Files that are no pages as they begin are counted in `passed`, by their reason.

    A container's id is the place that a page at the place of its file would have, counted from 1.
    """
    read: Callable[[BatchJob], Any] | None = None
    for number, source in enumerate(shard.sources, (shard.number << PLACE_BITS) + 1):
        begin = begin_of(source)
        kind = kind_of(source.path, begin) if source.size else None
        why = None if kind or source.is_named else passed_by_look(source.path, begin, source.size)
        if why:
            passed[why] += 1
            continue
        if kind is None:
            yield page_of(source, options.max_bytes)
            continue
        read = read or stack.enter_context(_container_reader())
        containers.append(ContainerPages(source, kind, number, options))
        yield from containers[-1].pages(read)


def _read(pages: Iterator[Page], pool: Workers, ahead: int) -> Iterator[Row]:
    """Yield the rows of pages, in order; `ahead` pages are handed to the workers before the first row is waited for."""
    waiting: deque[tuple[Row, str | None, Future[Any] | Row]] = deque()
    for page in pages:
        known = _known(page)
        if page.problem or page.revisits:
            waiting.append((known, None, rejected(page.problem) if page.problem else {}))
        else:
            waiting.append((known, hashlib.sha256(page.body).hexdigest(), pool.submit(page)))
        while len(waiting) >= ahead:
            yield _finished(*waiting.popleft())
    while waiting:
        yield _finished(*waiting.popleft())


def _known(page: Page) -> Row:
    known = {name: getattr(page, name) for name in KNOWN}
    revisits, captured = page.revisits or (None, None)
    return known | {"page_url": page.url, "revisits": revisits, "revisits_captured": captured}


def _finished(known: Row, sha256: str | None, answer: Future[Any] | Row) -> Row:
    """Wait for a page and return its row: what the page says, or why no worker could read it."""
    if isinstance(answer, dict):
        return known | answer
    try:
        result = answer.result()
    except Exception as error:
        result = Rejection(Reason.CRASHED, one_line(f"no worker could take it: {error}"))
    return {**known, "sha256": sha256, **(rejected(result) if isinstance(result, Rejection) else result)}


def _workers(count: int, limit: int, **wanted: Any) -> Workers:
    """Return the workers of this process, which serve all shards that the process reads, several at a time."""
    with _starting:
        return _started(count, limit, **wanted)


@cache
def _started(count: int, limit: int, corrections: tuple[Correction, ...] = (), **wanted: Any) -> Workers:
    return Workers(Work.of(read_row, max_bytes=limit, said=gather(corrections), **wanted), count, Limits())


@contextlib.contextmanager
def _container_reader() -> Iterator[Callable[[BatchJob], Any]]:
    """Yield a function that reads a batch of a container, in a process of its own."""
    with _starting:
        pool = Workers(Work.of(read_batch), 1, replace(Limits(), pages=sys.maxsize))
    try:
        yield lambda job: pool.submit(job).result()
    finally:
        pool.end()
