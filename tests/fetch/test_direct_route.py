"""Straight to the publisher: every host looked up, every address judged, the connection made to the judged address."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from monitor.errors import FetchError, UsageError
from monitor.fetch.addresses import Refusal
from monitor.fetch.connections import resolve_host
from monitor.fetch.fetcher import Fetcher
from monitor.fetch.live import open_fetcher
from monitor.fetch.settings import HttpSettings, Pace
from monitor.model.exchange import Request, Response, Validators
from tests.fakes.raw_server import Heard, answer, serving
from tests.fetch.refused import PRIVATE, REFUSED_AS_WRITTEN

PUBLIC = "151.101.0.144"
OTHER = "151.101.64.144"


@dataclass
class Internet:
    """Names with addresses, and a network on which every public address is the server of the test."""

    names: dict[str, list[Sequence[str]]]
    port: int
    unreachable: frozenset[str] = frozenset()
    looked_up: list[tuple[str, int]] = field(default_factory=list)
    connected: list[tuple[str, int]] = field(default_factory=list)

    def resolve(self, host: str, port: int) -> Sequence[str]:
        self.looked_up.append((host, port))
        answers = self.names[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def connect(self, address: tuple[str, int], timeout: float) -> socket.socket:
        self.connected.append(address)
        if address[0] in self.unreachable:
            raise OSError("no route to host")
        return socket.create_connection(("127.0.0.1", self.port), timeout)


@contextmanager
def online(
    names: dict[str, list[Sequence[str]]],
    answering=lambda _: answer(200, b"words"),
    unreachable: frozenset[str] = frozenset(),
) -> Iterator[tuple[Fetcher, Internet, list[Heard]]]:
    settings = HttpSettings(
        "publication-monitor/1.0 (+https://example.org)",
        ("www.gov.uk", "*.parliament.uk"),
        pace=Pace(2, 0),
        timeout=timedelta(seconds=5),
        robots=False,
    )

    def pieces(heard: Heard):
        said = answering(heard)
        return said and [said]

    with serving(pieces) as server:
        internet = Internet(names, server.port, unreachable)
        with open_fetcher(settings, resolve=internet.resolve, connect=internet.connect) as fetcher:
            yield fetcher, internet, server.heard


def get(fetcher: Fetcher, url: str = "http://www.gov.uk/feed") -> Response:
    return fetcher.fetch(Request(url, "feed"), Validators())


def test_the_connection_is_made_to_the_address_that_was_judged():
    with online({"www.gov.uk": [[PUBLIC, OTHER]]}) as (fetcher, internet, heard):
        assert get(fetcher).body == b"words"
    assert internet.connected == [(PUBLIC, 80)]
    assert internet.looked_up == [("www.gov.uk", 80)]
    assert heard[0].headers["host"] == "www.gov.uk"
    assert "x-forwarded-host" not in heard[0].headers


def test_the_next_address_is_tried_where_one_cannot_be_reached():
    with online({"www.gov.uk": [[PUBLIC, OTHER]]}, unreachable=frozenset({PUBLIC})) as (fetcher, internet, _):
        assert get(fetcher).status == 200
    assert internet.connected == [(PUBLIC, 80), (OTHER, 80)]


def test_a_host_none_of_whose_addresses_can_be_reached_is_unreachable():
    none = frozenset({PUBLIC, OTHER})
    with (
        online({"www.gov.uk": [[PUBLIC, OTHER]]}, unreachable=none) as (fetcher, _, _),
        pytest.raises(FetchError, match="could not be reached") as raised,
    ):
        get(fetcher)
    assert raised.value.transient


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], [PUBLIC, "10.0.0.1"], ["169.254.169.254"], ["::1"], ["::ffff:127.0.0.1"], ["64:ff9b::7f00:1"], []],
)
def test_no_connection_is_made_where_any_address_is_private(addresses):
    with (
        online({"www.gov.uk": [addresses]}) as (fetcher, internet, _),
        pytest.raises(FetchError, match=r"www\.gov\.uk (leads to|has no address)"),
    ):
        get(fetcher)
    assert internet.connected == []


def test_of_a_hundred_ways_to_a_private_address_none_makes_a_connection():
    """As written, as looked up, beside a public address, and at a redirect."""
    ways = [*REFUSED_AS_WRITTEN, *PRIVATE]
    assert len(set(ways)) >= 100
    asked = 0
    with online({}) as (fetcher, internet, heard):
        for address in PRIVATE:
            for found in ([address], [PUBLIC, address]):
                internet.names["www.gov.uk"] = [found]
                with pytest.raises(FetchError):
                    get(fetcher)
                asked += 1
        internet.names["www.gov.uk"] = [["127.0.0.1"]]
        for url in REFUSED_AS_WRITTEN:
            with pytest.raises(FetchError):
                get(fetcher, url)
            asked += 1
        assert (internet.connected, heard) == ([], [])
    assert asked >= 200


def test_no_redirect_to_a_refused_address_is_followed():
    refused = [url for url in REFUSED_AS_WRITTEN if "://" in url and url.isprintable() and url.isascii()]
    to = iter(refused)
    with online({"www.gov.uk": [[PUBLIC]]}, lambda _: answer(302, Location=next(to, "http://127.0.0.1/"))) as (
        fetcher,
        internet,
        _,
    ):
        for _ in refused:
            with pytest.raises(FetchError):
                get(fetcher)
    assert len(refused) > 50
    assert {address for address, _ in internet.connected} == {PUBLIC}


def test_a_name_that_changes_its_address_after_the_check_gains_nothing():
    with online({"www.gov.uk": [[PUBLIC], ["127.0.0.1"]]}, lambda _: None) as (fetcher, internet, _):
        for _ in range(2):
            with pytest.raises(FetchError):
                get(fetcher)
    assert internet.connected == [(PUBLIC, 80)]


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://evil.example/",
        "http://www.gov.uk:8080/",
        "https://user@www.gov.uk/",
        "file:///etc/passwd",
        "http://internal.parliament.uk/",
    ],
)
def test_every_hop_is_judged_anew(to):
    names = {"www.gov.uk": [[PUBLIC]], "internal.parliament.uk": [["10.1.2.3"]]}
    with (
        online(names, lambda _: answer(302, Location=to)) as (fetcher, internet, heard),
        pytest.raises(FetchError) as raised,
    ):
        get(fetcher)
    assert raised.value.url == to
    assert not raised.value.transient
    assert (internet.connected, len(heard)) == ([(PUBLIC, 80)], 1)


def test_tls_asks_for_the_publisher_by_name_at_the_judged_address():
    with (
        online({"www.gov.uk": [[PUBLIC]]}) as (fetcher, internet, heard),
        pytest.raises(FetchError, match="could not be reached") as raised,
    ):
        get(fetcher, "https://www.gov.uk/feed")
    assert raised.value.transient
    assert internet.connected == [(PUBLIC, 443)]
    assert b"www.gov.uk" in heard[0].raw


def test_a_name_that_cannot_be_looked_up_is_said_to_be_so():
    settings = HttpSettings("x/1", ("*.invalid",), robots=False)
    with open_fetcher(settings) as fetcher, pytest.raises(FetchError, match="could not be looked up") as raised:
        get(fetcher, f"http://{'a' * 64}.invalid/")
    assert raised.value.transient


def test_a_lookup_that_never_ends_is_left_to_itself():
    done = threading.Event()
    with pytest.raises(Refusal, match=r"within 0\.05 s") as refused:
        resolve_host("www.gov.uk", 443, look_up=lambda *_, **__: done.wait(10) and [], patience=0.05)
    done.set()
    assert refused.value.transient


def test_a_lookup_gives_every_address_once_and_in_order():
    entries = [(socket.AF_INET, 1, 6, "", (address, 443)) for address in (OTHER, PUBLIC, OTHER)]
    assert resolve_host("www.gov.uk", 443, look_up=lambda *_, **__: entries) == [OTHER, PUBLIC]


@pytest.mark.parametrize("gateway", ["127.0.0.1:80", "ftp://x", "http://u@x", "http://x/path", "http://x?q", "http://"])
def test_a_gateway_that_is_no_address_is_the_operators_mistake(gateway):
    with pytest.raises(UsageError, match="gateway"), open_fetcher(HttpSettings("x/1", (), gateway=gateway)):
        pytest.fail("was opened")
