"""The texts in the data of a page's scripts: JSON-LD, and the state from which a script renders the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from winnow.read.html.rich_text import has_text, html_of, html_of_text, kind_of
from winnow.read.html.script_values import LONG, MAX_VALUES, nested, objects
from winnow.text import HAN, THAI, UNSPACED

MAX_TRIES = 6  # lists of blocks around one another that are written, each with all that is in it, as one text
DEEP = 6  # items within items of JSON-LD that say one text, at most
BODY = 40  # words of a body, at least

Node = dict[str, Any]

_TAG = re.compile(r"<[^<>]*>")
_HEAD = re.compile(r"<h[12]\b[^<>]*>(.{1,300}?)</h[12]>", re.S)
WORD = re.compile(rf"[{HAN}]{{1,2}}|[{THAI}]{{1,4}}|[^\W{UNSPACED}]+")
_SPACED = re.compile(rf"\w [^\W\d]+ \w|[{UNSPACED}]{{12}}")
_END = re.compile(r"\w[.!?…\"”»)]+(?=\s|$)|[。！？।۔።។။]")
_CODE = re.compile(r"[{};=<>\\|$]|https?://")
_TITLES = ("headline", "title", "name", "heading")
_PLACES = ("url", "slug", "href", "path", "link", "permalink", "uri", "date", "author", "user", "username")
_DATE = re.compile(
    r"(?:date|first|time)*(?:published|publish|publication|pub|created)(?:date|at|on|time|datetime)*|date"
)
_AUTHOR = re.compile(r"(?:authors?|bylines?|writers?|creators?|postedby)(?:names?|text)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# What items of JSON-LD say: the text by the names of their types; items that have a heading; what follows an item.
_SAID = {
    "articleBody": re.compile(""),
    "reviewBody": re.compile(""),
    "text": re.compile("posting|comment|question|answer|message|step|section"),
    "description": re.compile("product|jobposting|event|course|howto|recipe|service|book|place"),
}
_HEADED = re.compile("question|howto(?:step|section)")
_LISTS = ("recipeIngredient",)
_FOLLOWING = ("mainEntity", "acceptedAnswer", "suggestedAnswer", "comment", "step", "recipeInstructions")
# Texts beside the one that is looked for, by the names of their keys.
_ASIDE = re.compile(
    r"comment|consent|cookie|privacy|legal|terms|i18n|locale|translation|messages|related|bio|footer|css", re.I
)


@dataclass(frozen=True, slots=True)
class Body:
    """A text in a script, as HTML, and what the data around it says of it."""

    html: str
    text: str  # without tags
    words: int
    title: str = ""
    author: str = ""
    date: str = ""


def body_of(html: str, title: str = "", author: str = "", date: str = "") -> Body | None:
    """Return a body, if its text is long enough and runs: sentences, and no code, addresses or list of words."""
    text = _TAG.sub(" ", html)
    if len(text) < LONG or not _SPACED.search(text):
        return None
    words = len(WORD.findall(text))
    is_prose = len(_CODE.findall(text)) < len(text) / 60 and len(_END.findall(text)) >= words / 60
    return Body(html, text, words, title, author, date) if words >= BODY and is_prose else None


def bodies(data: Any) -> Iterator[Body]:
    """Yield the texts in data that are long enough to be an article's, each as a whole, in no order."""
    links = _links(data)
    pending: list[tuple[int, Any, tuple[Node, ...]]] = [(0, data, ())]
    for _ in range(MAX_VALUES):
        if not pending:
            return
        tries, value, around = pending.pop()
        is_list = isinstance(value, list)
        if is_list and tries < MAX_TRIES and _are_blocks(value := [_followed(entry, links) for entry in value]):
            tries += 1
            body = _body(html_of(value), around, links)
            if body:
                yield body
                continue
        elif isinstance(value, str) and value[:1] in ("{", "[") and (inner := nested(value)) is not None:
            pending.append((tries, inner, around))
        elif isinstance(value, str) and len(value) >= LONG and _SPACED.search(value):
            body = _body(html_of_text(value), around, links)
            if body:
                yield body
        elif isinstance(value, dict):
            inside = (value, *around[:4])
            pending.extend((tries, each, inside) for name, each in value.items() if not _ASIDE.search(name))
        if is_list:
            pending.extend((tries, each, around) for each in value)


