"""Publishers' clocks beside ours, by the dates of their answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fetch.dates import DatedFetcher, skew_of
from monitor.model.exchange import Request, Response, Validators

NOW = datetime(2024, 12, 10, 8, 0, 30, tzinfo=UTC)
SAID = "Tue, 10 Dec 2024 08:00:00 GMT"


class Answering:
    """A fetcher whose answers have these dates, one after the other."""

    def __init__(self, *dates: str) -> None:
        self._dates = list(dates)

    def fetch(self, request: Request, validators: Validators) -> Response:  # noqa: ARG002
        return Response(request, 200, {"date": self._dates.pop(0)}, b"", request.url)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [({"date": SAID}, 30), ({"date": SAID, "age": "25"}, 5), ({"date": "Tue, 10 Dec 2024 08:05:30 GMT"}, -300)],
)
def test_an_answer_says_when_it_was_made_and_a_cache_how_long_ago(headers: dict[str, str], seconds: int) -> None:
    assert skew_of(headers, NOW) == timedelta(seconds=seconds)


@given(st.text(max_size=40), st.text(max_size=10) | st.integers().map(str))
def test_nonsense_is_no_time(date: str, age: str) -> None:
    found = skew_of({"date": date, "age": age}, NOW)
    assert found is None or isinstance(found, timedelta)


def test_one_publisher_with_a_wrong_clock_does_not_make_ours_wrong() -> None:
    fetcher = DatedFetcher(Answering("Mon, 09 Dec 2024 08:00:00 GMT", SAID, ""), lambda: NOW)
    assert fetcher.skew() is None
    for _ in range(3):
        fetcher.fetch(Request("https://www.gov.uk/feed", "feed"), Validators())
    assert fetcher.skew() == timedelta(seconds=30)
