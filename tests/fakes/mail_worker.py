"""A worker that only delivers, in a process of its own, on a clock that runs two hundred times as fast."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

from monitor.mail.bounces import Bounces
from monitor.mail.brake import Brake
from monitor.mail.outbox import Outbox
from monitor.mail.room import open_mail
from monitor.mail.settings import MailSettings, SmtpSettings
from monitor.mail.transport import open_transport
from monitor.pipeline.deliver import Limits, PostRoom, deliver

SPEED = 200
_DAWN = datetime(2024, 12, 10, 7, 30, tzinfo=UTC)


def fast_clock(started: float) -> Callable[[], datetime]:
    """The time of all workers that were told the same start: the machine's stopwatch, sped up."""
    return lambda: (_DAWN + timedelta(seconds=(time.monotonic() - started) * SPEED)).replace(microsecond=0)


def work(path: Path, port: int, started: float, connections: int) -> None:
    """Deliver until nothing is left to do."""
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
            deliver(room, holder=str(os.getpid()), clock=fast_clock(started))
            beat.wait(0.05)
