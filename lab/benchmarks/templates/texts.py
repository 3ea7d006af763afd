"""The texts that are rendered, in twelve languages, and the pieces of each that a reader must find again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

FOLDER = Path(__file__).with_name("texts")
FOOTNOTE = re.compile(r"\[\^\w+\]:? ?")
_ANCHOR = re.compile(r" \{#\w+\}$", re.MULTILINE)
_DEFINITION = re.compile(r"\n:? *")
_MARKDOWN = MarkdownIt("commonmark").enable("table")
_WRITTEN = ("text", "code_inline")


@dataclass(frozen=True)
class Text:
    """One article: what is stated of it, and its body as Markdown with footnotes and lists of definitions."""

    slug: str
    title: str
    date: str
    author: str
    tags: str
    category: str
    lang: str
    body: str

    @cached_property
    def pieces(self) -> tuple[str, ...]:
        """The paragraphs, headings, items, cells and lines of code; a piece is cut where a footnote's mark stands."""
        tokens = _MARKDOWN.parse(_ANCHOR.sub("", self.body))
        return tuple(piece.strip() for token in tokens for piece in _pieces(token) if any(map(str.isalnum, piece)))


def load() -> list[Text]:
    """Return all texts, by their names."""
    return [_text(path) for path in sorted(FOLDER.glob("*.md"))]


def _text(path: Path) -> Text:
    head, body = path.read_text(encoding="utf-8").split("---\n", 1)
    stated = dict(line.split(": ", 1) for line in head.splitlines())
    return Text(slug=path.stem, body=body.strip() + "\n", **stated)


def _pieces(token: Token) -> Iterator[str]:
    if token.type == "inline":
        written = "".join(
            child.content if child.type in _WRITTEN else "\n" if child.type == "softbreak" else ""
            for child in token.children or ()
        )
        for part in FOOTNOTE.split(written):
            yield from _DEFINITION.split(part)
    elif token.type == "fence":
        yield from token.content.splitlines()
