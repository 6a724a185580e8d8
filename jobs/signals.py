"""What whoever runs the worker tells it from outside: to stop (SIGTERM, SIGINT), to read its config anew (SIGHUP)."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

_LOOK_SECONDS = 0.1


class Flag:
    """Set by a signal, or by anybody; seen and waited for by any thread.

    No lock, no queue, only a look ten times a second. A handler can find the lock of a `threading.Event` taken by the very code
    it interrupts, and wait for ever; Python 3.11's `SimpleQueue.get` waits for ever where a signal interrupts it as its time
    runs out.
    """

    def __init__(self) -> None:
        self._is_set = False

    def set(self) -> None:
        """Raise it."""
        self._is_set = True

    def clear(self) -> None:
        """Lower it."""
        self._is_set = False

    def is_set(self) -> bool:
        """Whether it is raised."""
        return self._is_set

    def wait(self, seconds: float) -> bool:
        """Whether it is raised, within so many seconds."""
        left = seconds
        while left > 0 and not self._is_set:
            time.sleep(min(left, _LOOK_SECONDS))
            left -= _LOOK_SECONDS
        return self._is_set


@contextmanager
def stop_on_signals() -> Iterator[Flag]:
    """A flag that SIGTERM and SIGINT set; afterwards they do again what they did before."""
    with _flag_of(signal.SIGTERM, signal.SIGINT) as stopping:
        yield stopping


@contextmanager
def reload_on_hangup() -> Iterator[Flag]:
    """A flag that SIGHUP sets: the config is to be read anew."""
    with _flag_of(signal.SIGHUP) as asked:
        yield asked


@contextmanager
def _flag_of(*numbers: signal.Signals) -> Iterator[Flag]:
    flag = Flag()
    before = {number: signal.signal(number, lambda *_: flag.set()) for number in numbers}
    try:
        yield flag
    finally:
        for number, act in before.items():
            signal.signal(number, act)
