"""The reader as its owner sees it: a process that is started, asked, watched and ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Timer
from typing import Any

import monitor
from monitor.errors import ExtractError
from monitor.extract.extraction import MB
from monitor.extract.wire import WireError, read_message, write_message

_COMMAND = ("-P", "-s", "-m", "monitor.extract.worker")
_ALLOCATION = {"MALLOC_TOP_PAD_": str(32 * MB), "MALLOC_TRIM_THRESHOLD_": str(512 * MB)}
"""A child lives for one file: memory is asked of the kernel in large steps, and not given back in small ones."""
_START = 60.0
"""Seconds in which it must have said that it is ready."""


class LostError(Exception):
    """The reader is gone. `late`: it was stopped because it did not answer in time."""

    def __init__(self, *, late: bool) -> None:
        self.late = late
        super().__init__("late" if late else "gone")


class Reader:
    """One running reader. After a LostError, or any exception, it has ended."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    @property
    def id(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def runs(self) -> bool:
        """Is it there to be asked?"""
        return self._process.poll() is None

    def ask(
        self, request: Mapping[str, Any], body: bytes, *, seconds: float, most: int
    ) -> tuple[dict[str, Any], bytes]:
        """Send a request; its answer must be here in so many seconds. Raises LostError."""
        sink, source = self._process.stdin, self._process.stdout
        late = Event()
        try:
            assert sink is not None
            assert source is not None
            with _watched(self._process, seconds, late):
                write_message(sink, request, body)
                return read_message(source, most=most)
        except WireError as error:
            self.end()
            raise LostError(late=late.is_set()) from error
        except BaseException:
            # An answer may be half read: whoever asks next must not get the rest of it.
            self.end()
            raise

    def end(self) -> None:
        """Stop it, and the child that may be reading for it."""
        _kill(self._process)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                if pipe is not None:
                    pipe.close()
            except BrokenPipeError:
                continue


def start_reader() -> Reader:
    """Start a reader. It is given nothing of our environment, where passwords may be. Raises ExtractError."""
    home = str(Path(monitor.__file__).resolve().parents[1])
    try:
        process = subprocess.Popen(
            [sys.executable, *_COMMAND],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": home, "LANG": "C.UTF-8", "PATH": os.defpath, **_ALLOCATION},
            pipesize=MB,
            cwd="/",
            start_new_session=True,
        )
    except OSError as error:
        raise ExtractError("the reader of documents cannot be started", resource=sys.executable, cause=error) from error
    try:
        assert process.stdout is not None
        with _watched(process, _START, Event()):
            read_message(process.stdout, most=0)
    except WireError as error:
        Reader(process).end()
        why = "`python -m monitor.extract.worker` says why"
        raise ExtractError("the reader of documents does not start", resource=sys.executable, cause=why) from error
    return Reader(process)


@contextmanager
def _watched(process: subprocess.Popen[bytes], seconds: float, late: Event) -> Iterator[None]:
    """Stop the process unless the block is left in time; `late` is set where that happened."""

    def stop() -> None:
        late.set()
        _kill(process)

    watch = Timer(seconds, stop)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
        watch.join()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill it and its children, which share its process group."""
    if process.poll() is None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
