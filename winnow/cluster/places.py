"""Files by local path or URI of an object store, read and written alike; a file appears only when it is complete."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow as pa
import pyarrow.fs as pafs
import pyarrow.parquet as pq

from winnow.items import StartError


def is_uri(place: str) -> bool:
    """Tell a URI of an object store from a local path."""
    return "://" in place


def below(place: str, *names: str) -> str:
    """Return the place with these names below another, joined with `/`."""
    return "/".join([place.rstrip("/"), *names])


def as_pattern(place: str) -> str:
    """Return a place with its wildcards escaped: the engine takes every place for a pattern."""
    return re.sub(r"([*?\[\]{}\\])", r"\\\1", place)


@cache
def filesystem(store: str) -> Any:
    """Return the file system of an object store, given its URI without a path; made once by each process."""
    return pafs.FileSystem.from_uri(store)[0]


def resolved(place: str) -> tuple[Any, str]:
    """Return the file system of a place and the path in it. Raises `StartError` for a URI that cannot be reached."""
    if not is_uri(place):
        return _local(), os.path.abspath(os.path.expanduser(place))
    try:
        if "?" in place:  # Arrow and Daft both read the URI, and understand different options in it
            raise ValueError(
                "options such as its endpoint are told by the environment (AWS_ENDPOINT_URL), not behind ?"
            )
        path = pafs.FileSystem.from_uri(place)[1]
        scheme, _, rest = place.partition("://")
        return filesystem(f"{scheme}://{rest.partition('/')[0]}/"), path
    except (ValueError, OSError) as error:  # `ArrowInvalid` is a `ValueError`
        raise StartError(f"{place} cannot be reached: {error}") from error


@cache
def _local() -> Any:
    return pafs.LocalFileSystem()


def exists(place: str) -> bool:
    """Return whether a file or folder is there."""
    system, path = resolved(place)
    return bool(system.get_file_info(path).type != pafs.FileType.NotFound)


def names_in(place: str) -> list[str]:
    """Return the names in a folder, sorted; an empty list where there is no folder."""
    system, path = resolved(place)
    found = system.get_file_info(pafs.FileSelector(path, allow_not_found=True))
    return sorted(info.base_name for info in found)


def remove(place: str) -> None:
    """Remove a folder with all that is in it, if it is there."""
    if exists(place):
        system, path = resolved(place)
        system.delete_dir(path)


def read_text(place: str) -> str:
    """Return the text of a small file in UTF-8."""
    system, path = resolved(place)
    with system.open_input_stream(path) as file:
        return bytes(file.read()).decode()


def write_text(place: str, text: str) -> None:
    """Write a small file in UTF-8."""
    system, path = _prepared(place)
    part = _part(path)
    with system.open_output_stream(part) as file:
        file.write(text.encode())
    system.move(part, path)


def read_table(place: str, columns: list[str] | None = None) -> Any:
    """Return the Arrow table in a Parquet file."""
    system, path = resolved(place)
    return pq.read_table(path, columns=columns, filesystem=system, partitioning=None)


def read_metadata(place: str) -> dict[bytes, bytes]:
    """Return the key-value metadata of a Parquet file."""
    system, path = resolved(place)
    return pq.read_metadata(path, filesystem=system).metadata or {}


def read_folder(place: str, columns: list[str] | None = None) -> Any:
    """Return the tables in all Parquet files of a folder as one, in the order of the files' names."""
    tables = [read_table(below(place, name), columns) for name in names_in(place) if name.endswith(".parquet")]
    return pa.concat_tables(tables)


def write_table(place: str, table: Any) -> None:
    """Write an Arrow table to a Parquet file."""
    system, path = _prepared(place)
    part = _part(path)
    pq.write_table(table, part, compression="zstd", filesystem=system)
    system.move(part, path)


@contextlib.contextmanager
def table_writer(place: str, schema: Any) -> Iterator[Any]:
    """Yield a writer that takes a Parquet file table by table; the file appears if no exception was raised."""
    system, path = _prepared(place)
    part = _part(path)
    with pq.ParquetWriter(part, schema, compression="zstd", filesystem=system) as writer:
        yield writer
    system.move(part, path)


def _part(path: str) -> str:
    """Return the name of a file while it is incomplete: hidden from readers of the folder, another for every writer."""
    folder, _, name = path.rpartition("/")
    return f"{folder}/.{name}.{uuid4().hex}.part"


def _prepared(place: str) -> tuple[Any, str]:
    system, path = resolved(place)
    if isinstance(system, pafs.LocalFileSystem):  # stores have no folders
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    return system, path
