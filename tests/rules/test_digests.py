"""What a digest tells and in what order: each item once, capped sections with true counts, older items apart."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model.change import Change
from monitor.model.record import Record
from monitor.model.watch import Match
from monitor.rules.digests import OLDER_CAP, SECTION_CAP, Contents, arrange, item_of

AT = datetime(2024, 12, 9, 17, tzinfo=UTC)
TITLES = {"boats": "Boats", "plans": "Plans"}


def match(number: int, watch: str = "boats", **more: Any) -> Match:
    """A match of the change with this number; more is of the change or of the publication."""
    of_change = {name: more.pop(name) for name in ("kind", "material", "late") if name in more}
    change = Change(number, of_change.pop("kind", "new"), f"govuk:{number}:en", AT, 1, 1, **of_change)
    record = Record(
        key=change.key, url=f"https://www.gov.uk/{number}", title=more.pop("title", f"Paper {number}"),
        document_type=more.pop("document_type", "policy_paper"), publisher="govuk", status="live", first_seen_at=AT,
        version=1, versions=1, words=10, **more,
    )  # fmt: skip
    return Match(number * 10 + list(TITLES).index(watch), watch, 1, change, (), (), record)


def told(*matches: Match) -> Contents:
    """What these matches come to, without promises."""
    return arrange(matches, TITLES, lambda one: item_of(one, None), lambda _: None)


def titles_of(contents: Contents) -> list[str]:
    """Every item under the watches, in reading order."""
    return [item.title for section in contents.sections for group in section.groups for item in group.items]


def test_nothing_to_tell_is_empty() -> None:
    assert told().is_empty


def test_an_item_of_two_watches_stands_under_the_first_and_names_the_other() -> None:
    contents = told(match(1, "plans"), match(1, "boats"), match(2, "plans"))
    [boats, plans] = contents.sections
    assert (boats.title, boats.count, plans.title, plans.count) == ("Boats", 1, "Plans", 1)
    [item] = boats.groups[0].items
    assert item.also_in == ("Plans",)


def test_statements_come_first_then_documents_then_edits_then_what_went_away() -> None:
    contents = told(
        match(1, kind="gone"), match(2, kind="withdrawn"), match(3, kind="updated"), match(4),
        match(5, document_type="written_statement"), match(6, kind="moved"), match(7, kind="corrected"),
        match(8, kind="attachment-replaced"), match(9, kind="restored"),
    )  # fmt: skip
    order = [5, 4, 3, 8, 7, 6, 9, 2, 1]
    assert titles_of(contents) == [f"Paper {number}" for number in order]


def test_within_a_kind_the_newest_comes_first() -> None:
    days = [date(2024, 12, 1), date(2024, 12, 9), date(2023, 12, 31)]
    contents = told(*(match(number, dated_on=day) for number, day in enumerate(days)))
    assert titles_of(contents) == ["Paper 1", "Paper 0", "Paper 2"]


def test_departments_are_groups_in_alphabetical_order() -> None:
    contents = told(match(1, department="Treasury"), match(2, department="Home Office"), match(3))
    assert [group.department for group in contents.sections[0].groups] == [
        "Home Office",
        "Other publishers",
        "Treasury",
    ]


def test_a_department_is_one_group_under_whatever_names_its_publishers_call_it() -> None:
    theirs, ours = (
        "Department for Environment, Food & Rural Affairs",
        "Department for Environment, Food and Rural Affairs",
    )
    contents = told(match(1, department=theirs), match(2, department="Home Office"), match(3, department=ours))
    groups = contents.sections[0].groups
    assert [(group.department, len(group.items)) for group in groups] == [(ours, 2), ("Home Office", 1)]
    assert [group.department for group in told(match(1, department=theirs)).sections[0].groups] == [theirs]


def test_a_long_section_is_capped_and_says_its_true_count() -> None:
    contents = told(*(match(number) for number in range(100)))
    [section] = contents.sections
    assert (len(titles_of(contents)), section.omitted, section.count) == (SECTION_CAP, 100 - SECTION_CAP, 100)


def test_late_items_stand_apart_ten_of_them_with_the_count_of_the_rest() -> None:
    contents = told(match(999), *(match(number, late=True) for number in range(500)))
    assert titles_of(contents) == ["Paper 999"]
    assert (len(contents.older), contents.older_omitted) == (OLDER_CAP, 500 - OLDER_CAP)


def test_slight_edits_are_counted_and_not_shown_and_make_no_mail_alone() -> None:
    slight = [match(number, kind="updated", material=False) for number in range(3)]
    assert told(*slight).is_empty
    assert told(*slight).minor == 3
    assert titles_of(told(match(9), *slight)) == ["Paper 9"]


def test_two_pages_of_one_title_are_two_items() -> None:
    assert titles_of(told(match(1, title="One"), match(2, title="One"))) == ["One", "One"]


any_match = st.builds(
    lambda number, watch, kind, late: match(number, watch, kind=kind, late=late),
    st.integers(0, 60), st.sampled_from(list(TITLES)), st.sampled_from(["new", "updated", "withdrawn", "gone"]), st.booleans(),
)  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(st.lists(any_match, max_size=80), st.randoms(use_true_random=False))
def test_every_change_is_told_or_counted_once_in_whatever_order_it_comes(matches: list[Match], dice: Any) -> None:
    changes = {one.change.id: one.change for one in matches}
    chosen = {(one.watch, one.change.id): one for one in matches if one.change == changes[one.change.id]}
    contents = told(*chosen.values())
    shown = Counter(item.change.id for section in contents.sections for group in section.groups for item in group.items)
    shown += Counter(item.change.id for item in contents.older)
    assert set(shown.values()) <= {1}
    counted = sum(section.count for section in contents.sections) + len(contents.older) + contents.older_omitted
    assert counted == len({one.change.id for one in chosen.values()})
    mixed = list(chosen.values())
    dice.shuffle(mixed)
    assert told(*mixed) == contents


def test_a_day_apart_is_enough_to_be_in_order_for_any_year() -> None:
    days = [date(2024, 12, 9) - timedelta(days=365 * number) for number in range(20)]
    contents = told(*(match(number, dated_on=day) for number, day in reversed(list(enumerate(days)))))
    assert titles_of(contents) == [f"Paper {number}" for number in range(20)]
