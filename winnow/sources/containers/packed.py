"""A gzipped file that is read as a stream, within a bound on what it unpacks to."""

from __future__ import annotations

import gzip
from io import BufferedIOBase

from winnow.files import MAX_RATIO, is_bomb


class Unpacked(gzip.GzipFile):
    """What a gzipped file unpacks to. Raises `gzip.BadGzipFile` where that is more than 200 times what was read of it.

    Without the bound, a file of a few megabytes could hold records of nothing for hours.
    """

    def __init__(self, file: BufferedIOBase) -> None:
        super().__init__(fileobj=file)
        self._packed = file

    def readline(self, size: int | None = -1) -> bytes:
        """Return the next line."""
        self._check()
        return super().readline(size)

    def read1(self, size: int = -1) -> bytes:
        """Return what comes next."""
        self._check()
        return super().read1(size)

    def _check(self) -> None:
        if is_bomb(self._packed.tell(), self.tell()):
            raise gzip.BadGzipFile(f"it unpacks to more than {MAX_RATIO} times its size")
