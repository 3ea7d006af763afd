"""Exports of press databases: files of text or HTML with several articles, one below the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from io import BufferedIOBase

from winnow.formats import LOOKED_AT, begins_as_html
from winnow.items import HTML, TEXT, Page
from winnow.press import ABOVE, BELOW, CLASSES, ELEMENT, HINTS, LENGTH, NUMBER, has_sentences
from winnow.sources.containers.records import CONTENTS, ContainerOptions, Item, Passed, Place, Record, too_large
from winnow.sources.containers.stated import facts

SEVERAL = 2  # marks at the beginning of a file, from which on it has several articles
_PIECE = 1 << 20  # bytes that are read at once
_LONGEST = 400  # bytes of a mark and of what shows that it is one, at most

_ABOVE, _BELOW = (re.compile(row.encode(), re.M) for row in (ABOVE, BELOW))
_BEFORE = re.compile(rb"\n(?=" + ABOVE.encode().removeprefix(b"^") + rb")", re.M)
_BEGIN = re.compile(rb"(?=%b)" % ELEMENT.encode(), re.I)
_HINTS, _CLASSES = (tuple(word.encode() for word in words) for words in (HINTS, CLASSES))
_ROOT, _CHARSET = re.compile(rb"<html\b[^<>]*>", re.I), re.compile(rb"<meta\b[^<>]*\bcharset\b[^<>]*>", re.I)
_PAPER = re.compile(rb"\bclass=[\"']?DocPublicationName\b[^<>]*>([^<]+)")
_TITLE = re.compile(
    rb"\bclass=[\"']?(?:titreArticleVisu|[a-z]{2}Headline)\b[^<>]*>(.{0,500}?)</(?:p|div|span|b)>", re.S
)
_ADDED = re.compile(rf"<(p|div)\b[^<>]*>\s*(?:{NUMBER}|{LENGTH})\s*</\1>".encode())
_ISSUE = re.compile(r"\s*(?:,? n[o°º]\b.*|\(.*)$", re.S)  # behind the name of a paper


def is_export(begin: bytes) -> bool:
    """Return whether a file that begins so has several articles of a press database."""
    if begins_as_html(begin):
        return sum(map(begin.count, _CLASSES)) >= SEVERAL and len(_BEGIN.findall(begin)) >= SEVERAL
    return any(map(begin.__contains__, _HINTS)) and any(len(row.findall(begin)) >= SEVERAL for row in (_ABOVE, _BELOW))


def read_export(file: BufferedIOBase, options: ContainerOptions, _start: Place) -> Iterator[Item]:
    """Yield the articles of an export; what stands before the first or behind the last one is passed over."""
    file.seek(0)
    begin = file.read(LOOKED_AT)
    file.seek(0)
    is_html = begins_as_html(begin)
    is_above = not is_html and len(_ABOVE.findall(begin)) >= SEVERAL
    mark, end = (_ABOVE, _BEFORE) if is_above else (_BELOW, _BEGIN if is_html else _BELOW)
    number = 0
    for part in _parts(file, end, options.max_bytes):
        is_article = part is None or (any(map(part.__contains__, _CLASSES)) if is_html else _is_article(part, mark))
        if not is_article:
            yield from [Passed(CONTENTS)] if part and part.strip() else []
            continue
        number += 1
        page = Page(str(number))
        if part is None:
            yield too_large(page, options.max_bytes)
        else:
            yield Record(_in_document(page, part, begin) if is_html else Page(page.path, body=part, media_type=TEXT))


def _is_article(part: bytes, mark: re.Pattern[bytes]) -> bool:
    return bool(mark.search(part)) or has_sentences(part.decode("utf-8", "replace"))


def _parts(file: BufferedIOBase, end: re.Pattern[bytes], limit: int) -> Iterator[bytes | None]:
    """Yield what a file has up to each of its ends, and what it has behind the last one; None for a part too large."""
    held, looked, is_cut, is_more = b"", 0, False, True
    while is_more:
        piece = file.read(_PIECE)
        is_more, begin = bool(piece), 0
        held += piece
        sure = len(held) - _LONGEST * is_more  # behind it, a mark may be cut
        while (found := end.search(held, looked)) and found.end() <= sure:
            yield None if is_cut or found.end() - begin > limit else held[begin : found.end()]
            begin, is_cut = found.end(), False
            looked = begin + 1  # a part may begin with what ends the one above
        held = held[begin:]
        looked = max(len(held) - 2 * _LONGEST, looked - begin, 0)
        if is_more and len(held) > limit + 2 * _LONGEST:
            held, looked, is_cut = held[looked:], 0, True
    yield None if is_cut or len(held) > limit else held


def _in_document(page: Page, part: bytes, begin: bytes) -> Page:
    """Return the page of one article, in a document that has the language and the charset of the whole."""
    root, charset = _ROOT.search(begin), _CHARSET.search(begin)
    head = b"<head>%b</head>" % (charset[0] if charset else b"")
    body = b"%b%b<body>%b</body></html>" % (root[0] if root else b"<html>", head, _ADDED.sub(b"", part))
    paper, title = (unescape(found[1].decode("utf-8", "replace")) if (found := each.search(part)) else None
                    for each in (_PAPER, _TITLE))  # fmt: skip
    stated = facts(title=title, sitename=_ISSUE.sub("", paper).strip() if paper else None)
    return Page(page.path, body=body, media_type=HTML, stated=stated)
