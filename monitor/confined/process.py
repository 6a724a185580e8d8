"""The standing process as its owner sees it: started at the first piece of work, asked, watched, ended, started anew."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from threading import Event, Lock, Timer
from typing import Any, Literal, get_args

import monitor
from monitor.confined.bounds import MB, Bounds
from monitor.confined.serving import ENDED, HOW
from monitor.confined.wire import Message, WireError, read_message, write_message

End = Literal["late", "memory", "crash", "silent"]
"""How a piece of work ended that gave no answer: too slow, too large, its process died, or nobody said anything."""

_ENDS: tuple[End, ...] = get_args(End)
_ALLOCATION = {"MALLOC_TOP_PAD_": str(32 * MB), "MALLOC_TRIM_THRESHOLD_": str(512 * MB)}
"""A child lives for one piece: memory is asked of the kernel in large steps, and not given back in small ones."""
_START = 60.0
"""Seconds in which it must have said that it is ready."""
_GRACE = 5.0
"""Seconds after a piece's own time, which the process watches, in which the process itself must have answered."""


class UnstartableError(Exception):
    """No process can be started. The message says why."""


class EndedError(Exception):
    """A piece of work ended without an answer. `how` is a word or two more, where there are any."""

    def __init__(self, end: End, how: str = "") -> None:
        self.end = end
        self.how = how
        super().__init__(f"{end} {how}".rstrip())


class Confined:
    """Does one piece of work at a time; may be asked from several threads, which then wait for each other.

    `module` is run by name (`python -m`), and calls `serving.serve`.
    """

    def __init__(self, module: str) -> None:
        self._module = module
        self._lock = Lock()
        self._process: _Process | None = None

    @property
    def id(self) -> int | None:
        """The process that serves, one for all pieces; None where none has been started, or it has ended."""
        return self._process.id if self._process is not None and self._process.runs else None

    def ask(self, header: Mapping[str, Any], body: bytes, bounds: Bounds) -> Message:
        """What the work answers. Raises EndedError, UnstartableError."""
        with self._lock:
            answer, found = self._ask({**header, "bounds": asdict(bounds)}, body, bounds)
        if ENDED in answer:
            end: End = next((one for one in _ENDS if one == answer[ENDED]), "silent")
            raise EndedError(end, str(answer.get(HOW, "")))
        return answer, found

    def close(self) -> None:
        """End the process. The next piece starts another."""
        process, self._process = self._process, None
        if process is not None:
            process.end()

    def _ask(self, request: Mapping[str, Any], body: bytes, bounds: Bounds) -> Message:
        """The answer. A process that somebody else ended is no fault of this piece's, so another is asked once."""
        for _ in range(2):
            if self._process is None or not self._process.runs:
                self.close()
                self._process = _start(self._module)
            try:
                return self._process.ask(request, body, seconds=bounds.seconds + _GRACE, most=bounds.answer)
            except _LostError as lost:
                if lost.late:
                    break
        raise EndedError("silent")


class _LostError(Exception):
    """The process is gone. `late`: it was stopped because it did not answer in time."""

    def __init__(self, *, late: bool) -> None:
        self.late = late
        super().__init__("late" if late else "gone")


class _Process:
    """One running process. After a _LostError, or any exception, it has ended."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    @property
    def id(self) -> int:
        return self._process.pid

    @property
    def runs(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: Mapping[str, Any], body: bytes, *, seconds: float, most: int) -> Message:
        """Send a request; its answer must be here in so many seconds. Raises _LostError."""
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
            raise _LostError(late=late.is_set()) from error
        except BaseException:
            # An answer may be half read: whoever asks next must not get the rest of it.
            self.end()
            raise

    def end(self) -> None:
        """Stop it, and the child that may be working for it."""
        _kill(self._process)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                if pipe is not None:
                    pipe.close()
            except BrokenPipeError:
                continue


def _start(module: str) -> _Process:
    """Start a process. It is given nothing of our environment, where passwords may be. Raises UnstartableError."""
    home = str(Path(monitor.__file__).resolve().parents[1])
    try:
        process = subprocess.Popen(
            [sys.executable, "-P", "-s", "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": home, "LANG": "C.UTF-8", "PATH": os.defpath, **_ALLOCATION},
            pipesize=MB,
            cwd="/",
            start_new_session=True,
        )
    except OSError as error:
        raise UnstartableError(f"{sys.executable} cannot be started ({error})") from error
    try:
        assert process.stdout is not None
        with _watched(process, _START, Event()):
            read_message(process.stdout, most=0)
    except WireError as error:
        _Process(process).end()
        raise UnstartableError(f"it does not start; `python -m {module}` says why") from error
    return _Process(process)


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
