"""What ZIP files state about their members: the descriptions of MAFF, books, lists of SingleFile, Omnivore, Substack.

A statement is the fields of `Page` that it fills; None is said of a member that is no page of its own. What cannot be
read states nothing; the members are read anyway.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from lxml import etree

from winnow.items import Metadata
from winnow.sources.containers.elements import local
from winnow.sources.containers.stated import address, facts
from winnow.times import moment

NO_PAGES = frozenset({"mimetype"})  # a member of an EPUB
_XHTML = "application/xhtml+xml"
_NO_CHAPTERS = ("cover", "toc")  # of a book, as its guide calls them
_LISTS = re.compile(r"(?:feed_\d+/)?index(?:_u\d+)?\.x?html")  # of the articles of a periodical by calibre
_MAX_FILES = 10_000  # that state something: a MAFF file has one for each page
_FAULTS = (ValueError, KeyError, AttributeError, TypeError, RuntimeError, RecursionError, zlib.error, OSError,
           etree.XMLSyntaxError, zipfile.BadZipFile, NotImplementedError, EOFError)  # fmt: skip

Statements = dict[str, dict[str, Any] | None]  # by the name of the member


def statements(archive: zipfile.ZipFile, limit: int) -> Statements:
    """Return what the archive states about its members, by their names; files of up to `limit` bytes are read."""
    found: Statements = {}
    names = [name for name in archive.namelist() if states(name)]
    for pattern, read in _READERS.items():
        for name in [each for each in names if re.fullmatch(pattern, each)][:_MAX_FILES]:
            with contextlib.suppress(*_FAULTS):
                found.update(read(archive, name, limit))
    return found


def states(name: str) -> bool:
    """Return whether a member of this name states something of other members."""
    return _STATES.fullmatch(name) is not None


def _bytes(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    with archive.open(name) as file:
        body = file.read(limit + 1)
    if len(body) > limit:
        raise ValueError
    return body


def _xml(archive: zipfile.ZipFile, name: str, limit: int) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    return etree.fromstring(_bytes(archive, name, limit), parser)


def _single_file(archive: zipfile.ZipFile, name: str, limit: int) -> Statements:
    stated = json.loads(_bytes(archive, name, limit))
    url, captured = address(stated.get("originalUrl")), moment(stated.get("archiveTime"))
    return {stated.get("indexFilename") or "index.html": {"url": url, "captured": captured}} if url else {}


def _maff(archive: zipfile.ZipFile, name: str, limit: int) -> Statements:
    """Return what the `index.rdf` beside a page says; only the title is no better than the page's own."""
    said = {local(each).lower(): each for each in _xml(archive, name, limit).iter()}

    def value(field: str) -> str | None:
        element = said.get(field)
        return next(iter(element.attrib.values()), element.text) if element is not None else None

    page = posixpath.join(posixpath.dirname(name), value("indexfilename") or "index.html")
    return {page: {"url": address(value("originalurl")), "captured": moment(value("archivetime"))}}


def _book(archive: zipfile.ZipFile, name: str, limit: int) -> Statements:
    """Return what a book says of all its chapters: authors, language, and its title as the name of the site.

    A periodical that calibre has made of a site's pages names the site, and when it was made; its author is calibre.
    """
    place = next(each.get("full-path") for each in _xml(archive, name, limit).iter() if local(each) == "rootfile")
    package = _xml(archive, str(place), limit)
    author, language, title = (_said(package, field) for field in ("creator", "language", "title"))
    periodical = _periodical(package)
    if periodical:
        author, title = [], [periodical]
    stated: dict[str, Any] = {"stated": facts(author=author, language=language, sitename=title[:1])}
    if periodical and (made := moment("".join(_said(package, "date")[:1]))):
        stated["captured"] = made
    chapters: Statements = {}
    folder = posixpath.dirname(str(place))
    for item in package.iter():
        if local(item) == "item" and item.get("media-type") == _XHTML:
            is_list = "nav" in (item.get("properties") or "").split()
            is_list |= periodical is not None and _LISTS.fullmatch(item.get("href") or "") is not None
            chapters[_member(folder, item)] = None if is_list else stated
        elif local(item) == "reference" and item.get("type") in _NO_CHAPTERS and "#" not in (item.get("href") or ""):
            chapters[_member(folder, item)] = None
    return chapters


def _periodical(package: etree._Element) -> str | None:
    """Return the name of the periodical whose pages calibre has put into a book; None of other books."""
    kinds = (each.get("content") for each in package.iter() if each.get("name") == "calibre:publication_type")
    kind, _, name = next(filter(None, kinds), "").partition(":")
    return name.partition(":")[2].strip() or None if kind == "periodical" else None


def _said(package: etree._Element, field: str) -> list[str]:
    return [each.text.strip() for each in package.iter() if local(each) == field and each.text]


def _member(folder: str, element: etree._Element) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(element.get("href") or "")))


def _omnivore(archive: zipfile.ZipFile, name: str, limit: int) -> Statements:
    return dict(map(_omnivore_entry, json.loads(_bytes(archive, name, limit))))


def _omnivore_entry(entry: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    said = facts(
        title=entry.get("title"),
        author=entry.get("author"),
        date=entry.get("publishedAt"),
        tags=entry.get("labels"),
        description=entry.get("description"),
    )
    told = {"url": address(entry.get("url")), "captured": moment(entry.get("savedAt")), "stated": said}
    return f"content/{entry['slug']}.html", told


def _substack(archive: zipfile.ZipFile, name: str, limit: int) -> Statements:
    """Return what the list of a newsletter's posts says of each: its HTML has nothing but the text."""
    rows = csv.DictReader(io.StringIO(_bytes(archive, name, limit).decode("utf-8-sig")))
    folder = posixpath.join(posixpath.dirname(name), "posts")
    return {f"{folder}/{row['post_id']}.html": {"stated": _of_post(row)} for row in rows if row.get("post_id")}


def _of_post(row: dict[str, str]) -> Metadata:
    return facts(title=row.get("title"), date=row.get("post_date"), description=row.get("subtitle"))


_READERS: dict[str, Callable[[zipfile.ZipFile, str, int], Statements]] = {
    r"manifest\.json": _single_file,
    r"META-INF/container\.xml": _book,
    r"(?:.*/)?index\.rdf": _maff,
    r"metadata_\d+_to_\d+\.json": _omnivore,
    r"(?:.*/)?posts\.csv": _substack,
}
_STATES = re.compile("|".join(_READERS))
