"""XML files of many pages: Evernote's export, feeds with full texts, exports of Scrapy and blogs, and corpora."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import BufferedIOBase
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from winnow.items import HTML, TEXT, Metadata, Page, Reason, Rejection
from winnow.sources.containers import wordpress
from winnow.sources.containers.elements import Elements, local, text_of, texts_of
from winnow.sources.containers.entries import SIGNS, holds, record_of
from winnow.sources.containers.packed import packed_or_not
from winnow.sources.containers.records import (
    COMMENT,
    NO_POST,
    PICTURES,
    TEASER,
    ContainerOptions,
    Item,
    Passed,
    Place,
    Record,
    damaged,
    too_large,
)
from winnow.sources.containers.stated import address, facts
from winnow.text import tokens
from winnow.times import moment

_LOOKED_AT = 20_000  # characters of a description
_FULL = 150  # words from which on a description is the text of an item, not a teaser
_FOREIGN = ("{http://search.yahoo.com/mrss", "{http://www.itunes.com/")  # of pictures and sounds beside an item
_DATES = ("pubDate", "published", "issued", "date", "updated")
_KIND, _BLOGGER_TYPE = re.compile(r"/blogger/2008/kind#(\w+)$"), "{http://schemas.google.com/blogger/2018}type"
_BLOGGER = ("", "post", "page")  # kinds of entries that are texts
_TAGS = re.compile(r"<[^>]*>")
_MAILED = re.compile(r"[^\s@()]+@[^\s@()]+(?:\s*\((.*)\))?", re.S)  # an address, with the name behind it or without
# What LiveJournal, Tumblr and corpora of news in SGML (TREC, Gigaword, Reuters-21578) call the fields of an item.
_FIELDS = {"subject": "title", "event": "content", "eventtime": "date", "regulartitle": "title", "head": "title",
           "regularbody": "content", "photocaption": "content", "quotetext": "content", "linktext": "title",
           "hl": "title", "linkdescription": "content", "tag": "tags"}  # fmt: skip
_OF_HTML = ("p", "div", "br", "ul", "ol", "h1", "h2", "h3", "blockquote", "table", "section")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_NOTE_ROOT = re.compile(r"<(/?)en-note\b")
_PROLOG = re.compile(r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE[^>]*>)?", re.I)


@dataclass(frozen=True, slots=True)
class Told:
    """What a file states of all its elements, and the names of authors by what its elements call them."""

    stated: Metadata = field(default_factory=Metadata)
    names: Mapping[str, str] = field(default_factory=dict)


def elements(
    file: BufferedIOBase,
    options: ContainerOptions,
    names: bytes,
    read: Callable[[etree._Element, Told, str, int], Item],
    told: Callable[[etree._Element | None], Told] = lambda head: Told(),
) -> Iterator[Item]:
    """Yield the pages of the elements with these names; a page's name is the number of its element from 1."""
    cut = Elements(file, names, options.max_bytes * PICTURES)
    stated, number = told(cut.head), 0
    for number, each in enumerate(cut, 1):
        if each.element is not None:
            yield read(each.element, stated, str(number), options.max_bytes)
        elif each.is_cut:
            yield damaged(str(number), "the file ends within it")
        else:
            yield too_large(Page(str(number)), options.max_bytes)
    if not number:
        problem = Rejection(Reason.NO_ARTICLE, "an XML file without any " + names.decode().replace("|", " or "))
        yield Record(Page("1", problem=problem))


@packed_or_not
def read_notes(file: BufferedIOBase, options: ContainerOptions, _start: Place) -> Iterator[Item]:
    """Yield the notes of an Evernote export, well-formed or not."""
    yield from elements(file, options, b"note", _note)


@packed_or_not
def read_feed(file: BufferedIOBase, options: ContainerOptions, _start: Place) -> Iterator[Item]:
    """Yield the items of a feed (RSS, Atom) that have their whole texts; teasers are passed over."""
    yield from elements(file, options, b"item|entry", _feed_item, _of_feed)


@packed_or_not
def read_items(file: BufferedIOBase, options: ContainerOptions, _start: Place) -> Iterator[Item]:
    """Yield the items of an XML file that has a field in each element: exports of Scrapy and blogs, and corpora."""
    yield from elements(file, options, b"item|article|post|entry|document|DOC|REUTERS", _item_of_names)


def xml_record(page: Page, body: str | None, media_type: str, limit: int) -> Item:
    if not body or not body.strip():
        return Passed(TEASER)
    raw = body.encode("utf-8", "replace")
    if len(raw) > limit:
        return too_large(page, limit)
    return Record(replace(page, body=raw, media_type=media_type, charset="utf-8"))


def _note(note: etree._Element, _told: Told, name: str, limit: int) -> Item:
    about = next((child for child in note if local(child) == "note-attributes"), note)
    source, author = text_of(about, "source-url"), text_of(about, "author") or ""
    is_own = not source and "@" not in author  # of what was clipped, the author is who clipped it
    stated = facts(title=text_of(note, "title"), author=author if is_own else None, tags=texts_of(note, "tag"))
    url, captured = address(source), moment(text_of(note, "created"))
    page = Page(name, url=url, captured=captured, stated=stated)
    body = _NOTE_ROOT.sub(r"<\1body", _PROLOG.sub("", text_of(note, "content") or "", count=1))
    return xml_record(page, body, HTML, limit)


