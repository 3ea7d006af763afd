"""Items of other projects' spiders: read them as pages, and keep their contents out of the log."""

from __future__ import annotations

import codecs
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from itemadapter import ItemAdapter

from winnow.items import Page, Reason, Rejection
from winnow.sources.containers.stated import MEDIA_TYPES, split_type
from winnow.text import one_line, storable
from winnow.times import moment

logger = logging.getLogger(__name__)


class ShortBytes(bytes):
    """A page's bytes with a short repr, since Scrapy's own formatter logs a dropped item whole."""

    def __repr__(self) -> str:
        return f"<{len(self):,} bytes>"


class ShortText(str):
    """A text with a short repr, for the same reason."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{len(self):,} characters>"


def foreign_page(item: Any) -> Page:
    """Return the page that an item of any kind stands for; the item keeps its body, with a short repr.

    `body` is bytes or text; without `path`, `url` is the path. A `captured`, `media_type` or `charset` that is not
    understood is left out, and a warning says so. Raises `ValueError` for an item that has neither `path` nor `url`.
    """
    fields = ItemAdapter(item)
    body = fields.get("body")
    _shorten(fields, body)
    url = _text(fields.get("url"))
    path = _text(fields.get("path")) or url
    if not path:
        raise ValueError("an item needs `path` or `url` to be told apart from others")
    declared = fields.get("media_type")
    page = Page(
        path,
        _text(fields.get("root")) or "",
        url=url,
        captured=_understood(path, "captured", fields.get("captured"), _captured),
        media_type=_understood(path, "media_type", declared, _media_type),
        charset=_understood(path, "charset", fields.get("charset") or split_type(_text(declared))[1], _charset),
    )
    return _with_body(page, body)


def _with_body(page: Page, body: object) -> Page:
    if isinstance(body, str):  # a text is decoded already, whatever charset the page states
        body, page = body.encode("utf-8", "replace"), replace(page, charset="utf-8")
    if isinstance(body, bytes | bytearray | memoryview) or body is None:
        found = bytes(body or b"")
        return replace(page, body=found, size=len(found))
    why = f"the item's body is of type {type(body).__name__}: bytes or text is needed"
    return replace(page, problem=Rejection(Reason.UNREADABLE, one_line(why)))


def _shorten(fields: ItemAdapter, body: object) -> None:
    """Put the same body back into an item, with a short repr; frozen items are no exception."""
    short = ShortBytes(body) if isinstance(body, bytes) else ShortText(body) if isinstance(body, str) else body
    if short is body:
        return
    try:
        fields["body"] = short
    except Exception:
        object.__setattr__(fields.item, "body", short)


def _understood(path: str, name: str, value: object, read: Callable[[Any], str | None]) -> str | None:
    if value is None or value in ("", b""):
        return None
    found = read(value)
    if found is None:
        logger.warning("%s: left out, not understood: %s=%s", one_line(path), name, one_line(repr(value), 80))
    return found


def _captured(value: object) -> str | None:
    return moment(value.isoformat() if isinstance(value, date) else value)


def _media_type(value: object) -> str | None:
    return MEDIA_TYPES.get(split_type(_text(value))[0])


def _charset(value: object) -> str | None:
    name = _text(value) or ""
    try:
        codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    return name


def _text(value: object) -> str | None:
    """Return a field's value as text that can be stored; the values of Scrapy's headers are bytes."""
    if value is None:
        return None
    return storable(value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value))
