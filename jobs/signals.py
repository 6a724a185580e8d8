"""What whoever runs the worker tells it from outside: to stop (SIGTERM, SIGINT), to read its config anew (SIGHUP)."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue


class Flag:
    """Set by a signal, or by anybody; seen and waited for by any thread.

    Not `threading.Event`, whose lock a handler can find taken by the very code it interrupts, another handler included,
    and would wait for without end. Whatever a `SimpleQueue` is doing, another call may interrupt it.
    """

    def __init__(self) -> None:
        self._is_set = False
        self._calls: SimpleQueue[None] = SimpleQueue()

    def set(self) -> None:
        """Raise it, and wake who waits."""
        self._is_set = True
        self._calls.put(None)

    def clear(self) -> None:
        """Lower it."""
        self._is_set = False

    def is_set(self) -> bool:
        """Whether it is raised."""
        return self._is_set

    def wait(self, seconds: float) -> bool:
        """Whether it is raised, within so many seconds."""
        if not self._is_set:
            with suppress(Empty):
                self._calls.get(timeout=seconds)
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
