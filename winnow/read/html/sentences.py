"""Sentences of a page as a browser shows them: what is not seen goes out of them, what is seen stays within them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from winnow.read.html.looks import hides
from winnow.read.html.notes import AROUND, mark_notes
from winnow.read.html.places import shorten_own
from winnow.read.html.side_notes import is_side_note, set_apart
from winnow.read.html.tags import BOXES, HEADINGS, SKIPPED
from winnow.read.parser import drop_all

SENTENCE = 80  # bytes in UTF-8, fewer for languages that need fewer characters; shorter lines may tell names and days
FEW = 1 / 3  # share of the paragraphs of a box, by their text, that is unseen at most; more are shown by a script

_SR = r"sr-?only|visually-?hidden|screen-?reader(?:-?text|-?only)?|show-for-sr|element-invisible|a11y-(?:hidden|text)"
# Classes, as whole names, for text that is read aloud only, or that is shown under the pointer only.
_UNSEEN = re.compile(rf"(?:^|\s)(?!not-)(?:[\w-]*[-_])?(?:{_SR}|tooltip-?_*(?:text|content))(?=\s|$)", re.I)
_AWAY = re.compile(
    r"font-size\s*:\s*0(?![\d.])|(?:left|top|text-indent)\s*:\s*-\d{4}|clip\s*:\s*rect\(\s*[01](?!\d)", re.I
)
_CUSTOM = re.compile(r"<[a-z]\w*-", re.I)
_UNFOLDS = re.compile(r"(?:toggle|accordion|tab)[-_]+(?:title|head)", re.I)
_MARK = re.compile(r"[1-9]\d{0,2}|[*†‡]{1,3}")
_NUMBERING = re.compile(r"\([^\W_]{1,4}\)|\d{1,3}\.")  # of a subsection
_NAMED = re.compile(r"[^\W_][\w-]{0,19}")  # what a raised link to a place is called instead of being numbered
_STICKS = re.compile(r"[^\W\d]|[.,;:!?)\]\"'”’»…%]")  # the last character of what a mark of a footnote follows
# What a raised number follows that is the mark of a footnote: a long word, a script without units, a sentence.
_NOTED = re.compile(r"(?:[^\W\d_]{4}|[^\W\d_\x00-\u052f]|[^\W\d_]{2}[\"”’»]?[.,;:!?…。、！？][\"”’»]?)$")
_OPEN = re.compile(r"[\[(][^\])]{0,40}$")
_WORD = re.compile(r"\w")
_TOLD = re.compile(r"author|creator|contributor|publisher|date|body|text", re.I)
_PROSE = frozenset(("p", "blockquote", "td", "dd"))
_SMALL = frozenset((*HEADINGS, "li", "td", "th", "dd", "dt", "figcaption", "caption", "summary"))
_SIDE_BY_SIDE = ("p", "li", "blockquote", "h3", "h4", "h5", "h6")
PIECES = (*_SIDE_BY_SIDE, "span", "a", "em", "strong", "i", "b", "small", "sup", "sub", "label", "abbr", "font")

_find_custom = etree.XPath("descendant::*[contains(name(), '-')]")


def name_spans(tree: HtmlElement, text: str) -> None:
    """Make spans of the custom elements that stand in sentences, in the tree of a page that was read from a text."""
    if _CUSTOM.search(text):
        for custom in _find_custom(tree):
            if _is_inline(custom):
                custom.tag = "span"


def mend_sentences(pieces: Iterable[HtmlElement]) -> None:
    """Change the tree that elements, whose tags are those of `PIECES`, stand in: their sentences hold what is shown."""
    unseen: dict[HtmlElement, list[HtmlElement]] = {}
    links: list[HtmlElement] = []
    notes: list[HtmlElement] = []
    signs: list[HtmlElement] = []  # by which a heading links to itself, or readers change its section
    for piece in pieces:
        if piece.tag == "span" and "editsection" in piece.get("class", ""):
            signs.append(piece)
        elif is_unseen(piece):
            box = piece.getparent() if piece.tag in _SIDE_BY_SIDE else _box_of(piece)
            if box is not None and not piece.get("itemprop"):
                unseen.setdefault(box, []).append(piece)
        elif is_side_note(piece):
            notes.append(piece)
        elif piece.tag == "a":
            _mend_link(piece, links, signs)
        elif piece.tag == "sup" and not len(piece):
            bracket_mark(piece)
        elif piece.tag == "span" and not piece.tail:
            _part(piece, piece.getnext())
    drop_all(signs)
    shorten_own(links)
    mark_notes(links)
    set_apart(notes)
    for box, inside in unseen.items():
        drop_unseen(box, inside)


def _mend_link(link: HtmlElement, links: list[HtmlElement], signs: list[HtmlElement]) -> None:
    """Add a link that leads to a place of its page to the signs of places or to the other such links."""
    if "#" in link.get("href", ""):
        if _is_sign_of_place(link):
            signs.append(link)
        else:
            links.append(link)
            bracket_mark(link)
    elif "href" not in link.attrib and _UNFOLDS.search(link.get("class", "")):
        link.tag = "span"  # the title of what it unfolds; it leads nowhere


def _part(one: HtmlElement, next_one: HtmlElement | None) -> None:
    """Put a space between two spans that a style sheet sets apart, where they read like two words: `00:42` `Ada Lund`.

    Their classes differ, and a capital follows what is none, a figure another one, or a word the number before it.
    """
    if next_one is None or next_one.tag != "span" or "class" not in one.attrib:
        return
    if next_one.get("class", "") in ("", one.get("class")):
        return
    before, after = one.text_content()[-1:], (next_one.text or "")[:1]
    is_word = after.isupper() and (before.islower() or before.isdigit())
    is_figure = after.isdigit() and before.isdigit()
    is_numbered = after.isalpha() and not len(one) and _NUMBERING.fullmatch((one.text or "").strip()) is not None
    if (is_word or is_figure or is_numbered) and next(one.iterancestors("pre", "code"), None) is None:
        one.tail = " "


def _is_sign_of_place(link: HtmlElement) -> bool:
    """Return whether a link is the sign, such as ¶ or #, by which a heading or anything with a name links to itself.

    Words, which are read aloud, are such a sign behind the heading to which they lead: "Link to this section".
    """
    sign, parent = link.text_content(), link.getparent()
    if parent is None or not sign.strip():
        return False
    place = link.get("href", "").rpartition("#")[2]
    if _WORD.search(sign):
        heading = link.getprevious()
        return heading is not None and heading.tag in HEADINGS and heading.get("id") == place != ""
    around = islice(link.iterancestors(), AROUND)
    return parent.tag in HEADINGS or (bool(place) and any(each.get("id") == place for each in around))


def is_unseen(element: HtmlElement) -> bool:
    """Return whether an element's attributes say that it is not shown."""
    for name, value in element.items():
        if name == "class":
            if _is_unseen_class(value):
                return True
        elif name == "style":
            if _is_unseen_style(value):
                return True
        elif (name == "hidden" and value != "until-found") or (name == "role" and value == "tooltip"):
            return True
    return False


