"""The live fetcher against a publisher that says what it likes, reached through the gateway route on loopback."""

from __future__ import annotations

import gzip
import threading
from datetime import timedelta

import pytest

from monitor.errors import FetchError
from monitor.fetch.live import open_fetcher
from monitor.fetch.settings import HttpSettings, Pace
from monitor.model.exchange import Validators
from tests.fakes.clock import StoppedClock
from tests.fakes.fetching import AGENT, SITE, fault, get, reading
from tests.fakes.raw_server import Heard, answer, serving


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
