"""One host's turnstile: so many inside at once, so far apart, and none while the host asked us to wait."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from monitor.fetch.settings import Pace

_LEAST_WAIT = 0.003
"""Seconds. A shorter wait is kept for the next request: no host feels it, and to sleep so little costs more than it."""


class HeldError(Exception):
    """The host asked us to wait; `remaining` seconds of that are left."""

    def __init__(self, remaining: float) -> None:
        self.remaining = remaining
        super().__init__(f"{remaining:.0f} s remain")


class Turnstile:
    """Lets requests to one host through at its pace. Used by many threads; times are seconds of `monotonic`."""

    def __init__(self, pace: Pace, *, monotonic: Callable[[], float], sleep: Callable[[float], object]) -> None:
        self._gap = 1.0 / pace.per_second if pace.per_second > 0 else 0.0
        self._places = threading.Semaphore(max(1, pace.concurrency))
        self._monotonic = monotonic
        self._sleep = sleep
        self._lock = threading.Lock()
        self._next_start = float("-inf")
        self._held_until = float("-inf")

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a place and a moment, and keep the place inside `with`. Raises HeldError without waiting."""
        self._refuse_while_held()
        with self._places:
            wait = self._book()
            if wait > _LEAST_WAIT:
                self._sleep(wait)
                self._refuse_while_held()
            yield

    def hold(self, seconds: float) -> None:
        """Let nobody through for so long from now; a longer hold that stands already stays."""
        with self._lock:
            self._held_until = max(self._held_until, self._monotonic() + seconds)

    def _book(self) -> float:
        """Take the next free moment; how many seconds from now it is."""
        with self._lock:
            now = self._monotonic()
            if self._held_until > now:
                raise HeldError(self._held_until - now)
            start = max(now, self._next_start)
            self._next_start = start + self._gap
            return start - now

    def _refuse_while_held(self) -> None:
        remaining = self._held_until - self._monotonic()
        if remaining > 0:
            raise HeldError(remaining)
