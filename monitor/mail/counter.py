"""The counter: what came in is acted on, once. Bounces are counted, complaints end, a yes confirms, a stop stops."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from monitor.database import transaction
from monitor.mail.bounces import Bounces
from monitor.mail.incoming import Incoming, Nothing, Returned, Stop, Yes, read_incoming
from monitor.mail.settings import MailSettings
from monitor.mail.subscribers import Subscribers
from monitor.times import utc_text


@dataclass(slots=True)
class CounterReport:
    """How many messages were read, and what came of them: hard, soft, ours, complaint, confirmed, stopped, suspended…"""

    read: int = 0
    known: int = 0
    acts: Counter[str] = field(default_factory=Counter)


def take_in(
    connection: sqlite3.Connection,
    messages: Iterable[bytes],
    settings: MailSettings,
    *,
    now: datetime,
    covered_to: int,
) -> CounterReport:
    """Act on every message that was not acted on before. `covered_to`: what is older than that is owed to nobody who confirms."""
    report = CounterReport()
    for raw in messages:
        report.read += 1
        digest = hashlib.sha256(raw).hexdigest()
        if _is_known(connection, digest):
            report.known += 1
            continue
        for act in _act(connection, read_incoming(raw, settings, now), now, covered_to):
            report.acts[act] += 1
        with transaction(connection):
            connection.execute("INSERT OR IGNORE INTO incoming (sha256, at) VALUES (?, ?)", (digest, utc_text(now)))
    return report


def _is_known(connection: sqlite3.Connection, digest: str) -> bool:
    return connection.execute("SELECT 1 FROM incoming WHERE sha256 = ?", (digest,)).fetchone() is not None


def _act(connection: sqlite3.Connection, incoming: Incoming, now: datetime, covered_to: int) -> list[str]:
    match incoming:
        case Returned(outbox_id, kind, detail):
            row = connection.execute("SELECT subscriber_id FROM outbox WHERE id = ?", (outbox_id,)).fetchone()
            if row is None or row["subscriber_id"] is None:
                return ["gone"]
            what = Bounces(connection).record(row["subscriber_id"], kind, now, detail=detail, outbox_id=outbox_id)
            return [kind, what] if what else [kind]
        case Yes(subscriber_id, edition):
            return [confirm_by_token(connection, subscriber_id, edition, now, covered_to, how="reply")]
        case Stop(wish):
            people = Subscribers(connection)
            person = people.find_by_id(wish.subscriber_id)
            if person is None or person.state == "ended":
                return ["gone"]
            people.end(person.email, now, watch=wish.watch, how="reply")
            return ["stopped"]
        case Nothing(reason):
            return [reason]


def confirm_by_token(
    connection: sqlite3.Connection, subscriber_id: int, edition: int, now: datetime, covered_to: int, *, how: str
) -> str:
    """What a verified yes leads to: "confirmed", or "gone" where it was given to an earlier subscription."""
    people = Subscribers(connection)
    person = people.find_by_id(subscriber_id)
    if person is None or person.edition != edition or person.state == "ended":
        return "gone"
    people.confirm(person.email, now, covered_to, how=how)
    return "confirmed"
