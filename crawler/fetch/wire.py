"""The download handler of live sites: it keeps what was sent and received, within limits of size and time."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from time import monotonic, time
from typing import Any

from OpenSSL import SSL
from scrapy import Request
from scrapy.core.downloader.handlers.http11 import _LenientHTTP11ClientFactory
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.defer import maybe_deferred_to_future
from service_identity import VerificationError
from twisted.internet.defer import Deferred
from twisted.internet.endpoints import wrapClientTLS
from twisted.internet.error import ConnectError, ConnectionClosed, DNSLookupError
from twisted.internet.interfaces import IStreamClientEndpoint
from twisted.internet.protocol import Protocol, connectionDone
from twisted.protocols.policies import ProtocolWrapper, WrappingFactory
from twisted.python.failure import Failure
from twisted.web.client import (
    URI,
    Agent,
    BrowserLikePolicyForHTTPS,
    HTTPConnectionPool,
    PartialDownloadError,
    ResponseDone,
    ResponseFailed,
)
from twisted.web.http import PotentialDataLoss, _DataLoss
from twisted.web.http_headers import Headers
from twisted.web.iweb import IAgentEndpointFactory
from zope.interface import implementer

from winnow.sites.exchange import Exchange, final_head
from winnow.sites.private import Allowed

from .guard import GuardedEndpoint, PrivateHostError

MAX_HEAD_BYTES = 256 << 10
KEPT_OF_TRUNCATED = 64 << 10  # bytes of an answer that is too long or never ends: enough to see what it was
_IDLE_SECONDS = 30  # after which a connection that waits for the next request is closed
_CLOSE_SECONDS = 1

_Key = tuple[bytes, bytes, int]  # scheme, host, port


TIME_LIMIT, TOO_LARGE, LOST, BROKEN = "time limit", "too large", "connection lost", "broken answer"
NO_HOST, NO_CONNECTION, UNTRUSTED = "no such host", "no connection", "certificate not trusted"


class NoAnswer(Exception):
    """Raised for a request without a whole answer: why, in few words, and in detail.

    `exchange` has what came, if anything did.
    """

    def __init__(self, why: str, detail: str, exchange: Exchange | None = None) -> None:
        super().__init__(why)
        self.why, self.detail, self.exchange = why, detail, exchange


class WireHandler:
    """Fetch with `GET`, one request at a time for each scheme, host and port; certificates are verified.

    The response has no body; `request.meta["exchange"]` has all that went over the wire. Nothing is followed, repeated,
    stored as a cookie or sent but the headers of the request. Raises `NoAnswer`, and `PrivateHostError` for a host that
    must not be asked.
    """

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        from twisted.internet import reactor  # noqa: PLC0415 (to import it installs it)

        settings = crawler.settings
        self._seconds = settings.getfloat("DOWNLOAD_TIMEOUT")
        self._max_bytes = settings.getint("DOWNLOAD_MAXSIZE")
        allowed = Allowed.read(settings.get("PRIVATE_HOSTS") or "", "PRIVATE_HOSTS")
        self._pool = HTTPConnectionPool(reactor, persistent=True)
        self._pool.maxPersistentPerHost = 1
        self._pool.cachedConnectionTimeout = _IDLE_SECONDS
        self._pool._factory = _LenientHTTP11ClientFactory  # passes over header lines without a colon, as browsers do
        self._endpoints = _Endpoints(reactor, allowed)
        self._agent = Agent.usingEndpointFactory(reactor, self._endpoints, self._pool)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> WireHandler:
        """Return a handler with the limits of the crawler's settings."""
        return cls(crawler)

    async def download_request(self, request: Request) -> Response:
        """Return the answer to a request. Raises `NoAnswer` and `PrivateHostError`."""
        uri = URI.fromBytes(request.url.encode("ascii"))
        wire = _Wire(request.url, (uri.scheme, uri.host, uri.port), self._endpoints, self._max_bytes)
        try:
            async with asyncio.timeout(self._seconds):
                await self._fetch(request, wire)
        except TimeoutError:
            wire.abort()
            raise NoAnswer(TIME_LIMIT, f"no whole answer within {self._seconds:g} s", wire.exchange("time")) from None
        except PrivateHostError:
            raise
        except asyncio.CancelledError:
            wire.abort()
            raise
        except Exception as error:
            wire.abort()
            raise NoAnswer(*_in_words(error), wire.exchange("disconnect")) from None
        if wire.too_long:
            raise NoAnswer(TOO_LARGE, f"more than {self._max_bytes:,} bytes", wire.exchange("length"))
        exchange = wire.exchange()
        assert exchange is not None
        request.meta["exchange"] = exchange
        return Response(request.url, status=exchange.status, request=request)

    async def _fetch(self, request: Request, wire: _Wire) -> None:
        headers = Headers(dict(request.headers.items()))
        answer: Deferred[Any] = self._agent.request(b"GET", request.url.encode("ascii"), headers)
        await maybe_deferred_to_future(answer.addCallback(wire.take))

    async def close(self) -> None:
        """Close the connections that wait for a request; a server that does not answer is not waited for."""
        closed = self._pool.closeCachedConnections()
        await asyncio.wait([closed.asFuture(asyncio.get_running_loop())], timeout=_CLOSE_SECONDS)


