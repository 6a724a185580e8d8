"""A watch gets another name: who hears of it and what it has matched goes along; one that is lost is asked about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from monitor.mail.room import open_mail
from monitor.mail.subscribers import Subscribers
from tests.house import CONFIG, READER, House, at, body_of, document

MONDAY, TUESDAY, WEDNESDAY = at("2024-12-09 10:00"), at("2024-12-10 08:00"), at("2024-12-11 08:00")
NEW_NAME = CONFIG.replace('name     = "border-security"', 'name     = "borders"')
RENAMED = NEW_NAME.replace("keywords", 'renamed_from = "border-security"\nkeywords')
ANOTHER = NEW_NAME.replace("keywords", 'renamed_from = ""\nkeywords')


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Somebody hears of a watch that has matched once."""
    with House(tmp_path) as house:
        house.run("run", "--once", now=MONDAY)
        house.subscribe("border-security", now=MONDAY)
        house.world.publish(document("plan", "Plan", "<p>Small boats.</p>", "2024-12-09 17:00"))
        house.run("run", "--once", now=TUESDAY)
        yield house


def subscriptions(house: House) -> list[str]:
    [person] = house.run("subscriber", "list").json["subscribers"]
    return [one["watch"] for one in person["subscriptions"]]


def test_check_asks_for_renamed_from_where_a_watch_is_gone_and_another_came(house: House) -> None:
    house.write_config(NEW_NAME)
    answer = house.run("check", now=TUESDAY)
    [problem] = answer.json["problems"]
    assert answer.code == 78
    assert problem["message"] == "is new, and 'border-security', which somebody is subscribed to, is gone"
    assert problem["help"].startswith('renamed_from = "border-security" keeps subscriptions and history')
    assert (house.folder / "config.toml").read_text().splitlines()[problem["line"] - 1] == 'name     = "borders"'


@pytest.mark.parametrize("config", [RENAMED, ANOTHER])
def test_either_answer_satisfies_it(house: House, config: str) -> None:
    house.write_config(config)
    assert house.run("check", now=TUESDAY).code == 0


def test_subscriptions_and_history_go_along_and_nothing_is_told_twice_or_missed(house: House) -> None:
    house.world.publish(document("more", "More", "<p>Small boats again.</p>", "2024-12-10 09:00"))
    house.run("poll", "--all", now=at("2024-12-10 10:00"))
    house.run("match", now=at("2024-12-10 10:00"))
    house.write_config(RENAMED)
    house.run("run", "--once", now=WEDNESDAY)
    assert subscriptions(house) == ["borders"]
    assert [row["matches"] for row in house.run("watch", "list").json["watches"]] == [2]
    assert len(house.mails()) == 2
    assert "NEW: More" in body_of(house.mails()[1])
    assert "Small boats." not in body_of(house.mails()[1])
    assert house.run("explain", "https://www.gov.uk/government/publications/plan", READER).json["outcome"] == "mailed"


def test_it_may_be_done_again_and_the_record_of_consent_says_it_once(house: House) -> None:
    house.write_config(RENAMED)
    for hour in (9, 10):
        house.run("match", now=at(f"2024-12-10 {hour:02}:00"))
    history = house.run("subscriber", "show", READER).json["history"]
    said = [line["detail"] for line in history if line["how"] == "config"]
    assert said == ["the watch border-security is called borders now"]


def test_whoever_had_both_names_keeps_one_and_misses_nothing(house: House) -> None:
    house.write_config(CONFIG.replace("[mail]", '[[watch]]\nname = "borders"\nkeywords = ["trains"]\n\n[mail]'))
    house.subscribe("borders", now=TUESDAY)
    house.write_config(RENAMED)
    house.world.publish(document("more", "More", "<p>Small boats again.</p>", "2024-12-10 09:00"))
    house.run("run", "--once", now=WEDNESDAY)
    assert subscriptions(house) == ["borders"]
    assert "NEW: More" in body_of(house.mails()[-1])


def test_a_link_to_stop_in_an_old_mail_still_stops_the_watch(house: House) -> None:
    house.write_config(RENAMED)
    house.run("match", now=WEDNESDAY)
    with open_mail(house.folder / "var" / "mail.db") as connection, closing(connection):
        person = Subscribers(connection).end(READER, WEDNESDAY, watch="border-security", how="reply")
    assert (person.subscriptions, person.state) == ((), "ended")


def test_a_watch_that_is_gone_while_people_are_subscribed_is_a_fault_until_it_is_back(house: House) -> None:
    house.write_config(ANOTHER)
    house.run("run", "--once", now=WEDNESDAY)
    assert "watch border-security missing" in house.mails()[-1]["Subject"]
    assert house.run("status", now=WEDNESDAY).code == 75
    house.write_config(CONFIG)
    house.run("run", "--once", now=at("2024-12-11 08:10"))
    assert house.mails()[-1]["Subject"] == "Monitor: 1 recovered: watch border-security missing"


def test_a_watch_that_is_given_up_is_ended_for_everybody(house: House) -> None:
    house.subscribe("border-security", address="two@example.org", now=TUESDAY)
    house.write_config(ANOTHER)
    house.run("run", "--once", now=WEDNESDAY)
    assert house.run("subscriber", "end", "--watch", "border-security", now=WEDNESDAY).json == {"ended": 2}
    assert {one["state"] for one in house.run("subscriber", "list").json["subscribers"]} == {"ended"}
    house.run("run", "--once", now=at("2024-12-11 08:10"))
    assert house.mails()[-1]["Subject"] == "Monitor: 1 recovered: watch border-security missing"
