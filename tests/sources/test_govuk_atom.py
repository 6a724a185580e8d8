"""GOV.UK's feeds: what is followed, what is refused, and what an attack gets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from monitor.errors import ParseError, SourceError
from monitor.model.exchange import Page
from monitor.sources.govuk_atom import GovukAtom
from tests.sources.answers import answer, feed

SOURCE = GovukAtom()
URL = "https://www.gov.uk/government/feed"


def atom(*entries: tuple[str, str], head: str = "") -> str:
    shown = "".join(
        f'<entry><id>{href}#{at}</id><updated>{at}</updated><link href="{href}"/><title>T</title></entry>'
        for href, at in entries
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>{head}<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title>{shown}</feed>'


def read(body: str | bytes, *, status: int = 200) -> Page:
    return SOURCE.parse(answer(body, url=URL, reader="govuk_atom", status=status))


def followed(page: Page) -> dict[str, str | None]:
    return {request.url.removeprefix("https://www.gov.uk/api/content"): request.stamp for request in page.follow}


def test_every_entry_becomes_a_request_for_its_content_item_stamped_in_utc() -> None:
    page = read(atom(("https://www.gov.uk/government/news/a", "2026-07-10T16:02:00+01:00")))
    (request,) = page.follow
    assert (request.reader, request.stamp) == ("govuk_content", "2026-07-10T15:02:00Z")
    assert request.url == "https://www.gov.uk/api/content/government/news/a"
    assert page.entries == 1


def test_of_two_entries_for_one_page_the_newest_counts_in_whatever_order_they_stand() -> None:
    old, new = (
        ("https://www.gov.uk/a", "2026-07-10T09:00:00Z"),
        ("https://www.gov.uk/a?x=1#y", "2026-07-10T10:30:00+01:00"),
    )
    assert followed(read(atom(old, new))) == followed(read(atom(new, old))) == {"/a": "2026-07-10T09:30:00Z"}


def test_hosts_of_govuks_own_rehearsals_count_as_govuk() -> None:
    assert followed(read(atom(("http://www.dev.gov.uk/a/", "2026-07-10T09:00:00Z")))) == {"/a": "2026-07-10T09:00:00Z"}


@pytest.mark.parametrize(
    "href", ["https://evil.example/a", "https://www.gov.uk.evil.example/a", "https://www.gov.uk", "ftp://www.gov.uk/a"]
)
def test_an_entry_that_is_no_page_of_govuk_is_left_out_with_a_remark(href: str) -> None:
    page = read(atom((href, "2026-07-10T09:00:00Z")))
    assert (page.follow, page.entries) == ((), 1)
    assert page.remarks == (f"left out an entry that is no page of www.gov.uk: {href}",)


@pytest.mark.parametrize("part", ["<title>This feed has ended</title>", "<id>tag:www.gov.uk,2005:/x/feed-ended</id>"])
def test_a_feed_that_has_ended_says_so_and_leads_nowhere(part: str) -> None:
    page = read(
        f'<feed xmlns="http://www.w3.org/2005/Atom"><entry>{part}<link href="https://www.gov.uk/x"/></entry></feed>'
    )
    assert (page.ended, page.follow, page.entries) == (True, (), 0)


def test_an_entry_without_a_time_is_always_followed() -> None:
    assert followed(read(atom(("https://www.gov.uk/a", "soon")))) == {"/a": None}


DEEP = '<feed xmlns="http://www.w3.org/2005/Atom"><title>' + "<a>" * 200_000
LAUGHS = '<!DOCTYPE feed [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("", "expected an Atom or RSS feed, got an empty answer"),
        (" \n ", "an empty answer"),
        ("<!doctype html><html><p>Sorry", "an HTML page"),
        ('<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', "an HTML page"),
        ('<?xml version="1.0"?><html><body/></html>', "an HTML page"),
        ('{"error": "x"}', "got JSON"),
        ("<sitemap/>", "XML of another kind, <sitemap>"),
        ("Too many requests", "damaged at line 1, column 1"),
        (atom(("https://www.gov.uk/a", "2026-07-10T09:00:00Z"))[:-30], "breaks off or is damaged at line 1"),
        (atom(head=LAUGHS), "DOCTYPE"),
        (atom(head='<!DOCTYPE feed SYSTEM "file:///etc/passwd">'), "DOCTYPE"),
        (DEEP, "nested deeper than 64"),
    ],
)
def test_what_is_no_feed_is_refused_in_words(body: str, complaint: str) -> None:
    with pytest.raises(ParseError, match=complaint) as caught:
        read(body)
    assert str(caught.value).endswith(f"govuk_atom {URL}")


@pytest.mark.parametrize("status", [404, 410])
def test_a_feed_that_is_not_there_is_refused(status: int) -> None:
    with pytest.raises(ParseError, match=f"got status {status}"):
        read("", status=status)


def test_a_feed_without_an_address_is_a_mistake_that_names_the_feed() -> None:
    with pytest.raises(SourceError, match=r"needs a url.*: a-feed"):
        list(SOURCE.requests(feed("govuk_atom"), today=date(2026, 9, 15)))


def test_a_feed_has_no_publications_to_look_at_again() -> None:
    assert SOURCE.look_again("govuk:1:en", "https://www.gov.uk/a") is None


def test_a_file_name_is_never_opened(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_text(atom(("https://www.gov.uk/a", "2026-07-10T09:00:00Z")))
    with pytest.raises(ParseError):
        read(str(file))


def test_the_feeds_of_the_corpus_are_read_whole(corpus: Path) -> None:
    entries = {file.name: read(file.read_bytes()).entries for file in sorted((corpus / "govuk/atom").iterdir())}
    assert entries == {
        "email-alert-monitoring_drug-device-alerts_example.xml": 2,
        "finder_empty.atom": 0,
        "news-and-communications_snapshotA_2025.atom": 20,
        "news-and-communications_snapshotB_2025.atom": 20,
        "org_empty.atom": 0,
        "org_hm-revenue-customs_snapshotA_2025.atom": 20,
        "org_hm-revenue-customs_snapshotB_2025.atom": 20,
        "search-all_keywords-evaluation_page1_2023.atom": 20,
    }


def test_hours_later_only_new_and_changed_pages_of_a_feed_carry_new_stamps(corpus: Path) -> None:
    for kind in ("org_hm-revenue-customs", "news-and-communications"):
        before, after = (
            followed(read((corpus / f"govuk/atom/{kind}_snapshot{which}_2025.atom").read_bytes())) for which in "AB"
        )
        newest_before = max(stamp or "" for stamp in before.values())
        fresh = {path for path, stamp in after.items() if before.get(path) != stamp}
        assert 0 < len(fresh) < len(after)
        assert all((after[path] or "") > newest_before for path in fresh)
