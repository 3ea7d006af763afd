"""Web sites on loopback, for tests and measurements: what is asked is answered as the site's content says, and logged.

    with LiveSite(Content(articles=30)) as site:
        crawl(site.url)
        assert site.paths() == ["/robots.txt", "/"]

Every site is a host of its own: `LiveSite(content, host="127.0.0.2")`. Nothing is ever asked of another machine.
"""

from __future__ import annotations

import contextlib
import itertools
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from types import TracebackType
from typing import Any, Protocol

_PIECE = 4096  # bytes of a chunk
_LATER = (b"x" * 64 + b"\n") * 1024  # what never ends, in pieces


@dataclass(frozen=True)
class Answer:
    """What a request gets: status, body, and how it is sent; `headers` come after the ones that each answer has.

    A body is sent `whole`, `chunked`, `cut` (announced, but the connection closes in the middle), `endless` (chunks
    without an end) or after `release` of the site only: `late` (nothing before) or `stuck` (after the head).
    """

    status: int = 200
    body: bytes = b""
    media_type: str | None = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    how: str = "whole"

    def but(self, **changes: Any) -> Answer:
        """Return the answer with changes."""
        return replace(self, **changes)


@dataclass
class Asked:
    """A request as it came, and what was sent for it.

    `moment` and `done` are seconds of one clock, `head` the bytes up to the empty line, `open` the connections that the
    site had open then, this one (`connection`, counted from 1) among them. `sent` is everything that was sent, chunks
    and all; `body` what the answer holds, without them.
    """

    moment: float
    head: bytes
    connection: int
    open: int
    done: float | None = None
    status: int = 0
    sent: int = 0
    sent_head: bytes = field(default=b"", repr=False)
    body: bytes = field(default=b"", repr=False)

    @property
    def method(self) -> str:
        """Return the request's method."""
        return self.head.split(b" ", 1)[0].decode("latin-1")

    @property
    def path(self) -> str:
        """Return what was asked for: path and query."""
        return self.head.split(b" ", 2)[1].decode("latin-1")

    @property
    def headers(self) -> dict[str, str]:
        """Return the headers by their names in small letters."""
        lines = self.head.decode("latin-1").split("\r\n")[1:]
        pairs = (line.partition(":") for line in lines if line)
        return {name.strip().lower(): value.strip() for name, _, value in pairs}


class Answers(Protocol):
    """What a site has to say: an answer for every request."""

    def answer(self, asked: Asked, url: str) -> Answer:
        """Return what a request gets from the site that stands at `url`."""


class LiveSite:
    """A site that is served while the block runs; `content` may be changed meanwhile, as between two nights."""

    def __init__(self, content: Answers, host: str = "127.0.0.1", port: int = 0) -> None:
        """Take an address of this machine and a port, by default one that is free."""
        self.content = content
        self.host = host
        self.log: list[Asked] = []
        self.keeps_bodies = True  # in the log, which then holds all that was sent
        self.release = threading.Event()
        self.heard: Callable[[Asked], object] = lambda asked: None  # called with each request before it is answered
        self.connections = 0
        self._open: set[int] = set()
        self._guard = threading.Lock()
        self._server = _Server((host, port), _Connection)
        self._server.site = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        """Return the address of the home page, without the slash at its end."""
        return f"http://{self.host}:{self._server.server_address[1]}"

    def __enter__(self) -> LiveSite:
        """Serve."""
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Serve no more; answers that wait are let go."""
        self.release.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def paths(self) -> list[str]:
        """Return what was asked for, in its order."""
        return [asked.path for asked in self.log]

    def gaps(self) -> list[float]:
        """Return the seconds from each request to the next."""
        moments = sorted(asked.moment for asked in self.log)
        return [later - earlier for earlier, later in itertools.pairwise(moments)]

    def forget(self) -> list[Asked]:
        """Return the log so far and begin a new one, as before another night."""
        with self._guard:
            log, self.log = self.log, []
        return log

    @contextlib.contextmanager
    def connected(self) -> Iterator[int]:
        """Count a connection while it is open, and give its number."""
        with self._guard:
            self.connections += 1
            number = self.connections
            self._open.add(number)
        try:
            yield number
        finally:
            with self._guard:
                self._open.discard(number)

    def came(self, head: bytes, connection: int) -> Asked:
        """Write a request into the log."""
        with self._guard:
            asked = Asked(time.monotonic(), head, connection, len(self._open))
            self.log.append(asked)
        return asked


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False  # a client that keeps its connection open must not keep the site
    request_queue_size = 100
    site: LiveSite

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that go away in the middle are what tests are about."""


class _Connection(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True
    server: _Server

    def handle(self) -> None:
        """Answer request after request, until one side closes."""
        site = self.server.site
        with site.connected() as number, contextlib.suppress(ConnectionError):
            while head := self._head():
                asked = site.came(head, number)
                site.heard(asked)
                self.rfile.read(int(asked.headers.get("content-length", "0")))
                goes_on = self._send(asked, site.content.answer(asked, site.url))
                asked.done = time.monotonic()
                if not goes_on:
                    break

    def _head(self) -> bytes:
        """Return the bytes of the next request up to the empty line, with it; nothing at the end."""
        lines = []
        while line := self.rfile.readline():
            lines.append(line)
            if line in (b"\r\n", b"\n"):
                return b"".join(lines)
        return b""

    def _send(self, asked: Asked, answer: Answer) -> bool:
        """Send an answer; tell whether the connection stays open."""
        site = self.server.site
        if answer.how == "late":
            site.release.wait()
        asked.status = answer.status
        asked.sent_head = _head_of(answer)
        self._write(asked, asked.sent_head)
        if asked.method == "HEAD" or answer.status in (204, 304):
            return True
        if answer.how == "stuck":
            site.release.wait()
        if answer.how == "endless":
            while not site.release.is_set():
                self._chunk(asked, _LATER)
            return False
        if answer.how == "chunked":
            for start in range(0, len(answer.body), _PIECE):
                self._chunk(asked, answer.body[start : start + _PIECE])
            self._write(asked, b"0\r\n\r\n")
        else:
            self._write(asked, answer.body[: len(answer.body) // 2 if answer.how == "cut" else None])
        asked.body = answer.body if site.keeps_bodies else b""
        return answer.how != "cut" and asked.headers.get("connection", "").lower() != "close"

    def _chunk(self, asked: Asked, data: bytes) -> None:
        self._write(asked, b"%x\r\n%b\r\n" % (len(data), data))

    def _write(self, asked: Asked, data: bytes) -> None:
        self.wfile.write(data)
        asked.sent += len(data)


def _head_of(answer: Answer) -> bytes:
    """Return status line and headers, in an order and spelling that a careless copy would not keep."""
    lines = [f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}", "server: made/1.0"]
    lines += [f"Content-Type: {answer.media_type}"] if answer.media_type else []
    lines += [f"{name}: {value}" for name, value in answer.headers]
    if answer.how in ("chunked", "endless"):
        lines.append("Transfer-Encoding: chunked")
    elif answer.status not in (204, 304):
        lines.append(f"Content-Length: {len(answer.body)}")
    return "\r\n".join([*lines, "X-oDD-cAsE: kept", "Set-Cookie: a=1", "Set-Cookie: b=2", "", ""]).encode("latin-1")
