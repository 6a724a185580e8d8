"""The two ways to a publisher: straight there, or through the gateway that stands in for all of them.

Whatever the route, an address is written, allowed and paced as the publisher's own; only this file knows of gateways.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import httpcore

from monitor.errors import UsageError
from monitor.fetch.addresses import Address, AllowList, Refusal, parse_address, refuse_private
from monitor.fetch.connections import FindAddresses

Headers = list[tuple[bytes, bytes]]


class Route(Protocol):
    """A way for requests to go."""

    def check(self, address: Address) -> None:
        """Raise Refusal unless the address may be asked for on this route."""
        ...

    def find_addresses(self, host: str, port: int) -> Sequence[str]:
        """Where to connect to for a host of `lead`. Raises Refusal."""
        ...

    def lead(self, address: Address) -> tuple[httpcore.URL, Headers]:
        """Where the request for an address goes, and the headers that say whom it is for."""
        ...

    @property
    def secure(self) -> bool:
        """May TLS be needed on this route?"""
        ...


@dataclass(frozen=True, slots=True)
class DirectRoute:
    """To the publisher itself: default ports, public addresses only."""

    allow_list: AllowList
    resolve: FindAddresses
    secure: bool = True

    def check(self, address: Address) -> None:
        """Host on the allow-list, the scheme's own port."""
        self.allow_list.check_address(address)

    def find_addresses(self, host: str, port: int) -> Sequence[str]:
        """Every address of the host, if every one of them is public."""
        found = self.resolve(host, port)
        refuse_private(host, found)
        return found

    def lead(self, address: Address) -> tuple[httpcore.URL, Headers]:
        """To the host that the address names."""
        url = httpcore.URL(
            scheme=address.scheme.encode(),
            host=address.host.encode(),
            port=address.port,
            target=address.target.encode(),
        )
        return url, [(b"Host", address.authority.encode())]


@dataclass(frozen=True, slots=True)
class GatewayRoute:
    """To the gateway: no lookup and no address guard, but the allow-list holds."""

    allow_list: AllowList
    gateway: Address

    @property
    def secure(self) -> bool:
        """Is the gateway itself spoken to over TLS?"""
        return self.gateway.scheme == "https"

    def check(self, address: Address) -> None:
        """Host on the allow-list."""
        self.allow_list.check_host(address)

    def find_addresses(self, host: str, port: int) -> Sequence[str]:  # noqa: ARG002 - the gateway's, and known
        """The gateway as the operator wrote it."""
        return [host]

    def lead(self, address: Address) -> tuple[httpcore.URL, Headers]:
        """To the gateway, path and query unchanged."""
        authority = address.authority.encode()
        url = httpcore.URL(
            scheme=self.gateway.scheme.encode(),
            host=self.gateway.host.encode(),
            port=self.gateway.port,
            target=address.target.encode(),
        )
        forwarded = [(b"X-Forwarded-Proto", address.scheme.encode()), (b"X-Forwarded-Host", authority)]
        return url, [(b"Host", authority), *forwarded]


def choose_route(gateway: str | None, allow_hosts: tuple[str, ...], resolve: FindAddresses) -> Route:
    """The route that the settings ask for. Raises UsageError for a gateway that is no `http://host:port`."""
    allow_list = AllowList(allow_hosts)
    if gateway is None:
        return DirectRoute(allow_list, resolve)
    try:
        address = parse_address(gateway)
    except Refusal as refusal:
        raise UsageError("the gateway cannot be used", resource=gateway, cause=refusal) from None
    if address.target != "/":
        raise UsageError("the gateway must be http://host:port, without a path", resource=gateway)
    return GatewayRoute(allow_list, address)
