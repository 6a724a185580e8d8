"""Many harvests at once: each runs in a thread, and their catches come to the one writer as they are made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, zip_longest
from queue import Empty, Queue
from threading import Event
from urllib.parse import urlsplit

from monitor.model.feed import Feed
from monitor.pipeline.catch import Catch

Row = tuple[Feed, Iterator[Catch]]
"""A feed and the harvest that reads it."""

_THREADS = 32
_AHEAD = 64


def host_of(feed: Feed) -> str:
    """Whom a feed asks: the host of its address, or its source where the source knows the address."""
    return (urlsplit(feed.url).hostname or feed.source) if feed.url else feed.source


def share_out(feeds: Sequence[Feed]) -> list[Feed]:
    """The feeds in turn by host, so that a host with many does not keep the threads from the others."""
    queues: dict[str, list[Feed]] = defaultdict(list)
    for feed in feeds:
        queues[host_of(feed)].append(feed)
    return [feed for feed in chain.from_iterable(zip_longest(*queues.values())) if feed is not None]


def gather(rows: Sequence[Row], is_stopping: Callable[[], bool]) -> Iterator[tuple[Feed, Catch]]:
    """Run harvests side by side; yields each catch as it comes. Threads wait when the writer falls behind.

    Stops asking once `is_stopping` says so, or when the caller stops iterating; what a thread raises is raised here.
    """
    tray: Queue[tuple[Feed, Catch | BaseException | None]] = Queue(_AHEAD)
    stopped = Event()

    def run(feed: Feed, catches: Iterator[Catch]) -> None:
        try:
            for catch in catches:
                tray.put((feed, catch))
                if stopped.is_set() or is_stopping():
                    break
        except BaseException as error:
            tray.put((feed, error))
        finally:
            tray.put((feed, None))

    with ThreadPoolExecutor(max_workers=min(_THREADS, max(1, len(rows))), thread_name_prefix="poll") as pool:
        running = [pool.submit(run, feed, catches) for feed, catches in rows]
        left = len(rows)
        try:
            while left:
                feed, catch = tray.get()
                if catch is None:
                    left -= 1
                elif isinstance(catch, BaseException):
                    raise catch
                else:
                    yield feed, catch
        finally:
            stopped.set()
            for future in running:
                future.cancel()
            while not all(future.done() for future in running):
                _take_one(tray)


def _take_one(tray: Queue[tuple[Feed, Catch | BaseException | None]]) -> None:
    """Make room for threads that are waiting to hand over."""
    try:
        tray.get(timeout=0.05)
    except Empty:
        return
