"""Answers from a recording instead of the network: a WARC (ISO 28500), read as it stood at the time `now()` says."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed

from monitor.errors import FetchError, UsageError
from monitor.fetch.addresses import Address, Refusal, parse_address
from monitor.fetch.answers import Answer, follow
from monitor.fetch.body import Limits, read_body
from monitor.fetch.fetcher import Fetcher
from monitor.model.exchange import Request, Response, Validators
from monitor.times import find_time, utc_text

_LIMITS = Limits(wire=60_000_000, inflated=120_000_000)
_CHUNK = 65_536


@contextmanager
def open_replay(path: Path, *, now: Callable[[], datetime]) -> Iterator[Fetcher]:
    """A fetcher that answers from a recording (`.warc` or `.warc.gz`). Raises UsageError if it cannot be read."""
    yield ReplayFetcher(path, _read_index(path), now)


@dataclass(frozen=True, slots=True)
class _Record:
    """Where one recorded answer stands in the file."""

    at: datetime
    offset: int


Index = Mapping[Address, Sequence[_Record]]


class ReplayFetcher:
    """Fetches from a recording; see `open_replay`. Nothing is shared between threads but the index."""

    def __init__(self, path: Path, index: Index, now: Callable[[], datetime]) -> None:
        self._path = path
        self._index = index
        self._now = now

    def fetch(self, request: Request, validators: Validators) -> Response:
        """The newest recorded answer that is not later than now. Raises FetchError as a live fetch would."""
        return follow(request, validators, self._ask)

    def _ask(self, url: str, validators: Validators, spent: float) -> Answer:  # noqa: ARG002 - no time passes here
        now = self._now()
        try:
            records = self._index.get(parse_address(url), ())
        except Refusal as refusal:
            raise FetchError(str(refusal), url=url, transient=False) from None
        found = bisect_right(records, now, key=lambda record: record.at)
        if not found:
            message = f"the recording holds no answer before {utc_text(now)}"
            raise FetchError(message, url=url, transient=False)
        answer = _read_answer(self._path, records[found - 1].offset, url)
        return Answer(304, answer.headers, b"") if _is_unchanged(answer, validators) else answer


def _read_index(path: Path) -> Index:
    """Every answer of the recording, oldest first; a recorded 304 says nothing that the 200 before it does not."""
    index: dict[Address, list[_Record]] = {}
    try:
        with path.open("rb") as file:
            records = ArchiveIterator(file)
            for record in records:
                at = find_time(record.rec_headers.get_header("WARC-Date"))
                url = record.rec_headers.get_header("WARC-Target-URI")
                if record.rec_type != "response" or at is None or not url or record.http_headers is None:
                    continue
                if record.http_headers.get_statuscode() == "304":
                    continue
                try:
                    address = parse_address(url)
                except Refusal:
                    continue
                index.setdefault(address, []).append(_Record(at, records.get_record_offset()))
    except (OSError, ArchiveLoadFailed) as error:
        raise UsageError("the recording cannot be read", resource=str(path), cause=error) from None
    for found in index.values():
        found.sort(key=lambda record: record.at)
    return index


def _read_answer(path: Path, offset: int, url: str) -> Answer:
    try:
        with path.open("rb") as file:
            file.seek(offset)
            record = next(iter(ArchiveIterator(file)))
            headers = _read_headers(record)
            status = int(record.http_headers.get_statuscode())
            body = read_body(url, headers, _chunks(record, headers, url), _LIMITS)
    except (OSError, ArchiveLoadFailed, StopIteration, ValueError) as error:
        raise FetchError("the recording is damaged here", url=url, transient=False, cause=error) from None
    return Answer(status, headers, body)


def _read_headers(record: Any) -> dict[str, str]:
    headers: dict[str, str] = {}
    for raw_name, value in record.http_headers.headers:
        name = raw_name.lower()
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def _chunks(record: Any, headers: Mapping[str, str], url: str) -> Iterator[bytes]:
    """The recorded body as it came over the wire, chunked transfer undone. Raises FetchError if it was cut short."""
    chunked = "chunked" in headers.get("transfer-encoding", "").lower()
    stream: BinaryIO = ChunkedDataReader(record.raw_stream) if chunked else record.raw_stream
    size = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        yield chunk
    declared = headers.get("content-length", "")
    if not chunked and declared.isdecimal() and size < int(declared):
        raise FetchError(f"the answer broke off: {size} of {declared} bytes", url=url)


def _is_unchanged(answer: Answer, validators: Validators) -> bool:
    """Would a server say 304 (RFC 9110 §13.2.2)? An ETag, where both have one, outweighs the date."""
    if answer.status != 200:
        return False
    etag = answer.headers.get("etag")
    if validators.etag:
        return etag is not None and _opaque(etag) == _opaque(validators.etag)
    return bool(validators.last_modified) and answer.headers.get("last-modified") == validators.last_modified


def _opaque(etag: str) -> str:
    return etag.strip().removeprefix("W/")
