"""Read the file that a page stands in: within a bound on its size, and only where it is a regular file."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from datetime import UTC, datetime

from pipelines.items import Page, Reason, Rejection


def load(page: Page, max_bytes: int) -> Page:
    """Give a page with the bytes, size and time of its file, or with the problem that keeps it from being read."""
    if page.file is None or page.problem:
        return page
    try:
        # Without O_NONBLOCK, opening a fifo that took the place of the file would wait for a writer.
        fd = os.open(page.file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(fd, "rb") as file:
            info = os.fstat(fd)
            if not stat.S_ISREG(info.st_mode):
                return _unreadable(page, "no longer a regular file")
            body = file.read(max_bytes + 1) if info.st_size <= max_bytes else b""
    except FileNotFoundError:
        return _unreadable(page, "the file vanished after the folder was listed")
    except OSError as error:
        return _unreadable(page, f"cannot be read: {error.strerror or type(error).__name__}")
    if info.st_size > max_bytes or len(body) > max_bytes:
        size = f"{info.st_size} bytes" if info.st_size > max_bytes else "it grew while it was read"
        return replace(page, problem=Rejection(Reason.TOO_LARGE, f"{size}: more than MAX_PAGE_BYTES allows"))
    return replace(page, body=body, size=len(body), modified=utc_time(info.st_mtime_ns))


def _unreadable(page: Page, why: str) -> Page:
    return replace(page, problem=Rejection(Reason.UNREADABLE, why))


def utc_time(nanoseconds: int) -> str | None:
    """Write a file time as ISO 8601 with microseconds; None where it lies outside the calendar."""
    try:
        moment = datetime.fromtimestamp(nanoseconds // 10**9, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment.replace(microsecond=nanoseconds % 10**9 // 1000).isoformat(timespec="microseconds")
