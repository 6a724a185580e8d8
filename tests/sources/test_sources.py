"""Every source keeps the promises of the Source protocol, and reads its golden data."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from monitor.errors import ParseError
from monitor.sources.registry import SOURCES
from tests.sources.answers import answer
from tests.sources.golden import Case, cases, feed_of


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.slug}/{case.name}")
def test_every_recorded_answer_is_read_as_its_golden_page_says(case: Case) -> None:
    assert case.read() == case.expected()


@pytest.mark.parametrize("slug", sorted(SOURCES))
def test_every_source_has_golden_data(slug: str) -> None:
    assert [case for case in cases() if case.slug == slug]


@pytest.mark.parametrize("slug", sorted(SOURCES))
def test_a_source_goes_by_the_slug_it_is_registered_under_and_reads_its_own_lists(slug: str) -> None:
    source = SOURCES[slug]
    requests = list(source.requests(feed_of(slug), today=date(2026, 9, 15)))
    assert source.slug == slug
    assert requests
    assert {request.reader for request in requests} == {slug}
    assert all(request.stamp is None for request in requests)


@pytest.mark.parametrize("slug", sorted(SOURCES))
def test_a_source_cannot_be_changed(slug: str) -> None:
    with pytest.raises(FrozenInstanceError):
        SOURCES[slug].slug = "other"  # type: ignore[misc]


BAD = {
    "an empty answer": b"",
    "an HTML page": b"<!DOCTYPE html><html><body>Sorry, there is a problem with the service</body></html>",
    "a JSON list": b"[1, 2]",
    "a cut answer": b'{"results": [{"value": {"id": 1',
    "deep JSON": b"[" * 200_000,
    "an empty object": b"{}",
    "words": b"Too many requests",
    "bytes": bytes(range(256)),
    "a list of nonsense": json.dumps({"results": 3, "value": "x", "totalResults": "y"}).encode(),
}


@pytest.mark.parametrize("body", BAD.values(), ids=BAD)
@pytest.mark.parametrize("slug", sorted(SOURCES))
def test_an_answer_of_another_kind_is_refused_in_words_that_name_source_and_address(slug: str, body: bytes) -> None:
    url = "https://www.gov.uk/somewhere"
    with pytest.raises(ParseError, match=r"expected .*, got ") as caught:
        SOURCES[slug].parse(answer(body, reader=slug, url=url))
    assert caught.value.source == slug
    assert caught.value.url == url
