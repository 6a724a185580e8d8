"""The words of mails as they are kept: what many have in common once, and every mail whole when it is taken out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.mail.fragments import Fragments
from monitor.mail.keeping import read_messages
from monitor.mail.message import Composed, compose
from monitor.mail.outbox import Outbox
from monitor.mail.plans import Plan, PlannedMail
from monitor.mail.render import render_digest
from monitor.mail.room import open_mail
from monitor.mail.subscribers import Subscribers
from tests.mail.samples import NOW, mail_settings, rich_day, subscriber

READERS = ("ada@example.org", "bob@example.org", "cat@example.org")
LEASE = timedelta(minutes=5)
lines = st.binary(max_size=40)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_mail(tmp_path / "mail.db") as connection:
        yield connection


def planned(connection: sqlite3.Connection, email: str, message: bytes, shared: tuple[bytes, ...] = ()) -> int:
    """The number in the outbox of a mail to somebody new."""
    person = Subscribers(connection).add(email, ["boats"], "daily", now=NOW, covered_to=0, confirmed=True)
    entry = PlannedMail("daily:1", f"<{email}>", "1 new", 1, message, shared)
    assert Outbox(connection).plan_all([Plan(entry, person.id, "daily", NOW, {}, ())], NOW) == [True]
    return int(connection.execute("SELECT max(id) FROM outbox").fetchone()[0])


def todays_mails() -> dict[str, Composed]:
    """One digest as three readers get it in one run."""
    fragments, day, mine = Fragments(), rich_day(), mail_settings()
    people = [replace(subscriber("border-security", "prisons"), id=10 + n, email=one) for n, one in enumerate(READERS)]
    return {
        one.email: compose(
            render_digest(day, one, mine, fragments=fragments),
            period=day.period, subscriber=one, settings=mine, now=NOW,
        )
        for one in people
    }  # fmt: skip


def kept(connection: sqlite3.Connection) -> int:
    """How many shared stretches there are."""
    return int(connection.execute("SELECT count(*) FROM shared_words").fetchone()[0])


def test_readers_of_the_same_digest_share_most_of_its_words_and_each_gets_a_mail_of_their_own(connection):
    mails = todays_mails()
    for email, mail in mails.items():
        planned(connection, email, mail.message, mail.shared)
    taken = Outbox(connection).claim("one", 10, now=NOW, lease=LEASE)
    assert {one.recipient: one.message for one in taken} == {email: mail.message for email, mail in mails.items()}
    assert len({one.message for one in taken}) == 3
    assert kept(connection) == 2
    one = next(iter(mails.values()))
    assert sum(map(len, one.shared)) > len(one.message) / 2


def test_what_only_some_readers_share_is_kept_beside_it(connection):
    mails = todays_mails()
    other = replace(mails[READERS[0]], message=b"Subject: other\r\n\r\nWords of its own\r\n", shared=())
    for email, mail in (mails | {READERS[0]: other}).items():
        planned(connection, email, mail.message, mail.shared)
    taken = {one.recipient: one.message for one in Outbox(connection).claim("one", 10, now=NOW, lease=LEASE)}
    assert taken == {email: mail.message for email, mail in (mails | {READERS[0]: other}).items()}


def test_shared_words_go_with_the_last_mail_that_has_them(connection):
    for email, mail in todays_mails().items():
        planned(connection, email, mail.message, mail.shared)
    people, outbox = Subscribers(connection), Outbox(connection)
    people.erase(READERS[0], NOW)
    assert kept(connection) == 2
    [bob] = outbox.claim("one", 10, now=NOW, lease=LEASE, only=READERS[1])
    outbox.finish(bob.id, "one", NOW, "250 ok")
    outbox.forget_messages(NOW + timedelta(days=7))
    assert kept(connection) == 2
    [cat] = outbox.claim("one", 10, now=NOW, lease=LEASE)
    assert cat.message == todays_mails()[READERS[2]].message
    people.erase(READERS[2], NOW)
    assert kept(connection) == 0


def test_whatever_is_shared_every_mail_comes_out_as_it_went_in(connection):
    numbers = count()

    @given(st.lists(st.tuples(lines, lines), max_size=5), lines, st.data())
    @settings(max_examples=40, deadline=None)
    def comes_out(pieces, end, data):
        message = b"".join(own + shared for own, shared in pieces) + end
        # What is said to be shared and is not, or stands in another order, is no harm.
        said = tuple(data.draw(st.permutations([*(shared for _, shared in pieces), b"never said"])))
        mails = {
            planned(connection, f"reader-{next(numbers)}@example.org", words, said): words
            for words in (message, message + b"!")
        }
        assert read_messages(connection, list(mails)) == mails

    comes_out()
