"""Subscribers and their digests on the command line: asked first, imported, paused, told, held, let go."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.house import READER, House, at, body_of, document

MONDAY = at("2024-12-09 10:00")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with House(tmp_path) as house:
        yield house


def publish(house: House, *names: str, on: str) -> None:
    for name in names:
        house.world.publish(document(name, f"Plan {name}", "<p>All about small boats.</p>", on))


def token_of(house: House) -> str:
    [mail] = house.mails()
    return body_of(mail).split("Your token: ")[1].split()[0]


def test_whoever_is_added_is_asked_first_at_most_once_a_day_and_gets_nothing_before_the_yes(house):
    house.run("subscriber", "add", READER, "--watch", "border-security", now=MONDAY)
    house.run("subscriber", "add", READER, "--watch", "border-security", now=MONDAY)
    house.run("run", "--once", now=MONDAY)
    publish(house, "one", on="2024-12-09 17:00")
    house.run("run", "--once", now=at("2024-12-10 08:00"))
    [mail] = house.mails()
    assert mail["Subject"] == "Please confirm: Publication Monitor"
    token = token_of(house)
    said = house.run("subscriber", "confirm", "--token", token, now=at("2024-12-10 09:00")).json
    assert said["state"] == "active"
    publish(house, "two", on="2024-12-10 12:00")
    house.run("run", "--once", now=at("2024-12-11 08:00"))
    digest = house.mails()[1]
    assert "Plan two" in body_of(digest)
    assert "Plan one" not in body_of(digest)


def test_an_address_that_stands_behind_watch_ends_nobody_elses_watch(house):
    house.run("subscriber", "add", READER, "--watch", "border-security", "--confirmed", now=MONDAY)
    wrong = house.run("subscriber", "end", "--watch", "border-security", "somebody@example.org", now=MONDAY)
    assert (wrong.code, "somebody@example.org for a watch; write the address first" in wrong.err) == (2, True)
    assert house.run("subscriber", "show", READER, now=MONDAY).json["state"] == "active"


def test_a_token_is_void_once_the_subscription_has_ended_and_after_seven_days(house):
    house.run("subscriber", "add", READER, "--watch", "border-security", now=MONDAY)
    house.run("deliver", now=MONDAY)
    token = token_of(house)
    late = house.run("subscriber", "confirm", "--token", token, now=at("2024-12-17 10:00"))
    assert (late.code, "its seven days are over" in late.err) == (2, True)
    house.run("subscriber", "end", READER, now=MONDAY)
    house.run("subscriber", "add", READER, "--watch", "border-security", now=MONDAY)
    void = house.run("subscriber", "confirm", "--token", token, now=MONDAY)
    assert (void.code, "has ended" in void.err) == (2, True)


def test_the_history_says_what_happened_how_and_in_which_words(house):
    house.run("subscriber", "add", READER, "--watch", "border-security", now=MONDAY)
    house.run("deliver", now=MONDAY)
    mailbox = house.folder / "reply.eml"
    mailbox.write_text(f"From: {READER}\nSubject: confirm {token_of(house)}\n\nYes\n", encoding="utf-8")
    assert house.run("bounce", str(mailbox), now=MONDAY).json["acts"] == {"confirmed": 1}
    assert house.run("bounce", str(mailbox), now=MONDAY).json == {"read": 1, "known": 1, "acts": {}}
    house.run("subscriber", "pause", READER, "--until", "2024-12-20", now=MONDAY)
    history = house.run("subscriber", "show", READER, now=MONDAY).json["history"]
    assert [(line["act"], line["how"]) for line in history] == [
        ("added", "operator"), ("asked", "operator"), ("confirmed", "reply"), ("paused", "operator"),
    ]  # fmt: skip
    assert history[2]["wording"].startswith("Yes, send me digests")


def test_a_pause_until_a_day_ends_by_itself_and_tells_of_everything_in_one_mail(house):
    house.subscribe("border-security", now=MONDAY)
    house.run("run", "--once", now=MONDAY)
    house.run("subscriber", "pause", READER, "--until", "2024-12-12", now=MONDAY)
    publish(house, "one", on="2024-12-09 17:00")
    house.run("run", "--once", now=at("2024-12-10 08:00"))
    publish(house, "two", on="2024-12-11 17:00")
    house.run("run", "--once", now=at("2024-12-11 23:50"))
    assert house.mails() == []
    house.run("run", "--once", now=at("2024-12-12 08:00"))
    [mail] = house.mails()
    assert mail["Subject"].startswith("2 new")
    assert house.run("subscriber", "pause", READER, "--until", "2024-12-01", now=at("2024-12-12 08:00")).code == 2


def test_a_file_is_imported_whole_or_not_at_all_and_erased_people_stay_away(house):
    file = house.folder / "people.csv"
    file.write_text("email,watches,every\nada@example.org,border-security,weekly\nbob@example.org,nothing,daily\n")
    refused = house.run("subscriber", "import", str(file), now=MONDAY)
    assert (refused.code, "line 3: no watch of the config is called nothing" in refused.err) == (2, True)
    assert house.run("subscriber", "list", now=MONDAY).json == {"subscribers": []}
    house.subscribe("border-security", address="gone@example.org", now=MONDAY)
    house.run("subscriber", "erase", "gone@example.org", now=MONDAY)
    rows = "ada@example.org,border-security,weekly,text,yes\ngone@example.org,border-security,daily,,\n"
    file.write_text(f"email,watches,every,format,heartbeat\n{rows}")
    assert house.run("subscriber", "import", "--confirmed", str(file), now=MONDAY).json == {
        "imported": 1,
        "refused": [3],
    }
    [ada] = house.run("subscriber", "list", now=MONDAY).json["subscribers"]
    assert (ada["state"], ada["format"], ada["heartbeat"]) == ("active", "text", True)
    exported = house.run("subscriber", "export", now=MONDAY).json["csv"]
    assert exported.splitlines()[1] == "ada@example.org,border-security,weekly,text,,en-GB,no,yes"


def test_wishes_shape_the_mail_text_alone_and_a_line_on_a_quiet_day(house):
    house.subscribe("border-security", now=MONDAY)
    house.run("subscriber", "set", READER, "--format", "text", "--heartbeat", now=MONDAY)
    house.run("run", "--once", now=MONDAY)
    house.run("run", "--once", now=at("2024-12-10 08:00"))
    [mail] = house.mails()
    assert mail["Subject"] == "Nothing new (10 Dec)"
    assert mail.get_content_type() == "text/plain"
    assert "2 sources, checked" in mail.get_content()


def test_working_days_only_leaves_out_a_weekend_and_tells_of_it_on_monday(house):
    house.subscribe("border-security", now=at("2024-12-06 09:00"))
    house.run("subscriber", "set", READER, "--working-days", now=MONDAY)
    house.run("run", "--once", now=at("2024-12-06 10:00"))
    publish(house, "one", on="2024-12-06 17:00")
    for day in ("2024-12-07 08:00", "2024-12-08 08:00"):
        assert house.run("run", "--once", now=at(day)).json["digest"]["planned"] == 0
    assert house.run("run", "--once", now=at("2024-12-09 08:00")).json["digest"]["planned"] == 1
    assert "covers Friday 6 to Monday 9 December" in body_of(house.mails()[0])


def test_mornings_are_where_the_reader_is(house):
    house.subscribe("border-security", now=MONDAY)
    house.run("subscriber", "set", READER, "--timezone", "America/New_York", now=MONDAY)
    house.run("run", "--once", now=at("2024-12-09 13:00"))
    publish(house, "one", on="2024-12-09 17:00")
    assert house.run("run", "--once", now=at("2024-12-10 12:29")).json["digest"]["planned"] == 0
    assert house.run("run", "--once", now=at("2024-12-10 12:31")).json["digest"]["planned"] == 1
    assert "9 Dec 2024, 12:00" in body_of(house.mails()[0])


def test_an_outsized_run_waits_for_a_word(house):
    house.subscribe("border-security", now=MONDAY)
    house.run("run", "--once", now=MONDAY)
    for day in range(10, 15):
        publish(house, f"usual-{day}", on=f"2024-12-{day - 1:02} 17:00")
        house.run("run", "--once", now=at(f"2024-12-{day} 08:00"))
    assert len(house.mails()) == 5
    publish(house, *(f"flood-{number}" for number in range(3)), on="2024-12-14 17:00")
    report = house.run("run", "--once", now=at("2024-12-15 08:00")).json
    assert report["digest"]["planned"] == 1
    status = house.run("digest", "status", now=at("2024-12-15 08:00")).json
    assert status["held"] == [{"period": "daily:2024-12-15", "mails": 1, "items": 3, "usual": 1.0}]
    assert [mail["To"] for mail in house.mails()].count(READER) == 5
    assert len(house.run("digest", "send", "--release", now=at("2024-12-15 09:00")).json["released"]) == 1
    house.run("deliver", now=at("2024-12-15 09:00"))
    assert [mail["To"] for mail in house.mails()].count(READER) == 6


def test_a_preview_shows_the_whole_mail_and_plans_nothing(house):
    house.subscribe("border-security", now=MONDAY)
    house.subscribe("border-security", address="other@example.org", now=MONDAY)
    house.run("run", "--once", now=MONDAY)
    publish(house, "one", on="2024-12-09 12:00")
    house.run("poll", "--all", now=at("2024-12-09 13:00"))
    house.run("match", now=at("2024-12-09 13:00"))
    options = ["--for", READER, "--date", "2024-12-10", "--eml", "--html", str(house.folder / "pages")]
    shown = house.run("digest", "preview", *options, now=at("2024-12-09 13:00")).json
    assert [mail["subject"] for mail in shown["mails"]] == ["1 new: Plan one (10 Dec)"]
    assert "Date: Tue, 10 Dec 2024 07:30:00" in shown["messages"][0]
    page = (house.folder / "pages" / "digest-1.html").read_text(encoding="utf-8")
    assert page.count("<iframe") == 2
    assert "List-Unsubscribe" in page
    assert house.run("digest", "send", "--dry-run", now=at("2024-12-10 08:00")).json["planned"] == 2
    assert house.run("digest", "status", now=MONDAY).json["outbox"]["todo"] == 0


def test_a_bounce_is_taken_from_standard_input(house):
    class Piped:
        buffer = io.BytesIO(b"From: nobody@example.org\nSubject: Hello\n\nHello\n")

    stdin, sys.stdin = sys.stdin, Piped()
    try:
        assert house.run("bounce", now=MONDAY).json["acts"] == {"not a bounce, not a wish": 1}
    finally:
        sys.stdin = stdin
    assert house.run("bounce", str(house.folder / "nowhere"), now=MONDAY).code == 2


def test_a_fault_is_told_once_and_so_is_its_end(house):
    house.subscribe("border-security", now=MONDAY)
    house.run("run", "--once", now=MONDAY)
    feed = "https://www.gov.uk/government/organisations/home-office.atom"
    house.publisher.set(feed, status=503)
    for hour in ("10:20", "11:40", "13:00", "15:00"):
        house.run("poll", "--all", now=at(f"2024-12-09 {hour}"))
        house.run("run", "--once", now=at(f"2024-12-09 {hour}"))
    house.publisher.remove(feed)
    for hour in ("16:00", "17:00"):
        house.run("poll", "--all", now=at(f"2024-12-09 {hour}"))
        house.run("run", "--once", now=at(f"2024-12-09 {hour}"))
    notices = [mail["Subject"] for mail in house.mails() if mail["To"] == "ops@example.org"]
    assert notices == ["Monitor: 1 fault: feed home-office failing", "Monitor: 1 recovered: feed home-office failing"]


def test_a_change_to_what_was_sent_before_says_when_it_was_sent(house):
    house.subscribe("border-security", now=MONDAY)
    house.run("run", "--once", now=MONDAY)
    publish(house, "one", on="2024-12-09 17:00")
    house.run("run", "--once", now=at("2024-12-10 08:00"))
    house.subscribe("border-security", address="late@example.org", now=at("2024-12-10 09:00"))
    words = "<p>All about small boats. The fine for small boats is now 365 pounds.</p>"
    changed = replace(document("one", "Plan one", words, "2024-12-09 17:00"), public_updated_at=at("2024-12-10 12:00"))
    house.world.publish(changed)
    house.run("run", "--once", now=at("2024-12-11 08:00"))
    by_reader = {mail["To"]: body_of(mail) for mail in house.mails() if "11 Dec" in str(mail["Subject"])}
    assert "You were sent this on 10 Dec 2024." in by_reader[READER]
    assert "You were sent this" not in by_reader["late@example.org"]
