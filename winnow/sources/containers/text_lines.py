"""The lines of a text file of many pages, decoded one by one: such files are too large to be decoded as a whole."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from io import BufferedIOBase
from typing import cast

from winnow.formats import LOOKED_AT

_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_FAULT = re.compile("[\udc80-\udcff]")  # how Python writes a byte that is no UTF-8


def begin_as_text(begin: bytes) -> str:
    """Return the first bytes of a text file as text; bytes that are no UTF-8 as one letter each.

    It is for telling what a file is; `text_lines` decodes it.
    """
    named = next((name for mark, name in _BOMS.items() if begin.startswith(mark)), "utf-8")
    return codecs.getincrementaldecoder(named)("replace").decode(begin[:LOOKED_AT])


def text_lines(file: BufferedIOBase, limit: int) -> Iterator[str]:
    """Yield the lines of a file from its beginning, each with what ends it; a line of more than `limit` in pieces."""
    file.seek(0)
    encoding = _encoding(file.read(LOOKED_AT))
    file.seek(0)
    # Bytes that are no UTF-8 stay visible, so that one line in another encoding does not spoil the rest.
    errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
    text = io.TextIOWrapper(cast(io.BufferedReader, file), encoding, errors, newline="")
    try:
        while line := text.readline(limit):
            yield _without_faults(line)
    finally:
        text.detach()


def _encoding(begin: bytes) -> str:
    """Return the encoding of a file by its mark, else UTF-8 where it is that, else the one that is found."""
    for mark, name in _BOMS.items():
        if begin.startswith(mark):
            return name
    text = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode(begin)
    faults = len(_FAULT.findall(text))
    if faults * 2 <= sum(not each.isascii() for each in text):  # few letters of another encoding make up one of UTF-8
        return "utf-8"
    from trafilatura.utils import detect_encoding  # noqa: PLC0415 (it takes long, and few files need it)

    return next((name for name in detect_encoding(begin) if _decodes(begin, name)), "cp1252")


def _decodes(begin: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(begin)
    except (UnicodeError, LookupError):
        return False
    return True


def _without_faults(line: str) -> str:
    """Return a line without bytes that were no text; one that is in windows-1252 alone is read so."""
    if line.isascii() or not _FAULT.search(line):
        return line
    if _FAULT.sub("", line).isascii():
        return line.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
    return _FAULT.sub("\ufffd", line)
