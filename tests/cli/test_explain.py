"""`monitor explain ITEM SUBSCRIBER`: why somebody was told of a publication, and every reason why not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.house import CONFIG, READER, House, Outcome, at, document, statement

MONDAY, MONDAY_NOON = at("2024-12-09 10:00"), at("2024-12-09 12:00")
TUESDAY, WEDNESDAY = at("2024-12-10 08:00"), at("2024-12-11 08:00")
PAGE = "https://www.gov.uk/government/publications/"
PICKY = """[[watch]]
name  = "picky"
title = "Picky"
query = "(boat* OR ship) -pension dept:home-office"
on    = ["new", "withdrawn"]

[mail]"""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A monitor after its baseline, which holds one document about boats."""
    with House(tmp_path, config=CONFIG.replace("[mail]", PICKY)) as house:
        house.world.publish(document("old-news", "Old news", "<p>On small boats.</p>", "2024-12-01 09:00"))
        house.run("run", "--once", now=MONDAY)
        yield house


def publish(house: House, name: str, words: str, published: str = "2024-12-09 17:00") -> None:
    house.world.publish(document(name, name.title(), f"<p>{words}</p>", published))


def why(house: House, item: str, who: str = READER, now: Any = WEDNESDAY) -> Any:
    answer = house.run("explain", item if item.startswith("HCWS") else PAGE + item, who, now=now)
    assert answer.code == 0, answer.err
    return answer.json


def test_it_names_the_mail_the_version_and_the_words_that_matched(house: House) -> None:
    house.subscribe("border-security", now=MONDAY)
    publish(house, "plan", "Against small boats, and a small boat.")
    house.run("run", "--once", now=TUESDAY)
    told = why(house, "plan")
    [mail] = house.mails()
    assert told["outcome"] == "mailed"
    assert told["mail"]["message_id"] == mail["Message-ID"]
    assert (told["mail"]["period"], told["mail"]["sent_at"]) == ("daily:2024-12-10", "2024-12-10T08:00:00Z")
    [watch] = told["watches"]
    assert (watch["watch"], watch["matched"], watch["version"], watch["revision"]) == ("border-security", True, 1, 1)
    assert [(one["text"], one["matched"]) for one in watch["clauses"]][:2] == [
        ('"small boats"~', True),
        ('"people smuggling"~', False),
    ]
    assert [hit["text"] for hit in watch["clauses"][0]["hits"]] == ["small boats", "small boat"]


def test_no_match_names_the_clause_that_failed_and_the_one_under_not(house: House) -> None:
    house.subscribe("picky", now=MONDAY)
    publish(house, "trains", "On trains.")
    publish(house, "fund", "A ship for each pension.")
    house.run("run", "--once", now=TUESDAY)
    trains, fund = why(house, "trains"), why(house, "fund")
    assert trains["outcome"] == fund["outcome"] == "no-match"
    assert trains["reason"] == "picky: not in it: boat*, ship"
    assert fund["reason"] == "picky: in it, though the watch says NOT: pension"
    assert [one["failed"] for one in fund["watches"][0]["clauses"]] == [False, False, True, False]


def test_the_baseline_is_told_to_nobody(house: House) -> None:
    house.subscribe("border-security", now=MONDAY)
    told = why(house, "old-news")
    assert (told["outcome"], told["mail"], told["watches"][0]["matched"]) == ("withheld", None, True)
    assert "it came with the baseline" in told["reason"]


def test_what_was_seen_before_somebody_said_yes_is_not_owed(house: House) -> None:
    publish(house, "plan", "Small boats.", "2024-12-09 11:00")
    house.run("run", "--once", now=MONDAY_NOON)
    house.subscribe("border-security", now=at("2024-12-09 13:00"))
    assert "before they said yes on 9 Dec 2024, 13:00" in why(house, "plan")["reason"]


def test_what_was_seen_before_a_watch_was_taken_up_is_not_owed(house: House) -> None:
    house.subscribe("picky", now=MONDAY)
    publish(house, "plan", "People smuggling.", "2024-12-09 11:00")
    house.run("run", "--once", now=MONDAY_NOON)
    house.subscribe("border-security", now=at("2024-12-09 13:00"))
    told = why(house, "plan")
    assert "before they took up this watch" in told["reason"]
    assert [watch["outcome"] for watch in told["watches"]] == ["withheld", "no-match"]


def test_nobody_is_told_before_they_have_said_yes(house: House) -> None:
    house.run("subscriber", "add", READER, "--watch", "border-security", now=MONDAY)
    publish(house, "plan", "Small boats.")
    house.run("run", "--once", now=TUESDAY)
    assert "they have not said yes yet" in why(house, "plan")["reason"]


def test_a_pause_keeps_it_until_it_is_over(house: House) -> None:
    house.subscribe("border-security", now=MONDAY)
    house.run("subscriber", "pause", READER, "--until", "2024-12-20", now=MONDAY)
    publish(house, "plan", "Small boats.")
    house.run("run", "--once", now=TUESDAY)
    assert "they are paused until 20 Dec 2024, 00:00" in why(house, "plan")["reason"]


