"""Keep track of one container in a crawl: the batch to ask for, the pages that came, what to remember at the end."""

from __future__ import annotations

from dataclasses import replace

from winnow.items import Page
from winnow.sources.containers import ContainerKind
from winnow.sources.containers.batches import Batch, BatchJob
from winnow.sources.containers.reading_state import KnownContainer, ReadContainer
from winnow.sources.containers.records import BEGINNING, ContainerOptions, Record


class ContainerProgress:
    """How far one container has been read in this run. Of a container that has only grown, only the new part is read.

    `job` asks for the next batch, `read` is what to remember. `is_over` says that there is no further batch, `is_whole`
    that the container was read to its end.
    """

    def __init__(self, place: Page, kind: ContainerKind, known: KnownContainer, options: ContainerOptions) -> None:
        """Begin to read; `place` has the container's own path, root and modification time, and the file to read."""
        assert place.file
        self._place = replace(place, file=None, anew=known.is_as_before(place.size, place.modified))
        self._known = known
        self.job = BatchJob(place.file, kind.name, options)
        if kind.grows and known.size is not None and known.ends is not None and not known.is_due:
            self.job = replace(self.job, start=known.place, known=(known.size, known.ends))
        self.read = ReadContainer(place=self.job.start)
        self.is_over = False
        self.is_whole = False

    def take(self, batch: Batch) -> list[Page]:
        """Return the pages of the batch that `job` asked for. A problem that ends the reading is one more page."""
        self._count(batch)
        self.job = replace(self.job, given=self.job.given + batch.seen)
        self.is_over, self.is_whole = batch.is_last, batch.is_last and not batch.problem
        pages = [self._page(record) for record in batch.records]
        return [*pages, replace(self._place, problem=batch.problem)] if batch.problem else pages

    def _page(self, record: Record) -> Page:
        page, place = record.page, self._place
        return replace(
            page,
            path=f"{place.path}#{page.path}",
            root=place.root,
            size=len(page.body),
            modified=place.modified,
            container=self._known.id,
            anew=place.anew,
        )

    def _count(self, batch: Batch) -> None:
        read = self.read
        if batch.state:
            read.size, read.modified_ns, read.ends = batch.state.size, batch.state.modified_ns, batch.state.ends
            read.has_grown = batch.start != BEGINNING
            if not read.records:
                read.place = batch.start
        read.place = batch.after or read.place
        read.records += batch.seen
        read.pages += len(batch.records)
        read.passed.update(batch.passed)
