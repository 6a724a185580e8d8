"""The live fetcher as a guest: so many requests at once, so far apart, and waiting when asked to."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from monitor.fetch.settings import Pace
from tests.fakes.clock import StoppedClock
from tests.fakes.fetching import SITE, fault, get, reading
from tests.fakes.raw_server import Heard, answer


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry_After": "120"}, 120),
        ({"Retry_After": "Mon, 23 Nov 2026 12:02:00 GMT", "Date": "Mon, 23 Nov 2026 12:00:00 GMT"}, 120),
        ({}, 60),
    ],
)
def test_a_host_that_asks_us_to_wait_is_left_alone_for_so_long(headers, seconds):
    clock = StoppedClock()
    said = {"/busy": answer(429, b"slow down", **headers), "/feed": answer(200)}
    with reading(lambda heard: said[heard.target], clock) as (fetcher, server):
        assert fault(fetcher, "/busy").retry_after == seconds
        clock.at += seconds - 20
        error = fault(fetcher, "/feed")
        assert error.message == "www.gov.uk asked us to wait; 20 s of that are left"
        assert (error.retry_after, error.transient) == (20, True)
        assert get(fetcher, site="https://members-api.parliament.uk").status == 200
        assert len(server.heard) == 2
        clock.at += 20
        assert get(fetcher).status == 200
    assert clock.slept == []


def test_a_fault_of_the_publishers_own_holds_up_no_other_address():
    said = {"/broken": answer(500), "/feed": answer(200)}
    with reading(lambda heard: said[heard.target]) as (fetcher, _):
        assert fault(fetcher, "/broken").status == 500
        assert get(fetcher).status == 200


def test_requests_are_concurrent_up_to_the_pace_and_no_further():
    together = threading.Barrier(2, timeout=10)

    def answering(_: Heard):
        together.wait()
        return answer(200)

    with reading(answering, pace=Pace(2, 0)) as (fetcher, server), ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: get(fetcher, f"/{number}"), range(8)))
    assert server.most_inside == 2


def test_hosts_do_not_wait_for_each_other():
    together = threading.Barrier(2, timeout=10)

    def answering(_: Heard):
        together.wait()
        return answer(200)

    sites = (SITE, "https://members-api.parliament.uk")
    with reading(answering, pace=Pace(1, 0)) as (fetcher, server), ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda site: get(fetcher, site=site), sites))
    assert server.most_inside == 2


def test_requests_to_one_host_are_spaced_also_across_redirects():
    clock = StoppedClock()
    said = {"/feed": answer(301, Location="/moved"), "/moved": answer(200)}
    with reading(lambda heard: said[heard.target], clock, pace=Pace(2, 5.0)) as (fetcher, _):
        assert get(fetcher).moved_to == SITE + "/moved"
        get(fetcher)
    assert clock.slept == [pytest.approx(0.2)] * 3
