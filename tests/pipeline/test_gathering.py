"""Harvests side by side: nobody is starved, nothing is lost, and what is waiting stays bounded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from threading import Barrier, Event, Lock

import pytest

from monitor.model.feed import Feed
from monitor.pipeline.catch import Catch
from monitor.pipeline.gathering import Row, Turns, gather

MEGABYTE = 1_000_000


def feed(name: str, host: str = "a.example") -> Feed:
    return Feed(name, "feed", timedelta(minutes=15), f"https://{host}/{name}")


def go_on() -> bool:
    return False


def test_every_catch_arrives_once_and_those_of_a_feed_in_their_order() -> None:
    rows: list[Row] = [
        (feed(f"f{row}", f"h{row % 5}.example"), iter([Catch(size=part) for part in range(7)])) for row in range(50)
    ]
    came = [(one.name, catch.size) for haul in gather(rows, go_on) for one, catch in haul]
    assert len(came) == 350
    for row in range(50):
        assert [size for name, size in came if name == f"f{row}"] == list(range(7))


def test_without_rows_there_is_nothing_to_wait_for() -> None:
    assert list(gather([], go_on)) == []


def test_a_host_that_hangs_keeps_no_thread_from_the_others() -> None:
    others_are_done = Event()
    done = Counter[str]()
    lock = Lock()

    def hanging() -> Iterator[Catch]:
        assert others_are_done.wait(20), "the others were kept waiting"
        yield Catch()

    def quick() -> Iterator[Catch]:
        with lock:
            done["quick"] += 1
            if done["quick"] == 30:
                others_are_done.set()
        yield Catch()

    rows: list[Row] = [(feed(f"slow{number}", "slow.example"), hanging()) for number in range(30)]
    rows += [(feed(f"quick{number}", "quick.example"), quick()) for number in range(30)]
    assert sum(len(haul) for haul in gather(rows, go_on)) == 60


def test_more_threads_are_started_while_nothing_comes_in() -> None:
    together = Barrier(8)

    def patient() -> Iterator[Catch]:
        together.wait(20)
        yield Catch()

    rows: list[Row] = [(feed(f"f{number}", f"h{number}.example"), patient()) for number in range(8)]
    assert sum(len(haul) for haul in gather(rows, go_on)) == 8


def test_what_was_taken_does_not_stay_in_memory_while_more_is_awaited() -> None:
    rows: list[Row] = [(feed(f"f{number}"), iter([Catch(size=5_000_000)])) for number in range(3)]
    hauls = []
    for haul in gather(rows, go_on):
        assert not any(hauls)
        hauls.append(haul)
    assert not any(hauls)


def test_hosts_take_turns() -> None:
    turns = Turns([(feed(f"{host}{number}", f"{host}.example"), iter(())) for host in "abc" for number in range(2)])
    asked = []
    while row := turns.begin():
        asked.append(row[0].name)
        turns.end(row[0])
    assert asked == ["a0", "b0", "c0", "a1", "b1", "c1"]


def test_no_host_has_more_than_four_of_sixteen_threads() -> None:
    turns = Turns([(feed(f"{host}{number}", f"{host}.example"), iter(())) for host in "ab" for number in range(9)])
    begun = [row[0] for _ in range(9) if (row := turns.begin()) is not None]
    assert [one.name[0] for one in begun] == ["a", "b"] * 4
    assert not turns.has_more()
    turns.end(begun[0])
    row = turns.begin()
    assert row is not None
    assert row[0].name == "a4"


def test_what_waits_to_be_recorded_stays_bounded() -> None:
    made = Counter[str]()
    lock = Lock()

    def heavy() -> Iterator[Catch]:
        for _ in range(20):
            with lock:
                made["catches"] += 1
            yield Catch(size=8 * MEGABYTE)

    rows: list[Row] = [(feed(f"f{number}", f"h{number}.example"), heavy()) for number in range(4)]
    taken, most = 0, 0
    for haul in gather(rows, go_on):
        most = max(most, made["catches"] - taken)
        taken += len(haul)
    assert taken == 80
    assert most <= 4 + 5 * 2  # 32 MB lie in the tray, one catch is in each hand, and a haul is being recorded


def test_what_a_thread_did_not_expect_is_raised_after_what_came_before_it() -> None:
    def broken() -> Iterator[Catch]:
        yield Catch(size=1)
        raise ZeroDivisionError("surprise")

    came = []
    with pytest.raises(ZeroDivisionError, match="surprise"):
        came = [came.append(catch.size) for haul in gather([(feed("f"), broken())], go_on) for _, catch in haul]
    assert came == [1]


def test_closing_ends_the_threads_without_recording_more() -> None:
    ended = Event()

    def endless() -> Iterator[Catch]:
        try:
            while True:
                yield Catch(size=MEGABYTE)
        finally:
            ended.set()

    with closing(gather([(feed("f"), endless())], go_on)) as hauls:
        assert next(hauls)
    assert ended.wait(20)


def test_once_told_to_stop_nothing_more_is_begun() -> None:
    begun = Counter[str]()

    def harvest() -> Iterator[Catch]:
        begun["rows"] += 1
        yield Catch()
        begun["on"] += 1

    rows: list[Row] = [(feed(f"f{number}"), harvest()) for number in range(10)]
    came = sum(len(haul) for haul in gather(rows, lambda: True))
    assert came == begun["rows"] <= 4
    assert begun["on"] == 0
