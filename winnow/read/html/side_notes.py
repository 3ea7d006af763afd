"""Notes that stand inside the sentence they belong to, and that a browser shows beside or below it.

LaTeXML writes the footnotes of papers so (arXiv, ar5iv), with their number up to three times; Tufte CSS and others
write notes in the margin so. Each becomes a footnote below its paragraph, and its mark stays in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from winnow.read.html.notes import NOTE
from winnow.read.html.tags import BOXES, HEADINGS
from winnow.read.parser import drop_all

# Classes, as whole names, of such notes.
_NOTE = re.compile(
    r"(?:^|\s)(?:ltx_role_(?:foot|end)note|(?:side|margin)[-_]?note(?:[-_](?:content|text|body))?)(?=\s|$)"
)
_TOGGLE = "margin-toggle"  # class of what shows a note on a narrow screen
_MARK = re.compile(r"\[?(\d{1,3}|[*†‡]{1,3}|[a-z])\]?")
_INLINE = frozenset(("span", "small"))
DEPTH = 20  # elements between a note and its paragraph, at most
LEAST, MOST = 8, 2_000  # characters of such a note


def is_side_note(element: HtmlElement) -> bool:
    """Return whether an element is a note inside a sentence."""
    name = element.get("class") or ""
    return "note" in name and element.tag in _INLINE and _NOTE.search(name.lower()) is not None


def set_apart(notes: Iterable[HtmlElement]) -> None:
    """Put notes that stand in sentences of a tree below the boxes that these stand in; they are changed in order."""
    last: dict[HtmlElement, HtmlElement] = {}  # note behind a box
    moved: list[tuple[HtmlElement, HtmlElement]] = []
    for note in notes:
        box = next(
            (outer for outer in islice(note.iterancestors(), DEPTH) if outer.tag in BOXES or is_side_note(outer)), None
        )
        if box is None or box.tag in ("body", "html") or is_side_note(box) or not _is_told(note):
            continue
        apart = _apart(note)
        if box.tag == "p" or box.tag in HEADINGS:
            last.get(box, box).addnext(apart)
        else:
            box.append(apart)
        last[box] = apart
        moved.append((apart, note))
    drop_all(note for _, note in moved)
    for apart, note in moved:
        apart.append(note)


def _is_told(note: HtmlElement) -> bool:
    """Return whether a note says more than a mark, and no more than a note does."""
    return LEAST <= len(note.text_content().strip()) <= MOST


def _apart(note: HtmlElement) -> HtmlElement:
    """Return the paragraph that a note is to be moved to, which begins with its mark; the mark itself stays."""
    first = note[0] if len(note) and not (note.text or "").strip() else None
    told = _MARK.fullmatch(first.text_content().strip()) if first is not None and first.tag == "sup" else None
    before = note.getprevious()
    while before is not None and before.tag in ("label", "input") and not (before.tail or "").strip():
        if _TOGGLE in (before.get("class") or ""):
            before.text, before[:] = None, []
        before = before.getprevious()
    apart: HtmlElement = note.makeelement("p", {"role": NOTE})
    if told and first is not None:
        note.text, first.tail = first.tail, None
        note.addprevious(first)
        first[:], first.text = [], f"[{told[1]}]"
        apart.text = f"[{told[1]}] "
        _drop_beginning(note, told[1])
    return apart


def _drop_beginning(note: HtmlElement, mark: str) -> None:
    """Drop elements at the beginning of a note that hold its mark once more."""
    for inner in note.iter(etree.Element):
        if len(inner) or inner is note:
            if (inner.text or "").strip():
                return
        elif inner.text and inner.text.strip().strip("[]") == mark:
            inner.text = None
            if (inner.tail or "").strip():
                return
        elif (inner.text or "").strip():
            return
