"""Parse an HTML page as trafilatura does, in half of trafilatura's time."""

from __future__ import annotations

from lxml import etree
from lxml.html import HtmlElement, fromstring
from trafilatura.utils import is_dubious_html, repair_faulty_html

from winnow.read.parser import element_parser

_HEAD = 4096  # characters at the beginning of a page in which trafilatura looks for faults that it repairs
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r")


_PARSER = element_parser(
    collect_ids=False, default_doctype=False, encoding="utf-8", remove_comments=True, remove_pis=True
)


def parse(text: str) -> HtmlElement | None:
    """Return the tree of a page, the same as that of `trafilatura.utils.load_html`; None where there is no HTML."""
    cut = text.find("\n", _HEAD) + 1 or len(text)
    beginning = text[:50].lower()
    body = (repair_faulty_html(text[:cut], beginning) + text[cut:]).encode("utf-8", "surrogatepass")
    body = body.translate(None, _CONTROLS).replace("\ufffe".encode(), b"").replace("\uffff".encode(), b"")
    try:
        tree = fromstring(body, parser=_PARSER)
    except (etree.LxmlError, ValueError):
        return None
    return None if is_dubious_html(beginning) and len(tree) < 2 else tree
