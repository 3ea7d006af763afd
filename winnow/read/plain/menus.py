"""Rows of a menu in a capture: `Home | News | Sport | Contact`, which is neither a title nor a part of the text."""

from __future__ import annotations

import re

import numpy as np

from winnow.read.lines.steps import Judged, without
from winnow.read.lines.views import Bools

FEWEST = 4  # entries of such a row
LONGEST = 4  # words of an entry
_BAR = re.compile(r"\s*[|¦｜]\s*|\s+[•·∙⋅»›/]\s+")


def is_menu(text: str) -> bool:
    """Return whether a row consists of a few short entries with bars between them; a row of a table begins with one."""
    entries = _BAR.split(text)
    return len(entries) >= FEWEST and all(0 < len(entry.split()) <= LONGEST for entry in entries)


def drop_menus(judged: Judged, chosen: Bools) -> Bools:
    """Return the choice without a menu's row at its beginning or its end; rows that follow each other are a table."""
    at, lines = np.flatnonzero(chosen).tolist(), judged.page.lines
    edges = ((at[0], at[1]), (at[-1], at[-2])) if len(at) > 2 else ()
    rows = [row for row, inner in edges if is_menu(lines[row].text) and not is_menu(lines[inner].text)]
    return without(chosen, rows) if rows else chosen
