"""The kinds of containers: what they are called, how their files' names end, and what reads them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.util import find_spec
from io import BufferedIOBase
from typing import Any, Protocol

from winnow.files import NotRegular, open_regular
from winnow.formats import LOOKED_AT, begins_as_html, format_of, unpacked, xml_in_utf_8
from winnow.items import StartError
from winnow.sources.containers.press import is_export
from winnow.sources.containers.records import (
    BEGINNING,
    NESTED,
    ContainerOptions,
    Item,
    Passed,
    Place,
    Record,
    Unreadable,
    damaged,
)


class Seekable(Protocol):
    """A file on this machine or in an object store."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes."""

    def seek(self, offset: int, whence: int = ..., /) -> int:
        """Go to another place and return it."""


MAX_DEPTH = 2  # containers inside a container, and containers inside those


@dataclass(frozen=True, slots=True)
class ContainerKind:
    """A kind of container. `reader` names the function that reads such files, behind its module in this package.

    `grows` says that files of this kind may be added to and otherwise stay; at their end, unless `lister` names the
    function, as `reader` does, that lists digests of the members of a file, by which new ones are known.

    `may_be_packed` says that `read` reads gzipped files too, `seeks` that it goes back and forth in the file. `needs`
    names a module without which files of this kind are not read, but named like any format that Winnow does not read.
    """

    name: str
    endings: tuple[str, ...]
    reader: str
    grows: bool = False
    may_be_packed: bool = False
    seeks: bool = False
    needs: str = ""
    lister: str = ""

    @property
    def read(self) -> Callable[[BufferedIOBase, ContainerOptions, Place], Iterator[Item]]:
        """Return the function that reads such files; its module is imported only here, as most runs meet few kinds."""
        read: Callable[..., Iterator[Item]] = _function(self.reader)
        return read

    def members(self, file: BufferedIOBase) -> bytes:
        """Return digests of the members of a file, one behind the other; none for a kind that lists none."""
        return bytes(_function(self.lister)(file)) if self.lister else b""


def _function(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(".")
    found: Callable[..., Any] = getattr(import_module(f"{__package__}.{module}"), function)
    return found


KIND_NAMED: dict[str, ContainerKind] = {}  # filled by the package: some of its readers look kinds up themselves
LISTED = b"PK\x01\x02"  # begins each entry of the list of members, at the end of a ZIP file


def kind_of(name: str, begin: bytes = b"") -> ContainerKind | None:
    """Return what kind of container a file is, by its first bytes and its name; None for a file that is a page itself.

    Bytes that say what the file is go before its name. Without `begin` the name alone tells, which is a guess.
    """
    kind = _told(name, begin)
    return None if kind and kind.needs and not find_spec(kind.needs) else kind


def _told(name: str, begin: bytes) -> ContainerKind | None:
    lower = name.lower()
    by_name = next((kind for kind in KIND_NAMED.values() if lower.endswith(kind.endings)), None)
    start = unpacked(begin)
    found = format_of(xml_in_utf_8(start))
    if found is None:
        is_page = begins_as_html(start)
        if is_page and begin.find(LISTED, -LOOKED_AT) >= 0:  # a page that unpacks itself
            return KIND_NAMED["ZIP"]
        may_be_press = start is begin and (is_page or by_name is None)
        if may_be_press and is_export(begin):
            return KIND_NAMED["press"]
        if is_page or by_name:
            return None if is_page else by_name
        if _function("tables.is_table")(lower, start):
            return KIND_NAMED["table"]
        return KIND_NAMED["blog"] if _function("blog_text.is_blog")(start) else None
    if by_name and by_name.name in (found.container, found.named):
        return by_name
    kind = KIND_NAMED.get(found.container)
    return kind if kind and (kind.may_be_packed or start is begin) else None


def kind_in(name: str, file: str) -> ContainerKind | None:
    """Return what kind of container the file `file` is, whose path is `name`; one that cannot be read, by its name."""
    return kind_of(name, begin_in(file))


def begin_in(file: str) -> bytes:
    """Return the bytes by which a file's format is told; none where it cannot be read."""
    try:
        with open_regular(file) as opened:
            return telling_bytes(opened)
    except (NotRegular, OSError):
        return b""


def telling_bytes(file: Seekable) -> bytes:
    """Return the first bytes of a file; behind those of a long page its last ones, since a ZIP may stand behind it."""
    begin = bytes(file.read(LOOKED_AT))
    if len(begin) < LOOKED_AT or not begins_as_html(begin):
        return begin
    file.seek(max(LOOKED_AT, file.seek(0, os.SEEK_END) - LOOKED_AT))
    return begin + bytes(file.read(LOOKED_AT))


def records_inside(file: BufferedIOBase, name: str, kind: ContainerKind, options: ContainerOptions) -> Iterator[Item]:
    """Yield the records of a container that is a member of another one, their names after the member's.

    A container that cannot be read is one record with a problem. Deeper than `MAX_DEPTH`, containers are counted, not
    opened.
    """
    if options.depth >= MAX_DEPTH:
        yield Passed(NESTED)
        return
    try:
        for item in kind.read(file, replace(options, depth=options.depth + 1), BEGINNING):
            if isinstance(item, Record):
                yield Record(replace(item.page, path=f"{name}#{item.page.path}"))
            else:
                yield Passed(item.why)
    except (Unreadable, StartError) as error:
        yield damaged(name, f"damaged member: {error}")
