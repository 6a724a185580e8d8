"""Of large bodies only a few are in memory at once; small ones need no room."""

from __future__ import annotations

import gzip

import pytest

from monitor.errors import FetchError
from monitor.fetch.room import LARGE, Room
from monitor.model.exchange import Request, Validators
from tests.fakes.fetching import SITE, reading
from tests.fakes.raw_server import answer

URL = "https://www.gov.uk/feed"
LARGE_BODY = (b"x" * LARGE, b"x")


def test_a_small_body_needs_no_place() -> None:
    assert list(Room(0).place(URL, patience=0.0).admit([b"x" * LARGE])) == [b"x" * LARGE]


def test_a_large_body_has_to_wait_until_another_is_forgotten() -> None:
    room = Room(1)
    first = room.place(URL, patience=0.0)
    assert sum(map(len, first.admit(LARGE_BODY))) == LARGE + 1
    with pytest.raises(FetchError, match="no room beside other large ones") as refused:
        list(room.place(URL, patience=0.0).admit(LARGE_BODY))
    assert refused.value.transient
    del first
    assert sum(map(len, room.place(URL, patience=0.0).admit(LARGE_BODY))) == LARGE + 1


def test_answers_that_are_forgotten_leave_room_for_any_number_of_large_ones() -> None:
    said = answer(200, gzip.compress(b"large " * LARGE), Content_Encoding="gzip")
    with reading(lambda _: said, max_page=8 * LARGE, max_body=8 * LARGE) as (fetcher, _):
        for _ in range(10):
            assert len(fetcher.fetch(Request(SITE + "/feed", "feed"), Validators()).body) == 6 * LARGE


def test_a_file_may_be_larger_than_a_list_or_an_item() -> None:
    with reading(lambda _: answer(200, b"x" * 3000), max_page=2000) as (fetcher, _):
        assert len(fetcher.fetch(Request(SITE + "/a.pdf", "papers", content="file"), Validators()).body) == 3000
        with pytest.raises(FetchError, match="too large"):
            fetcher.fetch(Request(SITE + "/a.json", "govuk_content"), Validators())
