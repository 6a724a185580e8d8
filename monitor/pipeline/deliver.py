"""deliver: send what lies in the outbox, one mail at a time, each leased, sent, and settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.errors import DeliveryError
from monitor.mail.outbox import Delivery, Outbox
from monitor.mail.transport import Transport

_LEASE = timedelta(minutes=5)
_BATCH = 20


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """How many mails ended how. `paused` says why sending stopped altogether, where it did."""

    sent: int = 0
    deferred: int = 0
    failed: int = 0
    unsure: int = 0
    paused: str | None = None


def deliver(
    outbox: Outbox,
    transport: Transport,
    *,
    sender: str,
    holder: str,
    clock: Callable[[], datetime],
    only: str | None = None,
    is_stopping: Callable[[], bool] = lambda: False,
) -> DeliveryReport:
    """Send everything that is due. `holder` names this worker; `clock` tells how long a lease still holds.

    Stops at a fault that is ours (credentials, our reputation): the rest goes back as if it had not been touched.
    """
    tally: Counter[str] = Counter()
    paused: str | None = None
    while not paused and not is_stopping():
        batch = outbox.claim(holder, _BATCH, now=clock(), lease=_LEASE, only=only)
        if not batch:
            break
        for delivery in batch:
            if paused or is_stopping():
                outbox.release(delivery.id, holder, clock())
                continue
            try:
                tally[_send(outbox, transport, delivery, sender, holder, clock)] += 1
            except DeliveryError as error:
                outbox.release(delivery.id, holder, clock())
                paused = str(error)
    return DeliveryReport(tally["sent"], tally["deferred"], tally["failed"], tally["unsure"], paused)


def _send(
    outbox: Outbox, transport: Transport, delivery: Delivery, sender: str, holder: str, clock: Callable[[], datetime]
) -> str:
    """Send one mail and settle it; returns what became of it. Raises DeliveryError where nobody can be sent to."""
    if not outbox.renew(delivery.id, holder, clock(), _LEASE):
        return "taken over"
    try:
        reply = transport.send(sender=sender, recipient=delivery.recipient, message=delivery.message)
    except DeliveryError as error:
        if error.whole_run:
            raise
        if error.unsure:
            outbox.unsure(delivery.id, holder, clock(), str(error))
            return "unsure"
        if error.transient:
            return outbox.defer(delivery.id, holder, clock(), str(error), error.code) or "taken over"
        outbox.fail(delivery.id, holder, clock(), str(error), error.code)
        return "failed"
    outbox.finish(delivery.id, holder, clock(), reply)
    return "sent"
