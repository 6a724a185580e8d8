"""Plain Atom is read as feedparser would read it; what is not plain is left to feedparser."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.plain_feeds import as_feedparser_reads, read_plain, shown_whole

WORDS = st.text("aZ é\u2019\u2014&<>\"'\n1", max_size=12)
TIMES = st.sampled_from(["2024-12-10T09:00:00Z", "2024-12-10T09:00:00+00:00", " 2024-06-01T09:00:00.5+01:00 "])
ADDRESSES = st.sampled_from(["https://www.gov.uk/a?b=1&c=2", "/a", "a/b", "mailto:a@example.org"])
RELS = st.sampled_from(["", ' rel="alternate"', ' rel="self"', ' rel="enclosure" length="5"', ' rel="related"'])
TYPES = st.sampled_from(["", ' type="text/html"', ' type="application/json"'])
LINKS = st.builds(lambda href, rel, kind: f'<link{rel}{kind} href="{escape(href)}"/>', ADDRESSES, RELS, TYPES)


def words(name: str) -> st.SearchStrategy[str]:
    kinds = st.sampled_from(["", ' type="text"', ' type="html"']) if name != "id" else st.just("")
    return st.builds(lambda text, kind: f"<{name}{kind}>{escape(text)}</{name}>", WORDS, kinds)


def time(name: str) -> st.SearchStrategy[str]:
    return TIMES.map(lambda at: f"<{name}>{at}</{name}>")


def one_of_each(*names: str) -> st.SearchStrategy[str]:
    """Some of these fields, in any order, and links."""
    fields = [time(name) if name in ("updated", "published") else words(name) for name in names]
    some = st.lists(st.one_of(*fields), max_size=len(fields), unique_by=lambda field: field[1:4])
    return st.builds(lambda fields, links: "\n".join([*fields, *links]), some, st.lists(LINKS, max_size=3))


FEEDS = one_of_each("id", "title", "updated")
ENTRIES = one_of_each("id", "title", "summary", "content", "updated", "published")


def atom(inside: str, *, root: str = 'feed xmlns="http://www.w3.org/2005/Atom"') -> bytes:
    return f"<{root}>{inside}</{root.partition(' ')[0]}>".encode()


@given(FEEDS, st.lists(ENTRIES, max_size=3))
def test_a_plain_feed_is_read_as_feedparser_reads_it(feed: str, entries: list[str]) -> None:
    body = atom(feed + "".join(f"<entry>{entry}</entry>" for entry in entries))
    plain = read_plain(body)
    assert plain is not None
    assert shown_whole(plain) == shown_whole(as_feedparser_reads(body))


@pytest.mark.parametrize(
    "entry",
    [
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">x</div></content>',
        '<content type="image/png">aGVsbG8=</content>',
        '<content src="https://example.org/a"/>',
        "<title>One</title><title>Two</title>",
        "<title>One <b>bold</b></title>",
        "<updated>Tue, 10 Dec 2024 09:00:00 GMT</updated>",
        '<georss:point xmlns:georss="http://www.georss.org/georss">1 2</georss:point>',
        "<source><title>Elsewhere</title></source>",
        '<link xml:base="https://example.org/" href="a"/>',
        "<link>https://example.org/a</link>",
    ],
)
def test_an_entry_that_is_not_plain_makes_the_whole_feed_feedparsers(entry: str) -> None:
    assert read_plain(atom(f"<entry><id>1</id></entry><entry>{entry}</entry>")) is None


@pytest.mark.parametrize("root", ["rss", "feed", 'feed xmlns="http://purl.org/atom/ns#"'])
def test_a_document_of_another_kind_is_not_plain(root: str) -> None:
    assert read_plain(atom("<title>T</title>", root=root)) is None


def test_bytes_that_are_not_utf_8_are_not_plain() -> None:
    declared = '<?xml version="1.0" encoding="windows-1252"?>'
    assert read_plain(declared.encode() + atom("<title>\u201cT\u201d</title>").decode().encode("cp1252")) is None


def test_every_atom_feed_of_the_corpus_is_plain_and_read_as_feedparser_reads_it(corpus: Path) -> None:
    feeds = sorted((corpus / "govuk" / "atom").glob("*.atom"))
    assert feeds
    for feed in feeds:
        plain = read_plain(feed.read_bytes())
        assert plain is not None, feed.name
        assert shown_whole(plain) == shown_whole(as_feedparser_reads(feed.read_bytes())), feed.name
