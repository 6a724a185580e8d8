"""Feeds of any publisher: entries are publications."""

from __future__ import annotations

from datetime import date
from html import escape
from pathlib import Path

import pytest

from monitor.errors import ParseError, SourceError
from monitor.model.exchange import Page
from monitor.sources.feed import AnyFeed
from tests.sources.answers import answer, feed

SOURCE = AnyFeed()
URL = "https://example.org/feed.xml"


def rss(*items: str) -> str:
    shown = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0"><channel><title>News</title>{shown}</channel></rss>'


def read(body: str | bytes, *, name: str = "news") -> Page:
    return SOURCE.parse(answer(body, url=URL, reader="feed", context=name))


def test_the_name_of_the_feed_travels_with_the_request_into_the_keys() -> None:
    (request,) = SOURCE.requests(feed("feed", name="a-blog", url=URL), today=date(2026, 9, 15))
    assert (request.url, request.context) == (URL, "a-blog")
    (publication,) = read(rss("<guid>1</guid><title>T</title>"), name=request.context).publications
    assert publication.key == "feed:a-blog:1"


def test_an_entry_without_an_id_goes_by_its_link_and_one_without_a_link_by_its_title() -> None:
    page = read(rss("<title>T</title><link>https://example.org/a</link>", "<title>Only a title</title>"))
    assert [publication.key for publication in page.publications] == [
        "feed:news:https://example.org/a",
        "feed:news:Only a title",
    ]
    assert page.publications[1].url == URL


def test_entries_that_share_an_id_do_not_take_turns() -> None:
    old = "<guid>1</guid><title>Old</title><pubDate>Tue, 08 Sep 2026 11:00:00 GMT</pubDate>"
    new = "<guid>1</guid><title>New</title><pubDate>Wed, 09 Sep 2026 11:00:00 GMT</pubDate>"
    for body in (rss(old, new), rss(new, old)):
        page = read(body)
        assert [publication.title for publication in page.publications] == ["New"]
        assert page.remarks == ("left out 1 entries whose id another entry of this feed has",)


def test_html_of_an_entry_becomes_words_and_links_and_nothing_that_runs() -> None:
    html = escape("<p onclick='x()'>See <a href='/b'>this</a>.<script>x()</script><a href='javascript:x()'>!</a>")
    (publication,) = read(
        rss(f"<guid>1</guid><title>&lt;img src=x&gt;T</title><description>{html}</description>")
    ).publications
    assert (publication.title, publication.text) == ("T", "See this.!")
    assert [link.url for link in publication.hyperlinks] == ["https://example.org/b"]


@pytest.mark.parametrize(
    ("link", "publisher"),
    [
        ("https://ports.blog.gov.uk/a", "govuk"),
        ("https://committees.parliament.uk/a", "parliament"),
        ("https://notgov.uk/a", "other"),
        ("https://gov.uk.example.org/a", "other"),
    ],
)
def test_the_licence_follows_the_address(link: str, publisher: str) -> None:
    (found,) = read(rss(f"<title>T</title><link>{link}</link>")).publications
    assert found.publisher == publisher


def test_a_broken_feed_is_refused_with_the_place() -> None:
    with pytest.raises(ParseError, match="damaged at line 1, column"):
        read(rss("<title>Fish & chips</title>"))


def test_a_feed_without_an_address_is_a_mistake_that_names_the_feed() -> None:
    with pytest.raises(SourceError, match="needs a url"):
        SOURCE.requests(feed("feed"), today=date(2026, 9, 15))


def test_entries_cannot_be_read_again_apart_from_their_feed() -> None:
    assert SOURCE.look_again("feed:news:1", "https://example.org/a") is None


def test_parliaments_own_feed_has_repeated_titles_and_no_ids_and_loses_nothing(corpus: Path) -> None:
    page = read((corpus / "parliament/rss/parliament-uk-generic.rss").read_bytes())
    assert page.entries == len(page.publications) == len({publication.key for publication in page.publications})
    assert len({publication.title for publication in page.publications}) < page.entries
    assert all(publication.dated_on for publication in page.publications)
