"""The clerk: of many threads one stands at the database, and writes down with its own what the others want written meanwhile."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from threading import Lock


@dataclass(slots=True)
class _Slip:
    """What a thread wants written, and what came of it."""

    act: Callable[[], None]
    is_done: bool = False
    error: BaseException | None = None


@dataclass(slots=True)
class Clerk:
    """Every thread waits until its own is kept, but one transaction, and one wait for the disk, serves all who have come.

    `transaction` opens one; `lock` is held while the database is used, also by whoever uses it otherwise.
    """

    transaction: Callable[[], AbstractContextManager[object]]
    lock: Lock = field(default_factory=Lock)
    _waiting: deque[_Slip] = field(default_factory=deque)

    def write(self, act: Callable[[], None]) -> None:
        """Return once what `act` writes is kept. Raises what the transaction raises, in each thread that had a part in it."""
        slip = _Slip(act)
        self._waiting.append(slip)
        with self.lock:
            if not slip.is_done:
                self._serve([self._waiting.popleft() for _ in range(len(self._waiting))])
        if slip.error is not None:
            raise slip.error

    def _serve(self, slips: list[_Slip]) -> None:
        error: BaseException | None = None
        try:
            with self.transaction():
                for slip in slips:
                    slip.act()
        except BaseException as cause:
            error = cause
        for slip in slips:
            slip.is_done, slip.error = True, error
