"""The outbox under any order of events: nobody is missed, and a second copy goes out only for a reason we can name."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from monitor.mail.outbox import Outbox
from monitor.mail.plans import PlannedMail
from monitor.mail.room import open_mail
from monitor.mail.subscribers import Subscribers

NOW = datetime(2024, 12, 10, 7, 30, tzinfo=UTC)
LEASE = timedelta(minutes=5)
holders = st.sampled_from(["one", "two"])
days = st.integers(min_value=1, max_value=4)


@dataclass(frozen=True, slots=True)
class InHand:
    """A mail that a worker took, and until when it is theirs."""

    holder: str
    period: str
    until: datetime


class OutboxMachine(RuleBasedStateMachine):
    """Two workers, one subscriber, four days; `accepted` is what the mail server took, the judge of it all."""

    @initialize()
    def open(self):
        self.closing = ExitStack()
        folder = self.closing.enter_context(tempfile.TemporaryDirectory())
        connection = self.closing.enter_context(open_mail(Path(folder) / "mail.db"))
        people = Subscribers(connection)
        self.reader = people.add("ada@example.org", ["boats"], "daily", now=NOW, covered_to=0, confirmed=True).id
        self.outbox = Outbox(connection)
        self.now = NOW
        self.planned: set[str] = set()
        self.in_hand: dict[int, InHand] = {}
        self.rests_until: dict[str, datetime] = {}
        self.accepted: dict[str, int] = {}
        self.excused: dict[str, int] = {}

    @rule(day=days)
    def plan(self, day):
        period = f"daily:{day}"
        entry = PlannedMail(period, f"<{period}>", "1 new", 1, b"Hello\r\n")
        slot = NOW + timedelta(days=day)
        newest = max((int(known[-1]) for known in self.planned), default=0)
        assert self.outbox.plan(entry, self.reader, "daily", slot, {"boats": day}, [day], self.now) == (day > newest)
        if day > newest:
            self.planned.add(period)

    @rule(holder=holders, limit=st.integers(min_value=1, max_value=4))
    def claim(self, holder, limit):
        for delivery in self.outbox.claim(holder, limit, now=self.now, lease=LEASE):
            before = self.in_hand.get(delivery.id)
            assert before is None or before.until <= self.now, "it was taken from a worker whose lease holds"
            assert self.rests_until.get(delivery.period, self.now) <= self.now, "it was not due"
            self.in_hand[delivery.id] = InHand(holder, delivery.period, self.now + LEASE)

    @precondition(lambda self: self.in_hand)
    @rule(data=st.data(), end=st.sampled_from(["finish", "defer", "unsure", "release", "crash"]), took=st.booleans())
    def send(self, data, end, took):
        """One mail is handed over; `took` says whether the server took it where we never hear of it."""
        number = data.draw(st.sampled_from(sorted(self.in_hand)))
        mine = self.in_hand[number]
        assert self.outbox.renew(number, mine.holder, self.now, LEASE)
        unheard = took and end in ("unsure", "crash")
        if end == "finish" or unheard:
            self.accepted[mine.period] = self.accepted.get(mine.period, 0) + 1
            self.excused[mine.period] = self.excused.get(mine.period, 0) + unheard
        if end == "crash":
            self.in_hand[number] = replace(mine, until=self.now + LEASE)
            return
        del self.in_hand[number]
        match end:
            case "finish":
                assert self.outbox.finish(number, mine.holder, self.now, "250 ok")
            case "defer":
                assert self.outbox.defer(number, mine.holder, self.now, "450 busy", 450) == "deferred"
                self.rests_until[mine.period] = self.now + timedelta(minutes=1)
            case "unsure":
                assert self.outbox.unsure(number, mine.holder, self.now, "no answer")
                self.rests_until[mine.period] = self.now + timedelta(minutes=10)
            case "release":
                assert self.outbox.release(number, mine.holder, self.now)

    @rule(minutes=st.sampled_from([1, 4, 6, 60]))
    def wait(self, minutes):
        self.now += timedelta(minutes=minutes)

    @invariant()
    def a_second_copy_has_a_reason(self):
        for period, copies in self.accepted.items():
            assert copies <= 1 + self.excused.get(period, 0)

    @invariant()
    def every_planned_mail_is_somewhere(self):
        assert sum(self.outbox.counts().values()) == len(self.planned)

    def teardown(self):
        """At the end a worker without trouble empties the outbox: then nobody has been missed."""
        for _ in range(4):
            self.now += timedelta(hours=4, minutes=1)
            for delivery in self.outbox.claim("last", 10, now=self.now, lease=LEASE):
                self.accepted[delivery.period] = self.accepted.get(delivery.period, 0) + 1
                assert self.outbox.finish(delivery.id, "last", self.now, "250 ok")
        assert set(self.accepted) == self.planned
        assert self.outbox.counts()["sent"] == len(self.planned)
        self.a_second_copy_has_a_reason()
        self.closing.close()


TestOutboxMachine = OutboxMachine.TestCase
TestOutboxMachine.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
