"""The header lines of WARC records and of HTTP answers, as writers write them: in any case, folded, with LF alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_BYTES = 64 << 10  # looked through for the end of the header lines
BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_FOLDED = re.compile(rb"\r?\n[ \t]+")


@dataclass(frozen=True, slots=True)
class Headers:
    """The header lines at the beginning of a record: the first, the fields in small letters, and where they end."""

    first: str
    fields: dict[str, str]
    end: int

    def get(self, name: str) -> str | None:
        """Return the value of a field, without white space and angle brackets around it; None where it is empty."""
        return self.fields.get(name.lower(), "").strip("<> \t") or None


def read_headers(raw: bytes) -> Headers:
    """Return the header lines at the beginning of some bytes; without a blank line behind them, all of them are such.

    Of a field that comes twice, the first is kept.
    """
    blank = BLANK_LINE.search(raw, 0, MAX_BYTES)
    begin = raw[: blank.start() if blank else MAX_BYTES]
    first, *lines = _FOLDED.sub(b" ", begin).replace(b"\r\n", b"\n").split(b"\n")
    fields: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(b":")
        if colon:
            fields.setdefault(_text(name).strip().lower(), _text(value).strip())
    return Headers(_text(first), fields, blank.end() if blank else len(raw))


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")
