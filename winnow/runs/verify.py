"""Say which files a run reads anew though their size and time have not changed: disks rot, and times can be set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import floor
from zlib import crc32

DAY = 86_400  # seconds


@dataclass(frozen=True, slots=True)
class Verify:
    """What is read anew: everything, or each file once in so many `days`, by turns; by default nothing.

    A file's turn comes at moments that its path decides, so that every day has its share. It is due in the first run
    after such a moment: nights that were missed are made up for, and no moment of reading has to be kept.
    """

    days: int = 0
    everything: bool = False

    def is_due(self, path: str, seen: str, now: str) -> bool:
        """Return whether a file is read anew by a run that began `now`; the run that saw it last began at `seen`."""
        if self.everything or not self.days:
            return self.everything
        return self._turn(path, seen) != self._turn(path, now)

    def _turn(self, path: str, moment: str) -> int:
        place = crc32(path.encode()) / 2**32
        return floor(datetime.fromisoformat(moment).timestamp() / DAY / self.days + place)


NOTHING = Verify()
