"""Read what a page states for machines: meta and link elements and JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from winnow.read.metadata.values import absolute_url, clean_text, words

Node = dict[str, Any]

_MAX_SCRIPT = 1_000_000
_MAX_NODES = 2_000
_OPENING = ("<!--", "//<![CDATA[", "// <![CDATA[", "<![CDATA[", "/*<![CDATA[*/", "/* <![CDATA[ */", "\ufeff", ";")
_QUOTE = re.compile(r"\\.|\"", re.DOTALL)  # a quote, and what is escaped
_AFTER_STRING = re.compile(r"\s*(?:[}\]:]|,\s*(?:[\"\[{\d-]|true\b|false\b|null\b)|\Z)")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
# schema.org types of a single piece of writing. https://schema.org/Article and its subtypes, and works with a text.
_ARTICLE_TYPE = re.compile(r"(?:article|posting|recipe)$", re.IGNORECASE)
# Where a page's own item may hide inside another. `itemListElement`, `hasPart`, `relatedLink` hold other articles.
_NESTING = ("@graph", "mainEntity", "mainEntityOfPage")

_NAMING = frozenset(("property", "name", "itemprop", "http-equiv"))  # attributes that say what a meta element states
AUTHOR_METAS = (
    "author", "article:author", "citation_author", "dc.creator", "creator", "dcterms.creator", "parsely-author",
    "sailthru.author", "byl", "authors", "article_author", "og:article:author",
)  # fmt: skip


@dataclass(slots=True)
class Head:
    """Meta values by lower-case name (property, name, itemprop or http-equiv), links by rel, and the page's items."""

    metas: dict[str, list[str]] = field(default_factory=dict)
    title: str | None = None
    canonical: str | None = None
    items: list[Node] = field(default_factory=list)
    by_id: dict[str, Node] = field(default_factory=dict)

    def first(self, *names: str) -> str | None:
        """Return the first value stated under one of `names`, in the order of `names`."""
        return next((value for name in names for value in self.metas.get(name, ())), None)

    def all(self, *names: str) -> list[str]:
        """Return every value stated under `names`."""
        return [value for name in names for value in self.metas.get(name, ())]


def read_head(statements: Iterable[etree._Element]) -> Head:
    """Collect meta elements, the title, the canonical link and JSON-LD items from a page's statements."""
    head = Head()
    for element in statements:
        tag = element.tag
        if tag == "meta":
            _add_meta(head, element)
        elif tag == "link":
            if head.canonical is None and (element.get("rel") or "").strip().lower() == "canonical":
                head.canonical = absolute_url(element.get("href"))
        elif tag == "title":
            parent = element.getparent()
            if head.title is None and (parent is None or parent.tag != "svg"):
                head.title = clean_text(element.text)
        elif tag == "script" and "ld+json" in (element.get("type") or "").lower():
            _add_items(head, element.text or "")
    return head


def _add_meta(head: Head, element: etree._Element) -> None:
    content = element.get("content")
    if not content:
        return
    for attribute, value in element.items():
        name = value.strip().lower() if attribute in _NAMING else ""
        if name.endswith("ld+json"):  # frameworks that make meta elements of all they are given: `script:ld+json`
            _add_items(head, content)
        elif name:
            head.metas.setdefault(name, []).append(content)


def _add_items(head: Head, text: str) -> None:
    pending = [parse_json(text)]
    for _ in range(_MAX_NODES):
        if not pending:
            return
        node = pending.pop()
        if isinstance(node, list):
            pending.extend(reversed(node))
        elif isinstance(node, dict):
            head.items.append(node)
            identifier = node.get("@id")
            if isinstance(identifier, str) and len(node) > 1:
                head.by_id.setdefault(identifier, node)
            pending.extend(node[key] for key in _NESTING if isinstance(node.get(key), dict | list))


def parse_json(text: str) -> object:
    """Parse a JSON-LD script, or return None.

    Repairs what publishers break most: comment and CDATA wrapping, raw control characters in strings, trailing
    commas, a semicolon or a second object after the first, quotes inside of strings.
    """
    if len(text) > _MAX_SCRIPT:
        return None
    text = _unwrap(text)
    for repair in (str, _without_comments, _with_escaped_quotes):
        text = repair(text)
        try:
            return json.JSONDecoder(strict=False).raw_decode(text)[0]
        except (ValueError, RecursionError):
            continue
    return None


