"""Two workers are killed at random while thousands of mails go out: nobody is missed, and every second copy has its reason."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest

from monitor.mail.outbox import Outbox
from monitor.mail.room import open_mail
from monitor.pipeline.deliver import Limits
from monitor.times import utc_text
from tests.fakes.mail_judge import Judge, judging
from tests.fakes.mail_worker import DISK_FULL, fast_clock, work
from tests.fakes.postfix import needs_postfix, running_postfix
from tests.mail.outboxes import fill

LINES = 2
MINUTES_BACK = 8
"""The most that the clock is set back at once: a lease for the wire must still be known from one for the hand."""


Copies = Mapping[str, Counter[bytes]]
Harm = Literal["kill", "sleep", "starve", "set back"]
"""What is done to workers: SIGKILL; SIGSTOP for longer than a lease; a disk that fills up; SIGKILL, and the clock set back."""


@dataclass(slots=True)
class Campaign:
    """Two workers, and somebody who does them harm. `in_flight`: how often each mail was on the wire when it happened."""

    path: Path
    port: int
    dice: random.Random
    harm: Harm = "kill"
    started: float = field(default_factory=time.monotonic)
    in_flight: Counter[str] = field(default_factory=Counter)
    harmed: int = 0

    def run(self, harms: int, *, patience: tuple[float, float] = (0.1, 0.6)) -> None:
        self.set_back.touch()
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["tests.fakes.mail_worker"])
        workers: list[multiprocessing.context.ForkServerProcess] = []
        while self._work_is_left():
            workers = [worker for worker in workers if not self._is_gone(worker)]
            while len(workers) < 2:
                workers.append(context.Process(target=work, args=self._orders(harms)))
                workers[-1].start()
            victim = self.dice.choice(workers)
            victim.join(self.dice.uniform(*patience))
            if self.harmed < harms and self.harm != "starve" and victim.is_alive():
                self._do_harm(victim)
        for worker in workers:
            worker.join(60)
            self._is_gone(worker)

    @property
    def set_back(self) -> Path:
        return self.path.with_name("set-back")

    def _orders(self, harms: int) -> tuple[object, ...]:
        is_starved = self.harm == "starve" and self.harmed < harms
        room = self.dice.randrange(10_000, 300_000) if is_starved else None
        return self.path, self.port, self.started, LINES, self.set_back, room

    def _is_gone(self, worker) -> bool:
        if worker.is_alive():
            return False
        if worker.exitcode == DISK_FULL:
            self._note_flight(worker.pid)
            self.harmed += 1
        return True

    def _do_harm(self, victim) -> None:
        os.kill(victim.pid, signal.SIGSTOP)
        self._note_flight(victim.pid)
        if self.harm == "sleep":
            victim.join(6)
            os.kill(victim.pid, signal.SIGCONT)
        else:
            os.kill(victim.pid, signal.SIGKILL)
            victim.join(10)
        if self.harm == "set back":
            with self.set_back.open("ab") as minutes:
                minutes.write(bytes(self.dice.randrange(1, MINUTES_BACK)))
        self.harmed += 1

    def _note_flight(self, pid: int) -> None:
        """A mail on the wire has the long lease that is taken right before it is handed over."""
        slack = MINUTES_BACK if self.harm == "set back" else 1
        least = fast_clock(self.started, self.set_back)() + Limits().lease + timedelta(minutes=slack)
        for row in self._rows("SELECT recipient, lease_until FROM mails WHERE holder LIKE ?", f"{pid}/%"):
            if row["lease_until"] > utc_text(least):
                self.in_flight[row["recipient"]] += 1

    def _work_is_left(self) -> bool:
        [row] = self._rows("SELECT count(*) AS n FROM mails WHERE state NOT IN ('sent', 'failed')")
        return row["n"] > 0

    def _rows(self, query: str, *values: str) -> list[sqlite3.Row]:
        with closing(sqlite3.connect(f"{self.path.as_uri()}?mode=ro", uri=True, timeout=30)) as connection:
            connection.row_factory = sqlite3.Row
            connection.execute(
                "CREATE TEMP VIEW mails AS SELECT s.email AS recipient, o.state, o.holder, o.lease_until"
                " FROM main.outbox o JOIN main.subscribers s ON s.id = o.subscriber_id"
            )
            return connection.execute(query, values).fetchall()


def campaign(folder: Path, mails: int, harms: int, seed: int, *, harm: Harm = "kill", **judge) -> Campaign:
    """Run one against the judge, and let it say what it got."""
    server = Judge(seed, **judge)
    with judging(server) as port:
        fight = fought(folder, port, mails, harms, seed, harm)
    settle(fight, mails, server.copies, server.lost)
    return fight


def fought(folder: Path, port: int, mails: int, harms: int, seed: int, harm: Harm) -> Campaign:
    """Mails of which every hundredth has a bad address, sent by two workers who are harmed so often."""
    path = folder / "mail.db"
    with open_mail(path) as connection:
        fill(connection, mails, bad_every=100)
        fight = Campaign(path, port, random.Random(seed), harm)
        fight.run(harms)
    return fight


def settle(fight: Campaign, mails: int, copies: Copies, lost: Counter[str]) -> None:
    """Nobody is missed, exactly the bad addresses failed, and every second copy was on the wire, or its answer lost."""
    bad = {f"bad-{number}@example.org" for number in range(99, mails, 100)}
    good = {f"reader-{number}@example.org" for number in range(mails) if number % 100 != 99}
    assert set(copies) == good, "somebody was missed"
    for recipient, found in copies.items():
        assert len(found) == 1, "a second copy differs from the first"
        extra = found.total() - 1
        assert extra <= lost[recipient] + fight.in_flight[recipient], f"{recipient} got {extra} extra copies"
    with open_mail(fight.path) as connection:
        counts = Outbox(connection).counts()
        failed = {
            row[0]
            for row in connection.execute(
                "SELECT s.email FROM outbox o JOIN subscribers s ON s.id = o.subscriber_id WHERE o.state = 'failed'"
            )
        }
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert failed == bad
    assert counts["sent"] == len(good)
    extras = sum(found.total() - 1 for found in copies.values())
    print(
        f"{mails} mails, {fight.harmed} × {fight.harm}: 0 missing, {extras} extra copies, {lost.total()} answers lost,"
        f" {fight.in_flight.total()} on the wire"
    )


def test_twenty_kills_and_two_hundred_mails(tmp_path):
    assert campaign(tmp_path, 200, 20, seed=1, put_off=0.03).harmed > 5


@pytest.mark.torture
@pytest.mark.parametrize("seed", [2, 3])
def test_two_hundred_kills_and_two_thousand_mails(tmp_path, seed):
    assert campaign(tmp_path, 2000, 200, seed).harmed == 200


@pytest.mark.torture
def test_workers_put_to_sleep_beyond_their_leases(tmp_path):
    assert campaign(tmp_path, 1500, 4, seed=4, harm="sleep").harmed == 4


@pytest.mark.torture
def test_workers_whose_disk_fills_up_again_and_again(tmp_path):
    assert campaign(tmp_path, 1500, 30, seed=5, harm="starve").harmed >= 30


@pytest.mark.torture
def test_workers_that_are_killed_while_the_clock_is_set_back(tmp_path):
    assert campaign(tmp_path, 1500, 40, seed=6, harm="set back").harmed == 40


@pytest.mark.torture
@needs_postfix
def test_the_same_with_postfix(tmp_path):
    with running_postfix() as server:
        fight = fought(tmp_path, server.port, 2000, 60, 7, "kill")
        copies = server.delivered()
    settle(fight, 2000, copies, Counter())
    assert fight.harmed > 20
