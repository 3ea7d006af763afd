"""Whole texts by their few different characters: far faster than regular expressions, which look at every place.

A text as it is encoded is changed by one table for all ASCII characters; each other character, of which a text has few,
is replaced by itself. Standard library only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

CACHED = 1 << 14  # characters
_MANY = 40  # characters beyond ASCII of a text which the standard library changes faster
_DENSE = 4  # of how many characters one is not ASCII in a text of another script
_WORD = re.compile(r"[^\W_]+")
_ASCII = bytes(range(128))
_SPACES = bytes(
    each if each >= len(_ASCII) or chr(each).isalnum() or each == ord("\n") else ord(" ") for each in range(256)
)


def beyond_ascii(text: str) -> str:
    """Return the characters of a text that are not ASCII: each once in no order, where they are few, else all of them.

    >>> beyond_ascii("a naïve façade, naïf") in ("ïç", "çï")
    True
    """
    if text.isascii():
        return ""
    found = _decoded(encoded(text).translate(None, _ASCII))
    return found if _DENSE * len(found) > len(text) else "".join(set(found))


def changed(text: str, change: Callable[[str], str]) -> str:
    """Return a text with each character that is not ASCII as `change` returns it, which changes nothing twice.

    >>> changed("Çà et là", str.lower)
    'çà et là'
    """
    return _changed(text, beyond_ascii(text), change)


def _changed(text: str, characters: str, change: Callable[[str], str]) -> str:
    into = {each: other for each in set(characters) if (other := change(each)) != each}
    if len(into) > _MANY:
        return text.translate({ord(each): other for each, other in into.items()})
    for each, other in into.items():
        text = text.replace(each, other)
    return text


def compatible(text: str) -> str:
    """Return a text in NFKC, in which most texts are but for a few characters."""
    few = beyond_ascii(text)
    return unicodedata.normalize("NFKC", _changed(text, few, _compatible) if len(few) <= _MANY else text)


def caseless(text: str) -> str:
    """Return a text as `str.casefold` does."""
    few = beyond_ascii(text)
    return lower_ascii(_changed(text, few, str.casefold)) if len(few) <= _MANY else text.casefold()


def lower_ascii(text: str) -> str:
    """Return a text with small letters for the capitals A to Z."""
    return text.lower() if text.isascii() else _decoded(encoded(text).lower())


def words(text: str) -> list[str]:
    """Return the runs of letters and digits of a text.

    >>> words("don’t_stop, 2½ ¿qué?")
    ['don', 't', 'stop', '2½', 'qué']
    """
    few = beyond_ascii(text)
    return _decoded(_spaced(text, few)).split() if len(few) <= _MANY else _WORD.findall(text)


def words_by_line(text: str) -> list[list[bytes]]:
    """Return the runs of letters and digits of each line of a text, encoded: to be hashed, they are as good so."""
    few = beyond_ascii(text)
    if len(few) <= _MANY:
        return [line.split() for line in _spaced(text, few).split(b"\n")]
    return [[*map(encoded, _WORD.findall(line))] for line in text.split("\n")]


def encoded(text: str) -> bytes:
    """Return a text in UTF-8, lone surrogates too."""
    return text.encode("utf-8", "surrogatepass")


def _spaced(text: str, few: str) -> bytes:
    """Return an encoded text with a space for each character but letters, digits and line ends."""
    return encoded(_changed(text, few, _letter_or_space)).translate(_SPACES)


@lru_cache(CACHED)
def _compatible(character: str) -> str:
    return unicodedata.normalize("NFKC", character)


def _letter_or_space(character: str) -> str:
    return character if character.isalnum() else " "


def _decoded(text: bytes) -> str:
    return text.decode("utf-8", "surrogatepass")
