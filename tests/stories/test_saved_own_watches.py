"""The saved form of subscribers' own watches: kept up with every edit, made anew where it is lost, free of who was erased."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from monitor import __version__
from monitor.mail.own_watches import OwnWatches
from monitor.mail.room import open_mail
from monitor.mail.subscribers import Subscribers
from monitor.pipeline.own_matching import WORTH_SAVING, OwnBook
from monitor.rules.percolator.saving import segment_bytes
from tests.house import READER, House, at

MONDAY = at("2024-12-09 10:00")
SECRET = "kumquat"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with House(tmp_path) as house:
        yield house


def give_many(connection: sqlite3.Connection, subscriber_id: int, queries: Iterable[str]) -> None:
    connection.executemany(
        "INSERT INTO own_watches (subscriber_id, title, query, created_at) VALUES (?, 'x', ?, '2024-12-09T10:00:00Z')",
        ((subscriber_id, query) for query in queries),
    )


def test_the_standing_queries_follow_every_edit_and_start_from_their_saved_form(house: House) -> None:
    with open_mail(house.folder / "var" / "mail.db") as connection:
        person = Subscribers(connection).add(READER, [], "daily", now=MONDAY, covered_to=0, confirmed=True)
        own, book = OwnWatches(connection), OwnBook.of(connection)
        first = own.add(person.id, "apple", "x", "daily", MONDAY)
        book.catch_up()
        second = own.add(person.id, "pear", "x", "daily", MONDAY)
        Subscribers(connection).end(READER, MONDAY, watch=first.name)
        book.catch_up()
        assert book.standing is not None
        assert list(book.standing.ids()) == [second.id]
        assert not own.has_index()
        own.save_index(*saved_form(book))
        third = own.add(person.id, "plum", "x", "daily", MONDAY)
        again = OwnBook.of(connection)
        again.catch_up()
        assert again.standing is not None
        assert sorted(again.standing.ids()) == [second.id, third.id]
        assert again.edit_id == own.newest_edit()


def saved_form(book: OwnBook) -> tuple[int, str, list[bytes]]:
    assert book.standing is not None
    return book.edit_id, __version__, list(segment_bytes(book.standing.compacted()))


def test_many_are_saved_at_the_first_start_and_a_form_that_cannot_be_read_is_made_again(house: House) -> None:
    with open_mail(house.folder / "var" / "mail.db") as connection:
        Subscribers(connection).add(READER, [], "daily", now=MONDAY, covered_to=0, confirmed=True)
        give_many(connection, 1, (f"word{number}" for number in range(WORTH_SAVING)))
        own = OwnWatches(connection)
        for spoil in (False, True):
            if spoil:
                own.save_index(own.newest_edit(), __version__, [b"nonsense"])
            book = OwnBook.of(connection)
            book.catch_up()
            saved = own.saved_index()
            assert book.standing is not None
            assert saved is not None
            assert (len(book.standing), saved[0]) == (WORTH_SAVING, own.newest_edit())
            assert len(saved[1]) > WORTH_SAVING


def test_whoever_is_erased_goes_out_of_the_saved_form_and_the_others_are_saved_anew(house: House) -> None:
    with open_mail(house.folder / "var" / "mail.db") as connection:
        people = Subscribers(connection)
        for address in (READER, "other@example.org"):
            people.add(address, [], "daily", now=MONDAY, covered_to=0, confirmed=True)
        own = OwnWatches(connection)
        secret = own.add(1, SECRET, "x", "daily", MONDAY)
        give_many(connection, 2, (f"word{number}" for number in range(WORTH_SAVING)))
        book = OwnBook.of(connection)
        book.catch_up()
        before = own.saved_index()
    house.run("subscriber", "erase", READER, now=MONDAY)
    with open_mail(house.folder / "var" / "mail.db") as connection:
        own, book.own = OwnWatches(connection), OwnWatches(connection)
        assert not own.has_index()
        book.catch_up()
        after, again = own.saved_index(), OwnBook.of(connection)
        again.catch_up()
        assert before is not None
        assert after is not None
        assert (SECRET.encode() in before[1], SECRET.encode() in after[1]) == (True, False)
        assert again.standing is not None
        assert (len(again.standing), again.standing.find(secret.id)) == (WORTH_SAVING, None)


def test_a_query_that_cannot_be_read_is_told_of_after_a_start_from_the_saved_form_too(house: House) -> None:
    with open_mail(house.folder / "var" / "mail.db") as connection:
        Subscribers(connection).add(READER, [], "daily", now=MONDAY, covered_to=0, confirmed=True)
        give_many(connection, 1, ["a AND", *(f"word{number}" for number in range(WORTH_SAVING))])
        for _ in range(2):
            book = OwnBook.of(connection)
            book.catch_up()
            assert (book.unreadable, book.own.has_index()) == ({1}, True)
