"""What harvests share: an item has one reader, and large answers are read one at a time."""

from __future__ import annotations

from threading import Lock, Thread

import pytest

from monitor.model.exchange import Page, Request, Response
from monitor.pipeline.claims import Claims


class Reader:
    """Notes how many readings run together."""

    def __init__(self) -> None:
        self.lock, self.busy, self.most = Lock(), 0, 0

    def note(self, change: int) -> None:
        with self.lock:
            self.busy += change
            self.most = max(self.most, self.busy)

    def parse(self, response: Response) -> Page:
        self.note(1 if response.body else 0)
        for _ in range(200_000):
            if self.busy > 1:
                break
        self.note(-1)
        return Page()


def read_side_by_side(size: int) -> int:
    reader, claims = Reader(), Claims()
    response = Response(Request("https://example.org/", "feed"), 200, {}, b"x" * size, "https://example.org/")
    threads = [Thread(target=claims.read, args=(reader.parse, response)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return reader.most


def test_large_answers_are_read_one_at_a_time() -> None:
    assert read_side_by_side(500_000) == 1


@pytest.mark.parametrize("stamp", [None, "2024"])
def test_an_item_has_one_reader(stamp: str | None) -> None:
    claims, request = Claims(), Request("https://example.org/a", "feed", stamp=stamp)
    assert [claims.take(request), claims.take(request)] == [True, False]
