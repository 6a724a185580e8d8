"""The reader's process: `python -m monitor.extract.worker`. It forks for each file, so that no file meets another's ruins.

It is started by the extractor and talks over its standard input and output (`wire`). It parses nothing itself: a
child of its own, confined, reads one file, answers over a pipe, and is gone. What it left behind, an answer or a cause
of death, is put into an Extraction here. It ends when its input does.
"""

from __future__ import annotations

import gc
import math
import os
import signal
import sys
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

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
from monitor.extract.reading import read_document
from monitor.extract.wire import MOST_HEADER, WireError, read_message, write_message

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
    # What is loaded by now is shared with every child; the collector would copy it page by page.
    gc.freeze()
    try:
        write_message(sink, {"ready": os.getpid()})
        while True:
            request, body = read_message(source, most=sys.maxsize)
            write_message(sink, *extraction_to_message(_serve(request, body)))
            del body
    except WireError:
        return


def _serve(request: Mapping[str, Any], body: bytes) -> Extraction:
    limits = limits_from_header(request["limits"])
    if request["path"]:
        try:
            with Path(request["path"]).open("rb") as file:
                body = file.read(limits.body + 1)
        except OSError as error:
            return Extraction("damaged", UNKNOWN_TYPE, reason=f"the stored file cannot be opened ({error.strerror})")
    return _read_apart(body, request["name"], request["claimed_type"], limits)


def _read_apart(body: bytes, name: str, claimed_type: str | None, limits: Limits) -> Extraction:
    """Read one document in a child, and say what became of it."""
    answer, pen = os.pipe()
    child = os.fork()
    if child == 0:
        _read_and_leave(body, name, claimed_type, limits, pen)
    os.close(pen)
    most = limits.text + MOST_HEADER + MB
    with os.fdopen(answer, "rb") as file:
        said = file.read(most + 1)
    if len(said) > most:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return _judge(body, said, os.waitstatus_to_exitcode(status), limits)


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


def _judge(body: bytes, said: bytes, code: int, limits: Limits) -> Extraction:
    media_type = find_kind(body).media_type
    if code == 0 and len(said) <= limits.text + MOST_HEADER + MB:
        try:
            return extraction_from_message(*read_message(BytesIO(said), most=limits.text))
        except (WireError, ValueError, TypeError):
            return Extraction("refused", media_type, reason="it made its reader answer with nonsense")
    if -code in _OUT_OF_TIME:
        reason = f"reading it took longer than the {math.ceil(limits.seconds)} s it may take"
        return Extraction("refused", media_type, reason=reason)
    if code == _NO_MEMORY or -code in _OUT_OF_MEMORY:
        reason = f"reading it needs more than the {limits.memory // MB} MB of memory it may use"
        return Extraction("too-large", media_type, reason=reason)
    how = signal.Signals(-code).name if code < 0 else f"exit {code}"
    return Extraction("damaged", media_type, reason=f"it crashed its reader ({how})")


if __name__ == "__main__":
    main()
