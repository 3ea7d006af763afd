"""Containers: files that hold many pages (WARC, WACZ, ZIP, MHTML, JSON Lines), read record by record.

`kind_in` tells the kind of container by a file's first bytes, and by its name where these say nothing. `records` yields
each record of the file once, either as a page or as something that is counted and passed over. Only `warc` needs a
library outside the standard one: fastwarc, which is an extra. `check` makes sure that it is there where it is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BufferedIOBase

from winnow.files import NotRegular, open_regular
from winnow.formats import LOOKED_AT, begins_as_html, format_of, unpacked
from winnow.sources.containers.jsonl import read_lines
from winnow.sources.containers.mhtml import read_mhtml
from winnow.sources.containers.records import BEGINNING, ContainerOptions, Item, Place
from winnow.sources.containers.warc import load_fastwarc, read_warc
from winnow.sources.containers.zips import read_wacz, read_zip


@dataclass(frozen=True, slots=True)
class ContainerKind:
    """A kind of container. `grows` says that files of this kind are only ever added to at their end.

    `may_be_packed` says that `read` reads gzipped files too.
    """

    name: str
    endings: tuple[str, ...]
    read: Callable[[BufferedIOBase, ContainerOptions, Place], Iterator[Item]]
    grows: bool = False
    may_be_packed: bool = False


_LINES = (".jsonl", ".jsonl.gz", ".jl", ".jl.gz", ".ndjson", ".ndjson.gz")
KINDS = (
    ContainerKind("WARC", (".warc", ".warc.gz"), read_warc, grows=True, may_be_packed=True),
    ContainerKind("WACZ", (".wacz",), read_wacz),
    ContainerKind("ZIP", (".zip",), read_zip),
    ContainerKind("MHTML", (".mhtml", ".mht"), read_mhtml),
    ContainerKind("JSON Lines", _LINES, read_lines, grows=True, may_be_packed=True),
)
KIND_NAMED = {kind.name: kind for kind in KINDS}


def kind_of(name: str, begin: bytes = b"") -> ContainerKind | None:
    """Return what kind of container a file is, by its first bytes and its name; None for a file that is a page itself.

    Bytes that say what the file is go before its name. Without `begin` the name alone tells, which is a guess.
    """
    lower = name.lower()
    by_name = next((kind for kind in KINDS if lower.endswith(kind.endings)), None)
    start = unpacked(begin)
    found = format_of(start)
    if found is None:
        return None if begins_as_html(start) else by_name
    if by_name and by_name.name in (found.container, found.named):
        return by_name
    kind = KIND_NAMED.get(found.container)
    return kind if kind and (kind.may_be_packed or start is begin) else None


def kind_in(name: str, file: str) -> ContainerKind | None:
    """Return what kind of container the file `file` is, whose path is `name`; one that cannot be read, by its name."""
    try:
        with open_regular(file) as opened:
            return kind_of(name, opened.read(LOOKED_AT))
    except (NotRegular, OSError):
        return kind_of(name)


def check(kind: ContainerKind | None) -> None:
    """Raise `StartError` where the library that reads a kind of container is not installed."""
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
