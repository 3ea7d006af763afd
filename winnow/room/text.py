"""Divide an article's text into the parts that are set differently: paragraphs, headings, lists, tables and code."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

MAX_SHOWN = 1_000_000  # characters of a text that a page shows; more than a thick book has
MAX_HEADING_WORDS = 14

_END_OF_SENTENCE = tuple(".!?:;,…。！？،؛؟")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text: `kind` is `paragraph`, `heading`, `list`, `table` or `code`.

    `lines` holds its lines or items, `rows` the cells of a table.
    """

    kind: str
    lines: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def parts(text: str, title: str | None = None) -> list[Part]:
    """Return the parts of a text between its blank lines, without a first paragraph that only repeats the title."""
    blocks = [block for block in re.split(r"\n\s*\n", text[:MAX_SHOWN].strip("\n")) if block.strip()]
    if blocks and title and " ".join(blocks[0].split()) == " ".join(title.split()):
        del blocks[0]
    return [_part(block, is_last=number == len(blocks)) for number, block in enumerate(blocks, 1)]


def _part(block: str, is_last: bool) -> Part:
    lines = block.split("\n")
    if all(line.startswith("- ") for line in lines):
        return Part("list", [line[2:] for line in lines])
    if all(line.startswith("| ") and line.endswith(" |") for line in lines):
        return Part("table", rows=[line[2:-2].split(" | ") for line in lines])
    if any(line.startswith(("  ", "\t")) for line in lines):
        return Part("code", lines)
    if len(lines) == 1 and not is_last and _is_heading(lines[0]):
        return Part("heading", lines)
    return Part("paragraph", lines)


def _is_heading(line: str) -> bool:
    words = line.split()
    is_short = len(line) <= 100 and len(words) <= MAX_HEADING_WORDS
    begins = words[0][0].isalnum() and not words[0][0].islower()
    return is_short and begins and not line.rstrip("\"'”’»)").endswith(_END_OF_SENTENCE)


def safe_link(url: Any) -> str | None:
    """Return an address if it may be linked to, else None: a page can claim one that runs a script."""
    try:
        is_web = urlsplit(str(url)).scheme in ("http", "https")
    except ValueError:
        return None
    return str(url) if url and is_web and len(str(url)) < 2000 else None
