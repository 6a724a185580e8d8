"""The schedule: what each job wakes, expected trouble that is tried again, and surprises that stop the worker."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from jobs.__main__ import work
from jobs.signals import Flag
from monitor.errors import StoreError

ONCE_EACH = Counter(["poll", "resolve", "match", "digest", "check", "deliver", "tidy"])


@dataclass
class FakeApp:
    """An app whose verbs are counted; it is told to stop when all of them were woken, or with the first surprise."""

    stopping: Flag
    trouble: dict[str, Exception] = field(default_factory=dict)
    woken: Counter[str] = field(default_factory=Counter)
    readership: SimpleNamespace = field(
        default_factory=lambda: SimpleNamespace(schedule=SimpleNamespace(timezone=ZoneInfo("Europe/London")))
    )

    def __getattr__(self, verb: str) -> Callable[[], None]:
        if verb not in ONCE_EACH:
            raise AttributeError(verb)
        return lambda: self._wake(verb)

    def clock(self) -> datetime:
        """Long ago, as with --now: the beats go by the time that passes all the same."""
        return datetime(2024, 12, 9, tzinfo=UTC)

    def _wake(self, verb: str) -> None:
        self.woken[verb] += 1
        if verb == "tidy":
            self.stopping.set()
        if verb in self.trouble:
            raise self.trouble[verb]


def worked(**trouble: Exception) -> FakeApp:
    """A worker's life, from its start to the moment when every job was woken."""
    app = FakeApp(Flag(), trouble)
    work(app, app.stopping, Flag(), print)  # type: ignore[arg-type]
    return app


def test_every_job_is_woken_at_the_start_though_its_time_is_long_past() -> None:
    assert worked().woken == ONCE_EACH


def test_expected_trouble_is_logged_and_the_other_jobs_go_on(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "monitor.jobs"):
        app = worked(poll=StoreError("the disk is full", resource="archive.db"))
    assert app.woken == ONCE_EACH - Counter(["resolve", "match"])
    assert caplog.messages == ["poll: the disk is full: archive.db"]


def test_a_surprise_stops_the_worker_and_is_seen_by_whoever_started_it() -> None:
    with pytest.raises(ZeroDivisionError):
        worked(digest=ZeroDivisionError("a mistake of ours"))


def test_a_worker_that_was_told_to_stop_before_its_start_does_nothing() -> None:
    app = FakeApp(Flag())
    app.stopping.set()
    work(app, app.stopping, Flag(), print)  # type: ignore[arg-type]
    assert app.woken == Counter()