def test_between_matching_and_the_next_digest_it_waits(house: House) -> None:
    house.subscribe("border-security", every="weekly", now=MONDAY)
    publish(house, "plan", "Small boats.")
    house.run("poll", "--all", now=TUESDAY)
    assert "has not been held against the watches yet" in why(house, "plan")["reason"]
    house.run("match", now=TUESDAY)
    assert why(house, "plan")["reason"] == "border-security: it waits for their next weekly digest"


def test_a_planned_mail_that_has_not_gone_says_how_it_stands(house: House) -> None:
    house.subscribe("border-security", now=MONDAY)
    publish(house, "plan", "Small boats.")
    for verb in (["poll", "--all"], ["match"], ["digest", "send"]):
        house.run(*verb, now=TUESDAY)
    told = why(house, "plan", now=TUESDAY)
    assert (told["outcome"], told["mail"]["state"], told["mail"]["sent_at"]) == ("withheld", "todo", None)
    assert told["reason"] == "it is in a mail planned 10 Dec 2024, 08:00 that is on its way"


def test_a_kind_of_change_that_a_watch_does_not_ask_for_is_withheld(house: House) -> None:
    house.subscribe("picky", now=MONDAY)
    house.world.edit(
        "/government/publications/old-news", at=at("2024-12-09 18:00"), note="More.", body_html="<p>Boats!</p>"
    )
    house.run("run", "--once", now=TUESDAY)
    assert (
        "the watch does not hear of what happened to it: updated (on: new, withdrawn)"
        in why(house, "old-news")["reason"]
    )


def test_an_edit_elsewhere_in_a_publication_that_matched_before_is_not_told(house: House) -> None:
    house.subscribe("border-security", now=MONDAY)
    text = "<p>On small boats.</p><p>An annex on tractors was added.</p>"
    house.world.edit("/government/publications/old-news", at=at("2024-12-09 18:00"), note="Annex.", body_html=text)
    house.run("run", "--once", now=TUESDAY)
    assert "the passages that changed do not" in why(house, "old-news")["reason"]


def test_an_edit_that_is_too_slight_is_counted_and_not_shown(house: House) -> None:
    house.subscribe("border-security", now=MONDAY)
    path = "/government/publications/old-news"
    house.world.edit(path, at=at("2024-12-09 18:00"), note="Typography.", body_html="<p>On small-boats!</p>")
    house.run("run", "--once", now=TUESDAY)
    told = why(house, "old-news")
    assert told["outcome"] == "withheld"
    assert "too slight" in told["reason"]


def test_older_items_beyond_the_ten_that_a_mail_shows_are_counted(house: House) -> None:
    house.subscribe("border-security", now=MONDAY)
    for number in range(11):
        publish(house, f"late-{number}", "Small boats.", f"2024-11-{number + 1:02} 09:00")
    house.run("run", "--once", now=TUESDAY)
    outcomes = [why(house, f"late-{number}") for number in range(11)]
    hidden = [one for one in outcomes if one["outcome"] == "withheld"]
    assert len(hidden) == 1
    assert "it had more older items that appeared now than it shows" in hidden[0]["reason"]


def test_a_watch_that_was_changed_is_said_to_have_been_another_then(house: House) -> None:
    house.subscribe("border-security", now=MONDAY)
    publish(house, "trains", "On trains.")
    house.run("run", "--once", now=TUESDAY)
    house.write_config(CONFIG.replace("small boats", "trains"))
    assert "has not been used so yet" in why(house, "trains")["reason"]
    house.run("match", now=WEDNESDAY)
    assert "the watch says what it says since" in why(house, "trains")["reason"]


def test_a_watch_that_left_the_config_is_said_to_be_missing(house: House) -> None:
    house.subscribe("picky", now=MONDAY)
    house.write_config(CONFIG)
    told = why(house, "old-news")
    assert told["watches"][0]["clauses"] == []
    assert "no watch of the config has this name any more" in told["reason"]


def test_a_document_that_came_under_its_statement_is_said_to_have(house: House) -> None:
    house.subscribe("border-security", now=MONDAY)
    words = "<p>We met on people smuggling. Today I am publishing the Seaside Plan on GOV.UK.</p>"
    house.world.make_statement(statement(293, "Coasts", words, "2024-12-09"))
    publish(house, "seaside-plan", "On sand.")
    house.run("run", "--once", now=TUESDAY)
    assert why(house, "seaside-plan")["reason"].startswith("as a document that HCWS293 promised, in the mail of ")


@pytest.mark.parametrize(("item", "who"), [("HCWS999", READER), ("HCWS280", "nobody@example.org"), ("HCWS280", "77")])
def test_what_or_whom_nobody_knows_is_unknown(house: House, item: str, who: str) -> None:
    house.world.make_statement(statement(280, "Borders", "<p>Boats.</p>", "2024-12-09"))
    house.subscribe("border-security", now=MONDAY)
    house.run("run", "--once", now=TUESDAY)
    answer: Outcome = house.run("explain", item, who)
    assert answer.code == 3
    assert (answer.json["outcome"], answer.json["watches"], answer.json["mail"]) == ("unknown", [], None)
