"""The turnstile of a host: places, spacing, and being asked to wait."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.fetch.pacing import HeldError, Turnstile
from monitor.fetch.settings import HttpSettings, Pace, find_pace
from tests.fakes.clock import StoppedClock

SHORTEST_WAIT = 0.003
"""Seconds. A host's turnstile lets through what would have to wait for less."""


def turnstile(clock: StoppedClock, **pace: float) -> Turnstile:
    return Turnstile(Pace(**pace), monotonic=clock.monotonic, sleep=clock.sleep)


def test_requests_begin_no_closer_together_than_the_pace_says():
    clock = StoppedClock()
    gate = turnstile(clock, per_second=4.0)
    starts = []
    for _ in range(5):
        with gate.turn():
            starts.append(clock.at)
    assert starts == [1000.0, 1000.25, 1000.5, 1000.75, 1001.0]


def test_waits_too_short_to_be_worth_a_sleep_are_slept_together_and_none_is_lost():
    clock = StoppedClock()
    gate = turnstile(clock, per_second=1000.0)
    for _ in range(101):
        with gate.turn():
            pass
    assert 0.097 <= clock.at - 1000.0 <= 0.1
    assert len(clock.slept) <= 34


def test_a_pause_between_requests_saves_up_no_burst():
    clock = StoppedClock()
    gate = turnstile(clock, per_second=2.0)
    with gate.turn():
        clock.at += 60
    with gate.turn(), gate.turn():
        assert clock.slept == [0.5]


def test_no_spacing_is_kept_where_none_is_asked_for():
    clock = StoppedClock()
    gate = turnstile(clock, per_second=0)
    for _ in range(10):
        with gate.turn():
            pass
    assert clock.slept == []


def test_only_so_many_are_inside_at_once():
    gate = turnstile(StoppedClock(), concurrency=3, per_second=0)
    both = threading.Barrier(3, timeout=10)
    lock = threading.Lock()
    inside: list[int] = []
    counts: list[int] = []

    def pass_through(number: int) -> None:
        with gate.turn():
            with lock:
                inside.append(number)
                counts.append(len(inside))
            both.wait()
            with lock:
                inside.remove(number)

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(pass_through, range(12)))
    assert max(counts) == 3


def test_a_place_is_free_again_after_a_fault():
    gate = turnstile(StoppedClock(), concurrency=1, per_second=0)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), gate.turn():
            raise ZeroDivisionError
    with gate.turn():
        pass


def test_nobody_passes_and_nobody_waits_while_the_host_asked_us_to_wait():
    clock = StoppedClock()
    gate = turnstile(clock)
    gate.hold(60)
    clock.at += 18
    with pytest.raises(HeldError) as held, gate.turn():
        pytest.fail("went through")
    assert held.value.remaining == 42
    assert clock.slept == []
    clock.at += 42
    with gate.turn():
        pass


def test_a_shorter_wait_does_not_cut_a_longer_one():
    clock = StoppedClock()
    gate = turnstile(clock)
    gate.hold(60)
    gate.hold(5)
    clock.at += 10
    with pytest.raises(HeldError), gate.turn():
        pytest.fail("went through")


def test_who_waited_for_a_moment_learns_that_the_host_asked_us_to_wait_meanwhile():
    clock = StoppedClock()

    def sleep(seconds: float) -> None:
        clock.sleep(seconds)
        gate.hold(30)

    gate = Turnstile(Pace(per_second=1.0), monotonic=clock.monotonic, sleep=sleep)
    with gate.turn():
        pass
    with pytest.raises(HeldError), gate.turn():
        pytest.fail("went through")


@settings(max_examples=50)
@example([0.998046875, 0.0], 1.0)
@given(st.lists(st.floats(0, 5), max_size=20), st.floats(0.1, 50))
def test_the_rate_is_never_above_the_pace(pauses, per_second):
    clock = StoppedClock()
    gate = turnstile(clock, per_second=per_second)
    starts = []
    for pause in pauses:
        with gate.turn():
            starts.append(clock.at)
        clock.at += pause
    gap = 1 / per_second
    assert all(after - before >= gap - SHORTEST_WAIT for before, after in pairwise(starts))
    assert all(start - starts[0] >= n * gap - SHORTEST_WAIT for n, start in enumerate(starts))


def test_a_host_has_its_own_pace_or_that_of_the_closest_suffix_or_the_general_one():
    paces = {"www.gov.uk": Pace(5), "*.parliament.uk": Pace(3), "*.api.parliament.uk": Pace(4)}
    http = HttpSettings("x", (), pace=Pace(1), hosts=paces)
    found = {
        host: find_pace(http, host).concurrency for host in ("www.gov.uk", "a.parliament.uk", "x.api.parliament.uk")
    }
    assert found == {"www.gov.uk": 5, "a.parliament.uk": 3, "x.api.parliament.uk": 4}
    assert find_pace(http, "parliament.uk").concurrency == 1
