"""The gateway: every request goes there, and it is told whom for."""

from __future__ import annotations

import pytest

from monitor.errors import FetchError
from monitor.model.exchange import Request
from tests.fakes.fetching import NOTHING, SITE, fault, get, reading
from tests.fakes.raw_server import answer


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
