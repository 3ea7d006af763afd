"""Undo the marks of direction that programs set around rows from the right, and around what runs from the left in them.

`pdftotext` begins each such row with U+202B and each run of figures and Latin letters with U+202A; U+202C ends both.
Signs and spaces beside such a run stand in it, on the side where they are seen.
"""

from __future__ import annotations

import re

EMBEDDED = "\u202b"

_RUN = re.compile("\u202a([^\u202a-\u202c\r\n]*)\u202c")
_EDGES = re.compile(r"(\W*)(.*?)(\W*)")
_MARKS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def without_directions(text: str) -> str:
    """Return a text without marks of direction, and with the signs around figures on the side where they are read."""
    return _MARKS.sub("", _RUN.sub(_turned, text))


def _turned(run: re.Match[str]) -> str:
    edges = _EDGES.fullmatch(run[1])
    return edges[3][::-1] + edges[2] + edges[1][::-1] if edges else run[1]
