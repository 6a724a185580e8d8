"""The demonstration itself: the recorded week, polled at its own times, told as it happens. It is also the end-to-end test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import as_file, files
from pathlib import Path

from monitor.app import App, open_app, read_config
from monitor.demo.script import Milestone, Script, read_script
from monitor.errors import UsageError
from monitor.model.record import RecordedChange
from monitor.pipeline.poll import PollReport

_CHANGES_OF = {
    "new": "new",
    "twin": "new",
    "promised": "new",
    "kept": "new",
    "late": "new",
    "recovered": "new",
    "updated": "updated",
    "quiet": "updated",
    "withdrawn": "withdrawn",
}
"""The kind of change by which each kind of milestone is known."""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something the demonstration saw: when (simulated), what, and whether the script foretold it."""

    at: datetime
    text: str
    is_milestone: bool = False


@dataclass(slots=True)
class _SimulatedClock:
    """A clock that is moved by hand."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


class Week:
    """A replay of the recording into `folder`. Iterate over `run()`; what was counted stands in `polls`, `mails`, `missed`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.script: Script = read_script()
        self.polls = 0
        self.mails = 0
        self.missed: list[Milestone] = []
        self._waiting = [one for one in self.script.milestones if one.kind in _CHANGES_OF]

    def run(self) -> Iterator[Happening]:
        """Poll, match, plan and send through the week. Raises UsageError where the folder is not empty."""
        self._lay_out()
        clock = _SimulatedClock(self.script.starts_at)
        with ExitStack() as stack:
            recording = stack.enter_context(as_file(files("monitor.demo") / "recording.warc.gz"))
            config = read_config(self.folder / "config.toml", cwd=self.folder, home=self.folder)
            app = stack.enter_context(open_app(config, clock=clock, replay=recording))
            for reader in self.script.readers:
                people = app.readership.subscribers
                people.add(reader.email, reader.watches, reader.every, now=clock.now, covered_to=0, confirmed=True)
            for clock.now in sorted({*self.script.poll_at, *self.script.digest_at}):
                yield from self._step(app, clock.now)
        self.missed = self._waiting

    def _lay_out(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if any(self.folder.iterdir()):
            raise UsageError("the demonstration wants an empty folder", resource=str(self.folder))
        config = files("monitor.demo").joinpath("config.toml").read_text(encoding="utf-8")
        (self.folder / "config.toml").write_text(config, encoding="utf-8")

    def _step(self, app: App, now: datetime) -> Iterator[Happening]:
        if now in self.script.poll_at:
            is_first = self.polls == 0
            report = app.poll()
            app.resolve()
            app.match()
            self.polls += 1
            if is_first:
                held = app.archive.library.totals()["publications"]
                yield Happening(now, f"first poll: {held} publications kept as the baseline, nobody is mailed", True)
            yield from self._faults(report, now)
            for recorded in report.changes:
                yield self._tell(recorded, now)
        planned = app.digest()
        self.mails += app.deliver().sent
        for mail in planned.mails:
            yield Happening(now, f"digest to {mail.subscriber}: {mail.subject}", True)

    def _tell(self, recorded: RecordedChange, now: datetime) -> Happening:
        change, record = recorded.change, recorded.record
        for milestone in self._waiting:
            if _CHANGES_OF[milestone.kind] == change.kind and milestone.names in (record.identifier, record.url):
                self._waiting.remove(milestone)
                return Happening(now, f"{change.kind}: {_name(recorded)}\n{milestone.tells}", True)
        return Happening(now, f"{change.kind}: {_name(recorded)}")

    def _faults(self, report: PollReport, now: datetime) -> Iterator[Happening]:
        for feed in report.feeds:
            if feed.error:
                yield Happening(now, f"{feed.name} failed: {feed.error}", True)


def _name(recorded: RecordedChange) -> str:
    record = recorded.record
    return f"{record.identifier} {record.title}" if record.identifier else record.title
