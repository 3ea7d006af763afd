"""Containers: files that hold many pages (WARC, WACZ, ZIP, MHTML, JSON Lines), read record by record.

`kind_of` tells the kind of container by a file's name. `records` yields each record of the file once, either as a page
or as something that is counted and passed over. Only `warc` needs a library outside the standard one: fastwarc, which
is an extra. `check` makes sure that fastwarc is there where it is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BufferedIOBase

from winnow.sources.containers.jsonl import read_lines
from winnow.sources.containers.mhtml import read_mhtml
from winnow.sources.containers.records import BEGINNING, ContainerOptions, Item, Place
from winnow.sources.containers.warc import load_fastwarc, read_warc
from winnow.sources.containers.zips import read_wacz, read_zip


@dataclass(frozen=True, slots=True)
class ContainerKind:
    """A kind of container. `grows` says that files of this kind are only ever added to at their end."""

    name: str
    endings: tuple[str, ...]
    read: Callable[[BufferedIOBase, ContainerOptions, Place], Iterator[Item]]
    grows: bool = False


KINDS = (
    ContainerKind("WARC", (".warc", ".warc.gz"), read_warc, grows=True),
    ContainerKind("WACZ", (".wacz",), read_wacz),
    ContainerKind("ZIP", (".zip",), read_zip),
    ContainerKind("MHTML", (".mhtml", ".mht"), read_mhtml),
    ContainerKind("JSON Lines", (".jsonl", ".jsonl.gz"), read_lines, grows=True),
)


def kind_of(name: str) -> ContainerKind | None:
    """Return what kind of container a file is, by its name; None for a file that is a page itself."""
    lower = name.lower()
    return next((kind for kind in KINDS if lower.endswith(kind.endings)), None)


def check(name: str) -> None:
    """Raise `StartError` where the library that reads a file of this name is not installed."""
    kind = kind_of(name)
    if kind and kind.read in (read_warc, read_wacz):
        load_fastwarc()


def records(
    file: BufferedIOBase, kind: ContainerKind, options: ContainerOptions, start: Place | None = None
) -> Iterator[Item]:
    """Return the records of a container in their order, from `start` on where its kind grows.

    `file` must be seekable. Raises `Unreadable` for a file that is damaged as a whole, `StartError` where the library
    is missing, and `OSError`; what is wrong with one record is the `problem` of that record's page.
    """
    return kind.read(file, options, start or BEGINNING)
