"""Bank holidays kept up to date: GOV.UK's list is read once a week, and the shipped days hold where it cannot be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from monitor.errors import FetchError, ParseError
from monitor.mail.holidays import Calendar, bank_holidays
from monitor.mail.room import open_mail
from monitor.model.exchange import Request, Response, Validators
from monitor.pipeline.holidays import refresh_holidays
from monitor.sources.bank_holidays import BANK_HOLIDAYS, read_bank_holidays

NOW = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
JUBILEE = date(2026, 6, 15)


class Publisher:
    """Answers every question with these days, or with whatever else it is given; counts how often it was asked."""

    def __init__(self, *days: date, body: bytes | None = None, error: FetchError | None = None) -> None:
        self.asked = 0
        self._error = error
        events = [{"title": "Holiday", "date": f"{day}", "notes": "", "bunting": True} for day in days]
        answer = {"england-and-wales": {"division": "england-and-wales", "events": events}}
        self._body = body if body is not None else json.dumps(answer).encode()

    def fetch(self, request: Request, validators: Validators) -> Response:  # noqa: ARG002
        self.asked += 1
        if self._error:
            raise self._error
        return Response(request, 200, {}, self._body, request.url)


@pytest.fixture
def calendar(tmp_path: Path) -> Iterator[Calendar]:
    with open_mail(tmp_path / "mail.db") as connection:
        yield Calendar(connection)


def test_before_the_list_was_read_the_shipped_days_hold(calendar):
    assert calendar.holidays() == bank_holidays()
    assert calendar.read_at() is None


def test_a_day_that_was_announced_later_is_known_once_the_list_was_read(calendar):
    listed = [day for day in bank_holidays() if day.year in (2025, 2026, 2027)]
    assert refresh_holidays(calendar, Publisher(*listed, JUBILEE), now=NOW)
    assert calendar.holidays() == bank_holidays() | {JUBILEE}


def test_a_day_that_is_no_longer_listed_is_none_and_days_beyond_the_list_stay(calendar):
    refresh_holidays(calendar, Publisher(date(2026, 1, 1), date(2026, 12, 28)), now=NOW)
    known = calendar.holidays()
    assert {day for day in known if day.year == 2026} == {date(2026, 1, 1), date(2026, 12, 28)}
    assert {day for day in known if day.year == 2030} == {day for day in bank_holidays() if day.year == 2030}


def test_it_is_asked_once_a_week(calendar):
    publisher = Publisher(JUBILEE)
    for hours in range(0, 24 * 15, 6):
        refresh_holidays(calendar, publisher, now=NOW + timedelta(hours=hours))
    assert publisher.asked == 3


@pytest.mark.parametrize(
    "away",
    [
        Publisher(error=FetchError("timed out", url=BANK_HOLIDAYS.url)),
        Publisher(body=b"<!DOCTYPE html><p>Sorry"), Publisher(body=b"{}"), Publisher(body=b"[]"), Publisher(body=b""),
        Publisher(body=b'{"england-and-wales": {"events": [{"date": "soon"}, 7, null]}}'),
    ],
)  # fmt: skip
def test_where_it_cannot_be_read_what_was_known_holds_and_it_is_asked_again(calendar, away):
    assert not refresh_holidays(calendar, away, now=NOW)
    assert calendar.holidays() == bank_holidays()
    assert refresh_holidays(calendar, Publisher(JUBILEE), now=NOW + timedelta(hours=6))


def test_what_came_instead_of_a_list_is_told():
    answer = Response(BANK_HOLIDAYS, 200, {}, b'{"message": "gone"}', BANK_HOLIDAYS.url)
    with pytest.raises(
        ParseError, match="expected a list of bank holidays of england-and-wales, got an object with message"
    ):
        read_bank_holidays(answer)
