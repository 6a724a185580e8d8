"""Feeds built to cost: what they may hold, and that ten thousand entries are read all the same."""

from __future__ import annotations

import pytest

from monitor.errors import ParseError
from monitor.sources.feed import AnyFeed
from tests.sources.answers import answer

FEED = '<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title>{}</feed>'


def entry(number: int) -> str:
    return f'<entry><id>e{number}</id><updated>2026-01-01T00:00:00Z</updated><title>T</title><link href="/a{number}"/></entry>'


def read(inside: str) -> int:
    url = "https://example.org/feed"
    return len(AnyFeed().parse(answer(FEED.format(inside), url=url, reader="feed", context="a")).publications)


def test_ten_thousand_entries_are_read() -> None:
    assert read("".join(map(entry, range(10_000)))) == 10_000


def test_one_namespace_said_a_thousand_times_is_one() -> None:
    div = '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">words</div></content>'
    assert read("".join(entry(number).replace("</entry>", f"{div}</entry>") for number in range(1_000))) == 1_000


@pytest.mark.parametrize("coding", ["shift_jis", "gb2312", "utf-7", "x-unknown"])
def test_an_encoding_that_is_not_read_is_refused_in_words(coding: str) -> None:
    body = f'<?xml version="1.0" encoding="{coding}"?>{FEED.format(entry(1))}'.encode()
    with pytest.raises(ParseError, match="expected an Atom or RSS feed, got XML"):
        AnyFeed().parse(answer(body, url="https://example.org/feed", reader="feed"))


@pytest.mark.parametrize(
    ("inside", "complaint"),
    [
        ("<e/>" * 150_000, "more than 150,000 elements"),
        ("<e " + " ".join(f'a{number}=""' for number in range(257)) + "/>", "more than 256 attributes in one element"),
        ("<e " + " ".join(f'xmlns:n{number}="u"' for number in range(257)) + "/>", "more than 256 attributes"),
        ("".join(f'<e xmlns:n{number}="u"/>' for number in range(257)), "more than 256 namespaces"),
        ("".join(f'<e xmlns="u{number}"/>' for number in range(257)), "more than 256 namespaces"),
        ("<e>" * 64 + "</e>" * 64, "nested deeper than 64 levels"),
    ],
)
def test_what_no_feed_needs_is_refused_before_it_costs(inside: str, complaint: str) -> None:
    with pytest.raises(ParseError, match=complaint):
        read(inside)