@lru_cache(1 << 13)
def _is_unseen_class(value: str) -> bool:
    return bool(_UNSEEN.search(value))


@lru_cache(1 << 11)
def _is_unseen_style(value: str) -> bool:
    return hides(value) or bool(_AWAY.search(value))


def drop_unseen(box: HtmlElement, unseen: list[HtmlElement]) -> None:
    """Drop unseen elements that stand in the sentences of a box, or are few paragraphs among others.

    Other unseen boxes stay: many articles are hidden until a script shows them. What states something for machines
    stays too, but for an item of titles, addresses and pictures, and so does what is read aloud at the beginning of a
    line, such as "Posted on": it tells names and days.
    """
    paragraphs = [each for each in unseen if each.tag in _SIDE_BY_SIDE]
    if paragraphs and _are_few(paragraphs, box):
        drop_all(paragraphs)
    inline = [each for each in unseen if each.tag not in _SIDE_BY_SIDE and not _holds_boxes(each)]
    drop_all([each for each in inline if each.get("itemscope") is not None and not _tells(each)])
    if not inline or any(child.tag in BOXES for child in box):
        return
    size = _size(box) - sum(map(_size, inline))
    is_caption = box.tag == "figcaption"  # of a frame around code, where all of it is read aloud: "Terminal window"
    if size < SENTENCE and (box.tag not in _SMALL or (size < 2 and not is_caption)):
        return
    may_begin = box.tag in HEADINGS or is_caption or (size >= SENTENCE and box.tag in _PROSE)
    drop_all([
        each for each in inline
        if _WORD.search(each.text_content()) and (may_begin or any(map(_is_text, _before(each))))
    ])  # fmt: skip


def _tells(item: HtmlElement) -> bool:
    """Return whether an item of microdata tells names or days, or holds a text."""
    return any(map(_TOLD.search, item.xpath(".//@itemprop")))


