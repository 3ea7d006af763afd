"""Read a packed file as a stream, within a bound on what the file unpacks to: gzip, and zstd with its dictionary."""

from __future__ import annotations

import gzip
import importlib
import re
import zlib
from collections.abc import Callable, Iterator
from io import BufferedIOBase
from typing import Any

from winnow.files import MAX_RATIO, is_bomb
from winnow.items import StartError
from winnow.sources.containers.packed_members import Members
from winnow.sources.containers.records import ContainerOptions, Item, Place, Unreadable

Read = Callable[[BufferedIOBase, ContainerOptions, Place], Iterator[Item]]

ZSTD = b"\x28\xb5\x2f\xfd"
_DICTIONARY = b"\x5d\x2a\x4d\x18"  # begins the frame with which a WARC file states its dictionary
_MAX_DICTIONARY = 16 << 20  # bytes
_MAX_WINDOW = 27  # bits, as the command zstd allows: 128 MiB


def packed_or_not(read: Read) -> Read:
    """Return a reader of containers that reads gzipped files, too; damaged gzip raises `Unreadable` where it begins."""

    def reading(file: BufferedIOBase, options: ContainerOptions, start: Place) -> Iterator[Item]:
        if not is_gzip(file):
            yield from read(file, options, start)
            return
        with Unpacked(file) as unpacked:
            try:
                yield from read(unpacked, options, start)
            except (zlib.error, EOFError, gzip.BadGzipFile) as error:
                raise Unreadable(f"damaged gzip, the file is lost from there on: {error}") from None

    return reading


def is_gzip(file: BufferedIOBase) -> bool:
    """Return whether a file, which is set to its beginning, is packed as a whole by gzip."""
    file.seek(0)
    begin = file.read(2)
    file.seek(0)
    return begin == b"\x1f\x8b"


def is_packed(file: BufferedIOBase) -> bool:
    """Return whether going back in this file means to unpack everything before once more."""
    return isinstance(file, Unpacked) or isinstance(getattr(file, "raw", None), Members)


class Unpacked(gzip.GzipFile):
    """The unpacked bytes of a gzipped file. Reading raises `gzip.BadGzipFile` where `files.is_bomb` says so.

    Without the bound, a file of a few megabytes could keep a process reading empty records for hours.
    """

    def __init__(self, file: BufferedIOBase) -> None:
        super().__init__(fileobj=file)
        self._packed = file

    def read(self, size: int | None = -1) -> bytes:
        """Return the next bytes, as many as `size` says."""
        self._check()
        return super().read(size)

    def readline(self, size: int | None = -1) -> bytes:
        """Return the next line, of at most `size` bytes."""
        self._check()
        return super().readline(size)

    def read1(self, size: int = -1) -> bytes:
        """Return the next bytes, at most `size`."""
        self._check()
        return super().read1(size)

    def _check(self) -> None:
        if is_bomb(self._packed.tell(), self.tell()):
            raise gzip.BadGzipFile(f"it unpacks to more than {MAX_RATIO} times its size")


def is_zstd(begin: bytes) -> bool:
    """Return whether a file that begins with these bytes is packed with zstd."""
    return begin.startswith((ZSTD, _DICTIONARY))


def unzstd(file: BufferedIOBase, begins: re.Pattern[bytes]) -> Members:
    """Return what a file packed with zstd unpacks to; behind damage it goes on with a frame that `begins` so.

    A frame at the beginning that zstd itself skips holds the dictionary of the others, itself packed or not. Source:
    https://iipc.github.io/warc-specifications/specifications/warc-zstd/ . Raises `gzip.BadGzipFile` for a damaged one.
    """
    zstd = _load_zstd()
    try:
        dictionary = _dictionary(zstd, file)
    except zstd.ZstdError as error:
        raise gzip.BadGzipFile(str(error)) from None
    options = {zstd.DecompressionParameter.window_log_max: _MAX_WINDOW}
    return Members(file, ZSTD, lambda: zstd.ZstdDecompressor(dictionary, options), begins, (zstd.ZstdError,))


def _dictionary(zstd: Any, file: BufferedIOBase) -> Any:
    """Return the dictionary that stands at the beginning of a file, None where there is none; go to the beginning."""
    file.seek(0)
    head = file.read(8)
    raw = file.read(min(int.from_bytes(head[4:], "little"), _MAX_DICTIONARY)) if head.startswith(_DICTIONARY) else b""
    file.seek(0)
    if raw.startswith(ZSTD):
        raw = zstd.ZstdDecompressor().decompress(raw, _MAX_DICTIONARY)
    return zstd.ZstdDict(raw) if raw else None


def _load_zstd() -> Any:
    """Return the module that unpacks zstd: that of Python 3.14, or its backport. Raises `StartError` without either."""
    for name in ("compression.zstd", "backports.zstd"):
        try:
            return importlib.import_module(name)
        except ImportError:
            continue
    raise StartError("files packed with zstd need Python 3.14 or its backport: pip install backports-zstd") from None
