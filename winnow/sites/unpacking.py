"""The bytes of a file that a site sent, unpacked where they are gzip, within bounds."""

from __future__ import annotations

import gzip
import zlib
from io import BufferedIOBase, BytesIO

from winnow.sources.containers.packed import Unpacked, is_gzip

MAX_UNPACKED = 64 << 20  # bytes that are read of one file: a sitemap may have 50 MiB
_PART = 64 << 10


class Unpacking(BufferedIOBase):
    """The bytes of a file as far as they can be read: damage and bounds end them, and are told in `problem`."""

    def __init__(self, content: bytes) -> None:
        file: BufferedIOBase = BytesIO(content)
        self._file = Unpacked(file) if is_gzip(file) else file
        self._left, self._seen, self.problem = MAX_UNPACKED, b"", ""

    def peek(self, size: int) -> bytes:
        """Return the first bytes, which the next reads return again."""
        self._seen = self.read(size)
        return self._seen

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next bytes, at most `size`; fewer than that only at the end."""
        wanted = MAX_UNPACKED if size is None or size < 0 else size
        seen, self._seen = self._seen[:wanted], self._seen[wanted:]
        parts, wanted = [seen], wanted - len(seen)
        while wanted > 0 and (part := self._next(min(wanted, _PART))):
            parts.append(part)
            wanted -= len(part)
        return b"".join(parts)

    def _next(self, size: int) -> bytes:
        if self.problem:
            return b""
        try:
            part = self._file.read1(size)
        except (gzip.BadGzipFile, zlib.error, EOFError) as error:
            self.problem = f"damaged gzip: {error}"
            return b""
        self._left -= len(part)
        if self._left < 0:
            self.problem = f"more than {MAX_UNPACKED} bytes: the rest is left out"
        return part
