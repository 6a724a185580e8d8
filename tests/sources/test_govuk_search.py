"""GOV.UK's search: how a filter is asked for, and what its results lead to."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from monitor.errors import ParseError, SourceError
from monitor.sources.govuk_search import GovukSearch
from tests.sources.answers import answer, feed

SOURCE = GovukSearch()


def ask(**options: object) -> list[tuple[str, str]]:
    (request,) = SOURCE.requests(feed("govuk_search", **options), today=date(2026, 9, 15))
    assert request.url.startswith("https://www.gov.uk/api/search.json?")
    return parse_qsl(urlsplit(request.url).query, strict_parsing=True)


def test_a_filter_is_asked_for_newest_first_with_every_value_of_a_list() -> None:
    query = ask(
        filter={"content_store_document_type": ["policy_paper", "impact_assessment"], "has_command_paper": True},
        q="ports & piers",
    )
    assert query == [
        ("filter_content_store_document_type", "policy_paper"),
        ("filter_content_store_document_type", "impact_assessment"),
        ("filter_has_command_paper", "true"),
        ("q", "ports & piers"),
        ("fields", "link"),
        ("fields", "public_timestamp"),
        ("order", "-public_timestamp"),
        ("count", "100"),
    ]


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({}, "needs a filter or a q"),
        ({"q": "", "filter": {}}, "needs a filter or a q"),
        ({"filter": "x"}, "filter must be a table"),
    ],
)
def test_a_search_for_everything_or_by_no_table_is_a_mistake_that_names_the_feed(
    options: dict[str, object], complaint: str
) -> None:
    with pytest.raises(SourceError, match=f"{complaint}.*: a-feed"):
        SOURCE.requests(feed("govuk_search", **options), today=date(2026, 9, 15))


def test_the_publishers_own_error_is_passed_on() -> None:
    with pytest.raises(ParseError, match="got the error “Unexpected parameters: x”"):
        SOURCE.parse(answer({"error": "Unexpected parameters: x"}, reader="govuk_search"))


def test_a_search_has_no_publications_to_look_at_again() -> None:
    assert SOURCE.look_again("govuk:1:en", "https://www.gov.uk/a") is None


def test_the_real_answers_lead_to_content_items(corpus: Path) -> None:
    for file in sorted((corpus / "govuk/search_api").iterdir()):
        page = SOURCE.parse(answer(file.read_bytes(), reader="govuk_search"))
        assert 0 < len(page.follow) == page.entries
        assert all(request.reader == "govuk_content" and request.stamp for request in page.follow)


def test_a_search_that_finds_nothing_says_so() -> None:
    page = SOURCE.parse(answer({"results": [], "total": 0}, reader="govuk_search"))
    assert (page.entries, page.total, page.follow) == (0, 0, ())


@pytest.mark.parametrize(
    ("start", "total", "deeper"), [(0, 250, "100"), (100, 250, "200"), (200, 250, None), (900, 5000, None)]
)
def test_the_next_hundred_results_are_offered_until_there_are_no_more(
    start: int, total: int, deeper: str | None
) -> None:
    results = [{"link": f"/a-{number}"} for number in range(min(100, total - start))]
    url = f"https://www.gov.uk/api/search.json?q=border&count=100&start={start}"
    page = SOURCE.parse(answer({"results": results, "start": start, "total": total}, url=url, reader="govuk_search"))
    assert (page.deeper.url if page.deeper else None) == (
        f"https://www.gov.uk/api/search.json?q=border&count=100&start={deeper}" if deeper else None
    )
