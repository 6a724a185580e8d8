"""A mail.db with readers and mails in it, and all that delivering them needs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count

from monitor.errors import DeliveryError
from monitor.mail.bounces import Bounces
from monitor.mail.brake import Brake
from monitor.mail.outbox import Outbox
from monitor.mail.plans import Plan, PlannedMail
from monitor.mail.subscribers import Subscribers
from monitor.pipeline.deliver import Limits, PostRoom

NOW = datetime(2024, 12, 10, 7, 30, tzinfo=UTC)
Verdict = Callable[[str], DeliveryError | None]


def fill(connection: sqlite3.Connection, readers: int, *, day: int = 10, bad_every: int = 0) -> list[str]:
    """Readers, each with one mail to be sent; returns the Message-IDs. `bad_every`: each so many has a bad address."""
    people, plans = Subscribers(connection), []
    for number in range(readers):
        kind = "bad" if bad_every and number % bad_every == bad_every - 1 else "reader"
        email = f"{kind}-{number}@example.org"
        person = people.find(email) or people.add(email, ["boats"], "daily", now=NOW, covered_to=0, confirmed=True)
        identity = f"<{day}.{number}@example.org>"
        body = f"Message-ID: {identity}\r\nSubject: 1 new\r\n\r\nHello, reader {number}\r\n".encode()
        entry = PlannedMail(f"daily:2024-12-{day}", identity, "1 new", 1, body)
        plans.append(Plan(entry, person.id, "daily", NOW.replace(day=day), {"boats": day}, [day]))
    assert all(Outbox(connection).plan_all(plans, NOW))
    return [plan.entry.message_id for plan in plans if plan.entry]


class Counter:
    """A way out that takes everything, but what `verdict` objects to; `taken` are the recipients, in order."""

    def __init__(self, verdict: Verdict = lambda _recipient: None) -> None:
        self.taken: list[str] = []
        self.opened = 0
        self.before: Callable[[str], None] = lambda _recipient: None
        self._verdict = verdict

    @contextmanager
    def open(self) -> Iterator[Counter]:
        """One more line to it."""
        self.opened += 1
        yield self

    def send(self, *, sender, recipient, message, before_data=lambda: None) -> str:  # noqa: ARG002
        self.before(recipient)
        before_data()
        error = self._verdict(recipient)
        if error is not None:
            raise error
        self.taken.append(recipient)
        return "250 taken"

    def close(self) -> None:
        """Nothing is kept."""


def post_room(connection: sqlite3.Connection, way: Counter, *, per_hour: int = 0, **limits) -> PostRoom:
    """A post room around one mail.db and one way out."""
    return PostRoom(
        Outbox(connection), Brake(connection, per_hour), Bounces(connection),
        open_way=way.open, sender_of=lambda _delivery: "alerts@example.org", limits=Limits(**limits),
    )  # fmt: skip


def every(nth: int, error: Callable[[str], DeliveryError]) -> Verdict:
    """Each nth mail is objected to."""
    numbers = count(1)
    return lambda recipient: error(recipient) if next(numbers) % nth == 0 else None
