"""The reader's process: `python -m monitor.extract.worker`. It forks for each file, so that no file meets another's ruins.

It is started by the extractor and talks over its standard input and output (`wire`). It parses nothing itself: a
child of its own, confined, reads one file, answers over a pipe, and is gone. What it left behind, an answer or a cause
of death, is put into an Extraction here. It ends when its input does.
"""

from __future__ import annotations

import fcntl
import gc
import math
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from monitor.extract.confinement import confine, leave_the_network
from monitor.extract.extraction import (
    MB,
    UNKNOWN_TYPE,
    Extraction,
    Limits,
    extraction_from_message,
    extraction_to_message,
    limits_from_header,
)
from monitor.extract.kinds import find_kind
from monitor.extract.pdf import warm_up
from monitor.extract.reading import read_document
from monitor.extract.wire import WireError, read_message, write_message

_NO_MEMORY = 3
_OUT_OF_TIME = (signal.SIGALRM, signal.SIGXCPU)
_OUT_OF_MEMORY = (signal.SIGABRT, signal.SIGTRAP, signal.SIGKILL)
"""PDFium ends its process by one of the first two where memory runs out; the kernel, short of memory, by the last."""


def main() -> None:
    """Serve until the input ends."""
    source = os.fdopen(os.dup(0), "rb")
    sink = os.fdopen(os.dup(1), "wb")
    quiet = os.open(os.devnull, os.O_RDWR)
    os.dup2(quiet, 0)
    os.dup2(quiet, 1)
    leave_the_network()
    warm_up()
    # What is loaded by now is shared with every child; the collector would copy it page by page.
    gc.freeze()
    try:
        write_message(sink, {"ready": os.getpid()})
        while True:
            _serve(*read_message(source, most=sys.maxsize), sink)
    except WireError:
        return


def _serve(request: Mapping[str, Any], body: bytes, sink: IO[bytes]) -> None:
    """Answer one request."""
    limits = limits_from_header(request["limits"])
    if request["path"]:
        try:
            with Path(request["path"]).open("rb") as file:
                body = file.read(limits.body + 1)
        except OSError as error:
            reason = f"the stored file cannot be opened ({error.strerror})"
            write_message(sink, *extraction_to_message(Extraction("damaged", UNKNOWN_TYPE, reason=reason)))
            return
    child, extraction = _read_apart(body, request["name"], request["claimed_type"], limits)
    if extraction is None:
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        write_message(sink, *extraction_to_message(_explain(find_kind(body).media_type, code, limits)))
    else:
        # The answer goes out before the child is buried: to give its memory back takes as long as to read a small file.
        write_message(sink, *extraction_to_message(extraction))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _read_apart(body: bytes, name: str, claimed_type: str | None, limits: Limits) -> tuple[int, Extraction | None]:
    """Read one document in a child. Its process id, still to be waited for, and the outcome that it told, if any."""
    answer, pen = os.pipe()
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        # A whole text at once: on a busy machine every time that one waits for the other is long.
        fcntl.fcntl(pen, fcntl.F_SETPIPE_SZ, MB)
    child = os.fork()
    if child == 0:
        _read_and_leave(body, name, claimed_type, limits, pen)
    os.close(pen)
    with os.fdopen(answer, "rb") as file:
        try:
            return child, extraction_from_message(*read_message(file, most=limits.text))
        except (WireError, ValueError, TypeError):
            return child, None


def _read_and_leave(body: bytes, name: str, claimed_type: str | None, limits: Limits, pen: int) -> None:
    """The child's whole life. It never returns, so that nothing of the parent is run or closed twice."""
    code = 1
    try:
        confine(limits, keep=pen)
        extraction = read_document(body, name=name, claimed_type=claimed_type, limits=limits)
        with os.fdopen(pen, "wb") as sink:
            write_message(sink, *extraction_to_message(extraction))
        code = 0
    except MemoryError:
        code = _NO_MEMORY
    finally:
        os._exit(code)


def _explain(media_type: str, code: int, limits: Limits) -> Extraction:
    """The outcome of a child that told none, by how it ended."""
    if -code in _OUT_OF_TIME:
        reason = f"reading it took longer than the {math.ceil(limits.seconds)} s it may take"
        return Extraction("refused", media_type, reason=reason)
    if code == _NO_MEMORY or -code in _OUT_OF_MEMORY:
        reason = f"reading it needs more than the {limits.memory // MB} MB of memory it may use"
        return Extraction("too-large", media_type, reason=reason)
    if code == 0:
        return Extraction("refused", media_type, reason="it made its reader answer with nonsense")
    how = signal.Signals(-code).name if code < 0 else f"exit {code}"
    return Extraction("damaged", media_type, reason=f"it crashed its reader ({how})")


if __name__ == "__main__":
    main()