def _of_feed(head: etree._Element | None) -> Told:
    if head is None:
        return Told()
    channel = next((child for child in head if local(child) == "channel"), head)
    language = text_of(channel, "language") or head.get("{http://www.w3.org/XML/1998/namespace}lang")
    return Told(facts(sitename=text_of(channel, "title"), language=language), wordpress.names(head))


def _feed_item(item: etree._Element, told: Told, name: str, limit: int) -> Item:
    for child in [child for child in item if str(child.tag).startswith(_FOREIGN)]:
        item.remove(child)
    is_wordpress = wordpress.is_export(item)
    kind = _blogger_kind(item)
    if (is_wordpress and not wordpress.is_text(item)) or kind not in _BLOGGER:
        return Passed(COMMENT if kind == "comment" else NO_POST)
    authors = [text_of(child, "name") or "".join(child.itertext()) for child in item if local(child) == "author"]
    stated = facts(
        title=text_of(item, "title"),
        author=[told.names.get(author) or _name(author) for author in texts_of(item, "creator") or authors],
        date=wordpress.day(item) if is_wordpress else text_of(item, *_DATES),
        tags=[tag for child in item if local(child) == "category" and not _KIND.search(tag := _category(child))],
    )
    url = _link(item)
    if url and urlsplit(url).fragment.startswith("comment"):  # a feed of comments, as WordPress writes them
        return Passed(COMMENT)
    page = Page(name, url=url, stated=told.stated.filled(stated))
    whole = next(
        (child for child in item if local(child) in ("encoded", "content") and len("".join(child.itertext()))), None
    )
    if whole is not None:
        markup = wordpress.as_html(_markup(whole)) if is_wordpress else _markup(whole)
        return xml_record(page, markup, TEXT if whole.get("type") == "text" else HTML, limit)
    teaser = text_of(item, "description", "summary")
    is_full = teaser is not None and len(tokens(_TAGS.sub(" ", teaser[:_LOOKED_AT]))) >= _FULL
    return xml_record(page, teaser if is_full else None, HTML, limit)


def _blogger_kind(item: etree._Element) -> str:
    """Return the kind of an entry of Blogger's export; "" of other entries."""
    terms = (found for child in item if local(child) == "category" and (found := _KIND.search(_category(child))))
    of_today = next((child.text or "" for child in item if child.tag == _BLOGGER_TYPE), "").lower()
    return next((term[1] for term in terms), of_today)


def _category(element: etree._Element) -> str:
    return element.get("term") or element.text or ""


def _name(author: str) -> str:
    """Return the name of an author whom RSS states by an address, "" where it is an address alone."""
    mailed = _MAILED.fullmatch(author.strip())
    return mailed[1] or "" if mailed else author


def _markup(element: etree._Element) -> str:
    """Return what an element holds: text that is HTML, or elements."""
    if len(element):
        return "".join(etree.tostring(child, encoding="unicode", with_tail=False) for child in element)
    return element.text or ""


def _link(item: etree._Element) -> str | None:
    links = [child for child in item if local(child) == "link"]
    hrefs = [link.get("href") for link in links if link.get("rel", "alternate") == "alternate"]
    guids = [child.text for child in item if local(child) == "guid" and child.get("isPermaLink") != "false"]
    found = (address(value) for value in [*hrefs, *(link.text for link in links), *guids])
    return next(filter(None, found), None)


def _item_of_names(item: etree._Element, _told: Told, name: str, limit: int) -> Item:
    """Return the page of an item whose elements are fields; texts of one name become one, other values a list."""
    said: dict[str, list[etree._Element]] = {}
    for child in item.iterchildren(etree.Element):
        is_story = any(local(each) == "BODY" for each in child)  # of Reuters-21578
        for each in child.iterchildren(etree.Element) if is_story else [child]:
            field = SIGNS.sub("", local(each)).lower()
            said.setdefault(_FIELDS.get(field, field), []).append(each)
    value: dict[str, Any] = dict(item.attrib)
    for field, parts in said.items():
        if not holds([field])[0]:
            value[field] = [text for part in parts for text in texts_of(part, "value") or [_text(part)]]
        elif any(local(inner).lower() in _OF_HTML for part in parts for inner in part):
            value["html"] = "".join(_as_html(part) for part in parts)
        else:
            value[field] = "\n\n".join(filter(None, map(_text, parts)))
    return record_of({field: _alone(each) for field, each in value.items()}, name, limit)


def _alone(value: Any) -> Any:
    """Return the one value of a list of one."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _as_html(element: etree._Element) -> str:
    for each in element.iterdescendants(etree.Element):
        each.tag = local(each).lower()
    element.tag = "div"
    return etree.tostring(element, encoding="unicode", with_tail=False)


def _text(element: etree._Element) -> str:
    return _CONTROLS.sub("", "".join(element.itertext())).strip()