class _Wire:
    """One exchange while it goes on."""

    def __init__(self, url: str, key: _Key, endpoints: _Endpoints, max_bytes: int) -> None:
        self._url, self._key, self._endpoints, self._max_bytes = url, key, endpoints, max_bytes
        endpoints.recorders.pop(key, None)
        self._at, self._began = time(), monotonic()
        self._body: _Body | None = None

    @property
    def _recorder(self) -> _Recorder | None:
        return self._endpoints.recorders.get(self._key)

    @property
    def too_long(self) -> bool:
        return self._body is not None and self._body.too_long

    def take(self, response: Any) -> Deferred[None]:
        """Take the body of an answer whose head has come; the Deferred fires when it is whole, or too long."""
        recorder = self._recorder
        assert recorder is not None
        recorder.is_reading_head = False
        self._body = _Body(self._max_bytes, recorder)
        response.deliverBody(self._body)
        if isinstance(response.length, int) and response.length > self._max_bytes:
            self._body.give_up()
        return self._body.whole

    def abort(self) -> None:
        """Close the connection at once."""
        if recorder := self._recorder:
            recorder.abort()

    def exchange(self, truncated: str | None = None) -> Exchange | None:
        """Return what has gone over the wire so far; None if no answer has begun."""
        recorder = self._recorder
        if recorder is None or not recorder.received:
            return None
        body = b"".join(self._body.parts) if self._body else b""
        return Exchange(
            url=self._url,
            request=b"".join(recorder.sent),
            head=final_head(b"".join(recorder.received)),
            body=body[:KEPT_OF_TRUNCATED] if truncated else body,
            at=self._at,
            ms=round((monotonic() - self._began) * 1000),
            ip=recorder.ip,
            truncated=truncated,
        )


class _Body(Protocol):
    """Take a body out of its chunks; a body that grows too long ends the connection."""

    def __init__(self, max_bytes: int, recorder: _Recorder) -> None:
        self.parts: list[bytes] = []
        self.too_long = False
        self.whole: Deferred[None] = Deferred()
        self._left, self._recorder = max_bytes, recorder

    def dataReceived(self, data: bytes) -> None:
        self._left -= len(data)
        if self._left >= 0:
            self.parts.append(data)
        else:
            self.give_up()

    def give_up(self) -> None:
        """End a body that is too long."""
        if not self.too_long and not self.whole.called:
            self.too_long = True
            self._recorder.abort()

    def connectionLost(self, reason: Failure = connectionDone) -> None:
        if self.whole.called:
            return
        if self.too_long or reason.check(ResponseDone, PotentialDataLoss):
            self.whole.callback(None)
        else:
            self.whole.errback(reason)


