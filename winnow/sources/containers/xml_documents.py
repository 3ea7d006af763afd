"""Documents that trafilatura writes as XML, in its own form and as TEI: each states what was known of its page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BufferedIOBase

from lxml import etree

from winnow.items import HTML, Page
from winnow.sources.containers.elements import local, text_of, texts_of
from winnow.sources.containers.packed import packed_or_not
from winnow.sources.containers.records import TEASER, ContainerOptions, Item, Passed, Place
from winnow.sources.containers.stated import address, facts
from winnow.sources.containers.xml_files import Told, elements, xml_record
from winnow.times import moment

_HEADING = re.compile(r"h[1-6]")
# The elements of both forms, as HTML writes them.
_HTML_NAMES = {"main": "div", "body": "div", "head": "h2", "fw": "h2", "list": "ul", "item": "li", "hi": "b",
               "lb": "br", "quote": "blockquote", "row": "tr", "cell": "td", "ref": "a", "graphic": "img", "del": "s",
               "comments": "aside"}  # fmt: skip


@packed_or_not
def read_docs(file: BufferedIOBase, options: ContainerOptions, _start: Place) -> Iterator[Item]:
    """Yield the documents of an XML export of trafilatura."""
    yield from elements(file, options, b"doc|TEI", _document)


def _document(doc: etree._Element, _told: Told, name: str, limit: int) -> Item:
    is_tei = local(doc) == "TEI"
    page = _of_tei(doc, name) if is_tei else _of_doc(doc, name)
    main = next((each for each in doc.iter() if local(each) == ("body" if is_tei else "main")), None)
    if main is None:
        return Passed(TEASER)
    for element in main.iter(etree.Element):
        _as_html(element)
    return xml_record(page, etree.tostring(main, encoding="unicode", method="html", with_tail=False), HTML, limit)


def _as_html(element: etree._Element) -> None:
    """Give an element the name that it has in HTML."""
    named, rendered = local(element), element.get("rend") or ""
    if named == "div" and element.get("type") == "comments":
        named = "comments"
    is_head = named in ("head", "fw") or (named == "ab" and element.get("type") == "header")
    element.tag = (
        rendered if is_head and _HEADING.fullmatch(rendered) else _HTML_NAMES.get("head" if is_head else named, named)
    )
    if target := element.get("target"):
        element.set("href", target)


def _of_doc(doc: etree._Element, name: str) -> Page:
    tags = [tag for field in ("tags", "categories") for tag in (doc.get(field) or "").split(";")]
    stated = facts(
        **{field: doc.get(field) for field in ("title", "author", "date", "sitename", "description")}, tags=tags
    )
    return Page(name, url=address(doc.get("url") or doc.get("source")), stated=stated)


def _of_tei(doc: etree._Element, name: str) -> Page:
    """Return what the header states: of the page in `biblFull`, else of the file; "download" is the time of capture."""
    header = next((child for child in doc if local(child) == "teiHeader"), doc)
    said = {local(each): each for each in header.iter(etree.Element)}  # the last one, which is that of the page
    terms = [each for each in header.iter(etree.Element) if local(each) == "term"]
    dates = [each for each in header.iter(etree.Element) if local(each) == "date"]
    own = said.get("publicationStmt", header)
    stated = facts(
        title=text_of(said.get("titleStmt", header), "title"),
        author=texts_of(said.get("titleStmt", header), "author"),
        date=text_of(own, "date"),
        sitename=text_of(own, "publisher"),
        description=text_of(said["abstract"], "p") if "abstract" in said else None,
        tags=[tag for each in terms for tag in re.split("[,;]", each.text or "")],
    )
    captured = next((moment(each.text) for each in dates if each.get("type") == "download" and each.text), None)
    links = [each.get("target") for each in own if local(each) == "ptr"]
    return Page(name, url=next(filter(None, map(address, links)), None), captured=captured, stated=stated)
