"""Where a request may go: the shape of an address, the allow-list, and which IP addresses are the public internet.

An address is judged twice: as it is written (`parse_address`, `AllowList`) at every hop, and by the IP addresses its
host has (`refuse_private`) when a connection is made, which is then made to exactly those IP addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urlsplit

import idna

from monitor.fetch.settings import host_matches

_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*")
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f\\]")
_PLAIN_TARGET = re.compile(r"[!-~]+")
_URL_SIGNS = "!#$%&'()*+,/:;=?@[]~"

_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052
_REFUSED_V4 = (IPv4Network("192.88.99.0/24"),)  # RFC 7526: withdrawn relay addresses
_REFUSED_V6 = (IPv6Network("3fff::/20"),)  # RFC 9637: documentation, not known to Python 3.11


class Refusal(Exception):
    """We do not go there. The message says why; `transient` whether it is worth asking again."""

    def __init__(self, message: str, *, transient: bool = False) -> None:
        self.transient = transient
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Address:
    """An http(s) address taken apart: `host` lower case and in its ASCII form, `target` as it goes on the wire."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """What stands in the Host header (RFC 9110 §7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def parse_address(url: str) -> Address:
    """Take an address apart, or raise Refusal: http(s) only, no user name or password, a host that is a name."""
    if _FORBIDDEN.search(url):
        raise Refusal("the address holds a control character or a backslash")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Refusal(f"the address cannot be read ({error})") from None
    if parts.scheme not in _DEFAULT_PORTS:
        raise Refusal(f"only http and https addresses are fetched, not {parts.scheme or 'relative ones'}")
    if "@" in parts.netloc:
        raise Refusal("the address holds a user name or password")
    if not parts.hostname:
        raise Refusal("the address names no host")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not _PLAIN_TARGET.fullmatch(target):
        target = quote(target, safe=_URL_SIGNS)
    default = _DEFAULT_PORTS[parts.scheme]
    return Address(parts.scheme, normal_host(parts.hostname), default if port is None else port, target)


def normal_host(host: str) -> str:
    """A host as it is compared: lower case, ASCII (IDNA 2008 with UTS 46), no final dot. Raises Refusal."""
    if ":" in host:
        try:
            return str(IPv6Address(host))
        except ValueError:
            raise Refusal(f"{host} is no IPv6 address") from None
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise Refusal(f"{host} is no valid host name ({error})") from None
    host = host.lower().removesuffix(".")
    if len(host) > 253 or not _HOST.fullmatch(host):
        raise Refusal(f"{host!r} is no valid host name")
    return host


@dataclass(frozen=True, slots=True)
class AllowList:
    """The hosts that may be asked: exact names or `*.suffix`."""

    patterns: tuple[str, ...]

    def check_host(self, address: Address) -> None:
        """Raise Refusal unless the host is on the list."""
        if not any(host_matches(address.host, pattern) for pattern in self.patterns):
            raise Refusal(f"{address.host} is not in allow_hosts; add it to [http] if it is to be fetched from")

    def check_address(self, address: Address) -> None:
        """Raise Refusal unless the host is on the list and the port is the scheme's own."""
        self.check_host(address)
        if address.port != _DEFAULT_PORTS[address.scheme]:
            raise Refusal(f"port {address.port} is not the port of {address.scheme}")


def refuse_private(host: str, addresses: Sequence[str]) -> None:
    """Raise Refusal unless there are addresses and every one of them is on the public internet."""
    if not addresses:
        raise Refusal(f"{host} has no address", transient=True)
    for text in addresses:
        if not is_public(text):
            raise Refusal(f"{host} leads to {text}, which is not on the public internet")


def is_public(text: str) -> bool:
    """Is this IP address, and every IPv4 address it carries inside, globally reachable unicast?"""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv4Address):
        return _is_public_v4(address)
    carried = tuple(_carried(address))
    if not all(_is_public_v4(inner) for inner in carried):
        return False
    if address.ipv4_mapped is not None or address in _NAT64:
        return True
    return address in _GLOBAL_UNICAST and address.is_global and not any(address in net for net in _REFUSED_V6)


def _is_public_v4(address: IPv4Address) -> bool:
    refused = address.is_multicast or address.is_reserved or any(address in net for net in _REFUSED_V4)
    return address.is_global and not refused


def _carried(address: IPv6Address) -> Iterable[IPv4Address]:
    """The IPv4 addresses inside an IPv6 one: mapped, 6to4 (RFC 3056), Teredo (RFC 4380), NAT64 (RFC 6052)."""
    if address.ipv4_mapped is not None:
        yield address.ipv4_mapped
    if address.sixtofour is not None:
        yield address.sixtofour
    if address.teredo is not None:
        yield from address.teredo
    if address in _NAT64:
        yield IPv4Address(int(address) & 0xFFFFFFFF)
