"""The clerk: everybody's act is written once and kept before they go on; those who came together share a transaction."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Lock, Semaphore

import pytest

from monitor.pipeline.clerk import Clerk


class Doorman:
    """A lock that says when somebody stands before it."""

    def __init__(self) -> None:
        self.arrived = Semaphore(0)
        self._lock = Lock()

    def __enter__(self) -> None:
        self.arrived.release()
        self._lock.acquire()

    def __exit__(self, *_error: object) -> None:
        self._lock.release()


class Book:
    """What was written, one list a transaction; `torn` are told by the disk that they cannot be kept."""

    def __init__(self, *, torn: bool = False) -> None:
        self.kept: list[list[int]] = []
        self._torn = torn
        self.page: list[int] = []

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self.page = []
        yield
        if self._torn:
            raise OSError("disk full")
        self.kept.append(self.page)


def together(clerk: Clerk, book: Book, numbers: range) -> list[BaseException | None]:
    """Each number is written by a thread of its own, while somebody else has the lock; what each was told."""
    with ThreadPoolExecutor(len(numbers)) as pool:
        with clerk.lock:
            clerk.lock.arrived.acquire()
            writing = [pool.submit(clerk.write, lambda number=number: book.page.append(number)) for number in numbers]
            for _ in numbers:
                clerk.lock.arrived.acquire()
        return [one.exception() for one in writing]


def test_those_who_come_while_the_clerk_is_busy_share_one_transaction():
    book = Book()
    assert together(Clerk(book.transaction, Doorman()), book, range(8)) == [None] * 8
    assert [sorted(page) for page in book.kept] == [list(range(8))]


def test_nobody_goes_on_before_their_own_is_kept():
    book = Book()
    clerk = Clerk(book.transaction)

    def write(number: int) -> bool:
        clerk.write(lambda: book.page.append(number))
        return any(number in page for page in book.kept)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(write, range(400)))
    assert sorted(number for page in book.kept for number in page) == list(range(400))


def test_what_cannot_be_kept_is_told_to_everybody_who_had_a_part_in_it():
    book = Book(torn=True)
    told = together(Clerk(book.transaction, Doorman()), book, range(4))
    assert [str(one) for one in told] == ["disk full"] * 4
    assert book.kept == []


def test_an_act_that_fails_takes_those_of_its_transaction_with_it_and_no_other():
    book = Book()
    clerk = Clerk(book.transaction)
    with pytest.raises(ZeroDivisionError):
        clerk.write(lambda: book.page.append(1 // 0))
    clerk.write(lambda: book.page.append(7))
    assert book.kept == [[7]]
