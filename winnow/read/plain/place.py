"""The lines around the title and the body of a capture in which its day and its author are looked for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from winnow.read.lines.line import unglue

REACH = 6  # lines after the title, or before the body, in which its date and byline are looked for
TAKEN = 4  # lines after the title in which they are looked for even where they were taken for the body
FAR, BELOW = 15, 8  # lines below the title, or above the body, and lines below the body, in which they may stand alone
FEW = 14  # words of such a line
PICTURE = re.compile(r"\[([^\[\]]*)\]")  # what is said of a picture


@dataclass(frozen=True, slots=True)
class Place:
    """Where the article stands: the line of its title, if there is one, the first and the last line of its body."""

    title: int | None
    first: int
    last: int

    def around(self, count: int) -> list[int]:
        """Return the lines in which the date and the byline may stand, the likeliest first, of a page of `count`."""
        title, first = self.title, self.first
        if title is None:
            return [*range(first - 1, max(-1, first - REACH - 1), -1)]
        after = list(range(title + 1, min(title + 1 + REACH, max(first, title + 1), count)))
        before_body = [i for i in range(max(title + 1, first - REACH), first) if i not in after]
        above = list(range(title - 1, max(-1, title - 4), -1))
        return after + before_body + above


def is_picture(line: str) -> bool:
    """Return whether a line is nothing but what pictures show: `[The pier] [A boat]`."""
    return line.startswith("[") and not PICTURE.sub("", line).strip()


def words_of(line: str) -> str:
    """Return a line without what it says of a picture, glued words taken apart."""
    return unglue(PICTURE.sub(" ", line) if "[" in line else line).strip()
