"""Whose turn it is: which subscribers a digest is due for now, of which frequency, and what it covers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

from monitor.mail.bounces import Bounces
from monitor.mail.brake import Brake
from monitor.mail.outbox import Outbox
from monitor.mail.runs import Runs
from monitor.mail.settings import MailSettings
from monitor.mail.subscribers import Subscribers
from monitor.model.subscriber import Every, Subscriber, Subscription
from monitor.rules.schedule import IMMEDIATE_GAP, Schedule, latest_slot, period
from monitor.rules.working_days import latest_working_slot

_USUAL: dict[Every, timedelta] = {
    "immediate": timedelta(days=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(days=7),
}


@dataclass(frozen=True, slots=True)
class Readership:
    """Who is written to and how: the people, their mails, and what the operator says about both.

    `holidays` are the days on which those who asked for working days only hear nothing.
    """

    subscribers: Subscribers
    outbox: Outbox
    runs: Runs
    brake: Brake
    bounces: Bounces
    settings: MailSettings
    schedule: Schedule
    holidays: Collection[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Turn:
    """One subscriber's digest of one frequency, due now. `slot` is when it fell due."""

    subscriber: Subscriber
    every: Every
    subscriptions: tuple[Subscription, ...]
    slot: datetime
    period: str
    covers_from: datetime

    def periods_covered(self, now: datetime) -> int:
        """For how many usual periods it makes up: 1, and more after missed days."""
        return max(1, round((now - self.covers_from) / _USUAL[self.every]))


def turns_of(
    readership: Readership, subscriber: Subscriber, now: datetime, *, even_if_not_due: bool = False
) -> list[Turn]:
    """The digests that one subscriber is due now; with `even_if_not_due` all they could be."""
    zone = ZoneInfo(subscriber.timezone) if subscriber.timezone else readership.schedule.timezone
    schedule = replace(readership.schedule, timezone=zone)
    turns = []
    for every in get_args(Every):
        subscriptions = tuple(one for one in subscriber.subscriptions if one.every == every)
        if not subscriptions or subscriber.confirmed_at is None:
            continue
        served_at = readership.subscribers.served_at(subscriber.id, every)
        since = served_at or subscriber.confirmed_at
        slot = latest_slot(schedule, every, now)
        if subscriber.working_days and not even_if_not_due:
            working_slot = latest_working_slot(schedule, every, now, readership.holidays)
            if working_slot is None:
                continue
            slot = working_slot
        is_due = (served_at is None or now - served_at >= IMMEDIATE_GAP) if every == "immediate" else slot > since
        if is_due or even_if_not_due:
            turns.append(Turn(subscriber, every, subscriptions, slot, period(schedule, every, slot), since))
    return turns
