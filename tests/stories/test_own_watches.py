"""A subscriber's own watch: added, held against what happens, mailed with the others, explained, stopped; and private."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from monitor.mail.own_watches import MOST_OF_ONE, OwnWatches
from monitor.mail.room import open_mail
from monitor.mail.subscribers import Subscribers
from tests.fakes.documents import FileAttachment
from tests.fakes.world import World
from tests.house import READER, House, at, body_of, document, statement

MONDAY, TUESDAY, WEDNESDAY = at("2024-12-09 10:00"), at("2024-12-10 08:00"), at("2024-12-11 08:00")
SECRET = "kumquat"
FILE = FileAttachment("f1", "Fruit", "fruit.csv", "75a1b2c3d4e5f60718293a4b", b"fruit,count\npomelo,3\n", "text/csv")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with House(tmp_path) as house:
        house.world.publish(document("old", "Old fruit", f"<p>On a {SECRET}.</p>", "2024-12-01 09:00"))
        house.run("run", "--once", now=MONDAY)
        yield house


def add(house: House, query: str, *more: str, address: str = READER) -> Any:
    outcome = house.run("subscriber", "add", address, "--query", query, "--confirmed", *more, now=MONDAY)
    assert outcome.code == 0, outcome.err
    return outcome.json


def publish(house: House, name: str, words: str, published: str = "2024-12-09 17:00") -> None:
    house.world.publish(document(name, name.title(), f"<p>{words}</p>", published))


def test_it_brings_what_is_seen_from_then_on_once_and_nothing_older(house: House) -> None:
    told = add(house, f"{SECRET} NOT trains", "--title", "Fruit")
    assert told["subscriptions"] == [{"watch": "own:1", "every": "daily", "query": f"{SECRET} NOT trains"}]
    publish(house, "plan", f"More {SECRET}s.")
    publish(house, "trains", f"A {SECRET} on trains.")
    report = house.run("run", "--once", now=TUESDAY).json
    assert (report["match"]["own"], report["match"]["matches"]) == (1, 0)
    [mail] = house.mails()
    assert "NEW: Plan" in body_of(mail)
    assert "Fruit" in body_of(mail)
    assert "Old fruit" not in body_of(mail)
    assert house.run("run", "--once", now=WEDNESDAY).json["digest"]["planned"] == 0


def test_what_matches_it_and_a_watch_of_the_config_is_told_once(house: House) -> None:
    add(house, SECRET, "--title", "Fruit", "--watch", "border-security")
    publish(house, "plan", f"Small boats full of {SECRET}s.")
    publish(house, "other", "Small boats.")
    house.run("run", "--once", now=TUESDAY)
    [mail] = house.mails()
    assert body_of(mail).count("NEW: Plan") == 1
    assert "Also matches: Fruit" in body_of(mail)


def test_matches_of_both_kinds_that_have_the_same_number_are_not_mixed_up(house: House) -> None:
    add(house, SECRET, "--watch", "border-security")
    publish(house, "boats", "Small boats.")
    publish(house, "plan", f"A {SECRET}.")
    house.run("run", "--once", now=TUESDAY)
    [mail] = house.mails()
    assert [f"NEW: {title}" in body_of(mail) for title in ("Boats", "Plan")] == [True, True]


def test_several_people_with_the_same_query_get_a_mail_each_with_their_own_titles(house: House) -> None:
    add(house, SECRET, "--title", "Fruit of one")
    add(house, SECRET, "--title", "Fruit of two", address="two@example.org")
    publish(house, "plan", f"More {SECRET}s.")
    house.run("run", "--once", now=TUESDAY)
    titles = {
        mail["To"]: [one for one in ("Fruit of one", "Fruit of two") if one in body_of(mail)] for mail in house.mails()
    }
    assert titles == {READER: ["Fruit of one"], "two@example.org": ["Fruit of two"]}


def test_an_edit_and_a_late_attachment_are_matched_as_for_any_watch(house: House) -> None:
    add(house, "tangerine")
    add(house, "pomelo in:attachment")
    house.world.edit(
        "/government/publications/old", at=at("2024-12-09 18:00"), note="More.", body_html="<p>A tangerine.</p>"
    )
    house.world.publish(document("file", "File", "<p>See the file.</p>", "2024-12-09 17:00", files=(FILE,)))
    for hour in (8, 9):
        house.run("run", "--once", now=at(f"2024-12-10 {hour:02}:00"))
    house.run("run", "--once", now=WEDNESDAY)
    words = "".join(body_of(mail) for mail in house.mails())
    assert "UPDATED: Old fruit" in words
    assert "File" in words


def test_a_correction_reaches_whoever_was_told_by_a_watch_of_their_own(house: House) -> None:
    add(house, SECRET)
    house.world.make_statement(statement(293, "Fruit", f"<p>We grow ten {SECRET}s in the garden.</p>", "2024-12-09"))
    house.run("run", "--once", now=TUESDAY)
    house.world.make_statement(statement(293, "Fruit", "<p>We grow no oranges in the garden at all.</p>", "2024-12-09"))
    house.run("run", "--once", now=at("2024-12-10 20:00"))
    house.run("run", "--once", now=WEDNESDAY)
    assert [("HCWS293" in body_of(mail)) for mail in house.mails()] == [True, True]


def test_what_it_has_matched_is_looked_at_again_as_everything_that_is_watched(house: House) -> None:
    add(house, SECRET)
    publish(house, "plan", f"A {SECRET}.", "2024-12-09 11:00")
    publish(house, "other", "Nobody looks for this.", "2024-12-09 11:00")
    house.run("run", "--once", now=at("2024-12-09 12:00"))
    for day in (10, 12, 15, 17, 20):
        house.run("run", "--once", now=at(f"2024-12-{day} 09:00"))
    with closing(sqlite3.connect(house.folder / "var" / "archive.db")) as archive:
        looks = dict(archive.execute("SELECT title, next_look_at FROM publications").fetchall())
    assert looks["Plan"] is not None
    assert looks["Other"] is None


def test_nothing_of_it_enters_the_archive(house: House) -> None:
    add(house, SECRET)
    publish(house, "plan", "Nothing of the sort.")
    publish(house, "plan-2", f"A {SECRET}.")
    house.run("run", "--once", now=TUESDAY)
    with closing(sqlite3.connect(house.folder / "var" / "archive.db")) as archive:
        assert archive.execute("SELECT count(*) FROM matches").fetchone() == (0,)
        assert archive.execute("SELECT count(*) FROM watch_revisions WHERE watch LIKE 'own%'").fetchone() == (0,)


def test_explain_says_why_and_why_not(house: House) -> None:
    add(house, SECRET)
    publish(house, "plan", f"A {SECRET}.")
    publish(house, "trains", "On trains.")
    house.run("run", "--once", now=TUESDAY)
    page = "https://www.gov.uk/government/publications/"
    told = house.run("explain", f"{page}plan", READER, now=TUESDAY).json
    assert (told["outcome"], told["watches"][0]["watch"], told["watches"][0]["matched"]) == ("mailed", "own:1", True)
    assert house.run("explain", f"{page}trains", READER, now=TUESDAY).json["reason"] == f"own:1: not in it: {SECRET}"
    assert "baseline" in house.run("explain", f"{page}old", READER, now=TUESDAY).json["reason"]


def test_ending_it_ends_the_watch_and_its_matches_and_erasing_leaves_nothing(house: House) -> None:
    add(house, SECRET)
    add(house, "tangerine")
    publish(house, "plan", f"A {SECRET}.")
    house.run("run", "--once", now=TUESDAY)
    house.run("subscriber", "end", READER, "--watch", "own:1", now=TUESDAY)
    assert counts(house) == {"own_watches": 1, "own_matches": 0}
    publish(house, "plan-2", f"A {SECRET} and a tangerine.", "2024-12-10 09:00")
    assert house.run("run", "--once", now=WEDNESDAY).json["match"]["own"] == 1
    house.run("subscriber", "erase", READER, now=WEDNESDAY)
    assert counts(house) == {"own_watches": 0, "own_matches": 0}
    assert SECRET.encode() not in (house.folder / "var" / "mail.db").read_bytes()


def counts(house: House) -> dict[str, int]:
    with closing(sqlite3.connect(house.folder / "var" / "mail.db")) as mail:
        tables = ("own_watches", "own_matches")
        return {table: mail.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}


def test_the_link_at_the_foot_of_a_mail_stops_it(house: House) -> None:
    add(house, SECRET, "--title", "Fruit")
    publish(house, "plan", f"A {SECRET}.")
    house.run("run", "--once", now=TUESDAY)
    found = re.search(r"unsubscribe 1\.own:1\.[a-z2-7]{26}", unquote(body_of(house.mails()[0]).replace("\n", "")))
    assert found
    answer = house.folder / "answer.eml"
    answer.write_text(
        f"From: {READER}\nTo: ops@example.org\nMessage-ID: <1@example.org>\nSubject: {found[0]}\n\nStop.\n"
    )
    assert house.run("bounce", str(answer), now=WEDNESDAY).json["acts"] == {"stopped": 1}
    assert counts(house) == {"own_watches": 0, "own_matches": 0}


def test_whoever_has_not_said_yes_is_asked_with_its_title_and_owed_from_then_on(house: House) -> None:
    house.run("subscriber", "add", READER, "--query", SECRET, "--title", "Fruit", now=MONDAY)
    publish(house, "plan", f"A {SECRET}.")
    house.run("run", "--once", now=TUESDAY)
    assert "Fruit" in body_of(house.mails()[0])
    house.run("subscriber", "confirm", READER, now=TUESDAY)
    publish(house, "plan-2", f"Another {SECRET}.", "2024-12-10 09:00")
    house.run("run", "--once", now=WEDNESDAY)
    assert "NEW: Plan-2" in body_of(house.mails()[-1])
    assert "NEW: Plan\n" not in body_of(house.mails()[-1])


def test_more_than_thirty_a_day_are_refused_unless_narrowed(tmp_path: Path) -> None:
    with House(tmp_path, world=World(feed_size=300, volatile_links=False)) as house:
        house.run("run", "--once", now=MONDAY)
        for number in range(240):
            words = "Notice of the day." + " Rare." * (number < 5)
            publish(house, f"n-{number}", words, f"2024-12-{9 + number // 35:02} 12:00")
        now = at("2024-12-16 09:00")
        house.run("run", "--once", now=now)
        refused = house.run("subscriber", "add", READER, "--query", "notice", now=now)
        assert refused.code == 2
        assert (
            "would bring about 34 a day, and 30 are the most (240 in the last 100 days: Home Office 240)" in refused.err
        )
        assert house.run("subscriber", "list").json["subscribers"] == []
        assert house.run("subscriber", "add", READER, "--query", "notice rare", now=now).code == 0


def test_a_query_with_a_mistake_is_refused_with_its_caret(house: House) -> None:
    refused = house.run("subscriber", "add", READER, "--query", "fruit AND")
    assert refused.code == 2
    assert "--query" in refused.err
    assert "help: " in refused.err


def test_nobody_has_more_than_fifty(house: House) -> None:
    with open_mail(house.folder / "var" / "mail.db") as connection:
        person = Subscribers(connection).add(READER, [], "daily", now=MONDAY, covered_to=0, confirmed=True)
        for number in range(MOST_OF_ONE):
            OwnWatches(connection).add(person.id, f"word{number}", "x", "daily", MONDAY)
    refused = house.run("subscriber", "add", READER, "--query", SECRET, now=MONDAY)
    assert (refused.code, "they have 50 watches of their own" in refused.err) == (2, True)


def test_they_are_no_part_of_a_roster_and_not_missed_in_the_config(house: House) -> None:
    add(house, SECRET, "--watch", "border-security")
    assert "own:" not in house.run("subscriber", "export").json["csv"]
    house.run("run", "--once", now=TUESDAY)
    assert house.run("status", now=TUESDAY).json["faults"] == []
    assert house.run("check").code == 0


def test_a_query_that_this_version_cannot_read_is_set_aside_and_told_to_the_operator(house: House) -> None:
    add(house, SECRET)
    with open_mail(house.folder / "var" / "mail.db") as connection:
        connection.execute("UPDATE own_watches SET query = 'a AND'")
    house.run("run", "--once", now=TUESDAY)
    assert "watch own:1 cannot be read" in house.mails()[0]["Subject"]
