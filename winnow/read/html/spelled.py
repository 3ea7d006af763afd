"""Spell out what a browser shows by other means than text: quotation marks, powers, struck words, packed addresses.

So are formulas and signs that a picture shows within a sentence, and lists that Word writes as paragraphs.

The numbers of a listing's lines, which stand in a column of their own, go: they are no part of the code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain, islice

from lxml import etree
from lxml.html import HtmlElement

from winnow.read.html.sentences import just_before
from winnow.read.parser import drop_all

STRUCK = ("del", "s", "strike")
SPELLED = ("q", "ins", "pre", "code", "img", *STRUCK)

_QUOTES = frozenset("\"'“”„‟«»‘’‚‹›「」『』")
_POWER = re.compile(r"[-+−]?[0-9]{1,3}")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_BEGINS_A_WORD = re.compile(r"[\w$£€¥₹]")
_NUMBER_CLASS = re.compile(r"(?:^|\s)(?:line-?(?:no|num|number)s?|lnt?)(?=\s|$)", re.I)
_PACKED = "data-cfemail"
_ADDRESS = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,255}")

_FORMULA = re.compile(
    r"(?:^|\s)(?:wp-|mwe-)?(?:la)?(?:tex|math|formula|equation)(?:-(?:inline|display|fallback)\S*)?(?=\s|$)", re.I
)
_SIGN = re.compile(r"emoji|emoticon|smile?y|smilies", re.I)
MOST = 500  # characters of a formula, at most
SIGNS = 8  # characters of a sign, at most: some are made of several

_BULLETED = "mso-list"
_find_packed = etree.XPath(f"descendant::*[@{_PACKED}]")
_find_bullets = etree.XPath(f"descendant::span[contains(translate(@style, ' ', ''), '{_BULLETED}:Ignore')]")


def spell_out(tree: HtmlElement, text: str, found: Mapping[str, Sequence[HtmlElement]]) -> None:
    """Change the tree of a page that was read from a text; `found` has its elements by tag."""
    for quotation in found["q"]:
        _quote(quotation)
    for raised in found["sup"]:
        _raise(raised)
    for tag in STRUCK:
        for struck in found[tag]:
            _set_apart(struck)
    for image in found["img"]:
        _write_drawn(image, not found["math"])  # a formula with elements of its own may have a picture, too
    if _PACKED in text:
        for packed in _find_packed(tree):
            _unpack(packed)
    if _BULLETED in text:
        for bullet in _find_bullets(tree):
            _list(bullet)
    _drop_numbers_within(found)
    _drop_columns_of_numbers(found)


def _list(bullet: HtmlElement) -> None:
    """Make a paragraph of Word an item of a list, without its bullet (`·`, or `o` in another font); numbers stay."""
    line = next(bullet.iterancestors("p"), None)
    shown = bullet.text_content().strip()
    if line is not None and (shown == "o" or not any(map(str.isalnum, shown))):
        bullet.drop_tree()
        line.tag = "li"


def _quote(element: HtmlElement) -> None:
    """Put a quotation between the marks that a browser shows, unless it has some."""
    said = next(filter(None, map(str.strip, element.itertext())), "")
    if not said or said[0] in _QUOTES:
        return
    begin, end = "‘’" if next(element.iterancestors("q"), None) is not None else "“”"
    element.text = begin + (element.text or "").lstrip()
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip() + end
    else:
        element.text = element.text.rstrip() + end


def _raise(element: HtmlElement) -> None:
    """Write a power with raised digits: 10 to the sixth is no 106."""
    power = (element.text or "").strip()
    if not len(element) and _POWER.fullmatch(power) and just_before(element)[-1:].isdigit():
        element.text = power.translate(_RAISED)


def _set_apart(struck: HtmlElement) -> None:
    """Put a space between struck words and those that replace them, on either side."""
    _part(struck, struck.getnext())
    before = struck.getprevious()
    if before is not None and before.tag == "ins":
        _part(before, struck)


def _part(element: HtmlElement, behind: HtmlElement | None) -> None:
    beside = next(behind.itertext(), "") if behind is not None and behind.tag in ("ins", *STRUCK) else ""
    if _BEGINS_A_WORD.match(element.tail or beside) and element.text_content()[-1:].strip():
        element.tail = " " + (element.tail or "")


def _write_drawn(image: HtmlElement, is_formula_wanted: bool) -> None:
    """Write a formula, or a sign such as 🐝, that a picture shows in a sentence."""
    drawn, names = (image.get("alt") or "").strip(), image.get("class") or ""
    is_formula = is_formula_wanted and len(drawn) <= MOST and _FORMULA.search(names)
    is_sign = len(drawn) <= SIGNS and not drawn.isascii() and _SIGN.search(names)
    if drawn and (is_formula or is_sign):
        image.attrib.clear()
        image.tag, image.text = "span", " ".join(drawn.split())


def _unpack(element: HtmlElement) -> None:
    """Write an address of mail that Cloudflare has packed: each byte is masked with the first."""
    try:
        mask, *masked = bytes.fromhex(element.get(_PACKED, ""))
    except ValueError:
        return
    address = bytes(byte ^ mask for byte in masked).decode("utf-8", "replace")
    if _ADDRESS.fullmatch(address) and address.isprintable():
        element[:] = []
        element.text = address


def _drop_numbers_within(found: Mapping[str, Sequence[HtmlElement]]) -> None:
    """Drop the numbers of lines that stand among the code."""
    if found["pre"]:
        numbers = [each for each in chain(found["span"], found["a"]) if _NUMBER_CLASS.search(each.get("class", ""))]
        within = (each for each in numbers if next(each.iterancestors("pre"), None) is not None)
        drop_all([each for each in within if each.text_content().strip().isdigit()])


def _drop_columns_of_numbers(found: Mapping[str, Sequence[HtmlElement]]) -> None:
    """Drop the numbers of lines that stand in cells before that of the code."""
    cells = dict.fromkeys(
        cell for tag in ("pre", "code") for code in found[tag] for cell in islice(code.iterancestors("td"), 1)
    )
    for cell in cells:
        while (before := cell.getprevious()) is not None and before.tag in ("td", "th") and _counts(before):
            drop_all([before])


def _counts(cell: HtmlElement) -> bool:
    """Return whether a cell holds nothing but two or more numbers, each greater by one than the last."""
    words = [word for text in cell.itertext() for word in text.split()]
    if len(words) < 2 or not words[0].isdecimal():
        return False
    return words == [str(number) for number in range(int(words[0]), int(words[0]) + len(words))]
