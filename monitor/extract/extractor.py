"""The room's door: hand over a file, get an Extraction. This process holds the file's bytes and its text, and parses nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from monitor.errors import ExtractError
from monitor.extract.extraction import (
    MB,
    UNKNOWN_TYPE,
    Extraction,
    Limits,
    extraction_from_message,
    limits_to_header,
)
from monitor.extract.kinds import find_kind
from monitor.extract.reader import LostError, Reader, start_reader

_GRACE = 5.0
"""Seconds after a file's own time, which the reader watches, in which the reader itself must have answered."""
_HEAD = 64 * 1024


@contextmanager
def open_extractor(limits: Limits | None = None) -> Iterator[Extractor]:
    """An extractor for as many files as you like. Its process starts with the first file, and ends here."""
    extractor = Extractor(limits or Limits())
    try:
        yield extractor
    finally:
        extractor.close()


class Extractor:
    """Reads one file at a time; may be called from several threads, which then wait for each other."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._lock = Lock()
        self._reader: Reader | None = None

    @property
    def reader_id(self) -> int | None:
        """The process that reads, one for all files; None where none has been started, or it has ended."""
        return self._reader.id if self._reader is not None and self._reader.runs else None

    def extract(self, body: bytes | Path, *, name: str, claimed_type: str | None = None) -> Extraction:
        """The text of a file, or why there is none. `name` and `claimed_type` are the publisher's, and believed last.

        No content makes it raise. ExtractError: the stored file cannot be opened, or no reader can be started.
        """
        size, head = _look(body, name)
        if size == 0:
            return Extraction("damaged", UNKNOWN_TYPE, reason="the file is empty (0 bytes)")
        if size > self.limits.body:
            most = f"{self.limits.body // MB:,} MB" if self.limits.body >= MB else f"{self.limits.body:,} bytes"
            reason = f"it has {size:,} bytes; files of up to {most} are read"
            return Extraction("too-large", find_kind(head).media_type, reason=reason)
        request = {
            "name": name,
            "claimed_type": claimed_type,
            "path": str(body.resolve()) if isinstance(body, Path) else "",
            "limits": limits_to_header(self.limits),
        }
        with self._lock:
            answer = self._ask(request, b"" if isinstance(body, Path) else body)
        return answer or Extraction("refused", find_kind(head).media_type, reason="its reader did not answer")

    def close(self) -> None:
        """End the reader's process. The next file starts another."""
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.end()

    def _ask(self, request: dict[str, Any], body: bytes) -> Extraction | None:
        """The reader's answer; None where it gave none. A reader that somebody else ended is no fault of the file's."""
        for _ in range(2):
            if self._reader is None or not self._reader.runs:
                self.close()
                self._reader = start_reader()
            try:
                seconds = self.limits.seconds + _GRACE
                header, text = self._reader.ask(request, body, seconds=seconds, most=self.limits.text)
                return extraction_from_message(header, text)
            except LostError as lost:
                if lost.late:
                    return None
        return None


def _look(body: bytes | Path, name: str) -> tuple[int, bytes]:
    """Size and first bytes."""
    if isinstance(body, bytes):
        return len(body), body[:_HEAD]
    try:
        with body.open("rb") as file:
            return os.fstat(file.fileno()).st_size, file.read(_HEAD)
    except OSError as error:
        raise ExtractError("the stored file cannot be opened", resource=f"{name} ({body})", cause=error) from error
