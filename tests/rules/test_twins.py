"""A statement made in both Houses is one item, and what its two texts do not share is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from monitor.model.change import Change
from monitor.model.digest import FoundDocument, Item, Twin
from monitor.rules.twins import difference, fold_twins, tied_by

AT = datetime(2024, 12, 10, 10, tzinfo=UTC)
TEXT = "We will watch the coast.\nThere are 12 masts."


def made(number: int, house: str, **more: Any) -> Item:
    """A new statement."""
    key = f"parliament:{number}"
    letters = {"Commons": "HCWS", "Lords": "HLWS"}[house]
    told = {
        "title": "Coastal Radar", "url": f"https://example.org/{number}", "document_type": "written_statement",
        "publisher": "parliament", "department": "Home Office", "first_seen_at": AT, "words": 9, "version": 1, "versions": 1,
        "identifier": f"{letters}{number}", "house": house, "dated_on": date(2024, 12, 10), "body": TEXT,
    }  # fmt: skip
    return Item(Change(number, "new", key, AT), key, **(told | more))


COMMONS, LORDS = made(1, "Commons"), made(2, "Lords")
INTRODUCED = (
    f"My Rt Hon Friend the Home Secretary (A Name) has today made the following Written Ministerial Statement:\n{TEXT}"
)


def test_one_title_on_one_day_in_both_houses_is_one_item() -> None:
    (item,) = fold_twins([COMMONS, replace(LORDS, title="coastal  radar")])
    assert (item.identifier, item.twins) == ("HCWS1", (Twin("HLWS2"),))


@pytest.mark.parametrize(
    "other",
    [
        made(2, "Commons"),
        made(2, "Lords", title="Coastal lights"),
        made(2, "Lords", dated_on=date(2024, 12, 11)),
        replace(LORDS, change=replace(LORDS.change, kind="updated")),
        made(2, "Lords", document_type="policy_paper"),
    ],
    ids=["same House", "another title", "another day", "no new one", "no statement"],
)
def test_what_only_looks_alike_stays_apart(other: Item) -> None:
    assert len(fold_twins([COMMONS, other])) == 2


def test_what_the_publisher_ties_together_is_one_under_any_title_and_in_any_order() -> None:
    named = made(2, "Lords", title="Radar on the coast", tied=frozenset({COMMONS.key}))
    for pair in ([COMMONS, named], [named, COMMONS]):
        assert len(fold_twins(pair)) == 1


def test_a_copy_is_named_by_a_tie_or_by_a_sentence_that_says_so() -> None:
    links = [
        ("a", "b", "joint-statement", ""),
        ("c", "a", "joint-statement", ""),
        ("a", "d", "cites", "This statement has also been made in the House of Lords: HLWS4."),
        ("a", "e", "cites", "I refer to HLWS5."),
        ("a", None, "cites", "It has also been made in the Commons: HCWS6."),
    ]
    assert tied_by("a", links) == {"b", "c", "d"}


@pytest.mark.parametrize(
    "copy",
    [
        TEXT,
        INTRODUCED,
        INTRODUCED.replace("Statement:\n", "Statement."),
        "My noble Friend the Minister of State, Lord Green, has made the following Statement.\n" + TEXT,
        f"{TEXT}\nThis statement has also been made in the House of Commons: HCWS1.",
        "My hon. Friend (A Name MP) is today making the following written statement:\n" + TEXT,
    ],
)
def test_an_introduction_and_the_mention_of_the_other_house_are_no_difference(copy: str) -> None:
    assert difference(TEXT, copy) == ""


def test_what_differs_is_said_in_a_line() -> None:
    (item,) = fold_twins([COMMONS, replace(LORDS, body=INTRODUCED.replace("12", "13"))])
    assert item.twins == (Twin("HLWS2", "1 figure changed: 12 → 13"),)


def test_what_only_the_copy_promises_is_not_lost() -> None:
    plan = FoundDocument("govuk:1:en", "Plan", "u", "policy_paper")
    annex = replace(plan, key="govuk:2:en", title="Annex")
    (item,) = fold_twins([replace(COMMONS, documents=(plan,)), replace(LORDS, documents=(plan, annex))])
    assert item.documents == (plan, annex)
