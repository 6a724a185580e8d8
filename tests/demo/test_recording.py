"""The demonstration's recording is what the story says, says what is real, and answers whatever the monitor asks."""

from __future__ import annotations

import gzip
import io
import json
import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from monitor.errors import SourceError
from monitor.fetch.fetcher import Fetcher
from monitor.fetch.replay import open_replay
from monitor.model.exchange import Request, Validators
from monitor.model.feed import Feed
from monitor.sources.registry import SOURCES
from monitor.text import read_html, squeeze
from tools.make_recording import DEMO, LONDON, RECORDING, make_recording, read_feeds
from tools.story import Story, read_story

AGAIN = "run `python -m tools.make_recording` and commit what it writes"
HCWS293 = "/statements/9000293?expandMember=true"


@pytest.fixture(scope="module")
def story() -> Story:
    return read_story()


@pytest.fixture(scope="module")
def feeds() -> tuple[Feed, ...]:
    return read_feeds()


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return tomllib.loads((DEMO / "script.toml").read_text(encoding="utf-8"))


def poll_times(script: dict[str, Any]) -> Iterator[datetime]:
    """Every time at which the demonstration polls."""
    for span in script["poll"]:
        at = span["since"]
        while at <= span["until"]:
            yield at
            at += timedelta(minutes=int(span["every"].removesuffix("m")))


def records() -> Iterator[tuple[Any, bytes]]:
    """Every record of the recording, with its payload."""
    for record in ArchiveIterator(io.BytesIO(RECORDING.read_bytes())):
        yield record, record.content_stream().read()


class Walk:
    """Asks a replay all that the monitor would ask: the feeds, what they lead to, and what was found before."""

    def __init__(self, fetcher: Fetcher, feeds: tuple[Feed, ...]) -> None:
        self.faults: dict[datetime, list[str]] = {}
        self.answered = 0
        self._fetcher = fetcher
        self._feeds = feeds
        self._known: dict[str, Request] = {}
        self._read: dict[tuple[str, bytes], tuple[Request, ...]] = {}

    def look(self, at: datetime) -> None:
        """One poll of everything."""
        today = at.astimezone(LONDON).date()
        waiting = [request for feed in self._feeds for request in SOURCES[feed.source].requests(feed, today=today)]
        waiting += self._known.values()
        asked: set[str] = set()
        while waiting:
            request = waiting.pop()
            if request.url not in asked:
                asked.add(request.url)
                try:
                    waiting += self._follow(request)
                except SourceError:
                    self.faults.setdefault(at, []).append(request.url)

    def _follow(self, request: Request) -> tuple[Request, ...]:
        response = self._fetcher.fetch(request, Validators())
        self.answered += 1
        key = (request.url, response.body)
        if key not in self._read:
            page = SOURCES[request.reader].parse(response)
            assert not page.departures, request.url
            if page.publications:
                self._known[request.url] = request
            self._read[key] = page.follow
        return self._read[key]


def test_the_recording_is_made_from_the_story(story: Story, feeds: tuple[Feed, ...]) -> None:
    made = make_recording(story, feeds)
    assert gzip.decompress(made) == gzip.decompress(RECORDING.read_bytes()), AGAIN
    assert make_recording(read_story(), feeds) == made


def test_the_recording_is_small_enough_to_ship() -> None:
    assert RECORDING.stat().st_size < 1_500_000


def test_everything_the_monitor_asks_has_an_answer_at_every_poll(
    story: Story, feeds: tuple[Feed, ...], script: dict[str, Any]
) -> None:
    times = list(poll_times(script))
    now = times[0]
    with open_replay(RECORDING, now=lambda: now) as fetcher:
        walk = Walk(fetcher, feeds)
        for now in times:
            walk.look(now)
    planned = {
        at: [fault.url for fault in story.faults if fault.since <= at < fault.until]
        for at in times
        if any(fault.since <= at < fault.until for fault in story.faults)
    }
    assert walk.faults == planned
    assert len(planned) == 4, "three polls meet the failing feed, one meets the page that is no feed"
    assert walk.answered > 20 * len(times)


def test_every_record_says_whether_it_is_illustrative(story: Story) -> None:
    marks: dict[str, set[str]] = {}
    for record, body in records():
        if record.rec_type == "warcinfo":
            assert b"HCWS293" in body
            continue
        url, mark = record.rec_headers["WARC-Target-URI"], record.rec_headers["X-Monitor-Illustrative"]
        marks.setdefault(mark, set()).add(url)
        has_words = b"Today I, jointly with German Interior Minister" in body
        assert (mark == "partly") == has_words, url
    assert marks["no"] == {url for url in marks["no"] if url.endswith("/robots.txt")}
    assert any(url.endswith(HCWS293) for url in marks["partly"])
    assert set(marks) == {"no", "partly", "yes"}
    assert story.real == {"HCWS293"}


def test_every_illustrative_text_says_so_itself(script: dict[str, Any]) -> None:
    for record, body in records():
        url = record.rec_headers["WARC-Target-URI"] or ""
        is_text = "/api/content/" in url or "/writtenstatements/statements/" in url
        if is_text and not url.endswith(HCWS293):
            assert b"This text is illustrative" in body, url
    assert script["real"] == ["HCWS293"]


def test_hcws293_has_the_words_that_hansard_prints(corpus: Path) -> None:
    printed = (corpus / "parliament/HCWS293-hansard-text.txt").read_text(encoding="utf-8")
    bodies = [body for record, body in records() if (record.rec_headers["WARC-Target-URI"] or "").endswith(HCWS293)]
    assert bodies
    for body in bodies:
        reading = read_html(json.loads(body)["value"]["text"], base_url="https://www.parliament.uk")
        assert squeeze(reading.text) in squeeze(printed)
        assert reading.text.endswith("later this afternoon.")


def test_the_story_and_the_script_tell_of_the_same_week(story: Story, script: dict[str, Any]) -> None:
    times = list(poll_times(script))
    assert (script["starts_at"], script["ends_at"]) == (story.starts_at, story.ends_at) == (times[0], times[-1])
    events = {event.at for event in story.events} | {fault.since for fault in story.faults}
    events |= {fault.until for fault in story.faults}
    for milestone in script["milestone"]:
        if milestone["kind"] not in ("baseline", "overdue"):
            assert milestone["at"] in events, milestone["tells"]


def test_watches_of_the_script_are_in_the_config(script: dict[str, Any]) -> None:
    config = tomllib.loads((DEMO / "config.toml").read_text(encoding="utf-8"))
    watches = {watch["name"] for watch in config["watch"]}
    assert {watch for subscriber in script["subscriber"] for watch in subscriber["watches"]} == watches
    assert {milestone["watch"] for milestone in script["milestone"] if "watch" in milestone} == watches


def test_the_readme_lists_everything_that_is_illustrative() -> None:
    readme = (DEMO / "README.md").read_text(encoding="utf-8")
    for record, body in records():
        url = record.rec_headers["WARC-Target-URI"] or ""
        if "/api/content/" in url and b'"html_publication"' not in body:
            assert f"| {json.loads(body)['title']} |" in readme
        if "/writtenstatements/statements/" in url:
            assert json.loads(body)["value"]["uin"] in readme
