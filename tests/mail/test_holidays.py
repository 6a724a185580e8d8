"""Bank holidays, as shipped: the days that were announced, and for every year the days the law gives it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from monitor.mail.holidays import bank_holidays

# England and Wales, as announced; written down from knowledge, not fetched from GOV.UK.
PUBLISHED = {
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
}


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_days_that_were_announced(year):
    days = sorted(day for day in bank_holidays() if day.year == year)
    assert [f"{day:%m-%d}" for day in days] == PUBLISHED[year].split()


@pytest.mark.parametrize("division", ["england-and-wales", "scotland", "northern-ireland"])
def test_every_year_has_its_days_none_of_them_at_a_weekend(division):
    days = bank_holidays(division)
    usual = {"england-and-wales": 8, "scotland": 9, "northern-ireland": 10}[division]
    for year in range(2024, 2036):
        assert sum(day.year == year for day in days) == usual + (year == 2026 and division == "scotland")
    assert not [day for day in days if day.weekday() > 4]


def test_good_friday_and_easter_monday_are_three_days_apart():
    for year in range(2024, 2036):
        spring = sorted(day for day in bank_holidays() if date(year, 3, 20) <= day <= date(year, 4, 27))
        assert [day.weekday() for day in spring] == [4, 0]
        assert spring[1] - spring[0] == timedelta(days=3)
