"""The scripted publisher: what it answers, counts and how it misbehaves."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Mapping

import pytest

from tests.fakes.publisher import Publisher

FEED = "https://www.gov.uk/government/organisations/home-office.atom"


def ask(publisher: Publisher, url: str, headers: Mapping[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
    """One request through the gateway, on a connection of its own."""
    host, _, path = url.removeprefix("https://").partition("/")
    connection = http.client.HTTPConnection(publisher.address.removeprefix("http://"), timeout=5)
    try:
        connection.request("GET", f"/{path}", headers={"Host": host, "X-Forwarded-Host": host, **(headers or {})})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def test_routes_are_kept_apart_by_host_and_query() -> None:
    with Publisher() as publisher:
        publisher.set("https://a.example/list?page=1", "first")
        publisher.set("https://a.example/list?page=2", "second")
        publisher.set("https://b.example/list", "other", any_query=True)
        assert ask(publisher, "https://a.example/list?page=2")[2] == b"second"
        assert ask(publisher, "https://b.example/list?page=9")[2] == b"other"
        assert ask(publisher, "https://a.example/list?page=3")[0] == 404


def test_an_unchanged_body_is_answered_with_304() -> None:
    with Publisher() as publisher:
        publisher.set(FEED, "<feed/>")
        _, headers, _ = ask(publisher, FEED)
        assert headers["content-type"].startswith("application/atom+xml")
        assert ask(publisher, FEED, {"If-None-Match": headers["etag"]})[0] == 304
        publisher.set(FEED, "<feed>more</feed>")
        assert ask(publisher, FEED, {"If-None-Match": headers["etag"]})[0] == 200


def test_without_an_etag_last_modified_decides() -> None:
    with Publisher() as publisher:
        publisher.set(FEED, "<feed/>", etag=None, last_modified="Tue, 10 Dec 2024 10:30:00 GMT")
        assert "etag" not in ask(publisher, FEED)[1]
        assert ask(publisher, FEED, {"If-Modified-Since": "Tue, 10 Dec 2024 10:30:00 GMT"})[0] == 304


def test_a_route_with_times_gives_way_to_what_was_there_before() -> None:
    with Publisher() as publisher:
        publisher.set(FEED, "<feed/>")
        publisher.set(FEED, "busy", status=429, headers={"Retry-After": "120"}, times=2)
        answers = [ask(publisher, FEED) for _ in range(3)]
        assert [status for status, _, _ in answers] == [429, 429, 200]
        assert answers[0][1]["retry-after"] == "120"
        assert publisher.count(FEED) == publisher.host_count("www.gov.uk") == 3


def test_a_truncated_answer_declares_its_whole_length() -> None:
    with Publisher() as publisher:
        publisher.set(FEED, "<feed>0123456789</feed>", truncate_at=6)
        with pytest.raises(http.client.IncompleteRead) as broken:
            ask(publisher, FEED)
        assert broken.value.partial == b"<feed>"


def test_a_dripping_answer_is_whole_in_the_end() -> None:
    with Publisher() as publisher:
        publisher.set(FEED, "<feed/>", drip=0.0)
        assert ask(publisher, FEED)[2] == b"<feed/>"


def test_hanging_requests_are_in_flight_together_until_released() -> None:
    with Publisher() as publisher:
        publisher.set(FEED, "<feed/>", hang=True)
        found: list[int] = []
        askers = [threading.Thread(target=lambda: found.append(ask(publisher, FEED)[0])) for _ in range(3)]
        for asker in askers:
            asker.start()
        publisher.wait_until(lambda: publisher.peak("www.gov.uk") == 3)
        publisher.release()
        for asker in askers:
            asker.join()
        assert found == [200, 200, 200]
        assert publisher.peak() == 3


def test_one_connection_serves_many_requests() -> None:
    with Publisher() as publisher:
        publisher.set(FEED, "<feed/>")
        connection = http.client.HTTPConnection(publisher.address.removeprefix("http://"), timeout=5)
        for _ in range(5):
            connection.request("GET", "/government/organisations/home-office.atom", headers={"Host": "www.gov.uk"})
            assert connection.getresponse().read() == b"<feed/>"
        connection.close()
        assert publisher.asked[4].headers["host"] == "www.gov.uk"
