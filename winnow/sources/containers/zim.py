"""ZIM, the format of Kiwix: the pages of a site or a wiki in one file. libzim reads it."""

from __future__ import annotations

import importlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BufferedIOBase, UnsupportedOperation
from pathlib import Path
from typing import Any

from winnow.items import Metadata, Page
from winnow.sources.containers.records import (
    ContainerOptions,
    Item,
    Passed,
    Place,
    Record,
    Unreadable,
    damaged,
    too_large,
)
from winnow.sources.containers.stated import MEDIA_TYPES, address, facts, split_type
from winnow.sources.no_pages import no_page
from winnow.text import storable
from winnow.times import moment

_REDIRECT = "redirect"


def read_zim(file: BufferedIOBase, options: ContainerOptions, _start: Place) -> Iterator[Item]:
    """Yield the pages of a ZIM file; names are their paths in it. Redirects and pictures are counted.

    Raises `Unreadable` for a file that is damaged as a whole, and without libzim.
    """
    try:
        reader: Any = importlib.import_module("libzim.reader")
    except ImportError:
        raise Unreadable("a ZIM file, which needs libzim (the extra zim): pip install libzim") from None
    with _named(file) as name:
        try:
            archive = reader.Archive(Path(name))
            stated, captured = _told(archive)
        except (RuntimeError, ValueError) as error:
            raise Unreadable(f"a damaged ZIM file: {error}") from None
        for number in range(archive.entry_count):
            yield _item(archive, number, Page(str(number), captured=captured, stated=stated), options.max_bytes)


@contextmanager
def _named(file: BufferedIOBase) -> Iterator[str]:
    """Yield a name of an open file, since libzim opens files by their names."""
    try:
        yield f"/dev/fd/{file.fileno()}"
    except UnsupportedOperation:
        with tempfile.NamedTemporaryFile(prefix="winnow-") as copy:
            shutil.copyfileobj(file, copy)
            copy.flush()
            yield copy.name


def _told(archive: Any) -> tuple[Metadata, str | None]:
    """Return what the file says of all its pages, and when it was made."""
    keys = set(archive.metadata_keys)
    said = {
        key: bytes(archive.get_metadata(key)).decode("utf-8", "replace") for key in ("Title", "Date") if key in keys
    }
    return facts(sitename=said.get("Title")), moment(said.get("Date"))


def _item(archive: Any, number: int, page: Page, limit: int) -> Item:
    try:
        entry = archive._get_entry_by_id(number)
        if entry.is_redirect:
            return Passed(_REDIRECT)
        item = entry.get_item()
        media_type, charset = split_type(item.mimetype)
        if media_type not in MEDIA_TYPES:
            return Passed(no_page(media_type))
        path = storable(entry.path)
        page = replace(page, path=path.replace(os.sep, "/"), url=address(f"https://{path}") if _is_site(path) else None)
        if item.size > limit:
            return too_large(page, limit)
        body = bytes(item.content)
    except (RuntimeError, ValueError, KeyError) as error:
        return damaged(page.path, f"damaged entry {number}: {error}")
    return Record(replace(page, body=body, media_type=MEDIA_TYPES[media_type], charset=charset or "utf-8"))


def _is_site(path: str) -> bool:
    """Return whether a path begins with the name of a host, as those of crawled sites do (zimit)."""
    host, slash, _ = path.partition("/")
    return bool(slash) and "." in host.strip(".") and not host.startswith(".")
