"""The CSV of Datasette's pages, made safe: an apostrophe goes before what a spreadsheet would run as a formula."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

Send = Callable[[dict[str, Any]], Awaitable[None]]

_CELL = re.compile(r'(^|,)("?)((?:(?<=")[^"]*+(?:""[^"]*+)*+"|[^",]*+))')
_FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"-?[0-9.]+(?:e[+-]?[0-9]+)?", re.I)


def defusing(scope: dict[str, Any], send: Send) -> Send:
    """Return a `send` that makes the rows of CSV safe, of which Datasette sends each by itself."""
    if not str(scope["path"]).endswith(".csv"):
        return send
    is_csv = False

    async def send_defused(event: dict[str, Any]) -> None:
        nonlocal is_csv
        if event["type"] == "http.response.start":
            headers = {bytes(name).lower(): bytes(value) for name, value in event.get("headers", [])}
            is_csv = headers.get(b"content-type", b"").startswith((b"text/plain", b"text/csv"))
        elif is_csv and event.get("body"):
            event = {**event, "body": defused(event["body"].decode("utf-8")).encode("utf-8")}
        await send(event)

    return send_defused


def defused(row: str) -> str:
    """Return one row of CSV with an apostrophe before each cell that would be run as a formula; numbers are none."""
    ending = "\r\n" if row.endswith("\r\n") else ""
    return _CELL.sub(_safe, row.removesuffix(ending)) + ending


def _safe(cell: re.Match[str]) -> str:
    before, quote, text = cell.groups()
    is_formula = _FORMULA.match(text) and not _NUMBER.fullmatch(text)
    return f"{before}{quote}{chr(39) if is_formula else ''}{text}"
