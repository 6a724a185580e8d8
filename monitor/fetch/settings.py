"""How the monitor behaves on the network: who it says it is, whom it may ask, how fast and how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Pace:
    """How hard one host may be asked: `concurrency` requests in flight, `per_second` begun (0: no spacing)."""

    concurrency: int = 2
    per_second: float = 2.0


@dataclass(frozen=True, slots=True)
class HttpSettings:
    """The `[http]` part of the configuration.

    `allow_hosts` holds exact names or `*.suffix` (which does not include the suffix itself), and `hosts` the paces of
    single hosts under names of the same form. `timeout` is the longest silence, `deadline` the longest exchange, with
    its redirects, without waiting for a turn. `max_body` is bytes on the wire, `max_inflated` bytes after inflation;
    `max_page` is both for lists and items, which are read in memory, sixteen at a time.
    `gateway` is an `http://host:port` that every request goes to instead. `robots`: obey robots.txt (RFC 9309).
    """

    user_agent: str
    allow_hosts: tuple[str, ...]
    pace: Pace = Pace()
    hosts: Mapping[str, Pace] = field(default_factory=dict)
    timeout: timedelta = timedelta(seconds=20)
    deadline: timedelta = timedelta(seconds=60)
    max_body: int = 60_000_000
    max_inflated: int = 120_000_000
    max_page: int = 8_000_000
    gateway: str | None = None
    robots: bool = True


def host_matches(host: str, pattern: str) -> bool:
    """Does a lower-case host fall under an exact name or a `*.suffix`?"""
    pattern = pattern.lower()
    return host.endswith(pattern[1:]) if pattern.startswith("*.") else host == pattern


def find_pace(settings: HttpSettings, host: str) -> Pace:
    """The pace of a host: its own, else that of the longest `*.suffix` it falls under, else the general one."""
    matching = [pattern for pattern in settings.hosts if host_matches(host, pattern)]
    return (
        settings.hosts[max(matching, key=lambda one: (not one.startswith("*."), len(one)))]
        if matching
        else settings.pace
    )
