"""Front matter: the block of YAML at the beginning of a Markdown file, in which clippers say where a text is from.

Obsidian's and Joplin's clippers, static sites and trafilatura write such blocks. Only what they write is understood:
plain and quoted values, lists, and texts of several lines; anything else in a block is passed over. Rows of properties
without a block tell the same (`winnow.read.plain.properties`).
"""

from __future__ import annotations

import re

from winnow.items import Metadata
from winnow.read.plain.bylines import byline
from winnow.read.plain.properties import address_of, lone_address, printed_address, split_properties
from winnow.text import tokens
from winnow.times import day

_BLOCK = re.compile(r"\ufeff?---[ \t]*\r?\n(.{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.S)
_FIELD = re.compile(r"([\w][\w .-]{0,40}?)[ \t]*:(?:[ \t]+(.*)|[ \t]*)$")
_ITEM = re.compile(r"\s*-[ \t]+(.*)")
_LIST = re.compile(r"\[(?!\[)(.*)\]$")
_LISTED = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([^,]+))""")
_LINK = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]]*)\]\]")  # a link to another note
_SIGNS = re.compile(r"[\W_]+")
_HEADING = re.compile(r"\A#{1,6}[ \t]+")
# Names in the order in which they are believed.
_NAMES = {
    "title": ("title", "fulltitle"),
    "author": ("author", "authors", "byline", "creator"),
    "date": ("published", "publishedtime", "datepublished", "publishdate", "date", "created"),
    "url": ("url", "urlsource", "source", "sourceurl", "link", "canonicalurl", "originalurl", "permalink"),
    "sitename": ("sitename", "site", "publisher"),
    "description": ("description", "excerpt", "summary"),
    "language": ("language", "lang"),
    "tags": ("tags", "keywords", "categories"),
}
# Readers that answer with Markdown set blank rows between these.
_APART = ("title", "author", "date", "url")
_KNOWN = frozenset({"markdowncontent", *(name for field in _APART for name in _NAMES[field])})


def split_front_matter(text: str) -> tuple[Metadata, str]:
    """Return what a text states about itself at its beginning or end, and the text without it; all of it without that.

    That is a block of front matter, rows of properties one of which is an address, or an address in a row of its own.
    """
    found = _BLOCK.match(text)
    if found and (stated := _stated(_fields(found[1]))) != Metadata():
        return stated, text[found.end() :]
    listed, rest = split_properties(text, _NAMES["url"], _KNOWN)
    if listed:
        return _stated(_fields("\n".join(f"{name}: {value}" for name, value in listed))), rest
    url, rest = lone_address(text)
    url = url or printed_address(text)
    return Metadata(url=url) if url else Metadata(), rest


def _stated(fields: dict[str, list[str]]) -> Metadata:
    """Return what the fields of a block state; when a clipping of a page was created says nothing of the page."""
    stated = {field: [value for name in names for value in fields.get(name, ())] for field, names in _NAMES.items()}
    if stated["url"]:
        stated["url"] = [next(filter(None, map(address_of, stated["url"])), stated["url"][0])]
        stated["date"] = [value for name in _NAMES["date"][:-1] for value in fields.get(name, ())]
    first = {field: values[0] for field, values in stated.items() if values and field not in ("author", "date", "tags")}
    date = next((date for value in stated["date"] if (date := day(value))), None)
    author = "; ".join(map(_named, next((fields[name] for name in _NAMES["author"] if fields.get(name)), [])))
    return Metadata(**first, author=author or None, date=date, tags=tuple(stated["tags"]))


def _named(author: str) -> str:
    """Return an author without the word for “by” before the name, as programs take both from a page's byline."""
    names = byline(author)
    return names if names and tokens(names)[-1:] == tokens(author)[-1:] else author


def without_marks(title: str | None) -> str | None:
    """Return a title without the signs that make a line of Markdown a heading."""
    return title and (_HEADING.sub("", title) or None)


def _fields(block: str) -> dict[str, list[str]]:
    """Return the values of the fields of a block, by their names in lower case and without signs."""
    fields: dict[str, list[str]] = {}
    values: list[str] = []
    is_text = False  # whether indented lines go on with a text
    for line in block.splitlines():
        if found := _FIELD.match(line):
            values = fields.setdefault(_SIGNS.sub("", found[1]).lower(), [])
            rest = (found[2] or "").strip()
            is_text = rest[:1] in (">", "|")
            values += [] if is_text else _values(rest)
        elif is_text and line[:1] in (" ", "\t"):
            values[:] = [" ".join([*values, line.strip()])]
        elif item := _ITEM.match(line):
            values += _values(item[1].strip())
    return fields


def _values(written: str) -> list[str]:
    listed = _LIST.match(written)
    found = _LISTED.finditer(listed[1] if listed else written) if listed else [_LISTED.match(written)]
    values = (_value(each, written, bool(listed)) for each in found if each)
    return [value for value in values if value]


def _value(found: re.Match[str], written: str, is_listed: bool) -> str:
    if found[1] is not None:
        text = re.sub(r"\\(.)", r"\1", found[1])
    elif found[2] is not None:
        text = found[2].replace("''", "'")
    else:
        text = found[3] if is_listed else re.split(r"\s#", written)[0]
    return _LINK.sub(r"\1", text).strip()
