"""Standard output and standard error: what they do not take or cannot show changes nothing about what was done."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence, Set
from io import TextIOWrapper


def prepare() -> None:
    r"""Let standard output take any text: what its encoding cannot show is written as `\xNN` or `\uNNNN`."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def say(text: str) -> None:
    """Print lines on standard output, as far as it takes them."""
    with contextlib.suppress(OSError):
        print(text)
    finish()


def complain(text: str) -> None:
    """Print a line about something wrong on standard error, as far as it takes it."""
    with contextlib.suppress(OSError):
        print(f"winnow: {text}", file=sys.stderr)
    finish()


def table(rows: Sequence[Sequence[str]], left: Set[int]) -> list[str]:
    """Return rows of cells as lines; the columns that are named stand at the left, numbers at the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if place in left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def finish() -> None:
    """Write what waits to be written; an output that is closed or full is given up, before Python fails on it."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream:
                stream.flush()
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            with contextlib.suppress(OSError):  # a stream without a file of its own
                os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
