"""The watches of the config and subscribers' own read the trays together, whoever is behind first, and nothing is told twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monitor.mail.own_watches import OwnWatches
from monitor.mail.room import open_mail
from monitor.mail.subscribers import Subscribers
from monitor.model.watch import Watch
from monitor.pipeline.match import match
from monitor.pipeline.own_matching import OwnBook, begin_own_watches
from monitor.rules.watching import compile_watches
from monitor.store.archive import Archive
from tests.store.shelf import MONDAY, NEW, accession, keep, open_shelf, plan

BOATS = Watch("boats", "Boats", ("small boats",))
OWN = "boats OR fruit"


@contextmanager
def opened(folder: Path) -> Iterator[tuple[Archive, sqlite3.Connection]]:
    with open_shelf(folder) as archive, open_mail(folder / "mail.db") as mail:
        yield archive, mail


def publish(archive: Archive, *texts: str) -> None:
    for text in texts:
        keep(archive, accession(plan(key=f"govuk:{text}:en", url=f"https://www.gov.uk/{text[0]}", text=text), NEW))


def give_own(archive: Archive, mail: sqlite3.Connection) -> None:
    Subscribers(mail).add("reader@example.org", [], "daily", now=MONDAY, covered_to=0, confirmed=True)
    own = OwnWatches(mail)
    begin_own_watches(archive, own)
    own.add(1, OWN, "x", "daily", MONDAY)


def told(archive: Archive, mail: sqlite3.Connection) -> tuple[list[str], list[str]]:
    """The publications that each side has told of."""
    public = [one.change.key for one in archive.matches.between(0, archive.matches.head(), ["boats"])]
    changes = {change.change.id: change.change.key for change in archive.changes.after(0, 100)}
    own = OwnWatches(mail)
    return public, [changes[one.change_id] for one in own.matches_between(0, own.head(), ["own:1"])]


def test_one_reading_of_the_tray_serves_both(tmp_path: Path) -> None:
    with opened(tmp_path) as (archive, mail):
        give_own(archive, mail)
        publish(archive, "small boats", "fruit", "nothing")
        report = match(archive, compile_watches([BOATS]), OwnBook.of(mail), now=MONDAY)
        assert (report.changes, report.matches, report.own) == (3, {"boats": 1}, 2)
        assert told(archive, mail) == (["govuk:small boats:en"], ["govuk:small boats:en", "govuk:fruit:en"])
        again = match(archive, compile_watches([BOATS]), OwnBook.of(mail), now=MONDAY)
        assert (again.changes, again.total, again.own) == (0, 0, 0)


def test_own_watches_that_come_later_hear_of_nothing_older_and_the_others_of_everything(tmp_path: Path) -> None:
    with opened(tmp_path) as (archive, mail):
        publish(archive, "small boats")
        give_own(archive, mail)
        publish(archive, "more small boats")
        report = match(archive, compile_watches([BOATS]), OwnBook.of(mail), now=MONDAY)
        assert (report.changes, report.matches, report.own) == (2, {"boats": 2}, 1)
        assert told(archive, mail)[1] == ["govuk:more small boats:en"]


def test_whoever_was_put_back_is_brought_level_and_the_others_are_told_nothing_again(tmp_path: Path) -> None:
    fresh = [BOATS, Watch("fruit", "Fruit", ("fruit",))]
    with opened(tmp_path) as (archive, mail):
        give_own(archive, mail)
        publish(archive, "small boats", "fruit")
        match(archive, compile_watches([BOATS]), OwnBook.of(mail), now=MONDAY)
        mail.execute("UPDATE own_progress SET at = 0")
        mail.execute("DELETE FROM own_matches")
        publish(archive, "large boats")
        report = match(archive, compile_watches(fresh), OwnBook.of(mail), now=MONDAY)
        assert (report.matches, report.own) == ({"boats": 0, "fruit": 0}, 3)
        assert told(archive, mail)[1] == ["govuk:small boats:en", "govuk:fruit:en", "govuk:large boats:en"]


def test_where_the_archive_lost_its_last_step_its_watches_read_again_and_own_ones_do_not(tmp_path: Path) -> None:
    with opened(tmp_path) as (archive, mail):
        give_own(archive, mail)
        publish(archive, "small boats", "fruit")
        book, own = compile_watches([BOATS]), OwnBook.of(mail)
        match(archive, book, own, now=MONDAY)
        with archive.transaction():
            archive.matches.record_progress("match", 0)
            archive.connection.execute("DELETE FROM matches")
        report = match(archive, book, own, now=MONDAY)
        assert (report.matches, report.own) == ({"boats": 1}, 0)
        assert told(archive, mail) == (["govuk:small boats:en"], ["govuk:small boats:en", "govuk:fruit:en"])
