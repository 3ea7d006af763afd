"""Parts: pages that hold one article together, told by a line of words that is kept with each page."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOLD = re.compile(r"\bpart (\d+) (?:of (\d+) )?of (\S+)")


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of an article a page holds: its number from 1, how many there are if known, the article's address."""

    number: int
    count: int | None
    address: str

    def __str__(self) -> str:
        of = f"of {self.count} " if self.count else ""
        return f"part {self.number} {of}of {self.address}"

    def is_beside(self, other: Part | None) -> bool:
        """Return whether the other is another part of the same article."""
        return other is not None and self.address == other.address and self.number != other.number


def part_in(note: str | None) -> Part | None:
    """Return the part that a note tells, None where it tells none."""
    found = _TOLD.search(note or "")
    return Part(int(found[1]), int(found[2]) if found[2] else None, found[3]) if found else None
