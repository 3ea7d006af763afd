"""What WordPress adds to the items of its export (WXR), a feed of all that a site holds: kind, state, author, day.

Texts of its older editor are neither HTML nor plain text: blank rows divide their paragraphs (as `wpautop` of WordPress
reads them), and short codes in brackets stand for what plugins put in their place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from winnow.sources.containers.elements import local, text_of

# Kinds of items that are parts of a site and no texts of their own, and states in which nobody has kept a text.
_PARTS = frozenset((
    "attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset", "oembed_cache", "user_request",
    "wp_block", "wp_template", "wp_template_part", "wp_global_styles", "wp_navigation", "wp_font_family",
    "wp_font_face",
))  # fmt: skip
_GONE = frozenset(("trash", "auto-draft", "inherit"))

_BLOCKS = (
    "address|article|aside|blockquote|center|dd|details|div|dl|dt|fieldset|figure|footer|form|h[1-6]|header|hr|li|main|nav"
    "|ol|p|pre|script|section|style|table|tbody|td|tfoot|th|thead|tr|ul"
)
_BEGINS = re.compile(rf"\s*(?:</?(?:{_BLOCKS})\b|<!--)", re.I)
_OPENS = re.compile(r"<(pre|table|ul|ol|script|style|blockquote)\b", re.I)
_ROW, _GAP = "\n", re.compile(r"\n[^\S\n]*\n")
_CAPTION = re.compile(r"\[(?:wp_)?caption\b([^\[\]]*)\]((?:(?!\[(?:wp_)?caption\b).)*?)\[/(?:wp_)?caption\]", re.S)
_SHOWN = re.compile(r"((?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?)(.*)", re.S)
_SAID = re.compile(r"""\bcaption=(?:"([^"]*)"|'([^']*)')""")
_CODE = re.compile(
    r"\[/?(?:gallery|audio|video|playlist|embed)(?:\s[^\[\]]*)?\]"
    r"|\[[a-z][\w-]*(?:\s+[\w-]+=(?:\"[^\"]*\"|'[^']*'|[^\s\]\"']+))+\s*/?\]|\[/[a-z][\w-]*\]"
)


def is_export(item: etree._Element) -> bool:
    """Return whether an item of a feed stands in an export of WordPress."""
    return text_of(item, "post_type") is not None


def is_text(item: etree._Element) -> bool:
    """Return whether an item of an export is a text that the site keeps: a post, a page, a kind of its own, a draft."""
    return text_of(item, "post_type") not in _PARTS and text_of(item, "status") not in _GONE


def names(head: etree._Element | None) -> dict[str, str]:
    """Return the names under which the authors of an export write, by those under which they log in."""
    authors = [] if head is None else [each for each in head.iter(etree.Element) if local(each) == "author"]
    found = {text_of(author, "author_login"): text_of(author, "author_display_name") for author in authors}
    return {login: name for login, name in found.items() if login and name}


def day(item: etree._Element) -> str | None:
    """Return the day of a text in its author's time; None for a draft without one, whose other dates say nothing."""
    said = text_of(item, "post_date") or ""
    return said[:10] if said[:4].strip("0") else None


def as_html(text: str) -> str:
    """Return a text of either editor as HTML: paragraphs in elements, pictures with captions, no short codes."""
    text = _CODE.sub("", _CAPTION.sub(_captioned, text.replace("\r\n", "\n")))
    if re.search(r"<p\b|<!-- wp:", text, re.I):
        return text
    return "".join(part if is_whole else _paragraphs(part) for part, is_whole in _parts(text))


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a text in their order, and whether each is an element whose blank rows divide nothing."""
    begin, unclosed = 0, set()
    for opened in _OPENS.finditer(text):
        tag = opened[1].lower()
        if opened.start() < begin or tag in unclosed:
            continue
        closed = re.compile(rf"</{tag}\s*>", re.I).search(text, opened.end())
        if closed is None:
            unclosed.add(tag)
            continue
        yield text[begin : opened.start()], False
        yield text[opened.start() : closed.end()], True
        begin = closed.end()
    yield text[begin:], False


def _captioned(code: re.Match[str]) -> str:
    shown, said = _SHOWN.search(code[2]), _SAID.search(code[1])
    image, caption = (shown[1], shown[2]) if shown else (code[2], "")
    caption = caption.strip() or (said[1] or said[2] if said else "")
    return f"\n\n<figure>{image}<figcaption>{caption}</figcaption></figure>\n\n"


def _paragraphs(text: str) -> str:
    """Return what stands between blank rows as paragraphs, but for what is a block of its own."""
    parts = filter(None, (part.strip() for part in _GAP.split(text)))
    return "".join(part if _BEGINS.match(part) else f"<p>{part.replace(_ROW, '<br>')}</p>\n" for part in parts)
