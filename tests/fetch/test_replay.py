"""Answers from a recording, as it stood at a time."""

from __future__ import annotations

import gzip
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.errors import FetchError, UsageError
from monitor.fetch.replay import open_replay
from monitor.model.exchange import Request, Response, Validators
from monitor.times import parse_time
from tests.fakes.recording import Recorded, write_recording

FEED = "https://www.gov.uk/feed?organisations%5B%5D=home-office"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "day.warc.gz"


def replay(path: Path, url: str, at: str = "2024-12-11", validators: Validators | None = None) -> Response:
    with open_replay(path, now=lambda: parse_time(at)) as fetcher:
        return fetcher.fetch(Request(url, "feed"), validators or Validators())


def test_the_newest_answer_that_is_not_later_than_now_is_given(path):
    days = ["2024-12-12T09:00:00Z", "2024-12-10T09:00:00Z", "2024-12-11T09:00:00Z"]
    write_recording(path, [Recorded(FEED, day, body=day.encode()) for day in days])
    for at, expected in [
        ("2024-12-10T09:00:00Z", b"2024-12-10T09:00:00Z"),
        ("2024-12-11T08:59:59Z", b"2024-12-10T09:00:00Z"),
        ("2024-12-11T09:00:00Z", b"2024-12-11T09:00:00Z"),
        ("2030-01-01", b"2024-12-12T09:00:00Z"),
    ]:
        assert replay(path, FEED, at).body == expected


def test_time_may_go_on_while_a_recording_is_open(path):
    write_recording(path, [Recorded(FEED, f"2024-12-{day}T09:00:00Z", body=str(day).encode()) for day in (10, 11)])
    clock = [datetime(2024, 12, 10, 12, tzinfo=UTC)]
    with open_replay(path, now=lambda: clock[0]) as fetcher:
        first = fetcher.fetch(Request(FEED, "feed"), Validators())
        clock[0] = datetime(2024, 12, 11, 12, tzinfo=UTC)
        second = fetcher.fetch(Request(FEED, "feed"), Validators())
    assert (first.body, second.body) == (b"10", b"11")


def test_what_was_not_recorded_by_then_is_a_fault_that_says_so(path):
    write_recording(path, [Recorded(FEED, "2024-12-10T09:00:00Z")])
    for url, at in [(FEED, "2024-12-10T08:59:59Z"), ("https://www.gov.uk/other", "2024-12-11T00:00:00Z")]:
        with pytest.raises(FetchError) as raised:
            replay(path, url, at)
        assert str(raised.value) == f"the recording holds no answer before {at}: {url}"
        assert not raised.value.transient


@pytest.mark.parametrize(
    ("validators", "status"),
    [
        (Validators(etag='"1"'), 304),
        (Validators(etag='W/"1"'), 304),
        (Validators(etag='"2"'), 200),
        (Validators(etag='"2"', last_modified="Tue, 10 Dec 2024 09:00:00 GMT"), 200),
        (Validators(last_modified="Tue, 10 Dec 2024 09:00:00 GMT"), 304),
        (Validators(last_modified="Tue, 10 Dec 2024 08:00:00 GMT"), 200),
        (Validators(), 200),
    ],
)
def test_a_question_with_validators_is_answered_as_a_server_would(path, validators, status):
    headers = {"ETag": 'W/"1"', "Last-Modified": "Tue, 10 Dec 2024 09:00:00 GMT"}
    write_recording(path, [Recorded(FEED, "2024-12-10T09:00:00Z", body=b"words", headers=headers)])
    response = replay(path, FEED, validators=validators)
    assert (response.status, response.body) == (status, b"words" if status == 200 else b"")
    assert response.headers["etag"] == 'W/"1"'


def test_a_recorded_304_leaves_the_answer_before_it_standing(path):
    write_recording(
        path,
        [
            Recorded(FEED, "2024-12-10T09:00:00Z", body=b"words", headers={"ETag": '"1"'}),
            Recorded(FEED, "2024-12-10T10:00:00Z", status=304, headers={"ETag": '"1"'}),
        ],
    )
    assert replay(path, FEED).body == b"words"


def test_only_answers_count(path):
    write_recording(
        path,
        [
            Recorded(FEED, "2024-12-10T09:00:00Z", body=b"words"),
            Recorded(FEED, "2024-12-10T10:00:00Z", body=b"other", kind="resource"),
        ],
    )
    assert replay(path, FEED).body == b"words"


def test_wire_forms_are_undone(path):
    chunked = b"5\r\nwords\r\n6\r\n again\r\n0\r\n\r\n"
    write_recording(
        path,
        [
            Recorded(FEED, "2024-12-10T09:00:00Z", body=gzip.compress(b"words"), headers={"Content-Encoding": "gzip"}),
            Recorded(FEED, "2024-12-10T10:00:00Z", body=chunked, headers={"Transfer-Encoding": "chunked"}),
        ],
    )
    assert replay(path, FEED, "2024-12-10T09:30:00Z").body == b"words"
    assert replay(path, FEED, "2024-12-10T10:30:00Z").body == b"words again"


def test_an_address_is_found_however_it_is_spelt(path):
    write_recording(path, [Recorded("https://WWW.GOV.UK:443/feed", "2024-12-10T09:00:00Z", body=b"words")])
    assert replay(path, "https://www.gov.uk/feed#top").body == b"words"


def test_an_uncompressed_recording_is_read_as_well(path, tmp_path):
    write_recording(path, [Recorded(FEED, f"2024-12-1{day}T09:00:00Z", body=str(day).encode()) for day in (0, 1, 2)])
    plain = tmp_path / "day.warc"
    plain.write_bytes(gzip.decompress(path.read_bytes()))
    assert replay(plain, FEED, "2024-12-11T12:00:00Z").body == b"1"


def test_many_threads_may_read_at_once(path):
    urls = [f"https://www.gov.uk/{number}" for number in range(40)]
    write_recording(path, [Recorded(url, "2024-12-10T09:00:00Z", body=url.encode()) for url in urls])
    with open_replay(path, now=lambda: parse_time("2024-12-11")) as fetcher, ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda url: fetcher.fetch(Request(url, "feed"), Validators()).body.decode(), urls))
    assert found == urls


@pytest.mark.parametrize("content", [None, b"this is no recording", b"\x1f\x8bnot gzip either"])
def test_a_file_that_is_no_recording_is_the_operators_mistake(path, content):
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match="recording cannot be read") as raised:
        replay(path, FEED)
    assert str(path) in str(raised.value)
