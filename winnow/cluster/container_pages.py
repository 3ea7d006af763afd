"""A container on an engine: its pages, read as a crawl reads it, and its row in `containers`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from winnow.cluster.sources import Source, local_file
from winnow.items import Page, Reason, Rejection, StartError
from winnow.sources.containers import ContainerKind
from winnow.sources.containers.batches import Batch, BatchJob, as_batch
from winnow.sources.containers.progress import ContainerProgress
from winnow.sources.containers.reading_state import KnownContainer
from winnow.sources.containers.records import BEGINNING, ContainerOptions


class ContainerPages:
    """The pages of one container and, once they are read, its row in `containers`; `number` is the container's id."""

    def __init__(self, source: Source, kind: ContainerKind, number: int, options: ContainerOptions) -> None:
        self._source, self._kind, self.number, self._options = source, kind, number, options
        self._progress: ContainerProgress | None = None

    def pages(self, read: Callable[[BatchJob], Any]) -> Iterator[Page]:
        """Yield all pages of the container; `read` reads a batch in a process that a hostile container may crash."""
        source = self._source
        known = KnownContainer(self.number, None, None, None, BEGINNING, 0, Counter(), None)
        try:
            with local_file(source) as file:
                place = Page(source.path, source.root, size=source.size, modified=source.modified, file=file)
                progress = self._progress = ContainerProgress(place, self._kind, known, self._options)
                while not progress.is_over:
                    yield from progress.take(_batch(read, progress.job))
        except OSError as error:
            why = f"cannot be read: {error.strerror or type(error).__name__}"
            yield Page(source.path, source.root, problem=Rejection(Reason.UNREADABLE, why))

    def row(self, has_failed: bool) -> dict[str, Any]:
        """Return the container's row; if a page failed inside Winnow, the next crawl reads the container again."""
        row: dict[str, Any] = {
            "id": self.number, "root": self._source.root, "path": self._source.path, "kind": self._kind.name,
            "size": None, "modified": None, "ends": None, "position": None, "lines": None, "records": 0, "passed": "{}",
        }  # fmt: skip
        if self._progress is None or not self._progress.is_whole:
            return row
        read = self._progress.read
        return row | {
            "size": None if has_failed else self._source.size,
            "modified": self._source.modified,
            "ends": read.ends,
            "position": read.place.position,
            "lines": read.place.lines,
            "records": read.records,
            "passed": json.dumps(read.passed),
        }


def _batch(read: Callable[[BatchJob], Any], job: BatchJob) -> Batch:
    try:
        return as_batch(read(job))
    except StartError as error:
        return as_batch(error)
