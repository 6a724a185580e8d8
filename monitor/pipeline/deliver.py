"""deliver: send what lies in the outbox. Each mail is leased, sent, and settled; several connections work side by side.

One lock stands before the database: threads talk to mail servers at the same time, to the outbox one after another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event

from monitor.errors import DeliveryError
from monitor.mail.bounces import Bounces
from monitor.mail.brake import Brake
from monitor.mail.outbox import Delivery, Outbox
from monitor.mail.transport import Transport
from monitor.pipeline.clerk import Clerk

_BATCH = 20
_REFUSED_REST = timedelta(minutes=15)
_BREAKER_REST = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """How fast mails may go. `lease`: how long a worker may keep mails in hand; `flight`: the one it is handing over,
    longer than any server takes to answer. `per_second` is for all connections together (0: as fast as they can).
    """

    connections: int = 1
    per_second: float = 0.0
    lease: timedelta = timedelta(minutes=5)
    flight: timedelta = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class PostRoom:
    """All that sending needs: the tray, the brake, what came back, how a way out is opened, who stands on the envelope."""

    outbox: Outbox
    brake: Brake
    bounces: Bounces
    open_way: Callable[[], AbstractContextManager[Transport]]
    sender_of: Callable[[Delivery], str]
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """How many mails ended how. `paused` says why sending stopped altogether, where it did."""

    sent: int = 0
    deferred: int = 0
    failed: int = 0
    unsure: int = 0
    paused: str | None = None


class _TakenOverError(Exception):
    """The lease ran out, or the subscriber stopped, between taking a mail in hand and handing it over."""


def deliver(
    room: PostRoom,
    *,
    holder: str,
    clock: Callable[[], datetime],
    only: str | None = None,
    insist: bool = False,
    is_stopping: Callable[[], bool] = lambda: False,
) -> DeliveryReport:
    """Send everything that is due. `holder` names this process; `clock` tells how long a lease still holds.

    While a pause holds, only notices to the operator go out; to `insist` ends it. Stops at a fault that is ours
    (credentials, our reputation): the rest goes back as if it had not been touched.
    """
    if insist:
        room.brake.resume(clock())
    pause = room.brake.standing(clock())
    run = _Run(room, Clerk(room.outbox.together), clock, only, is_stopping, notices_only=pause is not None)
    lines = max(1, room.limits.connections)
    if lines == 1:
        _work(run, holder)
    else:
        with ThreadPoolExecutor(lines, thread_name_prefix="deliver") as pool:
            for line in [pool.submit(_work, run, f"{holder}/{number}") for number in range(lines)]:
                line.result()
    tally = run.tally
    stopped = run.stopped or run.limited or (pause.reason if pause else None)
    return DeliveryReport(tally["sent"], tally["deferred"], tally["failed"], tally["unsure"], stopped)


@dataclass(slots=True)
class _Run:
    """One run: what its lines share."""

    room: PostRoom
    clerk: Clerk
    clock: Callable[[], datetime]
    only: str | None
    is_stopping: Callable[[], bool]
    notices_only: bool
    stopped: str | None = None
    limited: str | None = None
    tally: Counter[str] = field(default_factory=Counter)
    bell: Event = field(default_factory=Event)

    @property
    def is_over(self) -> bool:
        return self.stopped is not None or self.is_stopping()

    def take(self, holder: str) -> Sequence[Delivery]:
        """The next mails to send; none where the run is over or nothing is due."""
        with self.clerk.lock:
            now = self.clock()
            allowance = self.room.brake.allowance(now)
            if self.is_over:
                return ()
            if allowance == 0:
                # Other lines may still have mails in hand: they are within the limit.
                self.limited = f"the limit of {self.room.brake.per_hour} mails an hour is reached"
                return ()
            size = _BATCH if allowance is None else min(_BATCH, allowance)
            return self.room.outbox.claim(
                holder, size, now=now, lease=self.room.limits.lease, only=self.only, notices_only=self.notices_only
            )

    def still_mine(self, delivery: Delivery, holder: str) -> None:
        """Asked right before a mail is handed over: the lease is renewed, or this raises."""
        with self.clerk.lock:
            if not self.room.outbox.renew(delivery.id, holder, self.clock(), self.room.limits.flight):
                raise _TakenOverError

    def finish(self, delivery: Delivery, holder: str, reply: str) -> None:
        """Write down that a mail was accepted."""

        def finish() -> None:
            is_mine = self.room.outbox.finish(delivery.id, holder, self.clock(), reply)
            self.tally["sent" if is_mine else "taken over"] += 1

        self.clerk.write(finish)

    def put_off(self, delivery: Delivery, holder: str, error: DeliveryError) -> None:
        """Write down why a mail was not accepted, and look whether it is wise to go on."""
        with self.clerk.lock:
            now = self.clock()
            if error.whole_run:
                self._stop(delivery, holder, error, now)
                return
            self.tally[self._failed(delivery, holder, error, now)] += 1
            reason = "" if self.notices_only else self.room.brake.failing(now)
            if reason and self.stopped is None:
                self._rest(reason, now, _BREAKER_REST)

    def release(self, deliveries: Sequence[Delivery], holder: str) -> None:
        """Give mails back that were not tried."""
        with self.clerk.lock:
            for delivery in deliveries:
                self.room.outbox.release(delivery.id, holder, self.clock())

    def _stop(self, delivery: Delivery, holder: str, error: DeliveryError, now: datetime) -> None:
        self.room.outbox.release(delivery.id, holder, now)
        if self.stopped is not None:
            return
        if error.transient or self.notices_only:
            # A server that cannot be reached is asked again at the next beat.
            self.stopped = str(error)
        else:
            self._rest(str(error), now, _REFUSED_REST)

    def _rest(self, reason: str, now: datetime, rest: timedelta) -> None:
        self.stopped = reason
        self.room.brake.pause(reason, now, rest)
        self.bell.set()

    def _failed(self, delivery: Delivery, holder: str, error: DeliveryError, now: datetime) -> str:
        outbox = self.room.outbox
        if error.unsure:
            return "unsure" if outbox.unsure(delivery.id, holder, now, str(error)) else "taken over"
        if error.transient:
            return outbox.defer(delivery.id, holder, now, str(error), error.code) or "taken over"
        if not outbox.fail(delivery.id, holder, now, str(error), error.code):
            return "taken over"
        if error.bad_recipient and delivery.subscriber_id is not None:
            self.room.bounces.record(delivery.subscriber_id, "hard", now, detail=str(error.code), outbox_id=delivery.id)
        return "failed"


def _work(run: _Run, holder: str) -> None:
    """One line to the mail server: mail after mail until nothing is due or the run is over."""
    limits = run.room.limits
    rest = limits.connections / limits.per_second if limits.per_second else 0.0
    with run.room.open_way() as transport:
        while batch := run.take(holder):
            for place, delivery in enumerate(batch):
                if run.is_over:
                    run.release(batch[place:], holder)
                    break
                _send(run, transport, delivery, holder)
                if rest:
                    # Each line keeps its share of the pace; a pause rings the bell and wakes it.
                    run.bell.wait(rest)


def _send(run: _Run, transport: Transport, delivery: Delivery, holder: str) -> None:
    try:
        reply = transport.send(
            sender=run.room.sender_of(delivery),
            recipient=delivery.recipient,
            message=delivery.message,
            before_data=lambda: run.still_mine(delivery, holder),
        )
    except _TakenOverError:
        return
    except DeliveryError as error:
        run.put_off(delivery, holder, error)
    else:
        run.finish(delivery, holder, reply)
