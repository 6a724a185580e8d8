"""What the demonstration does and what should be seen: script.toml, read."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from monitor.model.subscriber import Every


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something that should be seen by the poll at or after `at`; `names` is a statement's number, or an address."""

    at: datetime
    kind: str
    tells: str
    names: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who subscribes at the start."""

    email: str
    watches: tuple[str, ...]
    every: Every


@dataclass(frozen=True, slots=True)
class Script:
    """The whole plan, in time. `notice` says what is real and what is illustrative."""

    starts_at: datetime
    poll_at: tuple[datetime, ...]
    digest_at: tuple[datetime, ...]
    readers: tuple[Reader, ...]
    milestones: tuple[Milestone, ...]
    notice: str


def read_script() -> Script:
    """The script that is shipped with the recording."""
    raw = tomllib.loads(files("monitor.demo").joinpath("script.toml").read_text(encoding="utf-8"))
    return Script(
        starts_at=raw["starts_at"],
        poll_at=tuple(sorted({at for span in raw["poll"] for at in _steps(span)})),
        digest_at=tuple(raw["digest_at"]),
        readers=tuple(Reader(one["email"], tuple(one["watches"]), one["every"]) for one in raw["subscriber"]),
        milestones=tuple(
            Milestone(one["at"], one["kind"], one["tells"], one.get("names", "")) for one in raw["milestone"]
        ),
        notice=raw["notice"],
    )


def _steps(span: dict[str, Any]) -> Iterator[datetime]:
    at: datetime = span["since"]
    while at <= span["until"]:
        yield at
        at += timedelta(minutes=int(span["every"].removesuffix("m")))