def _size(element: HtmlElement) -> int:
    return len(element.text_content().encode("utf-8", "surrogatepass"))


def _are_few(unseen: list[HtmlElement], box: HtmlElement) -> bool:
    """Return whether unseen paragraphs are a small part of all the paragraphs in a box."""
    return sum(map(_size, unseen)) <= FEW * sum(map(_size, box.iterchildren(*_SIDE_BY_SIDE)))


def _is_inline(custom: HtmlElement) -> bool:
    """Return whether a custom element stands in a sentence: it holds no boxes, and text stands beside it."""
    if _holds_boxes(custom):
        return False
    node = custom
    while (parent := node.getparent()) is not None:
        if _is_text(node.tail) or _is_text(just_before(node)) or parent.tag == "p" or parent.tag in _SMALL:
            return True
        if parent.tag in BOXES:
            return False
        node = parent
    return False


def write_formula(formula: HtmlElement) -> None:
    """Write a formula as text, once: what is shown of it for the eyes only goes, its hiding goes with that."""
    text = _formula_text(formula)
    node = formula
    for _ in range(2):
        parent = node.getparent()
        if parent is None or parent.tag in BOXES:
            break
        for beside in (node.getprevious(), node.getnext()):
            if beside is not None and beside.get("aria-hidden") == "true":
                beside.drop_tree()
        node = parent
        for name in ("style", "hidden"):
            node.attrib.pop(name, None)
    formula[:] = []
    formula.attrib.clear()
    formula.tag, formula.text = "span", text


def _formula_text(formula: HtmlElement) -> str:
    """Return a formula as it reads, if it is one line of signs; else in the notation that its page gives with it."""
    signs = [each for each in formula.iter() if each.tag not in ("math", "semantics", "mrow", "mstyle", "mpadded")]
    given = formula.get("alttext") or next((each.text for each in signs if each.tag == "annotation" and each.text), "")
    plain = [each for each in signs if each.tag in ("mi", "mo", "mn", "mtext", "mspace", "ms")]
    notes = sum(each.tag in ("annotation", "annotation-xml") for each in signs)
    if given and len(plain) + notes < len(signs):
        return re.sub(r"^\{\\(?:displaystyle|textstyle)\s*(.*)\}$", r"\1", " ".join(given.split()))
    return "".join(" ".join((each.text or "").split()) if each.tag != "mtext" else each.text or "" for each in plain)


def bracket_mark(element: HtmlElement) -> None:
    """Put the mark of a footnote, a link to a place of its page or raised, in brackets where it would stick to a word.

    What is raised and no link is a mark behind a long word or a sentence; short words are units or formulas.
    """
    mark = element.text_content().strip()
    beside, parent = element.getprevious(), element.getparent()
    is_raised = element.tag == "a" and parent is not None and parent.tag == "sup"
    if not (_MARK.fullmatch(mark) or (is_raised and _NAMED.fullmatch(mark))):
        return
    before = "".join(reversed(list(islice(_before(element), 8))))[-41:]
    if element.tag == "sup":
        sticks = _NOTED.search(before) is not None
    else:
        is_numbering = beside is not None and beside.tag == "a" and not beside.tail and not before.endswith("]")
        sticks = ((is_raised and before[-1:].isdigit()) or _STICKS.match(before[-1:]) is not None) and not is_numbering
    if sticks and not _OPEN.search(before):
        element[:] = []
        element.text = f"[{mark}]"


def _before(element: HtmlElement) -> Iterator[str]:
    """Yield the pieces of text before an element in its line, the nearest first."""
    node: HtmlElement | None = element
    while node is not None and node.tag not in BOXES:
        if text := just_before(node):
            yield text
        before = node.getprevious()
        if before is None:
            node = node.getparent()
            continue
        if before.tag in BOXES or before.tag == "br":
            return
        if before.tag not in SKIPPED and (text := before.text_content()):
            yield text
        node = before


def just_before(node: HtmlElement) -> str:
    """Return the text that directly precedes an element: its parent's, or that behind the element before it."""
    before, parent = node.getprevious(), node.getparent()
    if before is not None:
        return before.tail or ""
    return (parent.text or "") if parent is not None else ""


def _is_text(text: str | None) -> bool:
    return text is not None and text != "" and not text.isspace()


def _box_of(element: HtmlElement) -> HtmlElement | None:
    """Return the box that an inline element stands in."""
    return next((outer for outer in element.iterancestors() if outer.tag in BOXES), None)


def _holds_boxes(element: HtmlElement) -> bool:
    return any(inner.tag in BOXES for inner in element.iterdescendants())
