"""Work for worker processes, well-behaved and not; at module level, so that it can be named across processes."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn
from unittest.mock import patch

from winnow.cluster import page_row
from winnow.items import Kind, Page
from winnow.read.page import read_page
from winnow.reading import Reading
from winnow.runs.workers import STOP_SIGNALS

Job = tuple[Callable[[Any], Any], Any]


def call(job: Job) -> Any:
    """Do a job, a function of this module and its argument, and return the result."""
    function, argument = job
    return function(argument)


def double(number: int) -> int:
    return 2 * number


def process_id(_: object) -> int:
    return os.getpid()


def parent_id(_: object) -> int:
    return os.getppid()


def fail(message: str) -> NoReturn:
    raise ValueError(message)


def answer_what_cannot_be_sent(_: object) -> Callable[[], None]:
    return lambda: None


def die_once(marker: str) -> str:
    """Die at the first try, which leaves a marker file behind."""
    if not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "survived"


def die_and_count(log: str) -> None:
    with open(log, "a") as out:
        out.write("x")
    os.kill(os.getpid(), signal.SIGKILL)


def read_address_zero(_: object) -> bytes:
    return ctypes.string_at(0)


def abort(_: object) -> NoReturn:
    os.abort()


def leave(status: int) -> NoReturn:
    sys.exit(status)


def loop_in_python(_: object) -> NoReturn:
    while True:
        pass


def loop_in_c(_: object) -> bool:
    return re.match(r"(a+)+$", "a" * 64 + "b") is None


def wait_forever(_: object) -> None:
    threading.Event().wait()


def use_all_memory(_: object) -> NoReturn:
    held = []
    while True:
        held.append(bytes(64 << 20))  # the kernel counts the memory at once, and hands it out when it is touched


def survive_polite_signals(_: object) -> str:
    for number in STOP_SIGNALS:
        os.kill(os.getpid(), number)
    return "survived"


def read_row(page: Page, **options: Any) -> Any:
    """Read a page as the path on an engine does, unless it asks for the end of its process."""
    if page.body == b"kill":
        os.kill(os.getpid(), signal.SIGKILL)
    return page_row.read_row(page, **options)


def read_told(page: Page, *more: Any, **options: Any) -> Reading:
    """Read a page whose path says its kind; with Markdown, and with a text of what is refused."""
    reading = read_page(page, *more, **options)
    if reading.article:
        kind = next((kind for kind in Kind if kind in page.path), Kind.ARTICLE)
        shaped = replace(reading.article, kind=kind, markdown=f"*Told*\n\n{reading.article.text}")
        return replace(reading, article=shaped)
    rejection = reading.rejection and replace(reading.rejection, text=f"What stood on {page.path}")
    return replace(reading, rejection=rejection)


def read_told_row(page: Page, **options: Any) -> Any:
    """Read a page as the path on an engine does, by `read_told`."""
    with patch.object(page_row, "read_page", read_told):
        return page_row.read_row(page, **options)
