"""Read a large JSON file value by value: only the value that is asked for is in memory."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import BufferedIOBase
from typing import Any

_READ = 256 << 10  # bytes
_SPACE = " \t\r\n"
_DECODER = json.JSONDecoder(strict=False)  # which minds no line breaks in strings
_FIRST_NAME = re.compile(r'\{\s*("(?:[^"\\]|\\.){0,200}")\s*:')
_ANY_NAME = re.compile(r'\{\s*"')
_NAME = re.compile(r'"([^"\\]{1,50})"\s*:')
_IN_SIGHT = 300  # characters of a damaged object, in which names are looked for
_MAX_TRIES = 10_000  # at objects behind damage, of which the next sound one is looked for
_NEAR = 16  # characters from the end of what is in sight, where a fault may be one of what is not in sight yet


class Damaged(Exception):
    """Raised where a file is no JSON; the message says where, in characters, and so does `at`."""

    def __init__(self, what: str, at: int) -> None:
        super().__init__(f"{what} at character {at}")
        self.at = at


class TooLong(Exception):
    """Raised where a value has more characters than the limit."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Characters of an array that were passed over to the next sound object, and why; None: there is no such object."""

    error: Damaged | TooLong
    passed: int | None


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
            raise Damaged(f"no {sign!r}", self.position)
        self._at += 1

    def value(self) -> Any:
        """Return the next value, whatever it is. Raises `Damaged` and `TooLong`."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                is_cut = error.msg.startswith("Unterminated") or error.pos >= len(self._text) - _NEAR
                if not is_cut or not self._more(max(_READ, len(self._text) - self._at)):
                    raise Damaged("no JSON", self._gone + error.pos) from None
                continue
            except RecursionError:
                raise Damaged("nested too deep", self.position) from None
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

    def elements(self, is_sound: Callable[[dict[str, Any], set[str], Any], bool], is_whole: bool) -> Iterator[Any]:
        """Yield the elements of the array that begins here; in place of what is damaged or too long, a `Gap`.

        Behind damage, reading goes on with the next object that `is_sound`, and that begins with the name that the
        others begin with; `is_sound` is also given the last sound object, {} where there is none, and names that stand
        in the damaged one. A comma that is missing between objects, or stands behind the last, is no damage. An
        array that `is_whole`, not part of an object, ends with the file, or before another value.
        """
        self.take("[")
        first: str | None = None
        last: dict[str, Any] = {}
        while True:
            sign, begin, own = self.peek(), self.position, self._first_name()
            try:
                if sign == "]" and self._ends(is_whole):
                    return
                value = self.value()
                yield value
                first = own or first
                if isinstance(value, dict) and len(value.keys() & last.keys()) * 4 >= len(last) * 3:
                    last = value
                if self.peek() not in ("]", "{"):
                    self.take(",")
            except (Damaged, TooLong) as error:
                sound = partial(is_sound, last, self._names(begin, error))
                is_found = self._go_to(first or own, sound, begin)
                yield Gap(error, self.position - begin if is_found else None)
                if not is_found:
                    return

    def _ends(self, is_whole: bool) -> bool:
        """Go over the end of an array, and return True. Raises `Damaged` where it cannot be the end of a whole one."""
        self.take("]")
        if is_whole and self.peek() not in ("", "[", "{"):
            raise Damaged("more behind the end of the array", self.position)
        return True

    def _first_name(self) -> str | None:
        """Return the first name, as it is written, of the object that begins here, as far as it is in sight."""
        found = _FIRST_NAME.match(self._text, self._at)
        return found[1] if found else None

    def _names(self, begin: int, error: Damaged | TooLong) -> set[str]:
        """Return the names in a damaged object before the damage; where there is hardly one, those in sight."""
        ends = [error.at] if isinstance(error, Damaged) else []
        for end in (*ends, begin + _IN_SIGHT):
            names = set(_NAME.findall(self._text, max(0, begin - self._gone), max(0, end - self._gone)))
            if len(names) > 1:
                break
        return names

    def _go_to(self, first: str | None, is_sound: Callable[[Any], bool], begin: int) -> bool:
        """Go to the next sound object behind a place; return False at the end of the file."""
        wanted = re.compile(rf"\{{\s*{re.escape(first)}\s*:") if first else _ANY_NAME
        self._at = max(self._at, min(begin + 1 - self._gone, len(self._text)))
        for _ in range(_MAX_TRIES):
            while (found := wanted.search(self._text, self._at)) is None:
                self._at = max(self._at, len(self._text) - len(first or "") - _NEAR)
                if not self._more(_READ):
                    return False
            place = self._gone + found.start()
            self._at = found.start()
            try:
                value = self.value()
            except (Damaged, TooLong):
                value = None
            if is_sound(value):
                self._at = place - self._gone
                return True
            self._at = place + 1 - self._gone
        return False

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
