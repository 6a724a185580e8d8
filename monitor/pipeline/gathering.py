"""Many harvests at once: threads go through them, and the one writer takes what has gathered, a haul at a time."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Generator, Iterator, Sequence
from threading import Condition, Lock, Thread
from urllib.parse import urlsplit

from monitor.model.feed import Feed
from monitor.pipeline.catch import Catch

Row = tuple[Feed, Iterator[Catch]]
"""A feed and the harvest that reads it."""

Haul = list[tuple[Feed, Catch]]
"""What has gathered: catches, each with its feed, in the order in which they came."""

_THREADS = 16
_THREADS_PER_HOST = 4
_QUIET = 0.02
_PATIENCE = 1.0
_ENOUGH = 4_000_000
_TOO_MUCH = 32_000_000
_LEAST = 20_000


def host_of(feed: Feed) -> str:
    """Whom a feed asks: the host of its address, or its source where the source knows the address."""
    return (urlsplit(feed.url).hostname or feed.source) if feed.url else feed.source


def gather(rows: Sequence[Row], is_stopping: Callable[[], bool]) -> Generator[Haul, None, None]:
    """Go through harvests side by side; yields what has come in whenever that is much, or a second has passed.

    It starts with one thread and takes another whenever nothing comes in for a moment: as long as answers come at once,
    more threads would only cost more. Stops asking once `is_stopping` says so, or when the caller closes the iterator;
    what a thread raises is raised here. A haul is emptied when the next one is asked for.
    """
    turns, tray = Turns(rows), Tray()
    threads: list[Thread] = []

    def start_another() -> bool:
        if len(threads) == _THREADS or not turns.has_more():
            return False
        threads.append(Thread(target=_work, args=(turns, tray, is_stopping), name=f"poll-{len(threads)}"))
        threads[-1].start()
        return True

    try:
        while haul := tray.take(start_another):
            yield haul
            # The writer is done with it: nothing large may stay in memory while it waits for more.
            haul.clear()
    finally:
        tray.close()
        for thread in threads:
            thread.join()


def _work(turns: Turns, tray: Tray, is_stopping: Callable[[], bool]) -> None:
    """Go through one harvest after the other, until there are no more or nobody wants them."""
    try:
        while row := turns.begin():
            feed, catches = row
            for catch in catches:
                if not tray.put(feed, catch) or is_stopping():
                    return
            turns.end(feed)
    except BaseException as error:
        tray.fail(error)
    finally:
        tray.leave()


class Turns:
    """Whose turn it is: the next row is one of the host that the fewest threads are busy with, the hosts taking turns.

    So a host that is slow, or has many feeds, keeps no thread from the others, and rests while they are asked.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        self._lock = Lock()
        self._waiting: dict[str, deque[Row]] = {}
        self._busy: Counter[str] = Counter()
        for row in rows:
            self._waiting.setdefault(host_of(row[0]), deque()).append(row)

    def has_more(self) -> bool:
        """Whether there is work for one more thread."""
        with self._lock:
            return any(self._busy[host] < _THREADS_PER_HOST for host in self._waiting)

    def begin(self) -> Row | None:
        """The next row; None where every host that has rows left is busy enough, and so for good."""
        with self._lock:
            host = min(self._waiting, key=self._busy.__getitem__, default=None)
            if host is None or self._busy[host] >= _THREADS_PER_HOST:
                return None
            rows = self._waiting.pop(host)
            row = rows.popleft()
            if rows:
                self._waiting[host] = rows
            self._busy[host] += 1
            return row

    def end(self, feed: Feed) -> None:
        """A row is done."""
        with self._lock:
            self._busy[host_of(feed)] -= 1


class Tray:
    """Where threads put their catches and the writer takes them, many at a time: a transaction for each would cost more.

    It is bounded by the bytes that lie in it, so that threads wait when the writer falls behind.
    """

    def __init__(self) -> None:
        self._changed = Condition(Lock())
        self._threads = 0
        self._haul: Haul = []
        self._weight = 0
        self._fault: BaseException | None = None
        self._is_closed = False

    def put(self, feed: Feed, catch: Catch) -> bool:
        """Lay down a catch, once there is room; False where nobody takes it any more."""
        with self._changed:
            while self._weight >= _TOO_MUCH and not self._is_closed:
                self._changed.wait()
            if self._is_closed:
                return False
            self._haul.append((feed, catch))
            self._weight += max(_LEAST, catch.size)
            if self._weight >= _ENOUGH:
                self._changed.notify_all()
            return True

    def take(self, start_another: Callable[[], bool]) -> Haul:
        """All that has gathered; empty only when every thread has left. Raises what a thread raised.

        `start_another` starts one more thread, if there is work for it, and says whether it did.
        """
        waited = 0.0
        with self._changed:
            self._threads += not self._threads and start_another()
            while self._threads and self._weight < _ENOUGH and self._fault is None:
                came = len(self._haul)
                if self._changed.wait(_QUIET):
                    continue
                waited += _QUIET
                if self._haul and waited >= _PATIENCE:
                    break
                if len(self._haul) == came:
                    self._threads += start_another()
            if self._fault is not None and not self._haul:
                raise self._fault
            haul, self._haul, self._weight = self._haul, [], 0
            self._changed.notify_all()
            return haul

    def fail(self, fault: BaseException) -> None:
        """Something happened that no thread expected."""
        with self._changed:
            self._fault = fault
            self._changed.notify_all()

    def leave(self) -> None:
        """One thread is done."""
        with self._changed:
            self._threads -= 1
            if not self._threads:
                self._changed.notify_all()

    def close(self) -> None:
        """Nothing will be taken any more."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
