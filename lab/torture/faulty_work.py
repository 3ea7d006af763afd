"""The work of workers, except that a page whose name asks for a fault does to its worker what no page should."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import threading
from collections.abc import Callable
from typing import Any

from winnow.items import Page
from winnow.reading import Reading
from winnow.runs import worker_page


def _kill_self() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _segfault() -> None:
    ctypes.string_at(0)


def _leave() -> None:
    os._exit(0)


def _loop_in_python() -> None:
    while True:
        pass


def _loop_in_c() -> None:
    re.match(r"(a+)+$", "a" * 64 + "b")


def _wait() -> None:
    threading.Event().wait()


def _take_all_memory() -> None:
    held = []
    while True:
        held.append(bytes(64 << 20))


def _recurse() -> None:
    _recurse()


def _raise() -> None:
    raise ValueError("words of the page")


def _close_all_files() -> None:
    os.closerange(0, 1000)


def _write_rubbish() -> None:
    """Write to the pipe to the parent, which is the only socket of a worker."""
    for number in range(3, 60):
        if os.path.exists(f"/proc/self/fd/{number}") and os.readlink(f"/proc/self/fd/{number}").startswith("socket:"):
            os.write(number, b"\xff" * 100)


FAULTS: dict[str, Callable[[], None]] = {
    "kill": _kill_self,
    "segfault": _segfault,
    "leave": _leave,
    "loop-in-python": _loop_in_python,
    "loop-in-c": _loop_in_c,
    "wait": _wait,
    "memory": _take_all_memory,
    "recursion": _recurse,
    "raise": _raise,
    "close-files": _close_all_files,
    "rubbish": _write_rubbish,
}


def read_known_page(page: Page, **options: Any) -> Reading:
    """Return the reading of a page; for a file called `fault-NAME.html`, that fault happens first."""
    name = page.path.removesuffix(".html").rpartition("fault-")[2]
    if name in FAULTS:
        FAULTS[name]()
    return worker_page.read_known_page(page, **options)
