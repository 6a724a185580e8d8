"""The room's door: hand over a file, get an Extraction. This process holds the file's bytes and its text, and parses nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, Timer
from typing import Any

import monitor
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
from monitor.extract.wire import WireError, read_message, write_message

_COMMAND = ("-P", "-s", "-m", "monitor.extract.worker")
_GRACE = 5.0
"""Seconds after a file's own time in which its reader, which watches that time, must have answered."""
_START = 60.0


@contextmanager
def open_extractor(limits: Limits | None = None) -> Iterator[Extractor]:
    """A reader for as many files as you like. Its process starts with the first file, and ends here."""
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
        self._reader: subprocess.Popen[bytes] | None = None

    def extract(self, body: bytes | Path, *, name: str, claimed_type: str | None = None) -> Extraction:
        """The text of a file, or why there is none. `name` and `claimed_type` are the publisher's, and believed last.

        No content makes it raise. ExtractError: the stored file cannot be opened, or no reader can be started.
        """
        size, head = _look(body, name)
        if size == 0:
            return Extraction("damaged", UNKNOWN_TYPE, reason="the file is empty (0 bytes)")
        if size > self.limits.body:
            most = f"{self.limits.body // MB:,} MB" if self.limits.body >= MB else f"{self.limits.body:,} bytes"
            return Extraction(
                "too-large", find_kind(head).media_type, reason=f"it has {size:,} bytes; files of up to {most} are read"
            )
        request = {
            "name": name,
            "claimed_type": claimed_type,
            "path": str(body.resolve()) if isinstance(body, Path) else "",
            "limits": limits_to_header(self.limits),
        }
        with self._lock:
            try:
                return self._ask(request, b"" if isinstance(body, Path) else body)
            except (WireError, ValueError, TypeError):
                self.close()
                return Extraction(
                    "refused", find_kind(head).media_type, reason="its reader did not answer and was stopped"
                )

    def close(self) -> None:
        """End the reader's process. The next file starts another."""
        reader, self._reader = self._reader, None
        if reader is None:
            return
        reader.kill()
        reader.wait()
        for pipe in (reader.stdin, reader.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue

    def _ask(self, request: dict[str, Any], body: bytes) -> Extraction:
        reader = self._running()
        assert reader.stdin is not None
        assert reader.stdout is not None
        watch = Timer(self.limits.seconds + _GRACE, reader.kill)
        watch.start()
        try:
            write_message(reader.stdin, request, body)
            header, text = read_message(reader.stdout, most=self.limits.text)
        finally:
            watch.cancel()
            watch.join()
        return extraction_from_message(header, text)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._reader is not None and self._reader.poll() is None:
            return self._reader
        self.close()
        self._reader = _start()
        return self._reader


def _look(body: bytes | Path, name: str) -> tuple[int, bytes]:
    """Size and first bytes."""
    if isinstance(body, bytes):
        return len(body), body[: 64 * 1024]
    try:
        with body.open("rb") as file:
            return os.fstat(file.fileno()).st_size, file.read(64 * 1024)
    except OSError as error:
        raise ExtractError("the stored file cannot be opened", resource=f"{name} ({body})", cause=error) from error


def _start() -> subprocess.Popen[bytes]:
    """Start the reader. It is given nothing of our environment, where passwords may be, and leads a process group of its own."""
    home = str(Path(monitor.__file__).resolve().parents[1])
    environment = {"PYTHONPATH": home, "LANG": "C.UTF-8", "PATH": os.defpath}
    try:
        reader = subprocess.Popen(
            [sys.executable, *_COMMAND],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd="/",
            start_new_session=True,
        )
    except OSError as error:
        raise ExtractError("the reader of documents cannot be started", resource=sys.executable, cause=error) from error
    assert reader.stdout is not None
    watch = Timer(_START, reader.kill)
    watch.start()
    try:
        read_message(reader.stdout, most=0)
    except WireError as error:
        reader.kill()
        reader.communicate()
        raise ExtractError(
            "the reader of documents does not start; `python -m monitor.extract.worker` says why",
            resource=sys.executable,
            cause=error,
        ) from error
    finally:
        watch.cancel()
        watch.join()
    return reader
