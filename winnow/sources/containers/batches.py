"""Read containers batch by batch in a process of their own, so that a hostile container cannot hurt the crawl.

Every request says in full which batch is wanted, so a fresh process can answer it. Where the batch begins at the place
at which the last batch ended, as most do, reading goes on without opening the file anew.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from io import BufferedIOBase
from itertools import islice

from winnow.files import REFUSED, NotRegular, open_regular
from winnow.items import Reason, Rejection, StartError
from winnow.sources.containers import KIND_NAMED, records
from winnow.sources.containers.records import BEGINNING, ContainerOptions, Item, Passed, Place, Record, Unreadable
from winnow.text import one_line

BATCH_BYTES = 2 << 20
BATCH_RECORDS = 64
BATCH_SECONDS = 0.25
_END_BYTES = 64 << 10  # at the beginning and at the end of a file, by which a file that has only grown is recognised


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as it was when opened: size in bytes, modification time, and a digest of its beginning and its end."""

    size: int
    modified_ns: int
    ends: str


@dataclass(frozen=True, slots=True)
class BatchJob:
    """A request for a batch: the file, the kind of container, and how many records earlier batches have given.

    `known` has the size (bytes) and the digest of the ends that the file had when an earlier run read it as far as
    `start`. Where the file has only grown since, reading begins at `start`, otherwise at the beginning. A file whose
    members are listed has grown if all that `start` knows are still in it, and others too.
    """

    file: str
    kind: str
    options: ContainerOptions
    given: int = 0
    start: Place = BEGINNING
    known: tuple[int, str] | None = None


@dataclass(slots=True)
class Batch:
    """Some records in a row. `state` is that of the file when it was opened, `start` the place where reading began.

    `seen` counts the batch's records and what was passed over, `after` is the place where reading goes on if the file
    grows, `position` the number of bytes of the file read so far, for a progress bar. With a `problem` the rest of the
    file cannot be read; `needs` says which library is missing if that is the problem.
    """

    state: FileState | None = None
    start: Place = BEGINNING
    records: list[Record] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)
    seen: int = 0
    after: Place | None = None
    position: int = 0
    is_last: bool = False
    problem: Rejection | None = None
    needs: str | None = None

    def add(self, item: Item) -> None:
        """Add a record, or count it where it is passed over."""
        self.seen += 1
        self.after = item.after
        if isinstance(item, Passed):
            self.passed[item.why] += 1
        else:
            self.records.append(item)

    def end(self, problem: Rejection | None = None) -> None:
        """Mark the batch as the container's last, with the problem that ended the reading, if any."""
        self.is_last, self.problem = True, problem


class _OpenContainer:
    """A container that is open, and how many of its records have been `given`."""

    def __init__(self, job: BatchJob) -> None:
        self._job, self.given = job, 0
        self._file = open_regular(job.file)
        info = os.fstat(self._file.fileno())
        self._state = FileState(info.st_size, info.st_mtime_ns, _ends(self._file, info.st_size))
        kind = KIND_NAMED[job.kind]
        self._end = Place(members=kind.members(self._file)) if kind.lister else None
        self._start = self._first_place()
        self._file.seek(0)
        self._items = map(self._looked_at, records(self._file, kind, job.options, self._start))

    def goes_on_with(self, job: BatchJob) -> bool:
        """Return whether the batch that a job asks for is the next of this container."""
        return replace(job, given=0) == replace(self._job, given=0) and job.given == self.given

    def _first_place(self) -> Place:
        known, start = self._job.known, self._job.start
        if self._end:
            return start if start.members and {*start.digests} < {*self._end.digests} else BEGINNING
        if known and known[0] <= self._state.size and _ends(self._file, known[0]) == known[1]:
            return start
        return BEGINNING

    def _looked_at(self, item: Item) -> Item:
        if isinstance(item, Record) and item.page.problem and item.page.problem.reason is not Reason.NO_ARTICLE:
            # It is tried again whenever the file changes.
            self._end = self._end and BEGINNING
        return item

    def skip(self, count: int) -> None:
        """Go over records that an earlier process has given before it ended."""
        self.given = sum(1 for _ in islice(self._items, count))

    def fill(self, batch: Batch) -> None:
        """Read on until the batch is full or the container ends."""
        batch.state, batch.start = self._state, self._start
        size, begin = 0, time.monotonic()
        while size < BATCH_BYTES and len(batch.records) < BATCH_RECORDS and time.monotonic() - begin < BATCH_SECONDS:
            item = next(self._items, None)
            if item is None:
                batch.end()
                batch.after = self._end or batch.after
                return
            batch.add(item)
            size += len(item.page.body) if isinstance(item, Record) else 0
            self.given += 1

    @property
    def position(self) -> int:
        """Return how many bytes of the file have been read, packed ones where the file is packed."""
        return os.lseek(self._file.fileno(), 0, os.SEEK_CUR)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


_open_containers: list[_OpenContainer] = []  # one at most


def as_batch(answer: object) -> Batch:
    """Return as a batch what came of a request: a batch, how its process ended, or why the process did not start."""
    if isinstance(answer, StartError):
        answer = Rejection(Reason.CRASHED, one_line(f"no process could read it: {answer}"))
    if isinstance(answer, Rejection):
        return Batch(is_last=True, problem=answer)
    assert isinstance(answer, Batch)
    return answer


def read_batch(job: BatchJob) -> Batch:
    """Return the batch of a container that a job asks for; whatever is wrong with the file is the batch's problem."""
    batch = Batch()
    try:
        container = _opened(job)
        container.fill(batch)
        batch.position = container.position
    except (Unreadable, NotRegular) as error:
        batch.end(Rejection(Reason.UNREADABLE, str(error)))
    except StartError as error:
        batch.end(Rejection(Reason.UNREADABLE, str(error)))
        batch.needs = str(error)
    except OSError as error:
        batch.end(Rejection(Reason.UNREADABLE, f"{REFUSED}: {error.strerror or type(error).__name__}"))
    if batch.is_last:
        _close()
    return batch


def _opened(job: BatchJob) -> _OpenContainer:
    if _open_containers and _open_containers[0].goes_on_with(job):
        return _open_containers[0]
    _close()
    _open_containers.append(_OpenContainer(job))
    _open_containers[0].skip(job.given)
    return _open_containers[0]


def _close() -> None:
    while _open_containers:
        _open_containers.pop().close()


def ends_of(name: str, size: int) -> str | None:
    """Return the digest of the first and the last bytes of a file of `size` bytes; None where it cannot be read."""
    try:
        with open_regular(name) as file:
            return _ends(file, size)
    except (OSError, NotRegular):
        return None


def _ends(file: BufferedIOBase, size: int) -> str:
    """Return a digest of the first and the last bytes of the file as it was when it had `size` bytes."""
    digest = hashlib.sha256(b"%d " % size)
    for position in (0, max(0, size - _END_BYTES)):
        file.seek(position)
        digest.update(file.read(min(_END_BYTES, size)))
    return digest.hexdigest()
