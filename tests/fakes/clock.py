"""A clock that only moves when someone sleeps."""

from __future__ import annotations

import threading


class StoppedClock:
    """Stands in for time.monotonic and time.sleep."""

    def __init__(self, at: float = 1000.0) -> None:
        self.at = at
        self.slept: list[float] = []
        self._lock = threading.Lock()

    def monotonic(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept.append(seconds)
            self.at += seconds
