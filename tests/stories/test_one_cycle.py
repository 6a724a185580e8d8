"""A monitor starts, takes a baseline, tells what is new once, and then has nothing to say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import HOME_OFFICE_FEED, House, at, body_of, document, statement

MONDAY = at("2024-12-09 10:00")
TUESDAY_MORNING = at("2024-12-10 08:00")
PLAN = document(
    "calais-group-priority-plan", "Calais Group priority plan",
    "<p>What the Calais Group will do together against small boats.</p>", "2024-12-09 17:00",
)  # fmt: skip


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with House(tmp_path) as house:
        house.world.publish(
            document("old-news", "Old news", "<p>Nothing about small boats that is new.</p>", "2024-12-01 09:00")
        )
        house.world.make_statement(statement(280, "Border security", "<p>On people smuggling.</p>", "2024-12-05"))
        house.subscribe("border-security", now=MONDAY)
        yield house


def test_the_first_run_is_a_baseline_and_mails_nobody(house: House) -> None:
    report = house.run("run", "--once", now=MONDAY).json
    assert report["poll"]["changes"] == []
    assert house.run("search", "small boats").json["total"] == 1
    assert house.run("run", "--once", now=TUESDAY_MORNING).json["digest"]["planned"] == 0
    assert house.mails() == []


def test_new_items_come_in_one_digest_with_exactly_those(house: House) -> None:
    house.run("run", "--once", now=MONDAY)
    house.world.publish(PLAN)
    house.world.publish(document("pensions", "Pensions", "<p>On pensions.</p>", "2024-12-09 18:00"))
    house.world.make_statement(statement(281, "Calais Group", "<p>We met the Calais Group.</p>", "2024-12-10"))
    report = house.run("run", "--once", now=TUESDAY_MORNING).json
    assert sorted(change["title"] for change in report["poll"]["changes"]) == [
        "Calais Group", "Calais Group priority plan", "Pensions",
    ]  # fmt: skip
    [mail] = house.mails()
    words = body_of(mail)
    assert mail["Subject"].startswith("2 new: Calais Group")
    assert "Calais Group priority plan" in words
    assert "HCWS281" in words
    assert "Pensions" not in words
    assert "Old news" not in words


def test_a_third_run_with_nothing_new_sends_nothing_and_parses_nothing(house: House) -> None:
    house.run("run", "--once", now=MONDAY)
    house.world.publish(PLAN)
    house.run("run", "--once", now=TUESDAY_MORNING)
    report = house.run("poll", "--all", now=at("2024-12-10 08:05")).json
    assert {feed["outcome"] for feed in report["feeds"]} <= {"same", "not-modified"}
    assert report["changes"] == []
    assert house.run("run", "--once", now=at("2024-12-10 08:06")).json["digest"]["planned"] == 0
    assert len(house.mails()) == 1


def test_an_item_in_two_watches_is_told_once(tmp_path: Path) -> None:
    from tests.house import CONFIG

    more = '[[watch]]\nname = "plans"\ntitle = "Plans"\nkeywords = ["priority plan"]\n\n[mail]'
    with House(tmp_path, config=CONFIG.replace("[mail]", more)) as house:
        house.subscribe("border-security", "plans", now=MONDAY)
        house.run("run", "--once", now=MONDAY)
        house.world.publish(PLAN)
        house.run("run", "--once", now=TUESDAY_MORNING)
        [mail] = house.mails()
        assert body_of(mail).count("NEW: Calais Group priority plan") == 1
        assert "Also matches: Plans" in body_of(mail)


def test_an_item_swallowed_by_a_new_feeds_baseline_is_still_news_to_the_old_feed(tmp_path: Path) -> None:
    from tests.house import CONFIG

    more = '[[feed]]\nname = "aaa-papers"\nsource = "govuk_atom"\nevery = "15m"\n'
    more += 'url = "https://www.gov.uk/search/policy-papers-and-consultations.atom"\n\n[[watch]]'
    with House(tmp_path) as house:
        house.subscribe("border-security", now=MONDAY)
        house.run("run", "--once", now=MONDAY)
        house.world.publish(PLAN)
        house.write_config(CONFIG.replace("[[watch]]", more, 1))
        house.run("poll", "aaa-papers", now=at("2024-12-09 18:00"))
        house.run("run", "--once", now=TUESDAY_MORNING)
        assert len(house.mails()) == 1


def test_a_feed_that_names_an_item_twice_asks_for_it_once(house: House) -> None:
    house.run("run", "--once", now=MONDAY)
    house.world.publish(PLAN)
    house.publisher.reset_counts()
    house.run("poll", "--all", now=at("2024-12-09 17:30"))
    assert house.publisher.count(f"https://www.gov.uk/api/content{PLAN.path}") == 1
    assert house.publisher.count(HOME_OFFICE_FEED) == 1


def test_three_missed_days_are_one_mail(house: House) -> None:
    house.run("run", "--once", now=MONDAY)
    for day, number in (("2024-12-10", 281), ("2024-12-11", 282), ("2024-12-12", 283)):
        house.world.make_statement(statement(number, f"Statement {number}", "<p>On people smuggling.</p>", day))
    report = house.run("run", "--once", now=at("2024-12-12 09:00")).json
    assert report["digest"]["planned"] == 1
    [mail] = house.mails()
    assert mail["Subject"].startswith("3 new")


def test_a_mail_planned_today_is_not_planned_again_today(house: House) -> None:
    house.run("run", "--once", now=MONDAY)
    house.world.publish(PLAN)
    house.run("run", "--once", now=TUESDAY_MORNING)
    house.world.make_statement(statement(281, "Calais Group", "<p>We met the Calais Group.</p>", "2024-12-10"))
    house.run("run", "--once", now=at("2024-12-10 12:00"))
    assert len(house.mails()) == 1
    house.run("run", "--once", now=at("2024-12-11 07:31"))
    assert len(house.mails()) == 2
    assert house.mails()[1]["Subject"].startswith("1 new: Calais Group")


def test_immediate_alerts_come_with_the_next_cycle_and_are_grouped(house: House) -> None:
    house.subscribe("border-security", address="now@example.org", every="immediate", now=MONDAY)
    house.run("run", "--once", now=MONDAY)
    house.world.publish(PLAN)
    house.run("run", "--once", now=at("2024-12-09 17:20"))
    assert [mail["To"] for mail in house.mails()] == ["now@example.org"]
    house.world.make_statement(statement(281, "Calais Group", "<p>We met the Calais Group.</p>", "2024-12-09"))
    house.run("poll", "--all", now=at("2024-12-09 17:24"))
    house.run("match", now=at("2024-12-09 17:24"))
    assert house.run("digest", "send", now=at("2024-12-09 17:24")).json["planned"] == 0
    assert house.run("digest", "send", now=at("2024-12-09 17:30")).json["planned"] == 1
