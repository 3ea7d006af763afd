"""Which addresses of machines may be asked: public ones, and those that the user names."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Self

from winnow.items import StartError

_PORTS = (80, 443)
_NAT64 = ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Allowed:
    """Private hosts that may be asked: by name, by address, or by network (`10.1.0.0/16`)."""

    names: frozenset[str] = frozenset()
    networks: tuple[IPv4Network | IPv6Network, ...] = field(default=())

    @classmethod
    def read(cls, given: str | Iterable[str], setting: str) -> Self:
        """Return what a setting says: names, addresses and networks, divided by commas. Raises `StartError`."""
        each = [part.strip().lower() for part in (given.split(",") if isinstance(given, str) else map(str, given))]
        names, networks = set(), []
        for part in filter(None, each):
            try:
                networks.append(ip_network(part))
            except ValueError:
                if set(part) & set(" /:@?#[]*"):
                    what = "give names, addresses or networks of hosts, divided by commas"
                    raise StartError(f"{setting}={part} cannot be used: {what}") from None
                names.add(part)
        return cls(frozenset(names), tuple(networks))

    def names_host(self, host: str) -> bool:
        """Return whether a host, as it stands in an address, is one of them."""
        if host in self.names:
            return True
        with contextlib.suppress(ValueError):
            return self._has(ip_address(host.strip("[]")))
        return False

    def _has(self, address: IPv4Address | IPv6Address) -> bool:
        return any(address in network for network in self.networks)

    def refusal(self, host: str, address: str) -> str | None:
        """Return why a host must not be asked at the address that its name has led to; None if it may be."""
        if host in self.names:
            return None
        try:
            machine = ip_address(address)
        except ValueError:  # with a zone, such as fe80::1%eth0
            return f"{address} is a private address"
        if self._has(machine) or is_public(machine):
            return None
        return f"{address} is a private address"

    def port_refusal(self, host: str, port: int) -> str | None:
        """Return why a port must not be asked; None if it may be: those of the web, and any of an allowed host."""
        return None if port in _PORTS or self.names_host(host) else f"port {port} is none of the web's"


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Return whether an address can be reached from everywhere, also where it is written inside another one."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo and address.teredo[1])
        if address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner:
            return is_public(inner)
    return address.is_global and not address.is_multicast
