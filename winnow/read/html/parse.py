"""Parse an HTML page as trafilatura does, in half of trafilatura's time and whole, into what a browser shows."""

from __future__ import annotations

from lxml import etree
from lxml.html import HtmlElement, fromstring
from trafilatura.utils import repair_faulty_html

from winnow.read.html.shown import shown
from winnow.read.parser import page_parser

_HEAD = 4096  # characters at the beginning of a page in which trafilatura looks for faults that it repairs
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r")


def parse(text: str) -> HtmlElement | None:
    """Return the tree of a page as a browser shows it; None where there is no HTML."""
    return parse_page(text)[0]


def parse_page(text: str) -> tuple[HtmlElement | None, bool]:
    """Return the tree of a page as a browser shows it, None where there is no HTML; and whether it ends early.

    The parser gives up where elements are nested more than 2,048 deep: what follows is in no tree.
    """
    tree = parse_as_written(text)
    ends_early = bool(page_parser().error_log.filter_from_fatals())
    return None if tree is None else shown(tree, text), ends_early


def parse_as_written(text: str) -> HtmlElement | None:
    """Return the tree of a page, None where there is no HTML.

    It is that of `trafilatura.utils.load_html`, which loses what follows 255 nested elements, or ten megabytes in one,
    and takes what stands in one element (`<article><div>…`) for no HTML.
    """
    cut = text.find("\n", _HEAD) + 1 or len(text)
    beginning = text[:50].lower()
    head = repair_faulty_html(text[:cut], beginning)
    whole = text if head == text[:cut] else head + text[cut:]
    for char in "\ufffe\uffff":
        if char in whole:  # found out in a tenth of the time that the replacement takes
            whole = whole.replace(char, "")
    body = whole.encode("utf-8", "surrogatepass").translate(None, _CONTROLS)
    try:
        return fromstring(body, parser=page_parser())
    except (etree.LxmlError, ValueError):
        return None


def parse_fragment(text: str) -> HtmlElement | None:
    """Return a body that holds the elements of a piece of HTML; None where there are none."""
    body = f"<html><body>{text}</body></html>".encode("utf-8", "ignore")
    try:
        return fromstring(body.translate(None, _CONTROLS), parser=page_parser()).find("body")
    except (etree.LxmlError, ValueError):
        return None
