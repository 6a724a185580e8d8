"""Subscribers: added, confirmed, merged, paused, ended."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.errors import UsageError
from monitor.mail.address import parse_address
from monitor.mail.room import open_mail, read_key
from monitor.mail.subscribers import Subscribers
from monitor.mail.tokens import Wish, find_wish, sign, stop_address
from monitor.model.subscriber import Subscription
from tests.mail.samples import mail_settings

NOW = datetime(2024, 12, 10, 7, 30, tzinfo=UTC)
ADA = "ada@example.org"


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_mail(tmp_path / "mail.db") as connection:
        yield connection


def test_the_database_is_private_and_keeps_its_secrets(tmp_path):
    path = tmp_path / "mail.db"
    with open_mail(path) as connection:
        first = read_key(connection, "instance"), read_key(connection, "suppression")
    with open_mail(path) as connection:
        assert (read_key(connection, "instance"), read_key(connection, "suppression")) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(set(first)) == 2


def test_a_confirmed_subscriber_is_active_and_owed_nothing_older(connection):
    added = Subscribers(connection).add(ADA, ["boats"], "daily", now=NOW, covered_to=42, confirmed=True)
    assert (added.email, added.state, added.confirmed_at) == (ADA, "active", NOW)
    assert added.subscriptions == (Subscription("boats", "daily", 42),)


def test_an_unconfirmed_subscriber_waits_and_is_owed_nothing_older_than_the_yes(connection):
    people = Subscribers(connection)
    assert people.add(ADA, ["boats"], "daily", now=NOW, covered_to=42, confirmed=False).state == "pending"
    later = NOW + timedelta(days=2)
    confirmed = people.confirm(ADA, later, 50)
    assert (confirmed.state, confirmed.confirmed_at) == ("active", later)
    assert confirmed.subscriptions == (Subscription("boats", "daily", 50),)
    assert people.confirm(ADA, later + timedelta(days=1), 99) == confirmed


def test_adding_watches_to_a_known_address_merges(connection):
    people = Subscribers(connection)
    first = people.add(ADA, ["boats", "boats"], "daily", now=NOW, covered_to=1, confirmed=True)
    merged = people.add("ada@EXAMPLE.ORG", ["boats", "prisons"], "weekly", now=NOW, covered_to=9, confirmed=False)
    assert merged.id == first.id
    assert merged.state == "active"
    assert merged.subscriptions == (Subscription("boats", "weekly", 1), Subscription("prisons", "weekly", 9))
    assert people.list() == (merged,)


def test_one_watch_can_be_stopped_and_the_last_one_ends_it(connection):
    people = Subscribers(connection)
    people.add(ADA, ["boats", "prisons"], "daily", now=NOW, covered_to=1, confirmed=True)
    assert people.end(ADA, NOW, watch="boats").state == "active"
    ended = people.end(ADA, NOW, watch="prisons")
    assert (ended.state, ended.subscriptions) == ("ended", ())


def test_resuming_somebody_who_never_confirmed_does_not_confirm_them(connection):
    people = Subscribers(connection)
    people.add(ADA, ["boats"], "daily", now=NOW, covered_to=1, confirmed=False)
    people.pause(ADA, NOW)
    assert people.resume(ADA, NOW).state == "pending"


def test_every_act_is_on_record_with_its_time(connection):
    people = Subscribers(connection)
    people.add(ADA, ["boats"], "daily", now=NOW, covered_to=1, confirmed=False)
    people.confirm(ADA, NOW, 1)
    people.pause(ADA, NOW)
    people.resume(ADA, NOW)
    people.end(ADA, NOW)
    rows = connection.execute("SELECT act, at, detail FROM consents ORDER BY id").fetchall()
    assert [row["act"] for row in rows] == ["added", "confirmed", "paused", "resumed", "ended"]
    assert rows[0]["detail"] == "daily: boats"
    assert {row["at"] for row in rows} == {"2024-12-10T07:30:00Z"}


def test_a_subscriber_is_found_by_number_too(connection):
    people = Subscribers(connection)
    added = people.add(ADA, ["boats"], "daily", now=NOW, covered_to=1, confirmed=True)
    assert people.find_by_id(added.id) == added
    assert people.find_by_id(added.id + 1) is None
    assert people.find("eve@example.org") is None


@pytest.mark.parametrize(
    "text",
    [
        "", "ada", "@example.org", "ada@", "ada@localhost", "a b@example.org", "ada@exa mple.org", "ada@-x.org",
        "ada@example.org\r\nBcc: eve@example.org", "ada@example.org, eve@example.org", "<ada@example.org>",
        "ada..l@example.org", "ädä@example.org", "x" * 65 + "@example.org", "ada@" + "x" * 64 + ".org", "ada@a..org",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_a_remedy(text):
    with pytest.raises(UsageError):
        parse_address(text)


def test_addresses_are_compared_by_their_domain_in_ascii():
    assert parse_address(" Ada@EXAMPLE.org ") == ("Ada@EXAMPLE.org", "Ada@example.org")
    assert parse_address("ada@bücher.example") == ("ada@bücher.example", "ada@xn--bcher-kva.example")


def test_a_token_is_good_for_its_own_wish_only():
    settings = mail_settings()
    token = sign(settings.secret, "unsubscribe", Wish(7, "boats"))
    assert find_wish(settings.secret, "unsubscribe", f" {token} ") == Wish(7, "boats")
    assert find_wish(settings.secret, "unsubscribe", token.replace("7.", "8.", 1)) is None
    assert find_wish(settings.secret, "unsubscribe", token.replace("boats", "boat")) is None
    assert find_wish(bytes(32), "unsubscribe", token) is None
    assert find_wish(settings.secret, "unsubscribe", "nonsense") is None
    assert find_wish(settings.secret, "unsubscribe", "é.é") is None
    assert find_wish(settings.secret, "unsubscribe", sign(settings.secret, "unsubscribe", Wish(7, None))) == Wish(
        7, None
    )


def test_the_way_to_stop_is_a_mail_to_the_operator_with_the_token_in_its_subject():
    assert stop_address(mail_settings(), 7).startswith("mailto:ops@example.org?subject=unsubscribe%207.")
    assert stop_address(mail_settings(operator=""), 7).startswith("mailto:alerts@example.org?")
