"""HTML becomes blocks, one a line, and words become tokens that compare."""

from __future__ import annotations

import re
from itertools import pairwise
from urllib.parse import urljoin, urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.text import absolute_url, count_words, fold, read_html, squeeze, tokens

BASE = "https://www.gov.uk/government/publications/plan"


def blocks(html: str) -> list[str]:
    return read_html(html, base_url=BASE).text.split("\n")


def words(text: str) -> list[str]:
    return [token.word for token in tokens(text)]


def test_headings_paragraphs_lists_tables_and_quotes_are_told_apart() -> None:
    html = """<div class="govspeak"><h2 id="x">Eligibility</h2><p>You must be <strong>18</strong>
      or over.</p><ul><li>one<ul><li>inner</li></ul></li><li><p>two</p></li></ul><ol><li>first</li><li>second</li></ol>
      <table><thead><tr><th>Band</th><th>Rate</th></tr></thead><tbody><tr><td>A</td><td><p>1</p><p>2</p></td></tr></tbody></table>
      <blockquote>Quoted</blockquote></div>"""
    assert blocks(html) == [
        "## Eligibility", "You must be 18 or over.", "- one", "  - inner", "- two", "1. first", "2. second",
        "| Band | Rate |", "| A | 1 2 |", "> Quoted",
    ]  # fmt: skip


def test_spacer_paragraphs_of_any_white_space_are_no_blocks() -> None:
    assert blocks("<p>One</p><p> </p><p>\u00a0</p><p>\u200b</p><p>Two</p>") == ["One", "Two"]


def test_scripts_styles_and_comments_are_silent() -> None:
    assert blocks("<p>Seen<script>alert(1)</script><!-- no --><style>p{}</style></p>") == ["Seen"]


def test_links_keep_their_words_their_address_and_the_line_they_stand_in() -> None:
    html = '<p>First.</p><p>See <a href="/plan">the <em>plan</em></a>, <a href="mailto:a@b.c">write</a>, '
    html += '<a href="#x">below</a>.</p>'
    [anchor] = read_html(html, base_url=BASE).anchors
    assert (anchor.url, anchor.words, anchor.line) == ("https://www.gov.uk/plan", "the plan", 1)


def test_a_link_in_a_table_belongs_to_its_row() -> None:
    html = '<table><tr><td>A</td><td><a href="/a">a</a></td></tr><tr><td>B</td><td><a href="/b">b</a></td></tr></table>'
    assert [(anchor.url[-2:], anchor.line) for anchor in read_html(html, base_url=BASE).anchors] == [
        ("/a", 0),
        ("/b", 1),
    ]


def test_nesting_that_no_author_writes_is_read_all_the_same() -> None:
    assert blocks("<div>" * 50_000 + "deep" + "</div>" * 50_000) == ["deep"]


def test_depth_costs_no_more_than_length_and_paragraphs_survive_it() -> None:
    html = "<div>" * 200_000 + "<p>deep</p><p>words</p>"
    assert blocks(html) == ["deep", "words"]


def test_many_paragraphs_that_are_never_closed_are_not_deep() -> None:
    assert len(blocks("<p>word" * 20_000)) == 20_000


def test_case_accents_possessives_and_kinds_of_apostrophe_make_no_difference() -> None:
    expected = ["the", "minister", "cafe", "isn't", "the", "minister", "cafe"]
    assert words("The Minister\u2019s CAFÉ isn\u2019t the minister's café") == expected


def test_hyphens_and_punctuation_part_words() -> None:
    assert words("re-offending, £3.7bn (2024–25)") == ["re", "offending", "3", "7bn", "2024", "25"]


@given(st.text())
def test_tokens_stand_where_they_say(text: str) -> None:
    found = list(tokens(text))
    assert all(0 <= token.start < token.end <= len(text) for token in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert count_words(text) == len(found)


@given(st.text())
def test_folding_and_squeezing_twice_is_folding_and_squeezing_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert squeeze(squeeze(text)) == squeeze(text)


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<ul>",
                "<li>",
                "</ul>",
                "<td>",
                "<tr>",
                "<table>",
                "<a href=x>",
                "</a>",
                "a",
                " ",
                "<",
                "&amp;",
                "\x00",
                "é",
            ]
        )
    )
)
def test_any_html_has_some_reading_without_empty_blocks(pieces: list[str]) -> None:
    reading = read_html("".join(pieces), base_url=BASE)
    assert all(squeeze(line) for line in reading.text.split("\n")) or reading.text == ""
    assert all(0 <= anchor.line < max(1, len(reading.text.split("\n"))) for anchor in reading.anchors)


_SPACES = " \t\n\r\x0b\x0c\x1c\x85\xa0\u1680\u200b\u2028\u3000\ufeff"
_TEXTS = st.text(st.one_of(st.sampled_from(_SPACES + "'\u2019\u00ad\u0301_-<&"), st.characters()), max_size=60)


@given(_TEXTS)
def test_squeezing_is_folding_every_run_of_white_space(text: str) -> None:
    assert squeeze(text) == re.sub(r"[\s\u200b\ufeff]+", " ", text).strip()


@given(_TEXTS)
def test_as_many_words_are_counted_as_there_are_tokens(text: str) -> None:
    assert count_words(text) == len(list(tokens(text)))


@given(_TEXTS)
def test_words_without_markup_read_as_they_do_in_a_block_of_their_own(text: str) -> None:
    assert read_html(text, base_url=BASE).text == read_html(f"<div>{text}</div>", base_url=BASE).text


_STEPS = st.sampled_from(
    [
        "https://",
        "http://",
        "HTTP://",
        "//",
        "www.gov.uk",
        "a.b",
        ".",
        "..",
        "/",
        "-",
        "~",
        "?",
        "#",
        ":",
        "@",
        "%",
        "é",
        ";",
    ]
)


@given(st.lists(_STEPS, max_size=8).map("".join))
def test_an_address_that_is_whole_is_taken_as_it_stands(href: str) -> None:
    try:
        joined = urljoin(BASE, href)
        is_web = urlsplit(joined).scheme in ("http", "https") and bool(urlsplit(joined).hostname)
    except ValueError:
        is_web = False
    is_address = is_web and bool(href) and not href.startswith("#")
    assert absolute_url(href, BASE) == (joined if is_address else None)
