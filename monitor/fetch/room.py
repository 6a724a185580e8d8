"""Room for large bodies: of those over a megabyte only a few are in memory at once, however many threads read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from queue import Empty, SimpleQueue

from monitor.errors import FetchError

LARGE = 1_000_000
"""Bytes up to which a body needs no place."""


class Room:
    """So many places for large bodies. A body keeps its place until its `Place` is forgotten, as its answer is."""

    def __init__(self, places: int) -> None:
        # A SimpleQueue, as its put() may be called from wherever something is forgotten.
        self._free: SimpleQueue[None] = SimpleQueue()
        for _ in range(places):
            self._free.put(None)

    def place(self, url: str, patience: float) -> Place:
        """Where the body of the answer from `url` can go; it waits `patience` seconds at most once it is large."""
        return Place(self._free, url, patience)


class Place:
    """The place of one body: taken when the body has become large, given back when nobody needs it any more."""

    __slots__ = ("_free", "_is_taken", "_patience", "_url")

    def __init__(self, free: SimpleQueue[None], url: str, patience: float) -> None:
        self._free = free
        self._url = url
        self._patience = patience
        self._is_taken = False

    def admit(self, parts: Iterable[bytes]) -> Iterator[bytes]:
        """The parts of the body, those that make it large only once there is room. Raises FetchError if none comes."""
        size = 0
        for part in parts:
            size += len(part)
            if size > LARGE and not self._is_taken:
                self._take()
            yield part

    def _take(self) -> None:
        try:
            self._free.get(timeout=max(0.0, self._patience))
        except Empty:
            raise FetchError(
                "the answer is large, and there was no room beside other large ones", url=self._url
            ) from None
        self._is_taken = True

    def __del__(self) -> None:
        if self._is_taken:
            self._free.put(None)
