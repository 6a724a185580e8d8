"""Two workers are killed at random while thousands of mails go out: nobody is missed, and every second copy has its reason."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sqlite3
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.mail.outbox import Outbox
from monitor.mail.room import open_mail
from monitor.pipeline.deliver import Limits
from monitor.times import utc_text
from tests.fakes.mail_judge import Judge, judging
from tests.fakes.mail_worker import fast_clock, work
from tests.mail.outboxes import fill

LINES = 2


@dataclass(slots=True)
class Campaign:
    """Two workers, and somebody who does them harm. `in_flight`: how often each mail was on the wire when it happened."""

    path: Path
    port: int
    dice: random.Random
    started: float = field(default_factory=time.monotonic)
    in_flight: Counter[str] = field(default_factory=Counter)
    harmed: int = 0

    def run(self, harms: int, *, with_signal: signal.Signals, patience: tuple[float, float] = (0.1, 0.6)) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["tests.fakes.mail_worker"])
        workers: list[multiprocessing.context.ForkServerProcess] = []
        while True:
            workers = [worker for worker in workers if worker.is_alive()]
            if not self._work_is_left():
                break
            while len(workers) < 2:
                workers.append(context.Process(target=work, args=(self.path, self.port, self.started, LINES)))
                workers[-1].start()
            victim = self.dice.choice(workers)
            victim.join(self.dice.uniform(*patience))
            if self.harmed < harms and victim.is_alive():
                self._harm(victim, with_signal)
        for worker in workers:
            worker.join(60)

    def _harm(self, victim, with_signal: signal.Signals) -> None:
        os.kill(victim.pid, signal.SIGSTOP)
        now, lease = fast_clock(self.started)(), Limits().lease
        for row in self._rows("SELECT recipient, lease_until FROM mails WHERE holder LIKE ?", f"{victim.pid}/%"):
            # A mail on the wire has the long lease that is taken right before it is handed over.
            if row["lease_until"] > utc_text(now + lease + timedelta(minutes=1)):
                self.in_flight[row["recipient"]] += 1
        if with_signal == signal.SIGSTOP:
            victim.join(6)
            os.kill(victim.pid, signal.SIGCONT)
        else:
            os.kill(victim.pid, with_signal)
            victim.join(10)
        self.harmed += 1

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


def campaign(folder: Path, mails: int, harms: int, seed: int, *, with_signal=signal.SIGKILL, **judge) -> Campaign:
    """Run one, and judge it."""
    path = folder / "mail.db"
    with open_mail(path) as connection:
        fill(connection, mails, bad_every=100)
    server = Judge(seed, **judge)
    with judging(server) as port:
        fight = Campaign(path, port, random.Random(seed))
        fight.run(harms, with_signal=with_signal)
    bad = {f"bad-{number}@example.org" for number in range(99, mails, 100)}
    good = {f"reader-{number}@example.org" for number in range(mails)} - {
        f"reader-{number}@example.org" for number in range(99, mails, 100)
    }
    assert set(server.copies) == good, "somebody was missed"
    for recipient, copies in server.copies.items():
        assert len(copies) == 1, "a second copy differs from the first"
        extra = copies.total() - 1
        assert extra <= server.lost[recipient] + fight.in_flight[recipient], f"{recipient} got {extra} extra copies"
    with open_mail(path) as connection:
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
    extras = sum(copies.total() - 1 for copies in server.copies.values())
    print(
        f"{mails} mails, {fight.harmed} harms: 0 missing, {extras} extra copies, of which {server.lost.total()} answers lost"
    )
    return fight


def test_twenty_kills_and_two_hundred_mails(tmp_path):
    assert campaign(tmp_path, 200, 20, seed=1, put_off=0.03).harmed > 5


@pytest.mark.torture
@pytest.mark.parametrize("seed", [2, 3])
def test_two_hundred_kills_and_two_thousand_mails(tmp_path, seed):
    assert campaign(tmp_path, 2000, 200, seed).harmed > 20


@pytest.mark.torture
def test_workers_put_to_sleep_beyond_their_leases(tmp_path):
    assert campaign(tmp_path, 1500, 4, seed=4, with_signal=signal.SIGSTOP).harmed == 4
