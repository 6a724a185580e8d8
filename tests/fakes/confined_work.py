"""Work for a confined process that does as it is told: answers, dies, runs on, or says what is not so."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from typing import Any

from monitor.confined.serving import serve
from monitor.confined.wire import Message


def work(header: Mapping[str, Any], body: bytes) -> Message:
    """One piece of work."""
    match header["do"]:
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "run on":
            while True:
                pass
        case "grow":
            bytearray(2**30)
        case "fail":
            raise ValueError
        case "leave":
            os._exit(0)
        case "say too much":
            return {}, b"x" * (2**20 + 1)
        case "stop the server":
            os.kill(os.getppid(), signal.SIGKILL)
        case "pretend":
            return {"ended": "by itself"}, b""
    return {"did": header["do"], "by": os.getpid()}, body[::-1]


if __name__ == "__main__":
    serve(work)
