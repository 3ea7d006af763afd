"""Blogs as text, in the form of Movable Type's export: TypePad, Hatena Blog, FC2, Seesaa and others write it, too.

Each entry is a head of rows `NAME: value`, and sections behind rows of five dashes, up to a row of eight dashes.
Source: https://movabletype.org/documentation/appendices/import-export-format.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BufferedIOBase

from winnow.items import HTML, TEXT, Page
from winnow.sources.containers import wordpress
from winnow.sources.containers.entries import TAG
from winnow.sources.containers.packed import packed_or_not
from winnow.sources.containers.records import (
    COMMENT,
    TEASER,
    ContainerOptions,
    Item,
    Passed,
    Record,
    damaged,
    too_large,
)
from winnow.sources.containers.stated import address, facts
from winnow.sources.containers.text_lines import begin_as_text, text_lines

_HEAD = (
    "AUTHOR|TITLE|BASENAME|STATUS|ALLOW COMMENTS|ALLOW PINGS|CONVERT BREAKS|DATE|PRIMARY CATEGORY|CATEGORY|TAGS"
    "|NO ENTRY|UNIQUE URL|IMAGE"
)
_BEGINS = re.compile(
    rf"\s*(?:(?:{_HEAD}):[^\r\n]*\r?\n)+-----[ \t]*\r?\n(?:BODY|EXTENDED BODY|EXCERPT|KEYWORDS):", re.S
)
_NAMED = re.compile(rf"({_HEAD}|URL|EMAIL|IP):\s*(.*)")
_SECTION = re.compile(r"(BODY|EXTENDED BODY|EXCERPT|KEYWORDS|COMMENT|PING):\s*")
_ENTRY_ENDS, _SECTION_ENDS = "--------", "-----"
_SAID = ("COMMENT", "PING")  # sections that others have written
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\b")
_UNSEEN = "draft"


def is_blog(begin: bytes) -> bool:
    """Return whether a file that begins so is a blog in this form."""
    return (
        begin.lstrip(b"\xef\xbb\xbf\xfe\xff\0\r\n \t")[:1].isupper() and _BEGINS.match(begin_as_text(begin)) is not None
    )


@packed_or_not
def read_blog(file: BufferedIOBase, options: ContainerOptions, _start: object) -> Iterator[Item]:
    """Yield the entries of a blog; names are their numbers. Comments and pings are passed over, each by itself."""
    limit = options.max_bytes * 2
    for number, lines in enumerate(_entries(text_lines(file, limit), limit), 1):
        if lines is None:
            yield too_large(Page(str(number)), options.max_bytes)
        else:
            yield from _items(lines, number, options)


def _entries(lines: Iterator[str], limit: int) -> Iterator[list[str] | None]:
    """Yield the lines of each entry, None for one that is too large.

    A row of dashes in a text ends no entry: behind one that does stands a head, or nothing.
    """
    entry: list[str] = []
    size = ended = 0  # `ended` is where the row of dashes stands that may end the entry
    for line in lines:
        if ended and line.strip():
            if _NAMED.match(line):
                yield entry[:ended] if size <= limit else None
                entry, size = [], 0
            ended = 0
        size += len(line)
        if size > limit:
            entry = entry[-1:]
        entry.append(line.rstrip("\r\n"))
        if entry[-1].rstrip() == _ENTRY_ENDS:
            ended = len(entry) - 1 or 1
    if any(map(str.strip, entry)):
        yield (entry[:ended] if ended else entry) if size <= limit else None


def _items(lines: list[str], number: int, options: ContainerOptions) -> Iterator[Item]:
    head, sections = _parts(lines)
    parts = {name: "\n\n".join("\n".join(text).strip("\n") for each, text in sections if each == name)
             for name in dict.fromkeys(name for name, _ in sections) if name not in _SAID}  # fmt: skip
    text = "\n\n".join(filter(str.strip, (parts.get("BODY", ""), parts.get("EXTENDED BODY", ""))))
    if not head:
        yield damaged(str(number), f"an entry without a head: {sum(map(len, lines)):,} characters")
        return
    page = _page(head, parts, str(number))
    breaks = head.get("CONVERT BREAKS", [""])[0].strip().lower()
    is_html = bool(TAG.search(text)) or breaks == "0"
    body = (text if breaks in ("0", "richtext") else wordpress.as_html(text)) if is_html else text
    raw = body.encode("utf-8", "replace")
    if not text.strip():
        yield Passed(TEASER)
    elif len(raw) > options.max_bytes:
        yield too_large(page, options.max_bytes)
    else:
        yield Record(replace(page, body=raw, media_type=HTML if is_html else TEXT, charset="utf-8"))
    yield from (Passed(COMMENT) for name, _ in sections if name in _SAID)


def _parts(lines: list[str]) -> tuple[dict[str, list[str]], list[tuple[str, list[str]]]]:
    """Return the values of an entry's head by their names, and its sections. A row of dashes may stand in a text."""
    head: dict[str, list[str]] = {}
    sections: list[tuple[str, list[str]]] = []
    is_ended = False
    for line in lines:
        if is_ended and (found := _SECTION.fullmatch(line)):
            sections.append((found[1], []))
            is_ended = False
            continue
        if is_ended and sections:
            sections[-1][1].append(_SECTION_ENDS)
        is_ended = line.rstrip() == _SECTION_ENDS
        if is_ended:
            continue
        if sections:
            sections[-1][1].append(line)
        elif named := _NAMED.match(line):
            head.setdefault(named[1], []).append(named[2].strip())
    return head, sections


def _page(head: dict[str, list[str]], parts: dict[str, str], name: str) -> Page:
    said = {key: values[0] for key, values in head.items()}
    is_draft = said.get("STATUS", "").lower() == _UNSEEN  # nobody has published it on any day
    tags = [*head.get("PRIMARY CATEGORY", []), *head.get("CATEGORY", []), *_tags(said.get("TAGS", ""))]
    stated = facts(
        title=said.get("TITLE"),
        author=said.get("AUTHOR"),
        date=None if is_draft else _day(said.get("DATE", "")),
        tags=[*dict.fromkeys(tags), parts.get("KEYWORDS", "")],
        description=parts.get("EXCERPT"),
    )
    return Page(name, url=address(said.get("UNIQUE URL")), stated=stated)


def _tags(value: str) -> list[str]:
    return [tag.strip().strip('"') for tag in value.split(",")]


def _day(value: str) -> str | None:
    """Return a day that is written month first, as this form has it; None for another one."""
    found = _DATE.match(value)
    try:
        return date(int(found[3]), int(found[1]), int(found[2])).isoformat() if found else None
    except ValueError:
        return None
