"""What each site lets us fetch: its robots.txt, asked for at the first need and once a day after that."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from monitor.errors import FetchError
from monitor.fetch.robots import Robots, parse_robots
from monitor.model.exchange import Response

KEPT_FOR = 86_400.0
ASKED_AGAIN_AFTER = 60.0


@dataclass(slots=True)
class _Standing:
    """What is known of one site. `until`: the moment after which it must be asked again."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    until: float = float("-inf")
    robots: Robots | None = None
    fault: FetchError | None = None


class Permissions:
    """Answers whether an address may be fetched. Used by many threads; each site is asked by one of them.

    RFC 9309 §2.3.1: a site without robots.txt (4xx) allows all. One that cannot be reached or has a fault (5xx) allows
    nothing, unless an earlier copy is known.
    """

    def __init__(self, product: str, read: Callable[[str], Response], *, monotonic: Callable[[], float]) -> None:
        self._product = product
        self._read = read
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._standings: dict[str, _Standing] = {}

    def check(self, url: str, origin: str, path: str) -> None:
        """Raise FetchError unless the site at `origin` (`https://www.gov.uk`) allows `path` (with its query)."""
        standing = self._standings.get(origin)
        if standing is None:
            with self._lock:
                standing = self._standings.setdefault(origin, _Standing())
        if self._monotonic() >= standing.until:
            with standing.lock:
                if self._monotonic() >= standing.until:
                    self._learn(standing, origin)
        if standing.robots is None:
            raise self._unknown(url, standing)
        rule = standing.robots.find_rule(path)
        if rule is not None and not rule.allow:
            message = f"{origin}/robots.txt does not allow {path} (Disallow: {rule.text})"
            raise FetchError(message, url=url, transient=False)

    def _learn(self, standing: _Standing, origin: str) -> None:
        try:
            response = self._read(f"{origin}/robots.txt")
        except FetchError as fault:
            if 400 <= fault.status < 500 and fault.status != 429:
                standing.robots, standing.fault = Robots(), None
                standing.until = self._monotonic() + KEPT_FOR
            else:
                standing.fault = fault
                standing.until = self._monotonic() + (fault.retry_after or ASKED_AGAIN_AFTER)
            return
        standing.robots = parse_robots(response.body, self._product) if response.status == 200 else Robots()
        standing.fault = None
        standing.until = self._monotonic() + KEPT_FOR

    def _unknown(self, url: str, standing: _Standing) -> FetchError:
        fault = standing.fault
        reason = fault.message if fault else "no answer"
        return FetchError(
            f"{reason}, when asked for robots.txt, without which nothing may be fetched (RFC 9309)",
            url=url,
            status=fault.status if fault else 0,
            transient=fault.transient if fault else True,
            retry_after=max(0.0, standing.until - self._monotonic()) if fault and fault.retry_after else None,
        )
