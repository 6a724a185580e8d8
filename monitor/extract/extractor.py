"""The room's door: hand over a file, get an Extraction. This process holds the file's bytes and its text, and parses nothing."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monitor.confined.bounds import MB, Bounds
from monitor.confined.process import Confined, EndedError, UnstartableError
from monitor.errors import ExtractError
from monitor.extract.extraction import (
    UNKNOWN_TYPE,
    Extraction,
    Limits,
    extraction_from_message,
    limits_to_header,
)
from monitor.extract.kinds import find_kind

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
        self._reader = Confined("monitor.extract.worker")

    @property
    def reader_id(self) -> int | None:
        """The process that reads, one for all files; None where none has been started, or it has ended."""
        return self._reader.id

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
        bounds = Bounds(self.limits.seconds, self.limits.memory, self.limits.text)
        try:
            return extraction_from_message(*self._reader.ask(request, b"" if isinstance(body, Path) else body, bounds))
        except EndedError as ended:
            return _explain(find_kind(head).media_type, ended, self.limits)
        except (ValueError, TypeError):
            reason = "it made its reader answer with nonsense"
            return Extraction("refused", find_kind(head).media_type, reason=reason)
        except UnstartableError as error:
            raise ExtractError("there is no reader of documents", resource=name, cause=error) from error

    def close(self) -> None:
        """End the reader's process. The next file starts another."""
        self._reader.close()


def _explain(media_type: str, ended: EndedError, limits: Limits) -> Extraction:
    """The outcome of a file whose reader told none, by how that ended."""
    if ended.end == "late":
        reason = f"reading it took longer than the {math.ceil(limits.seconds)} s it may take"
        return Extraction("refused", media_type, reason=reason)
    if ended.end == "memory":
        reason = f"reading it needs more than the {limits.memory // MB} MB of memory it may use"
        return Extraction("too-large", media_type, reason=reason)
    if ended.end == "crash":
        return Extraction("damaged", media_type, reason=f"it crashed its reader ({ended.how})")
    return Extraction("refused", media_type, reason="its reader did not answer")


def _look(body: bytes | Path, name: str) -> tuple[int, bytes]:
    """Size and first bytes."""
    if isinstance(body, bytes):
        return len(body), body[:_HEAD]
    try:
        with body.open("rb") as file:
            return os.fstat(file.fileno()).st_size, file.read(_HEAD)
    except OSError as error:
        raise ExtractError("the stored file cannot be opened", resource=f"{name} ({body})", cause=error) from error
