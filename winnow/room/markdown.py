"""An article's Markdown as HTML that is safe to show: no raw HTML, links to the web only, no images."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from itertools import takewhile
from typing import Any
from urllib.parse import urljoin, urlsplit

from markupsafe import Markup

from winnow.room.text import side

Token = Any  # of markdown-it-py

MAX_RENDERED = 100_000  # characters; a longer article is shown from its text. Hostile ones take seconds
MAX_LINK = 2000  # characters
FEW = 60  # pieces of a block that tell its direction
_SCROLLED = '<div class="wide" tabindex="0" role="region" aria-label="Table">'
# Parts that have a direction of their own; the items of a list have that of the list, where their marks stand.
TURNED = frozenset(
    f"{name}_open" for name in ("paragraph", "heading", "bullet_list", "ordered_list", "blockquote", "td", "th")
)


def rendered(markdown: str | None, title: str | None, address: str | None) -> Markup | None:
    """Return Markdown as HTML; None where there is none, where it is too long, or without the library markdown-it-py.

    Raw HTML is escaped. Links lead to http, https and mailto, relative ones from `address`; other links are their bare
    words, and an image is its description. A first heading that repeats the title is left out.
    """
    reader = _reader()
    if not markdown or len(markdown) > MAX_RENDERED or reader is None:
        return None
    tokens = reader.parse(markdown)
    if [each.type for each in tokens[:1]] == ["heading_open"] and _words(tokens[1]) == " ".join((title or "").split()):
        del tokens[:3]
    for place, token in enumerate(tokens):
        if token.type in TURNED and (found := side(_inside(tokens, place))):
            token.attrSet("dir", found)
        if token.type.startswith("heading_"):
            token.tag = token.tag.replace("h1", "h2")  # the page's own heading is the title
        token.children = list(_safe(token.children, address)) if token.children else token.children
    return Markup(reader.renderer.render(tokens, reader.options, {}))


@cache
def _reader() -> Any:
    """Return what reads and writes Markdown; None where it is not installed: articles are shown from their texts."""
    try:
        made = import_module("markdown_it").MarkdownIt("commonmark", {"html": False})
    except ImportError:
        return None
    made.validateLink = lambda _: True  # `_safe` leaves the words of a link; the library would leave its brackets, too
    made.add_render_rule("table_open", lambda *_: f"{_SCROLLED}<table>\n")  # else a phone moves the whole page
    made.add_render_rule("table_close", lambda *_: "</table></div>\n")
    return made.enable(["table", "strikethrough"])


def _inside(tokens: Sequence[Token], place: int) -> str:
    """Return the beginning of what stands in the block that a token opens."""
    inside = takewhile(lambda each: each.level > tokens[place].level, tokens[place + 1 : place + 1 + FEW])
    return " ".join(each.content for each in inside if each.type == "inline")


def _words(inline: Token) -> str:
    return " ".join("".join(each.content or " " for each in inline.children or ()).split())


def _safe(tokens: Sequence[Token], base: str | None) -> Iterator[Token]:
    """Yield the tokens of a paragraph, with images as text and without links that lead elsewhere than to the web."""
    opened: list[bool] = []  # links do not nest in Markdown, but a token list does not promise so
    for token in tokens:
        if token.type == "link_open":
            address = _address(str(token.attrGet("href") or ""), base)
            opened.append(address is not None)
            if address is None:
                continue
            token.attrs = {"href": address, "rel": "noreferrer noopener external"}
        elif token.type == "link_close" and not opened.pop():
            continue
        elif token.type == "image":
            token.type, token.tag = "text", ""
        yield token


def _address(href: str, base: str | None) -> str | None:
    try:
        found = urljoin(base or "", href)
        is_web = urlsplit(found).scheme in ("http", "https", "mailto")
    except ValueError:
        return None
    return found if is_web and len(found) < MAX_LINK else None
