"""A worker that only delivers, in a process of its own, on a clock that runs two hundred times as fast."""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

from monitor.errors import StoreError
from monitor.mail.bounces import Bounces
from monitor.mail.brake import Brake
from monitor.mail.outbox import Outbox
from monitor.mail.room import open_mail
from monitor.mail.settings import MailSettings, SmtpSettings
from monitor.mail.transport import open_transport
from monitor.pipeline.deliver import Limits, PostRoom, deliver

SPEED = 200
DISK_FULL = 75
_DAWN = datetime(2024, 12, 10, 7, 30, tzinfo=UTC)


def fast_clock(started: float, set_back: Path | None = None) -> Callable[[], datetime]:
    """The time of all workers that were told the same start: the machine's stopwatch, sped up.

    The file `set_back` holds one byte for each minute that somebody has set the clock back by.
    """

    def now() -> datetime:
        back = set_back.stat().st_size if set_back else 0
        return (_DAWN + timedelta(seconds=(time.monotonic() - started) * SPEED, minutes=-back)).replace(microsecond=0)

    return now


def work(
    path: Path, port: int, started: float, connections: int, set_back: Path | None = None, room: int | None = None
) -> None:
    """Deliver until nothing is left to do. `room`: so many bytes may the write-ahead log grow by, then the disk is full."""
    if room is not None:
        with open_mail(path) as connection:
            # The log is written from its beginning again; a long one would never have to grow.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        most = path.with_name(f"{path.name}-wal").stat().st_size + room
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    try:
        _deliver_all(path, port, fast_clock(started, set_back), connections)
    except StoreError:
        sys.exit(DISK_FULL)


def _deliver_all(path: Path, port: int, clock: Callable[[], datetime], connections: int) -> None:
    smtp = SmtpSettings("127.0.0.1", port, "none", timeout=timedelta(seconds=5), connections=connections)
    settings = MailSettings("Monitor <alerts@example.org>", transport="smtp", smtp=smtp)
    beat = Event()
    with open_mail(path) as connection:
        outbox = Outbox(connection)
        room = PostRoom(
            outbox, Brake(connection), Bounces(connection), lambda: open_transport(settings),
            lambda _delivery: settings.from_address, Limits(connections),
        )  # fmt: skip
        while any(count for state, count in outbox.counts().items() if state not in ("sent", "failed")):
            deliver(room, holder=str(os.getpid()), clock=clock)
            beat.wait(0.05)
