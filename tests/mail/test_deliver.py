"""Delivery: several lines, one tray; it stops when it is wise to, and nobody is punished for what is our fault."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.errors import DeliveryError, StoreError
from monitor.mail.outbox import Outbox
from monitor.mail.plans import PlannedMail
from monitor.mail.room import open_mail
from monitor.mail.subscribers import Subscribers
from monitor.pipeline.deliver import DeliveryReport, deliver
from tests.mail.outboxes import NOW, Counter, every, fill, post_room


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_mail(tmp_path / "mail.db") as connection:
        yield connection


def send(room, *, now=NOW, holder="one", **options) -> DeliveryReport:
    return deliver(room, holder=holder, clock=lambda: now, **options)


def refused(recipient: str, **words) -> DeliveryError:
    return DeliveryError("no", address=recipient, **words)


def put_off(recipient: str) -> DeliveryError:
    return refused(recipient, code=451)


def unknown(recipient: str) -> DeliveryError:
    return refused(recipient, code=550, transient=False, bad_recipient=True)


def not_us(recipient: str) -> DeliveryError:
    return refused(recipient, code=535, transient=False, whole_run=True)


@pytest.mark.parametrize("connections", [1, 4, 8])
def test_each_mail_goes_out_once_over_any_number_of_connections(connection, connections):
    fill(connection, 90)
    way = Counter()
    assert send(post_room(connection, way, connections=connections)).sent == 90
    assert sorted(way.taken) == sorted(f"reader-{number}@example.org" for number in range(90))
    assert way.opened == connections


def test_two_workers_on_one_outbox_share_the_work_without_a_second_copy(connection, tmp_path):
    fill(connection, 60)
    way = Counter()
    with open_mail(tmp_path / "mail.db") as second:
        other = post_room(second, way)
        # The second worker starts in the middle of the first one's third mail, and finds only what is not in hand.
        way.before = lambda _recipient: send(other, holder="two") and None if len(way.taken) == 2 else None
        send(post_room(connection, way))
    assert sorted(way.taken) == sorted(f"reader-{number}@example.org" for number in range(60))


def test_more_than_a_fifth_failing_of_fifty_rests_for_an_hour(connection):
    fill(connection, 200)
    room = post_room(connection, Counter(every(4, put_off)))
    report = send(room)
    assert (report.sent, report.deferred) == (39, 13)
    assert report.paused == "13 of the last 50 mails were not accepted"
    assert room.outbox.counts()["todo"] == 148
    assert send(room, now=NOW + timedelta(minutes=59)) == DeliveryReport(paused=report.paused)
    assert send(room, now=NOW + timedelta(minutes=61)).sent > 0


def test_a_fifth_failing_is_borne(connection):
    fill(connection, 200)
    report = send(post_room(connection, Counter(every(5, put_off))))
    assert (report.sent, report.deferred, report.paused) == (160, 40, None)


def test_the_brake_looks_beyond_one_run(connection):
    way = Counter(every(3, put_off))
    for day in (10, 11):
        fill(connection, 30, day=day)
        report = send(post_room(connection, way))
    assert report.paused is not None


def test_the_operators_word_ends_a_pause_and_wipes_the_slate(connection):
    fill(connection, 120)
    room = post_room(connection, Counter(every(2, put_off)))
    assert send(room).paused
    calm = post_room(connection, Counter())
    assert send(calm, now=NOW + timedelta(seconds=1)).sent == 0
    assert send(calm, now=NOW + timedelta(seconds=2), insist=True).sent == 70


def test_a_fault_of_ours_stops_the_run_gives_everything_back_and_rests(connection):
    fill(connection, 30)
    room = post_room(connection, Counter(every(3, not_us)))
    report = send(room)
    assert (report.sent, report.failed) == (2, 0)
    assert "no" in str(report.paused)
    assert room.outbox.counts()["todo"] == 28
    assert send(post_room(connection, Counter()), now=NOW + timedelta(minutes=14)).sent == 0
    assert send(post_room(connection, Counter()), now=NOW + timedelta(minutes=16)).sent == 28


def test_a_server_that_cannot_be_reached_is_asked_again_at_the_next_beat(connection):
    fill(connection, 3)
    away = Counter(every(1, lambda recipient: refused(recipient, whole_run=True)))
    assert send(post_room(connection, away)).paused
    assert send(post_room(connection, Counter())).sent == 3


def test_no_more_than_so_many_an_hour(connection):
    fill(connection, 50)
    room = post_room(connection, Counter(), per_hour=30, connections=2)
    report = send(room)
    assert (report.sent, report.paused) == (30, "the limit of 30 mails an hour is reached")
    assert send(room, now=NOW + timedelta(minutes=59)).sent == 0
    assert send(room, now=NOW + timedelta(minutes=61)).sent == 20


def test_the_pace_is_kept_by_all_lines_together(connection):
    fill(connection, 4)
    # Two lines at forty a second rest a twentieth of a second after each mail: two of them one after another each.
    assert send(post_room(connection, Counter(), connections=2, per_second=40.0)).sent == 4


def test_an_address_that_is_dead_on_two_days_is_suspended_and_one_day_is_not_enough(connection):
    people = Subscribers(connection)
    for day in (10, 11):
        fill(connection, 1, day=day)
        assert people.find("reader-0@example.org").state == "active"
        send(post_room(connection, Counter(every(1, unknown))), now=NOW.replace(day=day))
    person = people.find("reader-0@example.org")
    assert person.state == "suspended"
    assert [(line.act, line.how) for line in people.history(person.id)][-2:] == [
        ("bounced", "bounce"), ("suspended", "bounce"),
    ]  # fmt: skip


def test_whoever_stops_while_the_server_already_listens_is_not_sent_the_mail(connection):
    fill(connection, 3)
    way = Counter()
    way.before = lambda recipient: recipient.startswith("reader-1") and Subscribers(connection).end(recipient, NOW)
    assert send(post_room(connection, way)).sent == 2
    assert way.taken == ["reader-0@example.org", "reader-2@example.org"]


def test_a_worker_that_slept_past_its_lease_lets_go_of_what_another_took(connection, tmp_path):
    fill(connection, 5)
    way = Counter()
    later = NOW + timedelta(minutes=6)
    with open_mail(tmp_path / "mail.db") as second:

        def sleep(recipient: str) -> None:
            if recipient == "reader-1@example.org":
                way.before = lambda _recipient: None
                assert send(post_room(second, way), now=later, holder="two").sent == 4

        way.before = sleep
        report = send(post_room(connection, way))
    assert report.sent == 1
    assert sorted(way.taken) == [f"reader-{number}@example.org" for number in range(5)]


def test_a_mail_in_the_servers_hands_is_nobody_elses_for_longer_than_any_server_takes(connection):
    fill(connection, 1)
    outbox = Outbox(connection)
    stolen: list[object] = []

    def look(_recipient: str) -> DeliveryError | None:
        stolen.extend(outbox.claim("two", 5, now=NOW + timedelta(minutes=14), lease=timedelta(minutes=5)))
        return None

    assert send(post_room(connection, Counter(look))).sent == 1
    assert stolen == []


def test_a_clock_set_back_sends_nothing_twice_and_loses_nothing(connection):
    fill(connection, 10)
    way = Counter()
    room = post_room(connection, way)
    hour = timedelta(hours=1)
    moments = iter([NOW, NOW, NOW - hour, NOW - hour, NOW - 2 * hour, *[NOW - hour] * 200])
    deliver(room, holder="one", clock=lambda: next(moments))
    send(room, now=NOW - hour)
    send(room, now=NOW + hour)
    assert sorted(way.taken) == sorted(f"reader-{number}@example.org" for number in range(10))
    assert room.outbox.counts()["sent"] == 10


def test_a_full_disk_is_told_in_words_and_nothing_goes_out_that_could_not_be_noted(connection):
    fill(connection, 40)
    way = Counter()
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    entry = PlannedMail("daily:2024-12-11", "<big@example.org>", "1 new", 1, b"x" * 3_000_000)
    with pytest.raises(StoreError):
        Outbox(connection).plan(entry, 1, "daily", NOW.replace(day=11), {}, [11], NOW)
    connection.execute("PRAGMA max_page_count = 1000000")
    assert send(post_room(connection, way)).sent == 40
    assert Outbox(connection).plan(entry, 1, "daily", NOW.replace(day=11), {}, [11], NOW)


def test_while_sending_rests_the_operator_is_still_told(connection):
    fill(connection, 3)
    room = post_room(connection, Counter())
    room.brake.pause("too many refusals", NOW, timedelta(hours=1))
    notice = PlannedMail("notice:1", "<notice@example.org>", "Sending rests", 0, b"Subject: x\r\n\r\nx\r\n")
    assert room.outbox.post("notice", notice, NOW, recipient="ops@example.org")
    assert not room.outbox.post("notice", notice, NOW, recipient="ops@example.org")
    way = Counter()
    report = send(post_room(connection, way), now=NOW + timedelta(minutes=1))
    assert (way.taken, report.paused) == (["ops@example.org"], "too many refusals")


def test_a_stop_in_the_middle_gives_back_what_is_in_hand(connection):
    fill(connection, 10)
    way = Counter()
    room = post_room(connection, way)
    assert send(room, is_stopping=lambda: len(way.taken) >= 3).sent == 3
    assert room.outbox.counts()["todo"] == 7
