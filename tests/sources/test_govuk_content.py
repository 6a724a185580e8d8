"""GOV.UK's Content API: every example of the corpus, and the turns of a page's life."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from monitor.errors import ParseError, SourceError
from monitor.model.exchange import Page
from monitor.model.publication import Publication
from monitor.sources.govuk_content import GovukContent
from tests.sources.answers import answer, feed
from tests.sources.corpus_summary import FILE, summarise

SOURCE = GovukContent()
API = "https://www.gov.uk/api/content"


def item(**changes: Any) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "base_path": "/government/news/quays", "content_id": "c1", "locale": "en", "schema_name": "news_article",
        "document_type": "news_story", "title": "Quays", "description": "About quays.", "withdrawn_notice": {},
        "details": {"body": "<p>Safer quays.</p>"}, "links": {}, "public_updated_at": "2026-09-10T16:02:00+01:00",
        "updated_at": "2026-09-12T10:00:00+01:00",
    }  # fmt: skip
    return whole | changes


def read(body: Any, *, status: int = 200, url: str = f"{API}/government/news/quays") -> Page:
    return SOURCE.parse(answer(body, url=url, status=status))


def publication(**changes: Any) -> Publication:
    (found,) = read(item(**changes)).publications
    return found


def test_every_example_of_the_corpus_became_what_its_summary_says(corpus: Path) -> None:
    assert summarise(corpus) == FILE.read_text("utf-8")


def test_an_edit_that_shows_only_in_updated_at_or_links_reads_the_same() -> None:
    again = {"taxons": [{"title": "Ports"}], "ordered_related_items": [{"title": "Piers"}]}
    assert publication(updated_at="2026-11-01T00:00:00Z", links=again) == publication()


def test_the_path_is_no_part_of_the_key() -> None:
    assert publication(base_path="/government/news/moved-quays").key == publication().key == "govuk:c1:en"


def test_a_translation_is_a_publication_of_its_own() -> None:
    assert publication(locale="cy").key == "govuk:c1:cy"
    assert publication(locale="cy").language == "cy"


def test_an_item_without_content_id_goes_by_its_path() -> None:
    assert publication(content_id=None).key == "govuk:/government/news/quays:en"


def test_a_withdrawn_item_says_why_or_at_least_since_when() -> None:
    why = {"explanation": "<p>Out of date.</p>", "withdrawn_at": "2026-09-01T10:00:00+01:00"}
    assert (publication(withdrawn_notice=why).status, publication(withdrawn_notice=why).notice) == (
        "withdrawn",
        "Out of date.",
    )
    assert publication(withdrawn_notice=why | {"explanation": ""}).notice == "Withdrawn on 1 September 2026."
    assert (publication().status, publication().notice) == ("live", "")


@pytest.mark.parametrize("order", [1, -1])
def test_change_notes_come_newest_first_whatever_their_order(order: int) -> None:
    history = [
        {"public_timestamp": "2026-01-01T09:00:00Z", "note": "First published."},
        {"public_timestamp": "2026-02-01T09:00:00.000+00:00", "note": "Added a map."},
        {"public_timestamp": None, "note": "Lost."},
    ]
    notes = publication(details={"change_history": history[::order]}).notes
    assert [note.text for note in notes] == ["Added a map.", "First published."]


def test_the_note_of_travel_advice_is_its_change_description() -> None:
    details = {"change_description": "Latest update: Strikes.", "updated_at": "2026-02-16T10:02:00Z"}
    assert [note.text for note in publication(details=details).notes] == ["Strikes."]


def test_the_publishing_body_comes_before_the_others() -> None:
    links = {"organisations": [{"title": "Second"}], "primary_publishing_organisation": [{"title": "First &amp; Co"}]}
    assert publication(links=links).department == "First & Co"
    assert publication(links={"organisations": [{"title": "Second"}]}).department == "Second"


def test_only_one_paper_number_makes_an_identifier() -> None:
    def with_numbers(*numbers: dict[str, str]) -> str | None:
        files = [{"id": str(place), "url": f"/f{place}", **number} for place, number in enumerate(numbers)]
        return publication(details={"attachments": files}).identifier

    assert with_numbers({"command_paper_number": "CP 1"}, {}) == "CP 1"
    assert with_numbers({"hoc_paper_number": "123"}, {"hoc_paper_number": "123"}) == "HC 123"
    assert with_numbers({"command_paper_number": "CP 1"}, {"command_paper_number": "CP 2"}) is None
    assert with_numbers({}) is None


def test_links_of_the_text_stand_in_the_block_that_holds_them() -> None:
    details = {
        "body": "<p>One.</p><p>See <a href='/two'>two</a> and <a href='#here'>here</a>.</p>",
        "parts": [{"title": "More", "body": "<p><a href='https://www.dev.gov.uk/three'>three</a></p>"}],
    }
    found = publication(details=details)
    lines = found.text.split("\n")
    assert [(link.url, lines[link.block]) for link in found.hyperlinks] == [
        ("https://www.gov.uk/two", "See two and here."),
        ("https://www.gov.uk/three", "three"),
    ]


def test_a_body_in_govspeak_alone_is_taken_as_it_stands() -> None:
    body = [{"content_type": "text/govspeak", "content": "One.\n\n* two"}]
    assert publication(details={"body": body}).text == "One.\n* two"


def test_a_consultation_that_closes_later_reads_differently() -> None:
    def closing(at: str) -> str:
        return publication(details={"closing_date": at, "body": "<p>Say.</p>"}).text

    assert closing("2026-06-01T23:59:00+01:00") == "Closes 1 June 2026, 23:59\nSay."
    assert closing("2026-07-01T23:59:00+01:00") != closing("2026-06-01T23:59:00+01:00")


def test_a_404_is_missing_and_a_410_is_gone_whatever_their_bodies_say() -> None:
    (missing,) = read(b"<html>", status=404).departures
    (gone,) = read(b"", status=410).departures
    page = "https://www.gov.uk/government/news/quays"
    assert (missing.kind, missing.url, gone.kind, gone.url) == ("missing", page, "gone", page)


def redirect(destination: str, path: str = "/government/news/quays", **more: str) -> Page:
    to = {"path": path, "type": "exact", "destination": destination, **more}
    return read(item(schema_name="redirect", document_type="redirect", title=None, content_id=None, redirects=[to]))


@pytest.mark.parametrize(
    ("destination", "to_url", "followed"),
    [
        ("/ports?step=1#top", "https://www.gov.uk/ports", ["/ports"]),
        ("https://www.gov.uk/ports", "https://www.gov.uk/ports", ["/ports"]),
        ("https://ports.example.org/x?y=1", "https://ports.example.org/x?y=1", []),
        ("//ports.example.org/x", "https://ports.example.org/x", []),
        ("/government/news/quays#new", "https://www.gov.uk/government/news/quays", []),
    ],
)
def test_a_redirect_is_followed_within_govuk_but_never_to_itself(
    destination: str, to_url: str, followed: list[str]
) -> None:
    page = redirect(destination)
    (departure,) = page.departures
    assert (departure.kind, departure.to_url) == ("redirected", to_url)
    assert [request.url for request in page.follow] == [API + path for path in followed]


def test_a_redirect_of_a_prefix_keeps_the_rest_of_the_path_unless_told_to_drop_it() -> None:
    (kept,) = redirect("/ports", "/government/news", type="prefix").departures
    (dropped,) = redirect("/ports", "/government/news", type="prefix", segments_mode="ignore").departures
    assert (kept.to_url, dropped.to_url) == ("https://www.gov.uk/ports/quays", "https://www.gov.uk/ports")


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (item(title=None), "expected an item with a title and a document_type, got one of schema news_article without"),
        (item(base_path="government/news"), "got an object with base_path, content_id"),
        ({"status": "error"}, r"expected a Content API item .*, got an object with status"),
        (item(schema_name="redirect", redirects=[]), "expected a redirect with a destination"),
    ],
)
def test_an_answer_that_is_no_item_is_refused_in_words(body: Any, complaint: str) -> None:
    with pytest.raises(ParseError, match=complaint):
        read(body)


def test_fields_of_a_wrong_shape_count_as_absent() -> None:
    wrong = {
        "attachments": [None, 3, {"id": 1, "url": "/a", "file_size": "big"}], "change_history": {}, "parts": "x",
        "body": 4, "collection_groups": [{"documents": [{}]}], "metadata": [], "national_applicability": [],
    }  # fmt: skip
    found = publication(details=wrong, links={"organisations": {"title": "x"}}, locale=None, withdrawn_notice=[])
    assert (found.text, found.department, found.language) == ("", None, "en")
    assert [(attachment.url, attachment.size) for attachment in found.attachments] == [("https://www.gov.uk/a", None)]


def test_a_page_is_looked_at_again_through_the_api_if_the_key_is_govuks() -> None:
    again = SOURCE.look_again("govuk:c1:en", "https://www.gov.uk/government/news/quays")
    assert again is not None
    assert (again.url, again.reader, again.stamp) == (f"{API}/government/news/quays", "govuk_content", None)
    assert SOURCE.look_again("parliament:1", "https://www.gov.uk/a") is None
    assert SOURCE.look_again("govuk:c1:en", "https://elsewhere.example/a") is None


@pytest.mark.parametrize("url", ["https://www.gov.uk/vehicle-tax", f"{API}/vehicle-tax"])
def test_one_page_can_be_a_feed_of_its_own(url: str) -> None:
    (request,) = SOURCE.requests(feed("govuk_content", url=url), today=date(2026, 9, 15))
    assert request.url == f"{API}/vehicle-tax"


def test_a_feed_of_a_page_elsewhere_is_a_mistake_that_names_the_feed() -> None:
    with pytest.raises(SourceError, match=r"a page of www\.gov\.uk: a-feed"):
        SOURCE.requests(feed("govuk_content", url="https://elsewhere.example/a"), today=date(2026, 9, 15))


def test_attachments_keep_their_ids_when_their_files_are_replaced(corpus: Path) -> None:
    file = corpus / "govuk/content_api/publication/publication-with-featured-attachments.json"
    whole = json.loads(file.read_bytes())
    (before,) = read(whole).publications
    whole["details"]["attachments"][0]["url"] = "https://assets.publishing.service.gov.uk/media/0/new.pdf"
    (after,) = read(whole).publications
    assert [(a.id, a.pages, a.size) for a in before.attachments] == [("PUBLIC_1392629965.pdf", 2, 1932905)]
    assert before.attachments[0].id == after.attachments[0].id
    assert before.attachments[0].url != after.attachments[0].url
