"""check: look whether the monitor itself is well, and tell the operator of what changed: one mail, folded."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from monitor.config import Config
from monitor.mail.faults import FaultBook, ToldFault
from monitor.mail.letters import fault_words, notice, render_faults
from monitor.mail.omissions import find_omissions
from monitor.mail.renames import subscribed_watches
from monitor.model.watch import OWN, Watch
from monitor.pipeline.renaming import lost_watches
from monitor.pipeline.turns import Readership, turns_of
from monitor.rules.health import (
    Fault,
    clock_faults,
    digest_faults,
    disk_faults,
    feed_faults,
    lost_watch_faults,
    tell_apart,
    watch_faults,
)
from monitor.store.archive import Archive
from monitor.times import utc_text

_CONFIG_REFUSED = "config refused"
_DAY = timedelta(days=1)
_LOOKED_BACK = timedelta(days=3)
_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class Machine:
    """What we stand on: bytes of the disk the databases lie on; how far our clock is ahead of publishers' (None: nobody said)."""

    free: int
    total: int
    skew: timedelta | None = None


def read_machine(folder: Path, skew: timedelta | None = None) -> Machine:
    """What the databases stand on; the folder may be one that is yet to be made."""
    place = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    usage = shutil.disk_usage(place)
    return Machine(usage.free, usage.total, skew)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What is wrong now, and how much of it the operator is told with this run: new faults, and those that are over."""

    faults: tuple[Fault, ...]
    begun: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()


def check(
    archive: Archive,
    readership: Readership,
    book: FaultBook,
    config: Config,
    machine: Machine,
    *,
    now: datetime,
    refused: str = "",
    unreadable: Collection[int] = (),
) -> CheckReport:
    """Judge, and put one notice into the outbox where something began or ended. Running it again tells nothing twice.

    `refused` says why the config was not taken when it was last to be read anew; `unreadable` are own watches whose query
    this version of the program cannot read.
    """
    standing = [
        *([Fault(_CONFIG_REFUSED, refused, now)] if refused else []),
        *feed_faults([archive.feeds.state(feed.name) for feed in config.feeds], now),
        *_watchdogs(archive, readership, config.watches, now),
        *(Fault(f"watch {OWN}{id} cannot be read", "its subscriber hears nothing of it", now) for id in unreadable),
        *_unserved(readership, now),
        *_outbox(readership, now),
        *_untold(archive, readership, [watch.name for watch in config.watches], now),
        *disk_faults(machine.free, machine.total, now),
        *clock_faults(archive.feeds.last_polled_at(), machine.skew, now),
    ]
    told = [Fault(fault.name, fault.detail, fault.since) for fault in book.told()]
    begun, ended = tell_apart(standing, told)
    if begun or ended:
        _report(readership, book, begun, ended, now)
    names = (tuple(fault.name for fault in begun), tuple(fault.name for fault in ended))
    return CheckReport(tuple(standing), *names)


def _watchdogs(archive: Archive, readership: Readership, watches: Sequence[Watch], now: datetime) -> list[Fault]:
    """What is odd about the watches: silent, busy, dead, or gone while people are subscribed to them."""
    lost = lost_watches(watches, subscribed_watches(readership.bounces.connection))
    faults = lost_watch_faults(lost, now)
    for watch in watches:
        activity = archive.matches.activity(watch.name, now - _DAY)
        if activity is not None:
            faults += watch_faults(watch, activity, now)
    return faults


def _report(
    readership: Readership, book: FaultBook, begun: Sequence[Fault], ended: Sequence[Fault], now: datetime
) -> None:
    settings = readership.settings
    begun_words = [fault_words(fault.name, fault.detail, fault.since, settings) for fault in begun]
    ended_words = [fault_words(fault.name, fault.detail, fault.since, settings) for fault in ended]
    rendered = render_faults(begun_words, ended_words, settings, now)
    name = "|".join([utc_text(now), *(f"+{fault.name}" for fault in begun), *(f"-{fault.name}" for fault in ended)])
    letter = notice(rendered, name, settings, now)
    told = [ToldFault(fault.name, fault.detail, fault.since) for fault in begun]
    book.report(letter, settings.contact, told, [fault.name for fault in ended], now)


def _unserved(readership: Readership, now: datetime) -> list[Fault]:
    """Daily and weekly digests that fell due and were not planned."""
    late = [
        turn.slot
        for subscriber in readership.subscribers.list()
        if subscriber.state == "active"
        for turn in turns_of(readership, subscriber, now)
        if turn.every != "immediate"
    ]
    return digest_faults(len(late), min(late), readership.schedule.timezone, now) if late else []


def _untold(archive: Archive, readership: Readership, watches: Sequence[str], now: datetime) -> list[Fault]:
    """New publications that a digest has passed over: matched, covered, and in no mail. Looked for where nobody would."""
    if not watches:
        return []
    connection = readership.bounces.connection
    for match, at in archive.matches.new_since(now - _LOOKED_BACK, watches, _LOOKED_AT):
        people = find_omissions(
            connection, watch=match.watch, match_id=match.id, change_id=match.change.id, matched_at=at
        )
        if people:
            name, person = match.record.identifier or match.record.key, people[0]
            detail = f"{name} is in no mail to subscriber {person}; say why with: monitor explain {name} {person}"
            return [Fault("items not mailed", detail, at)]
    return []


def _outbox(readership: Readership, now: datetime) -> list[Fault]:
    faults = [
        Fault(
            f"digests of {run.period} held",
            f"{run.items} items, where {run.usual:g} are usual; look, then release",
            now,
        )
        for run in readership.runs.held()
    ]
    pause = readership.brake.standing(now)
    if pause is not None:
        faults.append(Fault("sending rests", pause.reason, pause.since))
    return faults
