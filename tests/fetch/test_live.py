"""The live fetcher against a publisher that says what it likes, reached through the gateway route on loopback."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest

from monitor.errors import FetchError
from monitor.fetch.fetcher import Fetcher
from monitor.fetch.live import open_fetcher
from monitor.fetch.settings import HttpSettings, Pace
from monitor.model.exchange import Request, Response, Validators
from tests.fakes.clock import StoppedClock
from tests.fakes.raw_server import Heard, RawServer, answer, serving

AGENT = "publication-monitor/1.0 (+https://example.org/about; ops@example.org)"
SITE = "https://www.gov.uk"
NOTHING = Validators()


@contextmanager
def reading(
    answering: Callable[[Heard], object], clock: StoppedClock | None = None, **settings: object
) -> Iterator[tuple[Fetcher, RawServer]]:
    """A fetcher whose every question is answered by `answering`: bytes, pieces, or None to hang up."""

    def pieces(heard: Heard):
        said = answering(heard)
        return [said] if isinstance(said, bytes) else said

    chosen = {"pace": Pace(2, 0), "robots": False, **settings}
    edges = {"monotonic": clock.monotonic, "sleep": clock.sleep} if clock else {}
    with serving(pieces) as server:
        http = HttpSettings(AGENT, ("www.gov.uk", "*.parliament.uk"), gateway=server.url, **chosen)
        with open_fetcher(http, **edges) as fetcher:
            yield fetcher, server


def get(fetcher: Fetcher, path: str = "/feed", validators: Validators = NOTHING, site: str = SITE) -> Response:
    return fetcher.fetch(Request(site + path, "feed"), validators)


def fault(fetcher: Fetcher, path: str = "/feed", site: str = SITE) -> FetchError:
    with pytest.raises(FetchError) as raised:
        get(fetcher, path, site=site)
    return raised.value


def test_an_answer_comes_back_whole_with_lower_case_headers():
    said = answer(
        200, b"<feed/>", Content_Type="application/atom+xml; charset=utf-8", ETag='W/"1"', Vary="A\r\nVary: B"
    )
    with reading(lambda _: said) as (fetcher, _):
        response = get(fetcher)
    assert (response.status, response.body, response.final_url) == (200, b"<feed/>", SITE + "/feed")
    assert response.media_type == "application/atom+xml"
    assert (response.headers["etag"], response.headers["vary"]) == ('W/"1"', "A, B")


def test_we_say_who_we_are_and_ask_for_gzip_alone():
    with reading(lambda _: answer(200)) as (fetcher, server):
        get(fetcher)
    sent = server.heard[0].headers
    assert (sent["user-agent"], sent["accept-encoding"]) == (AGENT, "gzip")
    assert "if-none-match" not in sent
    assert "if-modified-since" not in sent
    assert "cookie" not in sent


def test_validators_are_sent_back_as_they_came_and_304_is_an_answer():
    validators = Validators(etag='W/"a\xe9"', last_modified="Mon, 23 Nov 2026 12:00:00 GMT")
    with reading(lambda _: answer(304, ETag='W/"b"')) as (fetcher, server):
        response = get(fetcher, validators=validators)
    assert (response.status, response.body, response.headers["etag"]) == (304, b"", 'W/"b"')
    sent = server.heard[0].headers
    assert (sent["if-none-match"], sent["if-modified-since"]) == (validators.etag, validators.last_modified)


def test_a_validator_cannot_carry_a_header_of_its_own():
    with reading(lambda _: answer(200)) as (fetcher, server):
        with pytest.raises(FetchError, match="cannot be sent"):
            get(fetcher, validators=Validators(etag='"1"\r\nX-Evil: yes'))
        assert server.heard == []


def test_one_connection_serves_many_questions():
    with reading(lambda heard: answer(304 if "if-none-match" in heard.headers else 200, b"")) as (fetcher, server):
        for _ in range(3):
            get(fetcher)
            get(fetcher, validators=Validators(etag='"1"'))
    assert (len(server.heard), server.connections) == (6, 1)


def test_a_kept_connection_that_was_closed_meanwhile_costs_nothing():
    said = iter([answer(200, b"1"), None, answer(200, b"2")])
    with reading(lambda _: next(said)) as (fetcher, server):
        assert [get(fetcher).body, get(fetcher).body] == [b"1", b"2"]
    assert (len(server.heard), server.connections) == (3, 2)


def test_a_new_connection_that_is_closed_unanswered_is_a_fault():
    with reading(lambda _: None) as (fetcher, server):
        assert fault(fetcher).transient
    assert len(server.heard) == 1


def test_gzip_is_inflated_and_chunks_are_joined():
    body = gzip.compress(b"words " * 50_000)
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nwords\r\n6\r\n again\r\n0\r\n\r\n"
    said = {"/gzip": answer(200, body, Content_Encoding="gzip"), "/chunked": chunked}
    with reading(lambda heard: said[heard.target]) as (fetcher, _):
        assert get(fetcher, "/gzip").body == b"words " * 50_000
        assert get(fetcher, "/chunked").body == b"words again"


@pytest.mark.parametrize(
    "said",
    [
        pytest.param([answer(200, b"<feed>", length=100, ETag='"full"'), b""], id="a body shorter than announced"),
        pytest.param([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nwor", b""], id="a chunk cut short"),
        pytest.param([b"HTTP/1.1 200 OK\r\nContent-Le", b""], id="a head cut short"),
        pytest.param([b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nwords"], id="two lengths"),
        pytest.param([b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n"], id="a length that is no number"),
        pytest.param([b"<html>not http</html>\r\n\r\n"], id="no HTTP at all"),
        pytest.param([b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"x" * 200_000 + b"\r\n\r\n"], id="an endless header"),
        pytest.param([answer(200, gzip.compress(b"words" * 99)[:-5], Content_Encoding="gzip")], id="gzip cut short"),
    ],
)
def test_a_damaged_answer_is_refused_and_may_be_asked_for_again(said):
    with reading(lambda _: said) as (fetcher, _):
        error = fault(fetcher)
    assert error.transient
    assert error.url == SITE + "/feed"


def test_stacked_codings_are_refused():
    bomb = gzip.compress(gzip.compress(b"\0" * 1_000_000))
    with reading(lambda _: answer(200, bomb, Content_Encoding="gzip, gzip")) as (fetcher, _):
        assert "only gzip was asked for" in fault(fetcher).message


def test_bombs_and_bulk_are_refused_and_the_next_question_is_answered():
    said = {
        "/bomb": answer(200, gzip.compress(b"\0" * 30_000_000), Content_Encoding="gzip"),
        "/bulk": answer(200, b"x" * 300_000),
        "/small": answer(200, b"words"),
    }
    with reading(lambda heard: said[heard.target], max_body=200_000) as (fetcher, _):
        for path in ("/bomb", "/bulk"):
            error = fault(fetcher, path)
            assert "too large" in error.message
            assert not error.transient
        assert get(fetcher, "/small").body == b"words"


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"], ids=["head", "body"])
def test_an_answer_that_drips_is_over_at_the_deadline(head):
    stop = threading.Event()

    def drip(_: Heard):
        yield head
        while not stop.wait(0.02):
            yield b"H"

    def answering(heard: Heard):
        return (piece for piece in drip(heard) if piece)

    with reading(answering, deadline=timedelta(seconds=0.3)) as (fetcher, _):
        error = fault(fetcher)
        stop.set()
    assert error.message == "www.gov.uk took longer than 0.3 s"
    assert error.transient


def test_silence_is_borne_only_so_long():
    stop = threading.Event()

    def answering(_: Heard):
        stop.wait(10)

    with reading(answering, timeout=timedelta(seconds=0.1)) as (fetcher, _):
        error = fault(fetcher)
        stop.set()
    assert error.message == "www.gov.uk said nothing for 0.1 s"


def test_the_deadline_counts_all_redirects_together():
    clock = StoppedClock()

    def answering(heard: Heard):
        clock.at += 15
        return answer(302, Location=heard.target + "x")

    with reading(answering, clock, deadline=timedelta(seconds=40)) as (fetcher, server):
        assert "took longer than 40 s" in fault(fetcher).message
    assert len(server.heard) == 3


def test_waiting_for_a_turn_takes_nothing_from_the_deadline():
    clock = StoppedClock()
    with reading(lambda _: answer(200), clock, pace=Pace(1, 0.01), deadline=timedelta(seconds=5)) as (fetcher, _):
        get(fetcher)
        assert get(fetcher).status == 200
    assert clock.slept == [100.0]


def test_a_publisher_that_is_not_there_is_said_to_be_unreachable():
    with serving(lambda _: None) as server:
        gone = server.url
    http = HttpSettings(AGENT, ("www.gov.uk",), gateway=gone, robots=False)
    with open_fetcher(http) as fetcher:
        error = fault(fetcher)
    assert error.message == "www.gov.uk could not be reached"
    assert (error.status, error.transient) == (0, True)


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


# --- the gateway ---


def test_the_gateway_is_told_whom_a_request_is_for():
    with reading(lambda _: answer(200)) as (fetcher, server):
        get(fetcher, "/search/news.atom?organisations%5B%5D=home-office&a=b%20c")
        get(fetcher, site="http://api.parliament.uk:8080")
    first, second = server.heard
    assert first.target == "/search/news.atom?organisations%5B%5D=home-office&a=b%20c"
    forwarded = [(one.headers["x-forwarded-proto"], one.headers["x-forwarded-host"]) for one in server.heard]
    assert forwarded == [("https", "www.gov.uk"), ("http", "api.parliament.uk:8080")]
    assert [one.headers["host"] for one in server.heard] == ["www.gov.uk", "api.parliament.uk:8080"]
    assert second.target == "/feed"


@pytest.mark.parametrize(
    ("location", "host", "target", "final"),
    [
        ("/moved", "www.gov.uk", "/moved", SITE + "/moved"),
        ("moved", "www.gov.uk", "/moved", SITE + "/moved"),
        ("//www.gov.uk/moved", "www.gov.uk", "/moved", SITE + "/moved"),
        ("https://api.parliament.uk/x", "api.parliament.uk", "/x", "https://api.parliament.uk/x"),
    ],
)
def test_redirects_of_the_gateway_are_read_against_the_original_and_go_through_it_again(location, host, target, final):
    with reading(lambda heard: answer(302, Location=location) if heard.target == "/feed" else answer(200)) as (
        fetcher,
        server,
    ):
        assert get(fetcher).final_url == final
    assert (server.heard[1].headers["host"], server.heard[1].target) == (host, target)


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "http://127.0.0.1/", "file:///etc/passwd", "http://a@www.gov.uk/"]
)
def test_the_allow_list_holds_behind_the_gateway_and_at_every_hop(to):
    with reading(lambda _: answer(302, Location=to)) as (fetcher, server):
        error = fault(fetcher)
        with pytest.raises(FetchError):
            fetcher.fetch(Request(to, "feed"), NOTHING)
    assert not error.transient
    assert error.url == to
    assert len(server.heard) == 1


# --- robots.txt ---


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
        assert (error.status, error.transient, error.retry_after) == (status, True, 60)
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
