"""How far a container has been read: before this run, and in this run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from winnow.sources.containers.records import Place


@dataclass(frozen=True, slots=True)
class KnownContainer:
    """A container as it was when it was last read to its end; `size` (bytes) is None where that has not happened yet.

    `ends` is a digest of the file's first and last bytes, `place` where reading goes on if the file has grown since.
    `seen` is when the run began that saw the container last. One that `is_due` is read whole, whether it has changed or
    not.
    """

    id: int
    size: int | None
    modified: str | None
    ends: str | None
    place: Place
    records: int
    passed: Counter[str]
    last_run: int | None
    seen: str | None = None
    is_due: bool = False

    def is_as_before(self, size: int | None, modified: str | None) -> bool:
        """Return whether the container's file has the same size and modification time as before."""
        return modified is not None and (self.size, self.modified) == (size, modified)


@dataclass(slots=True)
class ReadContainer:
    """What reading a container in this run has given so far. `has_grown` says that only the new part was read.

    `records` counts pages and what was passed over, `passed` the latter by reason.
    """

    place: Place
    size: int | None = None
    modified_ns: int | None = None
    ends: str | None = None
    has_grown: bool = False
    records: int = 0
    pages: int = 0
    passed: Counter[str] = field(default_factory=Counter)
