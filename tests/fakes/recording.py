"""Writes a recording (WARC 1.1) for replays, by hand: a fake that owes nothing to the library that reads it."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5


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
    path.write_bytes(b"".join(gzip.compress(_record(one)) for one in answers))
    return path


def _record(one: Recorded) -> bytes:
    http = _head(f"HTTP/1.1 {one.status} X", one.headers) + one.body
    fields = {
        "WARC-Type": one.kind,
        "WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, one.url + one.at)}>",
        "WARC-Date": one.at,
        "WARC-Target-URI": one.url,
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(http)),
    }
    return _head("WARC/1.1", fields) + http + b"\r\n\r\n"


def _head(first: str, fields: dict[str, str]) -> bytes:
    return "\r\n".join([first, *(f"{name}: {value}" for name, value in fields.items()), "", ""]).encode("latin-1")
