"""Real edits against lists written by hand (tests/data/diff). Statements: Parliament, Open Parliament Licence v3.0."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from monitor.model.diff import Diff
from monitor.rules.comparison.diff import diff_texts
from monitor.rules.comparison.edits import find_edits
from monitor.rules.comparison.materiality import judge

BY_HAND = Path(__file__).resolve().parents[1] / "data" / "diff"

LORDS = (
    "The seventh cost report of the National Identity Service is being laid before Parliament today. It sets out an estimate"
    " of the public expenditure likely to be incurred on the scheme over the next 10 years, in accordance with Section 37 of"
    " the Identity Cards Act 2006. It reports on developments over the past six months, since the sixth cost report was"
    " published on 6 May 2009. Copies of the report will be available in the Vote Office."
)
COMMONS = (
    'The "Seventh Cost Report of the National Identity Service" is being laid before Parliament today. It sets out an estimate'
    " of the public expenditure likely to be incurred on the scheme over the next ten years, in accordance with section 37 of"
    ' the Identity Cards Act 2006. It reports on developments over the past six months, since the "Sixth Cost Report" was'
    " published on 6 May 2009. Copies of the report will be available in the Vote Office."
)


def by_hand(name: str) -> list[str]:
    lines = (BY_HAND / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line[:2] in ("~ ", "+ ", "- ", "> ")]


def as_a_reader_lists_it(diff: Diff) -> list[str]:
    marks = {"insert": "+ ", "delete": "- ", "move": "> "}
    lines = []
    for edit in find_edits(diff):
        if edit.op == "change":
            lines.append(f"~ {edit.gone.strip()} → {edit.came.strip()}".rstrip())
        else:
            lines.append(marks[edit.op] + (edit.came or edit.gone).strip())
    return lines


def assert_listed(diff: Diff, expected: list[str]) -> None:
    found = as_a_reader_lists_it(diff)
    assert [line[: len(hand)] for line, hand in zip(found, expected, strict=False)] == expected
    assert found[len(expected) :] == []


def scrape(corpus: Path, letter: str) -> str:
    path = corpus / "parliament" / "twfy-wms-xml-2009" / f"wms--ministerial2009-10-26{letter}.xml"
    source = path.read_bytes().decode("latin-1")
    entities = dict(re.findall(r'<!ENTITY\s+(\w+)\s+"(&#\d+;)"', source))
    body = re.sub(r"&(\w+);", lambda found: entities.get(found[1], found[0]), source[source.index("<publicwhip") :])
    marks = {"major-heading": "# ", "minor-heading": "## ", "p": ""}
    blocks = re.findall(r"<(major-heading|minor-heading|p)\b[^>]*>(.*?)</\1>", body, re.DOTALL)
    return "\n".join(
        marks[tag] + html.unescape(" ".join(re.sub(r"<[^>]+>", "", inner).split())) for tag, inner in blocks
    )


def snapshot(corpus: Path, feed: str, letter: str) -> str:
    source = (corpus / "govuk" / "atom" / f"{feed}_snapshot{letter}_2025.atom").read_text(encoding="utf-8")
    entries = re.findall(r"<entry>.*?<title>(.*?)</title>.*?<summary[^>]*>(.*?)</summary>", source, re.DOTALL)
    return "\n".join(f"## {html.unescape(title)}\n{html.unescape(summary)}" for title, summary in entries)


def test_one_statement_as_two_houses_printed_it_differs_where_a_reader_sees_it() -> None:
    diff = diff_texts(LORDS, COMMONS)
    assert_listed(diff, by_hand("identity-lords-commons"))


def test_one_statement_as_two_houses_printed_it_says_the_same() -> None:
    assert not judge(diff_texts(LORDS, COMMONS)).material


@pytest.mark.parametrize(("before", "after"), [("a", "b"), ("b", "c")])
def test_three_scrapes_of_one_day_differ_as_the_list_by_hand_says(corpus: Path, before: str, after: str) -> None:
    diff = diff_texts(scrape(corpus, before), scrape(corpus, after))
    assert_listed(diff, by_hand(f"26{before}-26{after}"))


@pytest.mark.parametrize(
    ("feed", "name"), [("news-and-communications", "news-A-B"), ("org_hm-revenue-customs", "hmrc-A-B")]
)
def test_two_snapshots_of_a_feed_differ_by_the_items_that_came_and_went(corpus: Path, feed: str, name: str) -> None:
    diff = diff_texts(snapshot(corpus, feed, "A"), snapshot(corpus, feed, "B"))
    listed = [line for line in as_a_reader_lists_it(diff) if line[2:].startswith("##")]
    expected = by_hand(name)
    assert [line[: len(hand)] for line, hand in zip(listed, expected, strict=True)] == expected
    assert {block.op for block in diff.blocks} == {"equal", "insert", "delete"}
