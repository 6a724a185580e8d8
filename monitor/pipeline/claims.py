"""Who reads which item: of two feeds of one poll that list the same item, only the first asks for it."""

from __future__ import annotations

from threading import Lock

from monitor.model.exchange import Request


class Claims:
    """Items that some thread reads in this poll."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._taken: set[tuple[str, str | None]] = set()

    def take(self, request: Request) -> bool:
        """True for the first who asks."""
        claim = (request.url, request.stamp)
        with self._lock:
            is_first = claim not in self._taken
            self._taken.add(claim)
        return is_first
