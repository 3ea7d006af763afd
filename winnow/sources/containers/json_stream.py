"""Read a large JSON file value by value: only the value that is asked for is in memory."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from io import BufferedIOBase
from typing import Any

_READ = 256 << 10  # bytes
_SPACE = " \t\r\n"
_NEAR = 16  # characters from the end of what is in sight, where a fault may be one of what is not in sight yet


class Damaged(Exception):
    """Raised where a file is no JSON; the message says where."""


class TooLong(Exception):
    """Raised where a value has more characters than the limit."""


class JsonStream:
    """A JSON file that is read forwards; a value may have `limit` characters."""

    def __init__(self, file: BufferedIOBase, limit: int) -> None:
        self._file, self._limit = file, limit
        self._decode = codecs.getincrementaldecoder("utf-8-sig")("replace").decode
        self._text, self._at, self._gone, self._is_whole = "", 0, 0, False

    @property
    def position(self) -> int:
        """Return how many characters have been read."""
        return self._gone + self._at

    def peek(self) -> str:
        """Go over white space and return the next character, "" at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more(_READ):
                return ""

    def take(self, sign: str) -> None:
        """Go over a sign. Raises `Damaged` where another one stands."""
        if self.peek() != sign:
            raise Damaged(f"no {sign!r} at character {self.position}")
        self._at += 1

    def value(self) -> Any:
        """Return the next value, whatever it is. Raises `Damaged` and `TooLong`."""
        self.peek()
        while True:
            try:
                value, end = json.JSONDecoder().raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                is_cut = error.msg.startswith("Unterminated") or error.pos >= len(self._text) - _NEAR
                if not is_cut or not self._more(max(_READ, len(self._text) - self._at)):
                    raise Damaged(f"no JSON at character {self._gone + error.pos}") from None
                continue
            except RecursionError:
                raise Damaged(f"nested too deep at character {self.position}") from None
            if end < len(self._text) or not self._more(_READ):
                self._at = end
                return value

    def members(self) -> Iterator[str]:
        """Yield the names of the members of the object that begins here; who asks must take each member's value."""
        self.take("{")
        while self.peek() != "}":
            name = self.value()
            self.take(":")
            yield str(name)
            if self.peek() != "}":
                self.take(",")
        self.take("}")

    def elements(self) -> Iterator[None]:
        """Yield once for each element of the array that begins here; who asks must take each element."""
        self.take("[")
        while self.peek() != "]":
            yield
            if self.peek() != "]":
                self.take(",")
        self.take("]")

    def _more(self, size: int) -> bool:
        """Bring more of the file in sight; return False at its end."""
        if self._is_whole:
            return False
        self._text, self._gone, self._at = self._text[self._at :], self._gone + self._at, 0
        if len(self._text) > self._limit:
            raise TooLong
        raw = self._file.read(size)
        self._is_whole = not raw
        self._text += self._decode(raw, final=self._is_whole)
        return not self._is_whole
