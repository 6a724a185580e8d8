"""A feed: one list that an operator asked us to poll, and where we stand with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from monitor.model.exchange import Request

Outcome = Literal["new-content", "same", "not-modified", "backed-off", "failed", "ended", "gone"]


@dataclass(frozen=True, slots=True)
class Feed:
    """What the config says of one feed. `options` are the keys that only its source understands (houses, filter, q…)."""

    name: str
    source: str
    every: timedelta
    url: str | None = None
    options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FeedState:
    """What the archive remembers of one feed between polls.

    `baseline_at` is None until its first whole poll; `complete_at` is the last poll in which nothing failed;
    `listed_at` is the newest time the publisher has put on the list; `entries` is how many items it listed then. `plan`
    says in words why it is asked next when it is: "every 15 min", "backing off after 503 ×3".
    """

    name: str
    next_poll_at: datetime | None = None
    baseline_at: datetime | None = None
    complete_at: datetime | None = None
    listed_at: datetime | None = None
    entries: int = 0
    failures: int = 0
    failing_since: datetime | None = None
    error: str | None = None
    ended: bool = False
    plan: str = ""


@dataclass(frozen=True, slots=True)
class SourceKeys:
    """Which keys of a `[[feed]]` one source understands besides name, source and every.

    `choices` limits a key's values, one or a list of them, to the words named.
    """

    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Preset:
    """A feed that an operator need not spell out: `feed` are its keys, in which `{word}` stands for a key that it `needs`."""

    summary: str
    feed: Mapping[str, object]
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sighting:
    """An item on a list: what the list said of it, whether it came with the feed's baseline, whether it was read."""

    request: Request
    baseline: bool
    settled: bool


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and its answer, as it is kept in `polls`. `status` is 0 where no answer came."""

    url: str
    outcome: Outcome
    status: int = 0
    bytes: int = 0
    elapsed_ms: int = 0
    error: str | None = None