class _Recorder(ProtocolWrapper):
    """Keep what is sent, and what is received up to the end of the answer's head."""

    factory: _RecordingFactory

    def __init__(self, factory: _RecordingFactory, protocol: Any) -> None:
        super().__init__(factory, protocol)
        self.sent: list[bytes] = []
        self.received: list[bytes] = []
        self.is_reading_head = True
        self.ip: str | None = None
        self._head_bytes = 0
        self._is_closed = False

    def write(self, data: bytes) -> None:
        self._begin()
        self.sent.append(data)
        super().write(data)

    def writeSequence(self, data: Iterable[bytes]) -> None:
        parts = list(data)
        self._begin()
        self.sent += parts
        super().writeSequence(parts)

    def _begin(self) -> None:
        """Begin the next exchange, if the one before has been answered."""
        if not self.is_reading_head or self.received:
            self.sent, self.received, self.is_reading_head, self._head_bytes = [], [], True, 0
        self.ip = getattr(self.getPeer(), "host", None)
        self.factory.recorders[self.factory.key] = self

    def dataReceived(self, data: bytes) -> None:
        if self.is_reading_head:
            self.received.append(data)
            self._head_bytes += len(data)
        super().dataReceived(data)
        if self.is_reading_head and self._head_bytes > MAX_HEAD_BYTES:
            self.abort()

    def abort(self) -> None:
        """Close the connection at once, unless it is closed."""
        if not self._is_closed:
            self.abortConnection()

    def connectionLost(self, reason: Failure = connectionDone) -> None:
        self._is_closed = True
        super().connectionLost(reason)


class _RecordingFactory(WrappingFactory[_Recorder]):
    protocol = _Recorder
    noisy = False

    def __init__(self, wrapped: Any, key: _Key, recorders: dict[_Key, _Recorder]) -> None:
        super().__init__(wrapped)
        self.key, self.recorders = key, recorders


@implementer(IStreamClientEndpoint)
class _RecordingEndpoint:
    def __init__(self, endpoint: Any, key: _Key, recorders: dict[_Key, _Recorder]) -> None:
        self._endpoint, self._key, self._recorders = endpoint, key, recorders

    def connect(self, factory: Any) -> Deferred[Any]:
        connected: Deferred[_Recorder] = self._endpoint.connect(_RecordingFactory(factory, self._key, self._recorders))
        return connected.addCallback(lambda recorder: recorder.wrappedProtocol)


@implementer(IAgentEndpointFactory)
class _Endpoints:
    """Make guarded endpoints whose connections are recorded; `recorders` has the one that was written to last."""

    def __init__(self, reactor: Any, allowed: Allowed) -> None:
        self._reactor, self._allowed = reactor, allowed
        self._policy = BrowserLikePolicyForHTTPS()
        self.recorders: dict[_Key, _Recorder] = {}

    def endpointForURI(self, uri: URI) -> Any:
        host = uri.host.decode("ascii")
        if why := self._allowed.port_refusal(host, uri.port):
            raise PrivateHostError(why)
        endpoint: Any = GuardedEndpoint(self._reactor, host.strip("[]"), uri.port, self._allowed)
        if uri.scheme == b"https":
            endpoint = wrapClientTLS(self._policy.creatorForNetloc(uri.host, uri.port), endpoint)
        return _RecordingEndpoint(endpoint, (uri.scheme, uri.host, uri.port), self.recorders)


def _in_words(error: BaseException) -> tuple[str, str]:
    """Return what went wrong on the network, in few words, and in detail."""
    if isinstance(error, ResponseFailed) and error.reasons:
        return _in_words(error.reasons[0].value)
    detail = f"{type(error).__name__}: {error}".rstrip(": ")
    kinds: dict[str, tuple[type[BaseException], ...]] = {
        NO_HOST: (DNSLookupError,),
        NO_CONNECTION: (ConnectError,),
        LOST: (ConnectionClosed, PartialDownloadError, _DataLoss),
        UNTRUSTED: (VerificationError, SSL.Error),
    }
    return next((why for why, types in kinds.items() if isinstance(error, types)), BROKEN), detail
