"""Departments: one table for Parliament's names and GOV.UK's, before and after renaming."""

from __future__ import annotations

import pytest

from monitor.model.department import ListedBody
from monitor.rules.departments import department_key, find_listed, in_family, known_departments, same_department


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Treasury", "HM Treasury"),
        ("the Home Department", "Home Office"),
        ("Foreign, Commonwealth & Development Office", "foreign, commonwealth and development office"),
        ("Foreign and Commonwealth Office", "FCDO"),
        ("Department of Health", "Department of Health and Social Care"),
        ("BEIS", "Department for Energy Security and Net Zero"),
        ("Department of Energy and Climate Change", "DESNZ"),
        (
            "Department for Levelling Up, Housing and Communities",
            "Ministry of Housing, Communities and Local Government",
        ),
        ("Wales", "Office of the Secretary of State for Wales"),
        ("A body nobody listed", "a body  nobody listed"),
    ],
)
def test_two_names_are_of_one_department_whichever_comes_first(one: str, other: str) -> None:
    assert same_department(one, other)
    assert same_department(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("DESNZ", "Department for Business and Trade"),
        ("Home Office", "Ministry of Justice"),
        ("Health and Safety Executive", "Department of Health and Social Care"),
        ("A body nobody listed", "Another"),
    ],
)
def test_others_are_not(one: str, other: str) -> None:
    assert not same_department(one, other)
    assert not same_department(other, one)


def test_an_agency_belongs_to_the_department_it_works_for_and_to_the_one_it_left() -> None:
    assert in_family("Border Force", "Home Office")
    assert in_family("Government Digital Service", "DSIT")
    assert in_family("Government Digital Service", "Cabinet Office")
    assert not in_family("Border Force", "Cabinet Office")


def test_no_name_number_or_slug_stands_for_two_departments() -> None:
    table = known_departments()
    for values in (
        [name for one in table for name in {spelling.casefold() for spelling in (one.name, *one.also)}],
        [number for one in table for number in one.answering_bodies],
        [one.organisation for one in table if one.organisation],
    ):
        assert sorted(values) == sorted(set(values))  # type: ignore[type-var]


def test_every_heir_is_in_the_table() -> None:
    keys = {one.key for one in known_departments()}
    assert {heir for one in known_departments() for heir in one.became} <= keys


def test_what_is_listed_is_found_by_number_and_slug_whatever_its_name() -> None:
    assert find_listed(ListedBody("parliament", "14", "His Majesty's Treasury", "Answering body")) == "hmt"
    assert find_listed(ListedBody("govuk", "home-office", "Home", "Ministerial department")) == "home"
    assert find_listed(ListedBody("govuk", "14", "Treasury", "Ministerial department")) is None
    assert department_key("Ministry of Silly Walks") is None