def _are_blocks(entries: list[Any]) -> bool:
    """Tell whether the entries of a list are the blocks of one text, and not works with titles and addresses each."""
    if entries and all(isinstance(entry, str) for entry in entries):
        return sum(map(len, entries)) >= LONG * 2 and all(" " in entry for entry in entries)
    nodes = [entry for entry in entries if isinstance(entry, dict)]
    if not nodes or any(_is_work(node) for node in nodes):
        return False
    said = sum(bool(kind_of(node)) or (has_text(node) and len(node) <= 4) for node in nodes)
    return said >= 0.6 * len(entries)


def _is_work(node: Node) -> bool:
    return any(name in node for name in _TITLES) and has_text(node) and any(node.get(name) for name in _PLACES)


def _body(html: str, around: tuple[Node, ...], links: Node) -> Body | None:
    for node in around:
        title = next((text for name in _TITLES if (text := _name(node.get(name), links))), "")
        if title and len(title) < 300:
            named = [node, *(value for value in node.values() if isinstance(value, dict))]
            return body_of(html, title, _first(named, _AUTHOR, links), _day(_first(named, _DATE, links)))
    head = _HEAD.search(html)
    return body_of(html, _TAG.sub("", head[1]).strip() if head else "")


def _first(nodes: list[Node], wanted: re.Pattern[str], links: Node) -> str:
    """Return the first text under a wanted name in the nodes, in their order."""
    values = (value for node in nodes for name, value in node.items() if wanted.fullmatch(_letters(name)))
    return next((text for value in values if (text := _name(value, links))), "")


def _letters(name: str) -> str:
    return "".join(filter(str.isalpha, name.lower()[:40]))


def _name(value: Any, links: Node, depth: int = 0) -> str:
    """Return the text that a value is, or the name that a node has; of a list all of them, with commas."""
    value = _followed(value, links)
    if isinstance(value, str):
        return _TAG.sub("", value).strip()
    if depth > 3:
        return ""
    if isinstance(value, list):
        return ", ".join(filter(None, (_name(entry, links, depth + 1) for entry in value[:5])))
    if not isinstance(value, dict):
        return str(value) if isinstance(value, int) else ""
    names = [value.get(name) for name in ("name", "fullName", "displayName", "display_name", "rendered", "title")]
    given = " ".join(filter(None, (_name(value.get(name), links, 4) for name in ("firstName", "lastName"))))
    return given or next((text for name in names if (text := _name(name, links, depth + 1))), "")


def _day(text: str) -> str:
    return text if _DAY.match(text) else ""


def _links(data: Any) -> Node:
    """Return the nodes that stand under names of their own, as Apollo keeps them, for `{"__ref": name}`."""
    tables = [data, *data.values()] if isinstance(data, dict) else []
    return {name: node for table in tables if isinstance(table, dict) for name, node in table.items()
            if ":" in name and isinstance(node, dict)}  # fmt: skip


def _followed(value: Any, links: Node) -> Any:
    name = value.get("__ref") if isinstance(value, dict) and links else None
    return links.get(name, value) if isinstance(name, str) else value


def stated(data: Any) -> Iterator[Body]:
    """Yield the texts that JSON-LD states: bodies of articles and reviews, threads, questions, steps, descriptions."""
    for node in objects(data):
        body = body_of(_stated_html(node), _name(node.get("headline") or node.get("name"), {}))
        if body:
            yield body


def _stated_html(node: Node, depth: int = 0) -> str:
    """Return the HTML of what an item of JSON-LD says, with what answers it, or follows from it, in order."""
    kind = str(node.get("@type", "")).lower()
    names = [name for name, kinds in _SAID.items() if kinds.search(kind)]
    parts = [html_of_text(node[name]) for name in names if isinstance(node.get(name), str)][:1]
    parts += [_list_of(node[name]) for name in _LISTS if isinstance(node.get(name), list)]
    head = node.get("name")
    if _HEADED.search(kind) and isinstance(head, str) and head.strip():
        parts.insert(0, f"<h3>{escape(head)}</h3>")
    for name in (*_FOLLOWING, *(["itemListElement"] * ("howtosection" in kind))) if depth < DEEP else ():
        inner = node.get(name)
        following = inner if isinstance(inner, list) else [inner]
        parts += [
            html_of_text(each) if isinstance(each, str) else _stated_html(each, depth + 1)
            for each in following
            if isinstance(each, dict | str)
        ]
    return "".join(parts)


def _list_of(items: list[Any]) -> str:
    """Return the HTML of what a recipe is made of."""
    return "".join(
        ["<ul>", *(f"<li>{escape(unescape(item))}</li>" for item in items if isinstance(item, str)), "</ul>"]
    )
