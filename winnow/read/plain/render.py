"""From the chosen lines of a text page to the article's text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

from winnow.read import markdown
from winnow.read.plain.page import BodyLine
from winnow.text import storable

HEADING, ITEM = "heading", "item"
LONG = 50  # characters of a paragraph that is no short refrain where it comes twice in a row, more than
_NUMBER = re.compile(r"(\d{1,3})[.)] (?=\S)")
# Lines of one word or two that lead away from a page: services to share it with, and what else is done with it. An
# option of a program (`--print`) is none.
_SERVICES = "Facebook|Twitter|WhatsApp|LinkedIn|Pinterest|Reddit|Instagram|Flipboard|Pocket|Xing|WeChat|Weibo|QQ|Google"
_BUTTON = re.compile(
    rf"(?!-\S)\W*(?:{_SERVICES}|Print|Drucken|E-?Mail|Mail|PDF|Mehr zum Thema:?|More on this.{{,8}})$", re.I
)


def article_text(body: Sequence[BodyLine]) -> str:
    """Return the text of an article's lines: a blank line between all but the items of a list."""
    return text_of(article_lines(body))


def article_lines(body: Sequence[BodyLine]) -> list[BodyLine]:
    """Return the lines of an article as they are written.

    Buttons that are left among the lines go, as do long lines that repeat the one before, and what is a heading above
    nothing is a paragraph. Entities that a capture left are resolved.
    """
    last_text = max((i for i, line in enumerate(body) if line.kind != HEADING), default=-1)
    lines: list[BodyLine] = []
    for i, (text, kind) in enumerate(body):
        repeats = bool(lines) and text == lines[-1].text and len(text) > LONG and kind != ITEM
        if not repeats and not _BUTTON.match(text):
            lines += [BodyLine(part, kind if i < last_text or kind == ITEM else "paragraph") for part in _shown(text)]
    while lines and lines[-1].kind == HEADING:
        lines.pop()  # it stood above a button
    return lines


def _shown(text: str) -> Iterator[str]:
    """Yield the lines that a text is once nothing in it is unseen and its entities are resolved: mostly one."""
    if not text.isprintable():
        text = "".join(char for char in text if char.isprintable() or char.isspace())
    if "&" in text:
        text = storable(unescape(text))
    return filter(None, map(str.strip, text.splitlines()))


def shown(text: str | None) -> str | None:
    """Return what is said of an article as its text is written; None where nothing is left."""
    return " ".join(_shown(text)) or None if text else None


def text_of(lines: Iterable[BodyLine]) -> str:
    """Return lines as text, with a blank line between all but the items of a list."""
    return _joined(("- " if line.kind == ITEM else "") + line.text for line in lines)


def _joined(lines: Iterable[str]) -> str:
    """Return lines as one text: a blank line between all but those that begin with the mark of a list."""
    text: list[str] = []
    last = ""
    for line in lines:
        text += "\n" if line.startswith("- ") and last.startswith("- ") else "\n\n", line
        last = line
    return "".join(text[1:])


def to_markdown(lines: Iterable[BodyLine]) -> str:
    """Return the lines of an article as Markdown; all its headings are of the second level."""
    lines = list(lines)
    in_series = numbered([line.text for line in lines])
    return _joined(_written(line, i in in_series) for i, line in enumerate(lines))


def numbered(texts: Sequence[str]) -> set[int]:
    """Return which lines are items of a numbered list: the line above or below has the number before or after."""
    numbers = {i: int(found[1]) for i, text in enumerate(texts) if (found := _NUMBER.match(text))}
    return {i for i, at in numbers.items() if numbers.get(i - 1) == at - 1 or numbers.get(i + 1) == at + 1}


def _written(line: BodyLine, is_numbered: bool) -> str:
    if is_numbered:
        number, _, text = line.text.partition(" ")
        return f"{number} {markdown.line([markdown.Run(text)])}"
    runs = [markdown.Run(line.text)]
    if line.kind == HEADING:
        return markdown.heading(2, runs)
    return ("- " if line.kind == ITEM else "") + markdown.line(runs)
