"""The index of a web archive (CDX): what to ask it for a gone page, what it answers, which capture is best."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, unquote, urlencode

from winnow.times import instant

SERVER = "https://web.archive.org/cdx/search/cdx"
REPLAY = "https://web.archive.org/web/{timestamp}id_/{url}"
PAUSE = 2.5  # seconds between two queries: at most 24 a minute
LIMIT = 500  # captures that are asked for
_FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
_OTHER_NAMES = {"url": "original", "status": "statuscode", "mime": "mimetype"}
_PAGES = ("text/html", "application/xhtml+xml", "warc/revisit", "unk")


@dataclass(frozen=True, slots=True)
class Capture:
    """One capture: the address as it was asked, when, and what came; `length` is that of its record, packed."""

    url: str
    at: datetime
    status: int | None
    media_type: str
    digest: str
    length: int | None

    @property
    def timestamp(self) -> str:
        """Return the moment in the fourteen digits of archives."""
        return self.at.strftime("%Y%m%d%H%M%S")


class NoCaptures(Exception):
    """Raised for an answer that is no list of captures; the message says to a person what it is."""


def query(url: str, server: str = SERVER) -> str:
    """Return the address that asks an index for the captures of a page."""
    asked = {
        "url": url,
        "matchType": "exact",
        "output": "json",
        "fl": ",".join(_FIELDS),
        "collapse": "digest",
        "limit": f"-{LIMIT}",
    }
    return f"{server}{'&' if '?' in server else '?'}{urlencode(asked)}"


def replay(capture: Capture, template: str = REPLAY) -> str:
    """Return the address of a capture's own bytes, without what an archive writes into the pages that it shows."""
    return template.replace("{timestamp}", capture.timestamp).replace(
        "{url}", quote(capture.url, safe="%/:?&=;,@+$!*'()~#")
    )


def read(content: bytes) -> list[Capture]:
    """Return the captures of an answer: a table in JSON, lines of JSON objects, CDXJ, or lines of fields.

    Lines that say no address or no moment are left out. Raises `NoCaptures` if there are only such.
    """
    text = content.decode("utf-8", "replace").strip()
    if not text:
        return []
    rows = list(_rows(text))
    found = [capture for row in rows if (capture := _capture(row))]
    if not found and (rows or text[:1] not in "[{"):
        raise NoCaptures(f"no list of captures: {text[:80]!r}")
    return found


def _rows(text: str) -> Iterator[dict[str, Any]]:
    if text.startswith("["):
        try:
            table = json.loads(text)
        except (ValueError, RecursionError):
            raise NoCaptures("damaged JSON instead of a list of captures") from None
        rows = [row for row in table if isinstance(row, list)]
        if table and not rows:
            raise NoCaptures(f"no list of captures: {text[:80]!r}")
        names = [str(name) for name in rows[0]] if rows else []
        yield from (dict(zip(names, row, strict=False)) for row in rows[1:])
        return
    for line in text.splitlines():
        head, brace, rest = line.partition("{")
        if brace:
            try:
                told = json.loads(brace + rest)
            except (ValueError, RecursionError):
                continue
            yield {**dict(zip(_FIELDS, head.split(), strict=False)), **told}
        else:
            yield dict(zip(_FIELDS, line.split(), strict=False))


def _capture(row: dict[str, Any]) -> Capture | None:
    named = {_OTHER_NAMES.get(name, name): str(value) for name, value in row.items()}
    url, at = named.get("original", ""), _moment(named.get("timestamp", ""))
    if at is None or not url.lower().startswith(("http://", "https://")):
        return None
    return Capture(
        url,
        at,
        _number(named.get("statuscode")),
        named.get("mimetype", "").lower(),
        named.get("digest", ""),
        _number(named.get("length")),
    )


def _moment(digits: str) -> datetime | None:
    return instant(digits) if len(digits) == 14 else None


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else None


def best(captures: Iterable[Capture], gone: datetime | None = None, url: str = "") -> Capture | None:
    """Return the capture that most likely holds the page of `url` as it last was; None if none does.

    It answered 200 with HTML, was made before the page was seen to be `gone`, and is not much smaller than the others:
    after its death, a page's address often answers with a short notice, or for a new owner. Indexes find addresses in
    small letters as well as in capitals; one that is written otherwise is taken where none is written so.
    """
    whole = [each for each in captures if each.status in (200, None) and each.media_type.startswith(_PAGES)]
    own = [each for each in whole if _path(each.url) == _path(url)] or whole
    before = [each for each in own if gone is None or each.at < gone] or own
    lengths = sorted(each.length for each in before if each.length is not None)
    middle = lengths[len(lengths) // 2] if lengths else 0
    full = [each for each in before if each.length is None or each.length * 2 >= middle]
    return max(full, key=lambda each: each.at, default=None)


def _path(url: str) -> str:
    """Return what stands behind the host of an address, without escapes and the slash at the end."""
    return unquote(url.partition("://")[2].partition("/")[2].partition("#")[0]).rstrip("/")
