"""Read a gzipped file as a stream, within a bound on what the file unpacks to."""

from __future__ import annotations

import gzip
from io import BufferedIOBase

from winnow.files import MAX_RATIO, is_bomb


class Unpacked(gzip.GzipFile):
    """The unpacked bytes of a gzipped file. Reading raises `gzip.BadGzipFile` where `files.is_bomb` says so.

    Without the bound, a file of a few megabytes could keep a process reading empty records for hours.
    """

    def __init__(self, file: BufferedIOBase) -> None:
        super().__init__(fileobj=file)
        self._packed = file

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
