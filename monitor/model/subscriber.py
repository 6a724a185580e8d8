"""A subscriber: a person who asked for digests. Personal data; lives in mail.db only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Every = Literal["immediate", "daily", "weekly"]
SubscriberState = Literal["pending", "active", "paused", "suspended", "ended"]
MailFormat = Literal["html", "text"]


@dataclass(frozen=True, slots=True)
class Subscription:
    """One watch that one subscriber gets, how often, and the last match (its id) that a digest of theirs has covered."""

    watch: str
    every: Every
    covered_to: int


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A person. `confirmed_at` is None until they have said yes; nothing is sent before.

    `timezone` is the one they read times in (None: the config's); `language` a BCP 47 tag; with `working_days` nothing
    comes at weekends and on bank holidays; with `heartbeat` a day without news brings one line that says so.
    `paused_until` is None while nobody has named a day; `edition` rises when consent ends, which voids old tokens.
    """

    id: int
    email: str
    state: SubscriberState
    confirmed_at: datetime | None
    subscriptions: tuple[Subscription, ...] = ()
    format: MailFormat = "html"
    timezone: str | None = None
    language: str = "en-GB"
    working_days: bool = False
    heartbeat: bool = False
    paused_until: datetime | None = None
    edition: int = 1
