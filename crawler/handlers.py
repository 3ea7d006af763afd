"""Read local files for `file://` requests, with a bound on their size and never from anything but regular files."""

from __future__ import annotations

import os
import stat
from urllib.parse import unquote_to_bytes, urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.asyncio import run_in_thread

from crawler.seedfiles import utc_time
from pipelines.item_pipelines import Options


class FileTooLarge(Exception):
    """Raised for a file over the limit, which is not read; the message gives its size."""


class NotRegularFile(Exception):
    """Raised when a name no longer leads to a regular file."""


class FileResponse(Response):
    """The bytes of a file with its size and modification time at the moment of reading."""

    modified: str | None = None


class LocalFileHandler(BaseDownloadHandler):
    """Replace Scrapy's own handler, which would read a file of any size whole and would hang on a fifo."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._limit = Options.from_settings(crawler.settings).max_page_bytes

    async def download_request(self, request: Request) -> FileResponse:
        """Give the file's bytes; raises `OSError`, `FileTooLarge` or `NotRegularFile`."""
        path = unquote_to_bytes(urlsplit(request.url).path)
        body, modified = await run_in_thread(_read, path, self._limit)
        response = FileResponse(request.url, body=body)
        response.modified = modified
        return response


def _read(path: bytes, limit: int) -> tuple[bytes, str | None]:
    # Without O_NONBLOCK, opening a fifo that took the place of the file would wait for a writer.
    fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(fd, "rb") as file:
        info = os.fstat(fd)
        if not stat.S_ISREG(info.st_mode):
            raise NotRegularFile
        if info.st_size > limit:
            raise FileTooLarge(f"{info.st_size} bytes")
        body = file.read(limit + 1)
    if len(body) > limit:
        raise FileTooLarge("it grew while it was read")
    return body, utc_time(info.st_mtime_ns)
