"""Plain RSS 2.0 is read as feedparser would read it; what is not plain is left to feedparser."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.plain_feeds import as_feedparser_reads, read_plain, shown_whole

WORDS = st.text("aZ é\u2019\u2014&<>\"'\n1", max_size=12)
TIMES = st.sampled_from(
    [
        "Tue, 10 Dec 2024 09:00:00 GMT",
        "10 Dec 2024 09:00 +0100",
        " Sun, 1 Jun 2025 09:00:01 -0530 ",
        "Mon, 9 Dec 2024 23:59:59 UT",
    ]
)
ADDRESSES = st.sampled_from(["https://www.gov.uk/a?b=1&c=2", "/a", "a/b", "mailto:a@example.org"])
EXTRAS = st.sampled_from([
    "<category>Ports</category>", "<author>a@example.org</author>", "<comments>https://example.org/c</comments>",
    '<dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">A. Writer</dc:creator>',
    '<slash:comments xmlns:slash="http://purl.org/rss/1.0/modules/slash/">3</slash:comments>',
])  # fmt: skip
FILES = ADDRESSES.map(lambda url: f'<enclosure url="{escape(url)}" length="5" type="application/pdf"/>')
ENCODED = 'content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"'


def field(name: str) -> st.SearchStrategy[str]:
    match name:
        case "pubDate" | "lastBuildDate":
            return TIMES.map(lambda at: f"<{name}>{at}</{name}>")
        case "link":
            return ADDRESSES.map(lambda url: f"<link>{escape(url)}</link>")
        case "guid":
            kinds = st.sampled_from(["", ' isPermaLink="false"', ' isPermaLink="true"'])
            return st.builds(lambda kind, url: f"<guid{kind}>{escape(url)}</guid>", kinds, ADDRESSES)
        case "encoded":
            return WORDS.map(lambda text: f"<{ENCODED}>{escape(text)}</content:encoded>")
    return WORDS.map(lambda text: f"<{name}>{escape(text)}</{name}>")


def one_of_each(*names: str, more: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Some of these fields, in any order, and others."""
    fields = st.lists(st.sampled_from(names), unique=True).flatmap(lambda some: st.tuples(*map(field, some)))
    return st.builds(lambda some, others: "\n".join([*some, *others]), fields, st.lists(more, max_size=2))


CHANNELS = one_of_each("title", "link", "description", "lastBuildDate", "pubDate", more=EXTRAS)
ITEMS = one_of_each("title", "link", "guid", "description", "pubDate", "encoded", more=EXTRAS | FILES)


def rss(inside: str, *, version: str = "2.0") -> bytes:
    return f'<rss version="{version}"><channel>{inside}</channel></rss>'.encode()


@given(CHANNELS, st.lists(ITEMS, max_size=3))
def test_a_plain_feed_is_read_as_feedparser_reads_it(channel: str, items: list[str]) -> None:
    body = rss(channel + "".join(f"<item>{item}</item>" for item in items))
    plain = read_plain(body)
    assert plain is not None
    assert shown_whole(plain) == shown_whole(as_feedparser_reads(body))


@pytest.mark.parametrize(
    "item",
    [
        "<title>One</title><title>Two</title>",
        "<title>One <b>bold</b></title>",
        "<link/>",
        "<link>https://example.org/?a=1&amp;amp;b=2</link>",
        "<pubDate>2024-12-10T09:00:00Z</pubDate>",
        "<pubDate>Tue, 10 Dec 2024 09:00:00 EST</pubDate>",
        "<pubDate>Tue, 10 Dec 2024 25:00:00 GMT</pubDate>",
        '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" href="https://example.org/a"/>',
        '<a10:updated xmlns:a10="http://www.w3.org/2005/Atom">2024-12-10T09:00:00Z</a10:updated>',
        '<media:content xmlns:media="http://search.yahoo.com/mrss/" url="https://example.org/a.jpg"/>',
        "<source><title>Elsewhere</title></source>",
    ],
)
def test_an_item_that_is_not_plain_makes_the_whole_feed_feedparsers(item: str) -> None:
    assert read_plain(rss(f"<item><guid>1</guid></item><item>{item}</item>")) is None


def test_a_document_of_another_kind_is_not_plain() -> None:
    assert read_plain(rss("<title>T</title>", version="0.91")) is None
    assert read_plain(b'<rss version="2.0"><title>T</title></rss>') is None
    assert read_plain(b'<rss version="2.0"><channel/><channel/></rss>') is None


def test_a_blogs_own_link_and_picture_are_passed_over() -> None:
    own = '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" href="https://example.org/feed" rel="self"/>'
    body = rss(
        f"<title>T</title>{own}<image><title>P</title><url>https://example.org/p</url></image><item><guid>1</guid></item>"
    )
    plain = read_plain(body)
    assert plain is not None
    assert shown_whole(plain) == shown_whole(as_feedparser_reads(body))


def test_parliaments_feed_in_the_corpus_is_plain_and_read_as_feedparser_reads_it(corpus: Path) -> None:
    body = (corpus / "parliament" / "rss" / "parliament-uk-generic.rss").read_bytes()
    plain = read_plain(body)
    assert plain is not None
    assert shown_whole(plain) == shown_whole(as_feedparser_reads(body))
