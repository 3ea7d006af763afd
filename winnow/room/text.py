"""Divide an article's text into the parts that are set differently: paragraphs, headings, lists, tables and code."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

MAX_SHOWN = 1_000_000  # characters of a text that a page shows; more than a thick book has
MAX_HEADING_WORDS = 14
_RIGHT_TO_LEFT = re.compile(  # languages, and others in such a script
    r"(?!.*-(?:latn|cyrl))(?:(?:ar|arc|ckb|dv|fa|he|ks|ps|sd|syr|ug|ur|yi)\b|.*-(?:arab|hebr|thaa|syrc)\b)", re.I
)
MAX_LANGUAGE = 20  # characters of a tag
MAX_SIDE = 2_000  # characters that tell the direction of a part
_LETTER = re.compile(r"[^\W\d_]")
_TURNED = re.compile(  # letters of scripts that are written from right to left
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff](?<=[^\\W\\d_])"
)
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


def direction(language: Any) -> str:
    """Return the direction of a text in a language, a BCP 47 tag: `rtl`, else `auto`, as the text's letters say.

    A text in Arabic that begins with a Latin name is still set from right to left.
    """
    return "rtl" if _RIGHT_TO_LEFT.match(str(language or "")[:MAX_LANGUAGE]) else "auto"


def side(text: str) -> str:
    """Return the direction of a part of a text by most of its letters, `rtl` or `ltr`; "" for one without letters.

    Its first letter alone does not tell: a sentence in Hebrew may begin with a Latin name.
    """
    letters, turned = len(_LETTER.findall(text[:MAX_SIDE])), len(_TURNED.findall(text[:MAX_SIDE]))
    return "" if not letters else "rtl" if turned * 2 > letters else "ltr"


def safe_link(url: Any) -> str | None:
    """Return an address if it may be linked to, else None: a page can claim one that runs a script."""
    try:
        is_web = urlsplit(str(url)).scheme in ("http", "https")
    except ValueError:
        return None
    return str(url) if url and is_web and len(str(url)) < 2000 else None
