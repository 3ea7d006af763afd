"""Read containers batch by batch in a process of their own, so that a hostile one cannot hurt the crawl.

A batch can be asked for again: the place where it begins says all. That it usually begins where the last one ended is
only used to go on without opening the file anew.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from io import BufferedIOBase
from itertools import islice

from winnow.files import NotRegular, open_regular
from winnow.items import Reason, Rejection, StartError
from winnow.sources.containers import KINDS, records
from winnow.sources.containers.records import BEGINNING, ContainerOptions, Item, Passed, Place, Record, Unreadable
from winnow.text import one_line

BATCH_BYTES = 2 << 20
BATCH_RECORDS = 64
BATCH_SECONDS = 0.25
_ENDS = 64 << 10  # bytes at the beginning and at the end by which a file that has only grown is recognised


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as it was: size, modification time in nanoseconds, and a digest of its beginning and its end."""

    size: int
    modified_ns: int
    ends: str


@dataclass(frozen=True, slots=True)
class BatchJob:
    """A request for a batch: the file, the kind of container, how many of its records were given before.

    `known` is the file's state when it was last read to its end, at `start`. Where the file has only grown since,
    reading begins there.
    """

    file: str
    kind: str
    options: ContainerOptions
    given: int = 0
    start: Place = BEGINNING
    known: tuple[int, str] | None = None


@dataclass(slots=True)
class Batch:
    """Some records in a row. `state` is the file's when it was opened, `start` where reading it has begun.

    `seen` counts the records in it and those passed over, `after` is where reading goes on if the file grows,
    `position` says for a progress bar how much of the file has been read. With a `problem` the rest of the file cannot
    be read; `needs` is set where that is for want of a library.
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
        """Add a record."""
        self.seen += 1
        self.after = item.after
        if isinstance(item, Passed):
            self.passed[item.why] += 1
        else:
            self.records.append(item)

    def end(self, problem: Rejection | None = None) -> None:
        """Let the batch be the container's last."""
        self.is_last, self.problem = True, problem


class _Reading:
    """A container that is open, and how many of its records have been given."""

    def __init__(self, job: BatchJob) -> None:
        self._job, self.given = job, 0
        self._file = open_regular(job.file)
        info = os.fstat(self._file.fileno())
        self._state = FileState(info.st_size, info.st_mtime_ns, _ends(self._file, info.st_size))
        self._start = self._place()
        kind = next(kind for kind in KINDS if kind.name == job.kind)
        self._file.seek(0)
        self._items = records(self._file, kind, job.options, self._start)

    def goes_on_with(self, job: BatchJob) -> bool:
        """Return whether what a job asks for is what comes next."""
        return replace(job, given=0) == replace(self._job, given=0) and job.given == self.given

    def _place(self) -> Place:
        known = self._job.known
        if known and known[0] <= self._state.size and _ends(self._file, known[0]) == known[1]:
            return self._job.start
        return BEGINNING

    def skip(self, count: int) -> None:
        """Go over records that were given before, by another process that is gone."""
        self.given = sum(1 for _ in islice(self._items, count))

    def fill(self, batch: Batch) -> None:
        """Read on until a batch is full."""
        batch.state, batch.start = self._state, self._start
        size, begin = 0, time.monotonic()
        while size < BATCH_BYTES and len(batch.records) < BATCH_RECORDS and time.monotonic() - begin < BATCH_SECONDS:
            item = next(self._items, None)
            if item is None:
                batch.end()
                return
            batch.add(item)
            size += len(item.page.body) if isinstance(item, Record) else 0
            self.given += 1

    @property
    def position(self) -> int:
        """Return where the file is being read, packed as it is."""
        return os.lseek(self._file.fileno(), 0, os.SEEK_CUR)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


_open_now: list[_Reading] = []  # one at most


def as_batch(answer: object) -> Batch:
    """Take what `read_batch` gave in its process: a batch, or what became of the process or kept it from starting."""
    if isinstance(answer, StartError):
        answer = Rejection(Reason.CRASHED, one_line(f"no process could read it: {answer}"))
    if isinstance(answer, Rejection):
        return Batch(is_last=True, problem=answer)
    assert isinstance(answer, Batch)
    return answer


def read_batch(job: BatchJob) -> Batch:
    """Return the next batch of a container; whatever is wrong with the file is in the batch."""
    batch = Batch()
    try:
        reading = _reading(job)
        reading.fill(batch)
        batch.position = reading.position
    except (Unreadable, NotRegular) as error:
        batch.end(Rejection(Reason.UNREADABLE, str(error)))
    except StartError as error:
        batch.end(Rejection(Reason.UNREADABLE, str(error)))
        batch.needs = str(error)
    except OSError as error:
        batch.end(Rejection(Reason.UNREADABLE, f"cannot be read: {error.strerror or type(error).__name__}"))
    if batch.is_last:
        _close()
    return batch


def _reading(job: BatchJob) -> _Reading:
    if _open_now and _open_now[0].goes_on_with(job):
        return _open_now[0]
    _close()
    _open_now.append(_Reading(job))
    _open_now[0].skip(job.given)
    return _open_now[0]


def _close() -> None:
    while _open_now:
        _open_now.pop().close()


def _ends(file: BufferedIOBase, size: int) -> str:
    """Digest the first and the last bytes of the file as it was when it had this size."""
    digest = hashlib.sha256(b"%d " % size)
    for position in (0, max(0, size - _ENDS)):
        file.seek(position)
        digest.update(file.read(min(_ENDS, size)))
    return digest.hexdigest()
