"""Connections to public hosts only: what a name leads to is looked at before anything is sent there."""

from __future__ import annotations

from typing import Any

from twisted.internet.defer import Deferred
from twisted.internet.endpoints import HostnameEndpoint
from twisted.internet.interfaces import IReactorPluggableNameResolver, IResolutionReceiver, IStreamClientEndpoint
from twisted.python.failure import Failure
from zope.interface import implementer

from winnow.sites.private import Allowed


class PrivateHostError(Exception):
    """Raised for a host that must not be asked; the message says why."""


@implementer(IStreamClientEndpoint)
class GuardedEndpoint:
    """Connect to a host at those of its addresses that may be asked; fail with `PrivateHostError` where none may.

    The addresses that are looked at are those that are connected to: a name that is resolved anew leads nowhere else.
    """

    def __init__(self, reactor: Any, host: str, port: int, allowed: Allowed) -> None:
        self._host, self._allowed = host, allowed
        self.refused: str | None = None
        self._endpoint = HostnameEndpoint(_GuardedReactor(reactor, self), host, port)

    def connect(self, factory: Any) -> Deferred[Any]:
        """Return a Deferred of the connected protocol."""
        connected: Deferred[Any] = self._endpoint.connect(factory)
        return connected.addErrback(self._explain)

    def may_ask(self, address: Any) -> bool:
        """Return whether a resolved address may be asked, and remember why not."""
        why = self._allowed.refusal(self._host, str(getattr(address, "host", "")))
        self.refused = why or self.refused
        return why is None

    def _explain(self, failure: Failure) -> Failure:
        return Failure(PrivateHostError(self.refused)) if self.refused else failure


@implementer(IReactorPluggableNameResolver)
class _GuardedReactor:
    """The reactor with a name resolver that keeps back the addresses that must not be asked."""

    def __init__(self, reactor: Any, endpoint: GuardedEndpoint) -> None:
        self._reactor, self._endpoint = reactor, endpoint
        self.nameResolver = self

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reactor, name)

    def resolveHostName(self, receiver: Any, name: str, *args: Any, **kwargs: Any) -> Any:
        return self._reactor.nameResolver.resolveHostName(_Sieve(receiver, self._endpoint), name, *args, **kwargs)


@implementer(IResolutionReceiver)
class _Sieve:
    def __init__(self, receiver: Any, endpoint: GuardedEndpoint) -> None:
        self._receiver, self._endpoint = receiver, endpoint
        self.resolutionBegan = receiver.resolutionBegan
        self.resolutionComplete = receiver.resolutionComplete

    def addressResolved(self, address: Any) -> None:
        if self._endpoint.may_ask(address):
            self._receiver.addressResolved(address)
