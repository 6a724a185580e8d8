"""The outbox: planned at once or not at all, leased, settled by its holder."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.errors import NotFoundError
from monitor.mail.outbox import Outbox
from monitor.mail.plans import PlannedMail
from monitor.mail.retry import GIVE_UP_AFTER, LONGEST_WAIT, next_attempt, wait_after
from monitor.mail.room import open_mail
from monitor.mail.subscribers import Subscribers

NOW = datetime(2024, 12, 10, 7, 30, tzinfo=UTC)
LEASE = timedelta(minutes=2)
ADA = "ada@example.org"


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_mail(tmp_path / "mail.db") as connection:
        yield connection


def subscribe(connection: sqlite3.Connection, email: str = ADA) -> int:
    people = Subscribers(connection)
    return people.add(email, ["small-boats", "prisons"], "daily", now=NOW, covered_to=10, confirmed=True).id


def mail(period: str = "daily:2024-12-10") -> PlannedMail:
    return PlannedMail(period, f"<{period}@example.org>", "1 new", 1, b"Subject: 1 new\r\n\r\nHello\r\n")


def plan(connection, number, entry=None, *, slot=NOW, covered=20, changes=(5, 6)) -> bool:
    entry = entry or mail()
    return Outbox(connection).plan(entry, number, "daily", slot, {"small-boats": covered}, changes, NOW)


def covered(connection) -> dict[str, int]:
    person = Subscribers(connection).find(ADA)
    return {subscription.watch: subscription.covered_to for subscription in person.subscriptions}


def test_planning_moves_the_cover_notes_what_is_told_and_serves_the_slot_at_once(connection):
    number = subscribe(connection)
    assert plan(connection, number)
    assert covered(connection) == {"small-boats": 20, "prisons": 10}
    assert Outbox(connection).already_told(number, [4, 5, 6, 7]) == {5, 6}
    assert Subscribers(connection).served_at(number, "daily") == NOW
    assert Outbox(connection).counts()["todo"] == 1


def test_planning_the_same_period_again_touches_nothing(connection):
    number = subscribe(connection)
    assert plan(connection, number)
    assert not plan(connection, number, slot=NOW + timedelta(days=1), covered=99, changes=(7,))
    assert covered(connection)["small-boats"] == 20
    assert Outbox(connection).already_told(number, [7]) == frozenset()
    assert Outbox(connection).counts()["todo"] == 1


def test_a_slot_with_nothing_to_say_is_served_without_a_mail_and_only_once(connection):
    number = subscribe(connection)
    outbox = Outbox(connection)
    assert outbox.plan(None, number, "daily", NOW, {"small-boats": 15}, (), NOW)
    assert not outbox.plan(None, number, "daily", NOW, {"small-boats": 30}, (), NOW)
    assert covered(connection)["small-boats"] == 15
    assert sum(outbox.counts().values()) == 0


def test_a_mail_that_would_tell_something_twice_is_not_planned(connection):
    number = subscribe(connection)
    assert plan(connection, number, changes=(5, 6))
    later = NOW + timedelta(hours=1)
    assert not plan(connection, number, mail("immediate:30"), slot=later, covered=30, changes=(6, 7))
    assert covered(connection)["small-boats"] == 20
    assert plan(connection, number, mail("immediate:30"), slot=later, covered=30, changes=(7,))


def test_the_cover_and_the_slot_never_go_back(connection):
    number = subscribe(connection)
    plan(connection, number)
    earlier = NOW - timedelta(days=1)
    assert not plan(connection, number, mail("daily:2024-12-09"), slot=earlier, covered=5, changes=(1,))
    assert plan(connection, number, mail("weekly:1"), slot=NOW + timedelta(hours=1), covered=5, changes=(1,))
    assert covered(connection)["small-boats"] == 20


def test_planning_for_somebody_who_was_erased_does_nothing(connection):
    assert not plan(connection, 404)


def test_a_plan_that_fails_half_way_leaves_no_trace(connection):
    number = subscribe(connection)
    other = subscribe(connection, "bob@example.org")
    plan(connection, other, mail("weekly:1"))
    with pytest.raises(sqlite3.IntegrityError):
        plan(connection, number, PlannedMail("daily:1", "<weekly:1@example.org>", "1 new", 1, b"x"))
    assert covered(connection)["small-boats"] == 10
    assert Subscribers(connection).served_at(number, "daily") is None


def test_a_claimed_mail_is_nobody_elses_until_its_lease_runs_out(connection):
    plan(connection, subscribe(connection))
    outbox = Outbox(connection)
    [mine] = outbox.claim("one", 10, now=NOW, lease=LEASE)
    assert (mine.recipient, mine.attempts, mine.message) == (ADA, 1, mail().message)
    assert outbox.claim("two", 10, now=NOW + LEASE - timedelta(seconds=1), lease=LEASE) == []
    [taken] = outbox.claim("two", 10, now=NOW + LEASE, lease=LEASE)
    assert (taken.id, taken.attempts) == (mine.id, 2)


def test_whoever_lost_the_lease_can_neither_renew_nor_settle(connection):
    plan(connection, subscribe(connection))
    outbox = Outbox(connection)
    [mine] = outbox.claim("one", 10, now=NOW, lease=LEASE)
    later = NOW + LEASE
    outbox.claim("two", 10, now=later, lease=LEASE)
    assert not outbox.renew(mine.id, "one", later, LEASE)
    assert not outbox.finish(mine.id, "one", later, "250 ok")
    assert not outbox.fail(mine.id, "one", later, "550 no", 550)
    assert not outbox.unsure(mine.id, "one", later, "silence")
    assert not outbox.release(mine.id, "one", later)
    assert outbox.defer(mine.id, "one", later, "450 busy", 450) is None
    assert outbox.counts()["sending"] == 1
    assert outbox.finish(mine.id, "two", later, "250 ok")


def test_a_renewed_lease_holds(connection):
    plan(connection, subscribe(connection))
    outbox = Outbox(connection)
    [mine] = outbox.claim("one", 10, now=NOW, lease=LEASE)
    assert outbox.renew(mine.id, "one", NOW + timedelta(minutes=1), LEASE)
    assert outbox.claim("two", 10, now=NOW + LEASE, lease=LEASE) == []


def test_a_sent_mail_stays_sent(connection):
    plan(connection, subscribe(connection))
    outbox = Outbox(connection)
    [mine] = outbox.claim("one", 10, now=NOW, lease=LEASE)
    assert outbox.last_digest_at() is None
    assert outbox.finish(mine.id, "one", NOW, "250 ok")
    assert outbox.counts() == {**dict.fromkeys(outbox.counts(), 0), "sent": 1}
    assert outbox.claim("one", 10, now=NOW + timedelta(days=30), lease=LEASE) == []
    assert outbox.last_digest_at() == NOW


def test_a_deferred_mail_comes_again_after_its_wait_and_fails_after_five_days(connection):
    plan(connection, subscribe(connection))
    outbox, now, tries = Outbox(connection), NOW, 0
    state = "deferred"
    while state == "deferred":
        [mine] = outbox.claim("one", 10, now=now, lease=LEASE)
        tries += 1
        state = outbox.defer(mine.id, "one", now, "450 busy", 450)
        if state == "deferred":
            assert outbox.claim("one", 10, now=now + wait_after(tries) - timedelta(seconds=1), lease=LEASE) == []
            now += wait_after(tries)
    assert state == "failed"
    assert GIVE_UP_AFTER - LONGEST_WAIT < now - NOW <= GIVE_UP_AFTER
    assert outbox.counts()["failed"] == 1


def test_waits_double_from_a_minute_to_four_hours():
    waits = [wait_after(attempts) / timedelta(minutes=1) for attempts in range(1, 12)]
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240]
    assert next_attempt(1, NOW, NOW) == NOW + timedelta(minutes=1)
    assert next_attempt(40, NOW, NOW + GIVE_UP_AFTER) is None


def test_an_unsure_mail_rests_for_ten_minutes_and_goes_again_under_the_same_name(connection):
    plan(connection, subscribe(connection))
    outbox = Outbox(connection)
    [mine] = outbox.claim("one", 10, now=NOW, lease=LEASE)
    assert outbox.unsure(mine.id, "one", NOW, "no answer")
    assert outbox.counts()["unsure"] == 1
    assert outbox.claim("one", 10, now=NOW + timedelta(minutes=9), lease=LEASE) == []
    [again] = outbox.claim("one", 10, now=NOW + timedelta(minutes=10), lease=LEASE)
    assert again.message_id == mine.message_id


def test_a_released_mail_is_as_if_never_taken(connection):
    plan(connection, subscribe(connection))
    outbox = Outbox(connection)
    [mine] = outbox.claim("one", 10, now=NOW, lease=LEASE)
    assert outbox.release(mine.id, "one", NOW)
    [again] = outbox.claim("one", 10, now=NOW, lease=LEASE)
    assert again.attempts == 1


def test_the_limit_and_the_one_address_are_kept_to(connection):
    for email in (ADA, "bob@example.org", "eve@example.org"):
        plan(connection, subscribe(connection, email), mail(f"daily:{email}"))
    outbox = Outbox(connection)
    [bob] = outbox.claim("one", 10, now=NOW, lease=LEASE, only="bob@example.org")
    assert bob.recipient == "bob@example.org"
    assert [delivery.recipient for delivery in outbox.claim("two", 1, now=NOW, lease=LEASE)] == [ADA]


def test_a_paused_subscriber_gets_nothing_until_they_resume(connection):
    plan(connection, subscribe(connection))
    outbox, people = Outbox(connection), Subscribers(connection)
    people.pause(ADA, NOW)
    assert outbox.claim("one", 10, now=NOW, lease=LEASE) == []
    assert outbox.counts()["held"] == 1
    people.resume(ADA, NOW)
    assert len(outbox.claim("one", 10, now=NOW, lease=LEASE)) == 1


def test_mails_that_are_held_leave_their_place_in_the_batch_to_others(connection):
    for number in range(5):
        plan(connection, subscribe(connection, f"reader-{number}@example.org"), mail(f"daily:{number}"))
    people = Subscribers(connection)
    for number in range(3):
        people.pause(f"reader-{number}@example.org", NOW)
    batch = Outbox(connection).claim("one", 2, now=NOW, lease=LEASE)
    assert [mine.recipient for mine in batch] == ["reader-3@example.org", "reader-4@example.org"]


def test_whoever_stops_while_a_mail_is_in_hand_is_not_sent_it(connection):
    plan(connection, subscribe(connection))
    outbox = Outbox(connection)
    [mine] = outbox.claim("one", 10, now=NOW, lease=LEASE)
    Subscribers(connection).end(ADA, NOW)
    assert not outbox.renew(mine.id, "one", NOW, LEASE)
    assert outbox.claim("two", 10, now=NOW + LEASE, lease=LEASE) == []
    assert outbox.counts()["failed"] == 1


def test_an_ended_subscriber_who_comes_back_gets_no_old_mail(connection):
    plan(connection, subscribe(connection))
    people = Subscribers(connection)
    people.end(ADA, NOW)
    assert people.find(ADA).state == "ended"
    subscribe(connection)
    assert people.find(ADA).state == "active"
    assert Outbox(connection).claim("one", 10, now=NOW, lease=LEASE) == []


def test_the_words_of_a_settled_mail_are_forgotten_and_those_of_an_unsent_one_kept(connection):
    plan(connection, subscribe(connection))
    plan(connection, subscribe(connection, "bob@example.org"), mail("daily:bob"))
    outbox = Outbox(connection)
    [mine] = outbox.claim("one", 10, now=NOW, lease=LEASE, only=ADA)
    outbox.finish(mine.id, "one", NOW, "250 ok")
    assert outbox.forget_messages(NOW) == 0
    assert outbox.forget_messages(NOW + timedelta(days=7)) == 1
    assert outbox.counts()["sent"] == 1
    assert len(outbox.claim("one", 10, now=NOW + timedelta(days=7), lease=LEASE)) == 1


def test_two_workers_on_one_file_never_hold_the_same_mail(connection, tmp_path):
    for number in range(6):
        plan(connection, subscribe(connection, f"reader-{number}@example.org"), mail(f"daily:{number}"))
    with open_mail(tmp_path / "mail.db") as second:
        first_half = Outbox(connection).claim("one", 4, now=NOW, lease=LEASE)
        second_half = Outbox(second).claim("two", 4, now=NOW, lease=LEASE)
    assert [len(first_half), len(second_half)] == [4, 2]
    assert not {mail.id for mail in first_half} & {mail.id for mail in second_half}


def test_a_mail_given_back_does_not_stand_in_the_way_of_others(connection):
    for number in range(3):
        plan(connection, subscribe(connection, f"reader-{number}@example.org"), mail(f"daily:{number}"))
    outbox = Outbox(connection)
    [first] = outbox.claim("one", 1, now=NOW, lease=LEASE)
    later = NOW + timedelta(minutes=1)
    outbox.release(first.id, "one", later)
    assert [mail.recipient for mail in outbox.claim("one", 3, now=later, lease=LEASE)][-1] == first.recipient


def test_an_erased_subscriber_leaves_only_a_keyed_hash(connection):
    number = subscribe(connection)
    plan(connection, number)
    people = Subscribers(connection)
    people.erase(ADA, NOW)
    assert people.find(ADA) is None
    assert people.is_suppressed("ada@EXAMPLE.org")
    assert not people.is_suppressed("bob@example.org")
    assert Outbox(connection).counts()["failed"] == 1
    assert Outbox(connection).claim("one", 10, now=NOW, lease=LEASE) == []
    assert subscribe(connection, "bob@example.org") > number
    with pytest.raises(NotFoundError, match="nobody is subscribed"):
        people.pause(ADA, NOW)


def test_no_byte_of_an_erased_address_stays_in_the_file(tmp_path):
    path = tmp_path / "mail.db"
    with open_mail(path) as connection:
        plan(connection, subscribe(connection))
        Subscribers(connection).erase(ADA, NOW)
    left = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert ADA.encode() not in left
    assert b"ada@" not in left
