"""JSON files: arrays of entries, as read-later services, feeds and crawlers export them, and HAR."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import replace
from io import BufferedIOBase
from typing import Any

from winnow.items import Page, Reason, Rejection
from winnow.sources.containers.entries import as_object, has_text, record_of
from winnow.sources.containers.json_stream import Damaged, Gap, JsonStream, TooLong
from winnow.sources.containers.packed import packed_or_not
from winnow.sources.containers.records import (
    NO_SUCCESS,
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
from winnow.sources.containers.stated import MEDIA_TYPES, address, facts, split_type
from winnow.sources.no_pages import no_page
from winnow.times import moment

# Objects around the array of entries: `{"log": {"entries": […]}}`, `{"bookmarks": […]}`.
_AROUND = frozenset({"log", "data", "response", "articles"})
_ARRAYS = frozenset({"entries", "items", "bookmarks", "articles", "results", "posts", "documents", "list", "data",
                     "docs", "rows", "orderedItems"})  # fmt: skip
_INSIDE = frozenset({"children"})  # arrays in an object around, as Reddit has them; elsewhere those are comments
_WITHIN = frozenset({"db"})  # arrays that hold such objects: `{"db": [{"data": {"posts": […]}}]}`, as Ghost exports
_MAX_MEMBERS = 200  # that are kept of an object around entries
_NO_ENTRIES = "a JSON file without a list of entries that hold texts"


@packed_or_not
def read_json(file: BufferedIOBase, options: ContainerOptions, _start: Place) -> Iterator[Item]:
    """Yield the pages of the entries of a JSON file, of a HAR file those of its responses; names are their numbers.

    Behind a damaged entry, or one of more than five times `options.max_bytes` characters, reading goes on with the next
    sound one; what comes behind damage outside of entries is lost. A file without entries is one page that is rejected.
    """
    stream, number, is_any = JsonStream(file, options.max_bytes * PICTURES), 0, False
    try:
        for number, (value, around) in enumerate(_entries(stream), 1):
            if isinstance(value, Gap):
                is_any = True
                yield _gap(value, str(number), options.max_bytes)
                if value.passed is None:
                    return
                continue
            item = _item(value, str(number), options.max_bytes)
            is_any |= isinstance(item, Record) or item.why != TEASER or "request" in value
            yield _of_feed(item, around)
    except Damaged as error:
        yield damaged(str(number + 1), f"{error}; the file is lost from there on")
        return
    except TooLong:
        yield too_large(Page(str(number + 1)), options.max_bytes)
        return
    if not is_any:
        yield Record(Page(str(number + 1), problem=Rejection(Reason.NO_ARTICLE, _NO_ENTRIES)))


def _gap(gap: Gap, name: str, limit: int) -> Record:
    """Return the record that says what of an array was passed over."""
    if isinstance(gap.error, TooLong):
        return too_large(Page(name), limit)
    if gap.passed is None:
        return damaged(name, f"{gap.error}; the file is lost from there on")
    return damaged(name, f"{gap.error}; {gap.passed:,} characters passed over to the next entry")


_Entry = tuple[dict[str, Any] | Gap, dict[str, Any]]


def _entries(stream: JsonStream) -> Iterator[_Entry]:
    """Yield the entries of a file, each with what stands before it in the object around it, gaps in their place.

    A file may also hold one value behind the other.
    """
    while stream.peek():
        yield from _entries_of_value(stream, len(_AROUND))


def _entries_of_value(stream: JsonStream, depth: int) -> Iterator[_Entry]:
    around: dict[str, Any] = {}
    if stream.peek() == "[":
        for value in stream.elements(_is_like, is_whole=depth == len(_AROUND)):
            yield value if isinstance(value, Gap) else as_object(value), around
        return
    if stream.peek() != "{":
        yield as_object(stream.value()), around
        return
    for name in stream.members():
        sign = stream.peek()
        is_array = name in _ARRAYS or (name in _INSIDE and depth < len(_AROUND))
        if (sign == "[" and is_array) or (sign == "{" and name in _AROUND and depth):
            for value, inner in _entries_of_value(stream, depth - 1):
                yield value, around | inner
        elif sign == "[" and name in _WITHIN and depth:
            yield from _entries_within(stream, depth - 1)
        elif len(around) < _MAX_MEMBERS:
            around[name] = stream.value()
        else:
            stream.value()
    if has_text(around):  # of its own, also beside a list
        yield around, {}


def _entries_within(stream: JsonStream, depth: int) -> Iterator[_Entry]:
    """Yield the entries of the objects of an array."""
    stream.take("[")
    while stream.peek() not in ("]", ""):
        yield from _entries_of_value(stream, depth)
        if stream.peek() == ",":
            stream.take(",")
    stream.take("]")


def _is_like(last: dict[str, Any], names: set[str], value: Any) -> bool:
    """Return whether a value is an entry like the last one, not an object inside of one: it has most of its names.

    `names` are those that stand near the beginning of a damaged entry, which count where there is no other.
    """
    if not isinstance(value, dict):
        return False
    expected = last.keys() or names
    return len(value.keys() & expected) * 2 > len(expected) and (bool(last) or has_text(value) or "request" in value)


def _of_feed(item: Item, around: dict[str, Any]) -> Item:
    """Return an item of a JSON Feed with what the feed says of all its items (https://www.jsonfeed.org/version/1.1/)."""
    if not isinstance(item, Record) or "jsonfeed.org" not in str(around.get("version")):
        return item
    told = facts(sitename=around.get("title"), language=around.get("language"), author=around.get("authors"))
    return Record(replace(item.page, stated=told.filled(item.page.stated)))


def _item(value: dict[str, Any], name: str, limit: int) -> Item:
    request, response = value.get("request"), value.get("response")
    if isinstance(request, dict) and isinstance(response, dict):
        return _exchange(value, request, response, name, limit)
    return record_of(value, name, limit)


def _exchange(value: dict[str, Any], request: dict[str, Any], response: dict[str, Any], name: str, limit: int) -> Item:
    """Return the page of an entry of HAR (http://www.softwareishard.com/blog/har-12-spec/), if its body was kept."""
    content, status = response.get("content"), response.get("status")
    if not isinstance(status, int) or not 200 <= status < 300:
        return Passed(NO_SUCCESS)
    content = content if isinstance(content, dict) else {}
    stated = content.get("mimeType")
    named = split_type(stated if isinstance(stated, str) else None)[0]
    media_type = MEDIA_TYPES.get(named)
    if media_type is None:
        return Passed(no_page(named))
    text = content.get("text")
    if not isinstance(text, str) or not text:
        return Passed(TEASER)
    page = Page(name, url=address(request.get("url")), captured=moment(value.get("startedDateTime")))
    try:
        is_packed = content.get("encoding") == "base64"
        body = base64.b64decode(text) if is_packed else text.encode("utf-8", "replace")
    except (binascii.Error, ValueError) as error:
        return damaged(name, f"damaged base64: {error}")
    if len(body) > limit:
        return too_large(page, limit)
    charset = split_type(stated)[1] if is_packed else "utf-8"
    return Record(replace(page, body=body, media_type=media_type, charset=charset))
