"""What the harvests of one poll share: who reads which item, and whose turn it is to read a large answer."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from monitor.model.exchange import Page, Request, Response

_LARGE = 500_000


class Claims:
    """Items that some thread reads in this poll, so that of two feeds that list one item only the first asks for it.

    And the one desk at which large answers are read.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._desk = Lock()
        self._taken: set[tuple[str, str | None]] = set()

    def take(self, request: Request) -> bool:
        """True for the first who asks."""
        claim = (request.url, request.stamp)
        with self._lock:
            is_first = claim not in self._taken
            self._taken.add(claim)
        return is_first

    def read(self, parse: Callable[[Response], Page], response: Response) -> Page:
        """What a source reads in an answer. Large ones are read one at a time: a reading takes many times their size."""
        if len(response.body) < _LARGE:
            return parse(response)
        with self._desk:
            return parse(response)
