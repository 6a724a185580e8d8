"""A subscriber: a person who asked for digests. Personal data; lives in mail.db only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Every = Literal["immediate", "daily", "weekly"]
SubscriberState = Literal["pending", "active", "paused", "suspended", "ended"]


@dataclass(frozen=True, slots=True)
class Subscription:
    """One watch that one subscriber gets, how often, and the last match (its id) that a digest of theirs has covered."""

    watch: str
    every: Every
    covered_to: int


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A person. `confirmed_at` is None until they have said yes; nothing is sent before."""

    id: int
    email: str
    state: SubscriberState
    confirmed_at: datetime | None
    subscriptions: tuple[Subscription, ...] = ()
