"""What a process that reads a stranger's bytes may still do: compute, for a while, in little memory, and answer."""

from __future__ import annotations

import ctypes
import math
import os
import resource
import signal
from dataclasses import dataclass

MB = 1024 * 1024
_MOST_FILES = 16
_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much one piece of work may cost: seconds, of the wall clock and of CPU alike; bytes of memory, and of its answer."""

    seconds: float
    memory: int
    answer: int


def leave_the_network() -> bool:
    """Put this process, and all that it will fork, where there is no network. True where the kernel allows it (Linux)."""
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    return unshare is not None and (unshare(_NEW_NETWORK) == 0 or unshare(_NEW_USER | _NEW_NETWORK) == 0)


def confine(bounds: Bounds, *, keep: int) -> None:
    """Bind this process for good; of its open files only `keep` stays.

    Memory, CPU, wall-clock time and processes are limited, files of any size cannot be written, core dumps are off.
    """
    quiet = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(quiet, descriptor)
    os.closerange(3, keep)
    os.closerange(keep + 1, 256)
    seconds = math.ceil(bounds.seconds)
    _limit(resource.RLIMIT_AS, bounds.memory)
    _limit(resource.RLIMIT_CPU, seconds + 1)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, max(_MOST_FILES, keep + 1))
    _limit(resource.RLIMIT_NPROC, 0)
    # Left to its default, the alarm ends the process, also where it is deep in a library and runs no Python.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, bounds.seconds)


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    try:
        resource.setrlimit(what, (most, most))
    except (ValueError, OSError):
        # Some systems know a limit by name only (macOS: memory); the others still hold.
        return
