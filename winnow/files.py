"""Read the file that holds a page, if it is a regular file and not too large."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import replace
from io import BufferedReader
from typing import Protocol

from winnow.items import Page, Reason, Rejection
from winnow.times import utc_time

MAX_RATIO = 200  # unpacked bytes for each packed byte: DEFLATE reaches 1,032 on zeros, real pages stay below 30
REFUSED = "cannot be read"  # begins the detail of a page that the system did not let anybody read
_FREE = 1 << 20  # bytes that may be unpacked at any ratio


class Readable(Protocol):
    """A source of bytes: a file on this machine or in an object store."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes."""


class NotRegular(Exception):
    """Raised where a path no longer leads to a regular file; the message says so to a person."""


def open_regular(name: str) -> BufferedReader:
    """Open a regular file. Raises `NotRegular` or `OSError`."""
    # Without O_NONBLOCK, opening a fifo that took the place of the file would wait for a writer.
    number = os.open(name, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise NotRegular("no longer a regular file")
    return os.fdopen(number, "rb")


def escape_path(name: bytes) -> str:
    r"""Return a file name as text: bytes that are not UTF-8 become `\xNN`, a backslash becomes two."""
    return name.replace(b"\\", b"\\\\").decode("utf-8", "backslashreplace")


def unescape_path(name: str) -> str:
    """Return the file name, as this system names files, that `escape_path` gave this text."""
    parts = re.sub(rb"\\(?:\\|x([0-9a-f]{2}))", _unescaped, name.encode("utf-8", "surrogateescape"))
    return os.fsdecode(parts)


def _unescaped(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 16)]) if found[1] else b"\\"


def load(page: Page, max_bytes: int) -> Page:
    """Return a page with the bytes, size and time of its file, or with the problem that kept the file from being read.

    A file of more than `max_bytes` bytes is such a problem. A page without a file is returned as it is.
    """
    if page.file is None or page.problem:
        return page
    try:
        with open_regular(page.file) as file:
            info = os.fstat(file.fileno())
            return filled(replace(page, modified=utc_time(info.st_mtime_ns)), file, info.st_size, max_bytes)
    except NotRegular as error:
        return _unreadable(page, str(error))
    except FileNotFoundError:
        return _unreadable(page, "the file vanished after the folder was listed")
    except OSError as error:
        return _unreadable(page, f"{REFUSED}: {error.strerror or type(error).__name__}")


def filled(page: Page, file: Readable, size: int, max_bytes: int) -> Page:
    """Return a page with the bytes of an open file, or with the problem that there are more than `max_bytes` of them.

    `size` is what the file is said to have, in bytes. As the file may grow meanwhile, reading is bounded as well.
    """
    body = file.read(max_bytes + 1) if size <= max_bytes else b""
    if size > max_bytes or len(body) > max_bytes:
        why = f"{size} bytes" if size > max_bytes else "it grew while it was read"
        return replace(page, problem=Rejection(Reason.TOO_LARGE, f"{why}: more than MAX_PAGE_BYTES allows"))
    return replace(page, body=body, size=len(body))


def is_bomb(packed: int, unpacked: int) -> bool:
    """Return whether `packed` bytes unpack to more bytes than those of any real page do."""
    return unpacked > _FREE and unpacked > MAX_RATIO * packed


def _unreadable(page: Page, why: str) -> Page:
    return replace(page, problem=Rejection(Reason.UNREADABLE, why))
