"""The two fetchers answer alike: what a live publisher says, its recording says."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from monitor.errors import FetchError
from monitor.fetch.fetcher import Fetcher
from monitor.fetch.live import open_fetcher
from monitor.fetch.replay import open_replay
from monitor.fetch.settings import HttpSettings, Pace
from monitor.model.exchange import Request, Validators
from monitor.times import parse_time
from tests.fakes.raw_server import answer, serving
from tests.fakes.recording import Recorded, write_recording

SITE = "https://www.gov.uk"
MONDAY = "Mon, 23 Nov 2026 12:00:00 GMT"
SAID: dict[str, tuple[int, bytes, dict[str, str]]] = {
    "/feed": (200, b"<feed/>", {"Content-Type": "application/atom+xml", "ETag": 'W/"1"'}),
    "/zipped": (200, gzip.compress(b"words"), {"Content-Encoding": "gzip"}),
    "/empty": (200, b"", {}),
    "/moved": (301, b"", {"Location": "/feed"}),
    "/elsewhere": (302, b"", {"Location": SITE + "/moved"}),
    "/circle": (302, b"", {"Location": "/circle"}),
    "/nowhere": (302, b"", {}),
    "/missing": (404, b"not here", {}),
    "/gone": (410, b"{}", {"Content-Type": "application/json"}),
    "/stacked": (200, b"", {"Content-Encoding": "gzip, gzip"}),
    "/torn": (200, gzip.compress(b"words" * 50)[:-6], {"Content-Encoding": "gzip"}),
    "/forbidden": (403, b"", {}),
    "/unprocessable": (422, b"{}", {}),
    "/explained": (422, b'{"error": "colour is no filter"}', {}),
    "/broken": (500, b"", {}),
    "/down": (503, b"", {"Retry-After": "120"}),
    "/busy": (429, b"", {"Retry-After": "Mon, 23 Nov 2026 12:05:00 GMT", "Date": MONDAY}),
    "/too-busy": (429, b"", {}),
}


def outcome(fetcher: Fetcher, path: str, validators: Validators) -> object:
    """All that a caller sees of a fetch, but the time it took."""
    try:
        got = fetcher.fetch(Request(SITE + path, "feed"), validators)
    except FetchError as error:
        return error.message, error.url, error.status, error.transient, error.retry_after
    headers = {name: value for name, value in got.headers.items() if name != "content-length"}
    return got.status, got.body, headers, got.final_url, got.moved_to, got.media_type


@pytest.mark.parametrize("path", SAID)
@pytest.mark.parametrize("etag", [None, 'W/"1"', '"other"'])
def test_live_and_replay_behave_alike(path: str, etag: str | None, tmp_path: Path):
    validators = Validators(etag=etag)

    def answering(heard):
        status, body, headers = SAID[heard.target]
        if etag and headers.get("ETag") == heard.headers.get("if-none-match"):
            return [answer(304, **{name.replace("-", "_"): value for name, value in headers.items()})]
        return [answer(status, body, **{name.replace("-", "_"): value for name, value in headers.items()})]

    with serving(answering) as server:
        http = HttpSettings(
            "x/1 (+https://example.org)", ("www.gov.uk",), pace=Pace(2, 0), gateway=server.url, robots=False
        )
        with open_fetcher(http) as fetcher:
            live = outcome(fetcher, path, validators)
    recorded = [Recorded(SITE + at, "2026-11-23T12:00:00Z", *said) for at, said in SAID.items()]
    recording = write_recording(tmp_path / "day.warc.gz", recorded)
    with open_replay(recording, now=lambda: parse_time("2026-11-24")) as fetcher:
        assert outcome(fetcher, path, validators) == live
