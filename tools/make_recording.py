"""Makes `monitor/demo/recording.warc.gz`, the recording that `monitor demo` replays, from the story in `tools/story/`.

    .venv/bin/python -m tools.make_recording            # write it
    .venv/bin/python -m tools.make_recording --print    # only say what happens when

The payloads are built by the same builders that the tests publish with (`tests.fakes`), so that the demonstration shows the
monitor the forms it is tested on. What the monitor will ask for is not written down here but learned from its own sources:
they are given each answer in turn, and whatever they would follow is recorded too. An answer is recorded whenever it
changes; the newest record not later than a given time is what the publisher said then. Same story, same bytes.
"""

from __future__ import annotations

import sys
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from monitor.config.loading import load_config
from monitor.model.exchange import Request, Response
from monitor.model.feed import Feed
from monitor.model.publication import Attachment
from monitor.sources.govuk_address import content_url, find_path
from monitor.sources.registry import SOURCES
from tests.fakes.answer import HTML, Answer, etag_of
from tests.fakes.documents import ASSETS
from tests.fakes.parliament import API, preview
from tests.fakes.world import World
from tools.story import Fault, Story, read_story

DEMO = Path(__file__).resolve().parents[1] / "monitor" / "demo"
RECORDING = DEMO / "recording.warc.gz"
LONDON = ZoneInfo("Europe/London")

_ROBOTS = tuple(f"{host}/robots.txt" for host in ("https://www.gov.uk", API, ASSETS))
_SPACE = uuid.UUID("b9a1c9b0-0d2e-5a53-9d3a-6f3f0f2a9c11")
_ABOUT = {
    "software": "publication-monitor tools/make_recording.py",
    "format": "WARC File Format 1.0",
    "description": "A simulated week around 10 December 2024, for demonstration. Nothing here was recorded from a publisher.",
    "isReal": "The words of written statement HCWS293, as Hansard prints them. Contains Parliamentary information licensed "
    "under the Open Parliament Licence v3.0. The rules of www.gov.uk/robots.txt.",
    "isIllustrative": "Everything else, the title, the API identifier and the time of day of HCWS293 included. Each record "
    "says so in X-Monitor-Illustrative: yes; partly, where it holds the words of HCWS293; no.",
}


@dataclass(frozen=True, slots=True)
class Record:
    """One answer, from `at` on. `illustrative` is yes, partly or no."""

    url: str
    at: datetime
    answer: Answer
    illustrative: str


class Recorder:
    """Asks a world, at each moment, everything that the monitor would ask, and keeps what is new."""

    def __init__(self, story: Story, feeds: Sequence[Feed]) -> None:
        self.records: list[Record] = []
        self._story = story
        self._feeds = feeds
        self._said: dict[str, bytes] = {}
        self._known: dict[str, Request] = {}
        self._world = World(volatile_links=False)
        self._first_on = story.starts_at.date()

    def run(self) -> list[Record]:
        """Live through the week."""
        events = self._story.events
        for at in _moments(self._story):
            while events and events[0].at <= at:
                events[0].tell(self._world)
                events = events[1:]
            self._look(at)
        return self.records

    def _look(self, at: datetime) -> None:
        for url in _ROBOTS:
            self._ask(Request(url, ""), at)
        today = at.astimezone(LONDON).date()
        asked: set[str] = set()
        waiting = [request for feed in self._feeds for request in SOURCES[feed.source].requests(feed, today=today)]
        waiting += list(self._known.values())
        since = self._first_on + timedelta(days=1)
        if since <= today:
            for feed in self._feeds:
                waiting += SOURCES[feed.source].reconcile(feed, since=since, today=today)
        while waiting:
            request = waiting.pop()
            if request.url in asked:
                continue
            asked.add(request.url)
            waiting += self._ask(request, at)

    def _ask(self, request: Request, at: datetime) -> list[Request]:
        """Record the answer where it is not what was said before; what it leads to."""
        answer = self._world.answer(request.url)
        assert answer is not None, request.url
        fault = _fault(self._story, request.url, at)
        said = _misanswer(fault) if fault else answer
        if self._said.get(request.url) != _body(said):
            self._said[request.url] = _body(said)
            mark = "no" if request.url in _ROBOTS else _illustrative(self._story, self._world, _body(said))
            self.records.append(Record(request.url, at, said, mark))
        elif not fault:
            return []
        return self._read(request, answer) if request.reader else []

    def _read(self, request: Request, answer: Answer) -> list[Request]:
        headers = {"content-type": answer.content_type or ""}
        page = SOURCES[request.reader].parse(Response(request, answer.status, headers, _body(answer), request.url))
        found = list(page.follow)
        for publication in page.publications:
            self._known[request.url] = request
            found += [_attachment_request(attachment) for attachment in publication.attachments]
            again = SOURCES[request.reader].look_again(publication.key, publication.url)
            found += [again] if again else []
        return found


