"""A digest in words stays safe whatever a publisher wrote or an operator's template tries."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import RenderError
from monitor.mail.environment import bracketed, sound_url, starred, wrapped
from monitor.mail.passage_view import Piece
from monitor.mail.render import Rendered, render_digest
from monitor.model.diff import Run
from monitor.model.digest import Coverage, Passage, Span
from tests.mail.reading import Reader
from tests.mail.samples import GAP, OLDER, digest, item, mail_settings, section, subscriber


def rendered(*sections, **changes) -> Rendered:
    return render_digest(digest(*sections, **changes), subscriber(), mail_settings())


EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><b>bold</b>{{ 7 * 7 }}"


def test_publishers_html_and_template_words_stay_text():
    evil = item(
        EVIL, "updated", note=EVIL, summary=EVIL, notice=EVIL, department=EVIL, identifier=EVIL, minister=EVIL,
        document_type=EVIL, also_in=(EVIL,), passages=(Passage((Run("+", EVIL),), EVIL),), key=EVIL,
    )  # fmt: skip
    snippet = item(EVIL, snippet=(Span(EVIL, marked=True),))
    coverage = Coverage(1, 1, (replace(GAP, feed=EVIL, error=EVIL),))
    words = rendered(section(evil, snippet, title=EVIL), older=(OLDER,), coverage=coverage)
    page = Reader(words.html)
    assert not {"script", "img"} & set(page.tags)
    assert page.open == []
    assert "onerror" not in re.sub(r"&lt;.*?&gt;", "", words.html)
    assert "{{ 7 * 7 }}" in words.text
    assert not re.search(r"\b49\b", words.text)


@given(st.text(max_size=80), st.text(max_size=80))
@settings(max_examples=60, deadline=None)
def test_no_text_of_a_publisher_becomes_markup_or_a_line_of_its_own(title, note):
    plain = rendered(section(item("title", "updated", note="note")))
    words = rendered(section(item(title, "updated", note=note)))
    allowed = Reader(plain.html).tags
    assert [tag for tag in Reader(words.html).tags if tag != "p"] == [tag for tag in allowed if tag != "p"]
    assert all(line.startswith(("  ", "UPDATED: ")) for line in _item_lines(words.text))


def _item_lines(text: str) -> list[str]:
    start = text.index("UPDATED: ")
    return [line for line in text[start : text.index("\n----", start)].splitlines() if line]


def test_direction_controls_are_taken_out_of_titles():
    words = rendered(section(item("\u202eevil\u202c \u2066title\u2069")))
    assert "evil title" in words.html
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", words.html + words.text + words.subject)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "//www.gov.uk/x", "/relative", "https://", "https:///x", "mailto:",
     "ftp://example.org/x", " https://www.gov.uk", "https://www.gov.uk/a b", "https://www.gov.uk/\u202ex", "https://[x", ""],
)  # fmt: skip
def test_only_sound_addresses_become_links(address):
    assert sound_url(address) == ""
    words = rendered(section(item(url=address)))
    assert "Calais Group priority plan</h4>" in words.html
    assert f'href="{address}"' not in words.html


def test_sound_addresses_stay_as_they_are():
    for address in ("https://www.gov.uk/a?b=c&d#e", "http://example.org", "mailto:ops@example.org?subject=x%20y"):
        assert sound_url(address) == address


def test_marks_stand_at_the_words_and_leave_white_space_alone():
    assert starred((Span("a "), Span(" b ", marked=True), Span("c"))) == "a  *b* c"
    pieces = (Piece("=", "in "), Piece("-", "180", replaced=True), Piece("+", "365 "), Piece("=", "days"))
    assert bracketed(pieces) == "in [-180-] {+365+} days"
    assert bracketed((Piece("-", "  "),)) == "  "


def test_an_endless_word_keeps_to_the_columns_too():
    words = rendered(section(item("x" * 290, key="govuk:5974ae38-f3ea-5df9-a153-c51b2d609956:cy")))
    assert max(len(line) for line in words.text.splitlines() if ":" not in line) <= 76


def test_wrapping_leaves_addresses_whole():
    address = "https://example.org/" + "x" * 90
    assert address in wrapped(f"See {address} for more.", "  ").split()


def test_an_operators_template_goes_before_the_packaged_one(tmp_path):
    (tmp_path / "digest.subject.txt").write_text("Morning: {{ lead }}")
    words = render_digest(digest(), subscriber(), mail_settings(templates_dir=tmp_path))
    assert words.subject == "Morning: Calais Group priority plan"
    assert words.text == rendered().text


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("\n{{ digest.nothing_like_it }}", 2),
        ("\n\n{% for %}", 3),
        ("{{ digest.tally.__class__.__mro__ }}", 1),
        ("\n{{ 1 / 0 }}", 2),
        ("{% include 'missing.txt' %}", 1),
        ("{{ digest.sections.append(1) }}", 1),
    ],
)
def test_a_template_that_fails_is_named_with_its_line(tmp_path, template, line):
    (tmp_path / "digest.txt").write_text(template)
    with pytest.raises(RenderError, match=r"digest\.txt") as caught:
        render_digest(digest(), subscriber(), mail_settings(templates_dir=tmp_path))
    assert caught.value.line == line