def _without_comments(text: str) -> str:
    text = _without(_without(text, "<!--", "-->"), "/*", "*/")
    return _unwrap(_TRAILING_COMMA.sub("", text))


def _with_escaped_quotes(text: str) -> str:
    """Escape the quotes inside of strings: those that nothing follows which follows on a string in JSON."""
    parts: list[str] = []
    end, is_inside = 0, False
    for match in _QUOTE.finditer(text):
        if match.group() != '"':
            continue
        is_inner = is_inside and not _AFTER_STRING.match(text, match.end())
        parts += [text[end : match.start()], "\\" if is_inner else ""]
        end = match.start()
        is_inside = is_inside if is_inner else not is_inside
    return "".join([*parts, text[end:]])


def _unwrap(text: str) -> str:
    text = text.strip()
    for _ in range(4):
        for mark in _OPENING:
            text = text.removeprefix(mark).lstrip()
    return text


def _without(text: str, start: str, end: str) -> str:
    """Remove the stretches from `start` to `end`. No pattern: that would be quadratic on unclosed comments."""
    first, *rest = text.split(start)
    return first + "".join(part.partition(end)[2] if end in part else start + part for part in rest)


def type_matches(node: Node, pattern: re.Pattern[str]) -> bool:
    """Tell whether one of the node's types matches."""
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(name, str) and pattern.search(name) for name in kinds)


def page_item(head: Head, titles: list[str]) -> Node | None:
    """Return the JSON-LD item of the page's own article, or None.

    Several items, or one that names another address and another headline (a related article), are told apart by
    the canonical address first, the wording of `titles` second.
    """
    found = [node for node in head.items if type_matches(node, _ARTICLE_TYPE)]
    if not found:
        return None
    own = _path(head.canonical or absolute_url(head.first("og:url")))
    by_url = [node for node in found if own and any(_path(url) == own for url in _addresses(node))]
    by_title = [node for node in found if any(alike(_headline(node), title) >= 0.6 for title in titles)]
    both = [node for node in by_url if node in by_title]
    chosen = both or by_title or by_url
    if chosen:
        return max(chosen, key=lambda node: bool(node.get("datePublished")) + bool(node.get("author")))
    if len(found) == 1 and not (own and own != "/" and any(_addresses(found[0])) and _headline(found[0])):
        return found[0]
    return None


def author_of(item: Node | None) -> object:
    """Return what JSON-LD states as the author of the page's article."""
    return (item.get("author") or item.get("creator")) if item else None


def resolve(head: Head, value: object) -> object:
    """Follow a JSON-LD reference (`{"@id": …}`) to the node it names."""
    if isinstance(value, dict) and not value.get("name") and isinstance(value.get("@id"), str):
        return head.by_id.get(value["@id"], value)
    return value


def names_of(head: Head, value: object, depth: int = 0) -> Iterator[tuple[str, bool]]:
    """Yield the names under an `author` or `publisher`, each with whether it is said to be an organisation."""
    if depth > 3:
        return
    if isinstance(value, str):
        yield value, False
    elif isinstance(value, list):
        for entry in value[:20]:
            yield from names_of(head, entry, depth + 1)
    elif isinstance(value, dict):
        node = resolve(head, value)
        if isinstance(node, dict):
            organisation = type_matches(node, re.compile("organi[sz]ation|corporation|brand", re.IGNORECASE))
            for name, _ in names_of(head, node.get("name") or _two_names(node), depth + 1):
                yield name, organisation


def _two_names(node: Node) -> str:
    """Return the given name and the family name of a person without a name in one piece."""
    parts = (node.get("givenName"), node.get("additionalName"), node.get("familyName"))
    return " ".join(part for part in parts if isinstance(part, str))


def alike(one: str | None, other: str | None) -> float:
    """Return the share of common words of two titles (Dice), 0 when one of them has none."""
    if not one or not other:
        return 0.0
    left, right = set(words(one)), set(words(other))
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


def _headline(node: Node) -> str | None:
    return clean_text(node.get("headline")) or clean_text(node.get("name"))


def _addresses(node: Node) -> Iterator[str]:
    for key in ("url", "mainEntityOfPage", "@id"):
        value = node.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and absolute_url(value):
            yield value


def _path(url: str | None) -> str | None:
    """Return the path of an address in the form in which two addresses of one page agree."""
    if not url:
        return None
    try:
        return urlsplit(url).path.rstrip("/").lower() or "/"
    except ValueError:
        return None
