"""What a reader sees of Markdown, told by a CommonMark parser with the tables of GFM."""

from __future__ import annotations

from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark").enable("table")


@dataclass
class Rendered:
    """The lines of a text with single spaces, and what stands beside them."""

    lines: list[str] = field(default_factory=list)  # the cells of a row are one line, with ` | ` between them
    html: list[str] = field(default_factory=list)  # raw HTML that came through
    links: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Add lines of text; empty ones are left out."""
        self.lines += [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def rendered(markdown: str) -> Rendered:
    """Return what a parser makes of Markdown; the alternative texts of images are no lines."""
    found = Rendered()
    row: list[str] | None = None
    for token in _PARSER.parse(markdown):
        if token.type == "html_block":
            found.html.append(token.content)
        elif token.type in ("fence", "code_block"):
            found.add(token.content)
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            found.add(" | ".join(filter(None, row or [])))
            row = None
        elif token.type == "inline":
            text = "".join(_inline(child, found) for child in token.children or ())
            if row is None:
                found.add(text)
            else:
                row.append(" ".join(text.split()))
    return found


def numbers_of(markdown: str) -> list[int]:
    """Return the numbers that a reader sees before the items of numbered lists, in order."""
    found: list[int] = []
    following: list[int | None] = []  # the number of the next item of each list around; None for bullets
    for token in _PARSER.parse(markdown):
        if token.type in ("ordered_list_open", "bullet_list_open"):
            following.append(int(token.attrs.get("start", 1)) if token.tag == "ol" else None)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            following.pop()
        elif token.type == "list_item_open" and (number := following[-1]) is not None:
            found.append(number)
            following[-1] = number + 1
    return found


def _inline(token: Token, found: Rendered) -> str:
    if token.type == "html_inline":
        found.html.append(token.content)
    elif token.type == "link_open":
        found.links.append(str(token.attrs["href"]))
    elif token.type == "image":
        found.images.append(str(token.attrs["src"]))
    elif token.type == "hardbreak":
        return "\n"
    elif token.type in ("text", "code_inline"):
        return token.content
    return "�" if token.type == "softbreak" else ""  # no line is broken but by a hard break
