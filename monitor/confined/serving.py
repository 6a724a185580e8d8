"""Inside the standing process: it forks for each piece of work, so that no piece meets another's ruins.

It talks over its standard input and output (`wire`), and does no work itself. A child of its own, confined, does one
piece, answers over a pipe, and is gone; how a child without an answer came to its end is told instead. It ends when its
input does.
"""

from __future__ import annotations

import fcntl
import gc
import os
import signal
import sys
from collections.abc import Callable, Mapping
from typing import IO, Any

from monitor.confined.bounds import MB, Bounds, confine, leave_the_network
from monitor.confined.wire import Message, WireError, read_message, write_message

Work = Callable[[Mapping[str, Any], bytes], Message]
"""One piece of work, done in the child: a header and a body in, a header and a body out."""

ENDED, HOW = "ended", "how"
"""In the header of an answer that a child did not give: how it ended (late, memory, crash, silent), and in which words."""

_NO_MEMORY = 3
_OUT_OF_TIME = (signal.SIGALRM, signal.SIGXCPU)
_OUT_OF_MEMORY = (signal.SIGABRT, signal.SIGTRAP, signal.SIGKILL)
"""Libraries end their process by one of the first two where memory runs out; the kernel, short of memory, by the last."""


def serve(work: Work, warm_up: Callable[[], object] = lambda: None) -> None:
    """Serve until the input ends. `warm_up` loads what every child will need."""
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
            header, body = read_message(source, most=sys.maxsize)
            _serve(work, header, body, sink)
    except WireError:
        return


def _serve(work: Work, header: dict[str, Any], body: bytes, sink: IO[bytes]) -> None:
    """Answer one request."""
    child, answer = _work_apart(work, Bounds(**header.pop("bounds")), header, body)
    if answer is None:
        _, status = os.waitpid(child, 0)
        write_message(sink, _explain(os.waitstatus_to_exitcode(status)))
    else:
        # The answer goes out before the child is buried: to give its memory back takes as long as a small piece of work.
        write_message(sink, *answer)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _work_apart(work: Work, bounds: Bounds, header: Mapping[str, Any], body: bytes) -> tuple[int, Message | None]:
    """Do one piece in a child. Its process id, still to be waited for, and its answer, if any."""
    answer, pen = os.pipe()
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        # A whole answer at once: on a busy machine every time that one waits for the other is long.
        fcntl.fcntl(pen, fcntl.F_SETPIPE_SZ, MB)
    child = os.fork()
    if child == 0:
        _work_and_leave(work, bounds, header, body, pen)
    os.close(pen)
    with os.fdopen(answer, "rb") as file:
        try:
            return child, read_message(file, most=bounds.answer)
        except WireError:
            return child, None


def _work_and_leave(work: Work, bounds: Bounds, header: Mapping[str, Any], body: bytes, pen: int) -> None:
    """The child's whole life. It never returns, so that nothing of the parent is run or closed twice."""
    code = 1
    try:
        confine(bounds, keep=pen)
        answer = work(header, body)
        if len(answer[1]) > bounds.answer:
            raise MemoryError
        with os.fdopen(pen, "wb") as sink:
            write_message(sink, *answer)
        code = 0
    except MemoryError:
        code = _NO_MEMORY
    finally:
        os._exit(code)


def _explain(code: int) -> dict[str, str]:
    """How a child that told nothing came to its end."""
    if -code in _OUT_OF_TIME:
        return {ENDED: "late", HOW: "out of time"}
    if code == _NO_MEMORY or -code in _OUT_OF_MEMORY:
        return {ENDED: "memory", HOW: "out of memory"}
    if code == 0:
        return {ENDED: "silent", HOW: "it left without a word"}
    return {ENDED: "crash", HOW: signal.Signals(-code).name if code < 0 else f"exit {code}"}