def make_recording(story: Story, feeds: Sequence[Feed]) -> bytes:
    """The recording, compressed record by record, oldest first."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    writer.write_record(_warcinfo(writer, story.starts_at))
    for record in Recorder(story, feeds).run():
        writer.write_record(_response(writer, record))
    return out.getvalue()


def read_feeds() -> tuple[Feed, ...]:
    """The feeds of the demonstration's config."""
    keys = {slug: source.keys for slug, source in SOURCES.items()}
    return load_config(DEMO / "config.toml", sources=keys).feeds


def _moments(story: Story) -> list[datetime]:
    """Every time at which an answer may change: the day before the week, each midnight, each event, each fault's ends."""
    first = story.starts_at - timedelta(days=1)
    days = (story.ends_at - first).days + 1
    found = {first, *(event.at for event in story.events if event.at > first)}
    found |= {_midnight(first.date() + timedelta(days=number)) for number in range(1, days + 1)}
    found |= {at for fault in story.faults for at in (fault.since, fault.until)}
    return sorted(found)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LONDON).astimezone(UTC)


def _fault(story: Story, url: str, at: datetime) -> Fault | None:
    return next((fault for fault in story.faults if fault.url == url and fault.since <= at < fault.until), None)


def _misanswer(fault: Fault) -> Answer:
    return Answer(fault.body.encode(), fault.status, HTML, None)


def _illustrative(story: Story, world: World, body: bytes) -> str:
    """Partly, where the first words of a real statement are in it, as they are in lists and in the Lords' copy too."""
    real = [preview(statement.html)[:60].encode() for statement in world.statements if statement.uin in story.real]
    return "partly" if any(words in body for words in real) else "yes"


def _attachment_request(attachment: Attachment) -> Request:
    """An HTML attachment has a Content API item of its own; a file is only bytes."""
    path = find_path(attachment.url)
    return (
        Request(content_url(path), "govuk_content")
        if attachment.kind == "html" and path
        else Request(attachment.url, "")
    )


def _body(answer: Answer) -> bytes:
    assert isinstance(answer.body, bytes)
    return answer.body


def _warcinfo(writer: WARCWriter, at: datetime) -> object:
    text = "".join(f"{name}: {value}\r\n" for name, value in _ABOUT.items()).encode()
    headers = {
        "WARC-Type": "warcinfo", "WARC-Record-ID": _identity("warcinfo", at), "WARC-Date": _stamp(at),
        "WARC-Filename": RECORDING.name,
    }  # fmt: skip
    return writer.create_warc_record("", "warcinfo", payload=BytesIO(text), length=len(text), warc_headers_dict=headers)


def _response(writer: WARCWriter, record: Record) -> object:
    answer, body = record.answer, _body(record.answer)
    headers = [("Date", format_datetime(record.at, usegmt=True)), ("Content-Type", answer.content_type or "")]
    headers += sorted(answer.headers.items())
    etag = etag_of(answer, body)
    headers += [("ETag", etag)] if etag else []
    headers += [("Content-Length", str(len(body)))]
    status = {200: "200 OK", 404: "404 Not Found", 410: "410 Gone", 503: "503 Service Unavailable"}[answer.status]
    return writer.create_warc_record(
        record.url, "response", payload=BytesIO(body), length=len(body),
        http_headers=StatusAndHeaders(status, headers, protocol="HTTP/1.1"),
        warc_headers_dict={
            "WARC-Record-ID": _identity(record.url, record.at), "WARC-Date": _stamp(record.at),
            "X-Monitor-Illustrative": record.illustrative,
        },
    )  # fmt: skip


def _identity(url: str, at: datetime) -> str:
    return f"<urn:uuid:{uuid.uuid5(_SPACE, f'{_stamp(at)} {url}')}>"


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _tell(story: Story) -> Iterator[str]:
    for event in story.events:
        yield f"{_stamp(event.at)}  {event.what}"


def main(arguments: Sequence[str]) -> None:
    """Write the recording, or print the events."""
    story = read_story()
    if "--print" in arguments:
        sys.stdout.writelines(f"{line}\n" for line in _tell(story))
        return
    recording = make_recording(story, read_feeds())
    RECORDING.write_bytes(recording)
    sys.stdout.write(f"{RECORDING.name}: {len(recording):,} bytes\n")


if __name__ == "__main__":
    main(sys.argv[1:])
