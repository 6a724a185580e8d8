"""robots.txt in use: asked for once a day, obeyed, and what happens when it cannot be had."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.fakes.clock import StoppedClock
from tests.fakes.fetching import fault, get, reading
from tests.fakes.raw_server import Heard, answer


def test_robots_txt_is_asked_for_once_a_day_and_obeyed():
    clock = StoppedClock()
    rules = answer(200, b"User-agent: *\nDisallow: /search/all*\n")

    def answering(heard: Heard):
        return rules if heard.target == "/robots.txt" else answer(200)

    with reading(answering, clock, robots=True) as (fetcher, server):
        assert get(fetcher).status == 200
        error = fault(fetcher, "/search/all.atom?x=1")
        assert (
            "https://www.gov.uk/robots.txt does not allow /search/all.atom?x=1 (Disallow: /search/all*)"
            in error.message
        )
        assert not error.transient
        assert server.targets == ["/robots.txt", "/feed"]
        clock.at += 86_400
        get(fetcher)
    assert server.targets == ["/robots.txt", "/feed", "/robots.txt", "/feed"]


def test_each_site_has_its_own_robots_txt():
    def answering(heard: Heard):
        closed = heard.headers["host"] == "www.gov.uk"
        return answer(200, b"User-agent: *\nDisallow: /\n" if closed else b"")

    with reading(answering, robots=True) as (fetcher, _):
        assert "does not allow" in fault(fetcher).message
        assert get(fetcher, site="https://members-api.parliament.uk").status == 200


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_site_without_robots_txt_lets_everyone_in(status):
    with reading(lambda heard: answer(status if heard.target == "/robots.txt" else 200), robots=True) as (fetcher, _):
        assert get(fetcher).status == 200


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_site_whose_robots_txt_is_broken_is_left_alone_for_a_while(status):
    clock = StoppedClock()
    said = [answer(status)]
    with reading(lambda heard: said[0] if heard.target == "/robots.txt" else answer(200), clock, robots=True) as (
        fetcher,
        server,
    ):
        error = fault(fetcher)
        assert "robots.txt" in error.message
        assert (error.status, error.transient, error.retry_after) == (status, True, 60 if status == 429 else None)
        fault(fetcher)
        assert server.targets == ["/robots.txt"]
        clock.at += 60
        said[0] = answer(404)
        assert get(fetcher).status == 200


def test_an_earlier_robots_txt_serves_while_a_new_one_cannot_be_had():
    clock = StoppedClock()
    said = [answer(200, b"User-agent: *\nDisallow: /private\n")]
    with reading(lambda heard: said[0] if heard.target == "/robots.txt" else answer(200), clock, robots=True) as (
        fetcher,
        _,
    ):
        get(fetcher)
        clock.at += 86_400
        said[0] = answer(500)
        assert get(fetcher).status == 200
        assert "does not allow" in fault(fetcher, "/private").message


def test_a_robots_txt_that_moved_is_followed():
    said = {"/robots.txt": answer(301, Location="/r.txt"), "/r.txt": answer(200, b"User-agent: *\nDisallow: /feed\n")}
    with reading(lambda heard: said[heard.target], robots=True) as (fetcher, _):
        assert "does not allow" in fault(fetcher).message


def test_many_threads_ask_for_robots_txt_once():
    with reading(lambda _: answer(200), robots=True) as (fetcher, server), ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: get(fetcher, f"/{number}"), range(16)))
    assert server.targets.count("/robots.txt") == 1
