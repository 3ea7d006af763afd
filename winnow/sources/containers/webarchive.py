"""Safari's web archives: a property list with a page, its frames, and its pictures and styles, which are counted."""

from __future__ import annotations

import plistlib
from collections.abc import Iterator
from dataclasses import replace
from io import BufferedIOBase
from typing import Any
from xml.parsers.expat import ExpatError

from winnow.items import HTML, Page
from winnow.sources.containers.messages import carries_text
from winnow.sources.containers.records import (
    NO_TEXT,
    ContainerOptions,
    Item,
    Passed,
    Place,
    Record,
    Unreadable,
    too_large,
    whole,
)
from winnow.sources.containers.stated import MEDIA_TYPES, address, split_type
from winnow.sources.no_pages import no_page

_MAX_DEPTH = 20  # of frames in frames
_FAULTS = (plistlib.InvalidFileException, ExpatError, ValueError, OverflowError, RecursionError, AttributeError,
           TypeError, IndexError, KeyError, MemoryError)  # fmt: skip


def read_webarchive(file: BufferedIOBase, options: ContainerOptions, _start: Place) -> Iterator[Item]:
    """Yield the page of a web archive, and each frame that carries a text; names are their numbers from 1.

    Raises `Unreadable` for a file that is no web archive, or of more than five times `options.max_bytes` bytes.
    """
    raw = whole(file, options.max_bytes, "a web archive")
    try:
        found = plistlib.loads(raw)
    except _FAULTS as error:
        raise Unreadable(f"a damaged web archive: {type(error).__name__}") from None
    if not isinstance(found, dict) or not isinstance(found.get("WebMainResource"), dict):
        raise Unreadable("a property list without a page")
    for number, (resource, is_page) in enumerate(resources(found), 1):
        yield _item(resource, str(number), number == 1, options.max_bytes) if is_page else Passed(_why(resource))


def resources(archive: dict[str, Any], depth: int = 0) -> Iterator[tuple[dict[str, Any], bool]]:
    """Yield page and frames, and the files beside them, each with whether it may be a page."""
    yield _dict(archive.get("WebMainResource")), True
    for frame in _list(archive.get("WebSubframeArchives")) if depth < _MAX_DEPTH else ():
        yield from resources(_dict(frame), depth + 1)
    for resource in _list(archive.get("WebSubresources")):
        yield _dict(resource), False


def _item(resource: dict[str, Any], name: str, is_main: bool, limit: int) -> Item:
    body, stated = resource.get("WebResourceData"), resource.get("WebResourceMIMEType")
    media_type = split_type(stated if isinstance(stated, str) else None)[0]
    kind = MEDIA_TYPES.get(media_type) if media_type or not is_main else HTML
    charset = resource.get("WebResourceTextEncodingName")
    charset = charset if isinstance(charset, str) else None
    if not isinstance(body, bytes) or kind is None:
        return Passed(_why(resource))
    if not is_main and not carries_text(body, charset):
        return Passed(NO_TEXT)
    page = Page(name, url=address(resource.get("WebResourceURL")))
    if len(body) > limit:
        return too_large(page, limit)
    return Record(replace(page, body=body, media_type=kind, charset=charset))


def _why(resource: dict[str, Any]) -> str:
    return no_page(str(resource.get("WebResourceMIMEType") or ""))


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
