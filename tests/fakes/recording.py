"""Writes a recording (WARC) for replays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter


@dataclass(frozen=True)
class Recorded:
    """One answer in a recording. `at` is written as WARC-Date; the body is as it went over the wire."""

    url: str
    at: str
    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "response"


def write_recording(path: Path, answers: Iterable[Recorded]) -> Path:
    """Write the answers, in the order given, each in a gzip member of its own."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for one in answers:
            http = StatusAndHeaders(f"{one.status} X", list(one.headers.items()), protocol="HTTP/1.1")
            record = writer.create_warc_record(
                one.url, one.kind, payload=BytesIO(one.body), http_headers=http, warc_headers_dict={"WARC-Date": one.at}
            )
            writer.write_record(record)
    return path
