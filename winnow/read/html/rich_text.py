"""Rich text in JSON as HTML: strings, lists of block objects, and the trees of editors and of content services.

The trees of ProseMirror, Slate, Lexical, Editor.js, Draft.js, Portable Text, Contentful, Prismic and hast differ in
their names only: a node says what kind it is, and holds a text, or nodes. So names are read by what they mean.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any

MAX_DEPTH = 40  # nodes within nodes; deeper ones are left out

_KINDS = (
    "nodeType",
    "type",
    "_type",
    "tagName",
    "tag",
    "kind",
    "blockType",
    "__typename",
    "acf_fc_layout",
    "component",
)
_HEADS = ("heading", "headline", "title", "subheading", "question", "header", "name")
_TEXTS = (
    "content", "children", "blocks", "paragraphs", "rich_text", "body", "nodes", "items", "acceptedAnswer", "answer",
    "text", "html", "value", "rendered", "markdown", "data", "plain_text", "attributes", "props", "fields", "attrs",
    "copy", "article", "c", "root", "document",
)  # fmt: skip
_TAGS = (
    (re.compile(r"h[1-6]|(?:core)?(?:head(?:er|ing)?|headline|subhead(?:ing)?|subtitle|title).*"), "h2"),
    (re.compile(r".*(?:bulleted|numbered|bullet|ordered)list|.*lists?|[uo]l"), "ul"),
    (re.compile(r"li|.*(?:listitem|listitem.*)|o?list-?item"), "li"),
    (re.compile(r".*quote.*"), "blockquote"),
    (re.compile(r"pre|.*code(?:block)?"), "pre"),
    (re.compile(r"table"), "table"),
    (re.compile(r"t(?:able)?row|tr"), "tr"),
    (re.compile(r"table(?:data|header)?cell|t[dh]"), "td"),
    (re.compile(r"p|(?:core)?par.*|unstyled|normal|block|.*text(?:block|element|component|section)?|verse"), "p"),
)
_INLINE = re.compile(r"text|span|link|hyperlink|a|strong|em|b|i|u|bold|italic|mark|code|su[bp]|.*inline.*|br|.*break")
_OTHER = re.compile(
    r".*(?:image|picture|photo|video|audio|embed|iframe|gallery|advert|promo|newsletter|related|teaser|card|button|"
    r"script|style|social|widget|poll|comment|share|media|slideshow|readmore|cta|breadcrumb|nav|menu|footer|signup|"
    r"subscri|paywall).*|ads?|ad(?:slot|unit|break).*|form|figure|tags?"
)
_TAGGED = re.compile(r"<(?:/?[a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?/?>")
_ESCAPED = re.compile(r"&lt;/?(?:p|br|div|h\d|ul|li|strong|em|a)\b", re.IGNORECASE)
_BLOCK = re.compile(r"<(?:p|div|h[1-6]|[uo]l|li|table|blockquote|pre|section|article|br)\b", re.IGNORECASE)
_MARKDOWN = re.compile(r"#{1,6} +(?=\S)")
_PLAIN = re.compile(r"[^a-z0-9]")


def html_of(value: Any, depth: int = 0) -> str:
    """Return the HTML of a text in JSON: of a string (HTML, or plain with Markdown's headings), a node, or a list."""
    if isinstance(value, str):
        return html_of_text(value)
    if depth > MAX_DEPTH:
        return ""
    if isinstance(value, list):
        if value and all(_is_inline(entry) for entry in value):
            return f"<p>{_inline(value, depth)}</p>"
        return "".join(html_of(entry, depth + 1) for entry in value)
    return _html_of_node(value, depth) if isinstance(value, dict) else ""


def html_of_text(text: str) -> str:
    """Return the HTML of a string: a string with tags as it is, also one whose tags are escaped; else its lines."""
    if _ESCAPED.search(text) and not _TAGGED.search(text):
        text = unescape(text)
    if _TAGGED.search(text):
        return text if _BLOCK.search(text) else f"<p>{text}</p>"
    return "".join(_line(line.strip()) for line in unescape(text).splitlines() if line.strip())


def kind_of(node: dict[str, Any]) -> str:
    """Return in small letters what kind of node a node says it is; "" where it does not say."""
    styles = [node.get("style"), node.get("listItem") and "listitem", *(node.get(name) for name in _KINDS)]
    if styles[0] in ("normal", "default"):
        del styles[0]
    found = next((style for style in styles if isinstance(style, str) and style and style != "element"), "")
    return _PLAIN.sub("", found.lower()[:60])


def has_text(node: dict[str, Any]) -> bool:
    """Tell whether a node has a text, or nodes that may have one."""
    return any(isinstance(node.get(name), str | list | dict) for name in _TEXTS)


def _line(line: str) -> str:
    mark = _MARKDOWN.match(line)
    return f"<h2>{escape(line[mark.end() :])}</h2>" if mark else f"<p>{escape(line)}</p>"


def _html_of_node(node: dict[str, Any], depth: int) -> str:
    kind = kind_of(node)
    if _OTHER.fullmatch(kind):
        return ""
    tag = _tag_of(kind)
    if tag == "pre":
        return f"<pre>{_inline(_contents(node, kind), depth)}</pre>"
    inner = html_of(_contents(node, kind), depth + 1)
    if tag in ("p", "h2"):
        return f"<{tag}>{_unwrapped(inner)}</{tag}>" if inner.count("<p>") == 1 or not _BLOCK.search(inner) else inner
    head = "" if tag else next((node[name] for name in _HEADS if isinstance(node.get(name), str)), "")
    titled = f"<h3>{escape(head)}</h3>" if head.strip() and inner else ""
    return f"{titled}<{tag}>{inner}</{tag}>" if tag and inner else titled + inner


def _tag_of(kind: str) -> str:
    return next((tag for pattern, tag in _TAGS if pattern.fullmatch(kind)), "")


def _contents(node: dict[str, Any], kind: str) -> Any:
    """Return what a node holds: its nodes before its own text."""
    named = [node.get(name) for name in _TEXTS] + [node.get(kind)]
    return next((value for value in named if value and isinstance(value, str | list | dict)), "")


def _unwrapped(html: str) -> str:
    return html[3:-4] if html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1 else html


def _is_inline(entry: Any) -> bool:
    """Tell whether an entry of a list stands within a line: a leaf of text, or a link around leaves."""
    if not isinstance(entry, dict):
        return False
    kind = kind_of(entry)
    if kind:
        return bool(_INLINE.fullmatch(kind)) and not (kind == "text" and _is_paragraph(entry))
    return isinstance(entry.get("text"), str) and not any(isinstance(entry.get(name), list) for name in _TEXTS)


def _is_paragraph(entry: dict[str, Any]) -> bool:
    """Tell whether a node of the kind "text" is a block all the same: its text has tags of blocks, or ends a line."""
    text = next((entry[name] for name in _TEXTS if isinstance(entry.get(name), str)), "")
    return bool(_BLOCK.search(text)) or (text.endswith((".", "!", "?", "。")) and len(text) > 120)


def _inline(value: Any, depth: int) -> str:
    """Return the text within one line, its leaves joined as they stand."""
    if isinstance(value, str):
        return value if _TAGGED.search(value) else escape(unescape(value))
    if depth > MAX_DEPTH:
        return ""
    if isinstance(value, list):
        return "".join(_inline(entry, depth + 1) for entry in value)
    if not isinstance(value, dict):
        return ""
    kind = kind_of(value)
    return "<br>" if kind.endswith("break") or kind == "br" else _inline(_contents(value, kind), depth + 1)
