"""JSON Lines, gzipped or not: each line is an object that holds the HTML or the text of one page."""

from __future__ import annotations

import contextlib
import json
import zlib
from collections.abc import Iterator
from io import BufferedIOBase
from typing import Any

from winnow.items import Page, Reason, Rejection, StartError
from winnow.sources.containers.entries import FIELDS, record_of
from winnow.sources.containers.packed import Unpacked, is_gzip
from winnow.sources.containers.records import EMPTY, ContainerOptions, Item, Passed, Place, Record, damaged, too_large

_ESCAPED = 6  # bytes that JSON may write for one byte, as in \u0007


def read_lines(file: BufferedIOBase, options: ContainerOptions, start: Place) -> Iterator[Item]:
    """Yield the page of each line of a file of JSON objects; names are the lines' numbers from 1.

    `options.fields` says how fields are called; those in common use are known. HTML goes before text.
    """
    if not is_gzip(file):
        yield from _lines(file, options, start)
        return
    place = start
    with Unpacked(file) as unpacked:
        try:
            for item in _lines(unpacked, options, start):
                place = item.after or place
                yield item
        except (zlib.error, EOFError, OSError) as error:
            name = str(place.lines + 1)
            yield damaged(name, f"damaged gzip from line {name} on: {error}", place)


def _lines(file: BufferedIOBase, options: ContainerOptions, start: Place) -> Iterator[Item]:
    limit = options.max_bytes * _ESCAPED + (64 << 10)
    file.seek(start.position)
    here = start
    while line := file.readline(limit + 1):
        end, is_whole = here.position + len(line), line.endswith(b"\n")
        if len(line) > limit and not is_whole:
            end += _skip_line(file)
            is_whole = True
            line = b""
            item: Item = too_large(Page(str(here.lines + 1)), options.max_bytes, Place(end, here.lines + 1))
        else:
            item = _item(line, here.lines + 1, Place(end, here.lines + 1), options)
        if not is_whole and isinstance(item, Record) and item.page.problem:
            yield damaged(item.page.path, f"{item.page.problem.detail}; the file ends within the line", here)
            return
        yield item
        here = Place(end, here.lines + 1)


def _skip_line(file: BufferedIOBase) -> int:
    skipped = 0
    while part := file.readline(1 << 20):
        skipped += len(part)
        if part.endswith(b"\n"):
            break
    return skipped


def _item(line: bytes, number: int, after: Place, options: ContainerOptions) -> Item:
    if not line.strip():
        return Passed(EMPTY, after)
    name = str(number)
    try:
        value = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        what = f"column {error.colno}" if isinstance(error, json.JSONDecodeError) else type(error).__name__
        return damaged(name, f"line {number} is no JSON ({what})", after)
    if not isinstance(value, dict):
        return damaged(name, f"line {number} is no JSON object", after)
    return _record(value, name, after, options)


def _record(value: dict[str, Any], name: str, after: Place, options: ContainerOptions) -> Item:
    found = record_of(value, name, options.max_bytes, after, options.fields)
    if isinstance(found, Record):
        return found
    names = " nor ".join(repr(options.fields.get(field, field)) for field in ("html", "text"))
    problem = Rejection(Reason.NO_ARTICLE, f"line {name} has neither {names}; JSONL_FIELDS names the fields")
    return Record(Page(name, problem=problem), after)


def check_fields(given: object, option: str) -> dict[str, str]:
    """Return the names of fields that an option gives, as a dict or as JSON. Raises `StartError` for anything else."""
    with contextlib.suppress(ValueError):
        fields = json.loads(given) if isinstance(given, str) else given
        if isinstance(fields, dict) and all(name in FIELDS and isinstance(fields[name], str) for name in fields):
            return fields
    raise StartError(f"""{option} must name fields as in '{{"html": "body", "date": "fetched"}}'""")
