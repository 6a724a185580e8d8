"""What a reader of a PDF would call its paragraphs, headings and pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from monitor.extract.extraction import Extraction, Limits
from monitor.extract.paragraphs import NO_WORDS, Line, find_blocks, join_lines, without_running_heads
from monitor.extract.reading import read_document
from tests.fakes.pdf_files import Words, pdf_of, set_in_lines

PLAN = (
    "The priority plan sets out how the five governments will act together against those who smuggle people across the"
    " Channel. It was agreed in London on Tuesday, and it will be reviewed by ministers twice in each year."
)
COSTS = (
    "Costs will be shared. The United Kingdom will pay for the boats that patrol the coast, and France for their crews."
)


def read(pages: Sequence[Sequence[Words]]) -> Extraction:
    return read_document(pdf_of(pages), name="a.pdf", claimed_type=None, limits=Limits())


def lines_of(page: Sequence[Words]) -> list[str]:
    return read([page]).text.split("\n")


def test_lines_of_a_paragraph_are_joined() -> None:
    assert lines_of(set_in_lines(PLAN, top=700, columns=60)) == [PLAN]


def test_a_gap_divides_paragraphs() -> None:
    page = [*set_in_lines(PLAN, top=700, columns=60), *set_in_lines(COSTS, top=620, columns=60)]
    assert lines_of(page) == [PLAN, COSTS]


def test_an_indented_line_begins_a_paragraph_where_there_is_no_gap() -> None:
    first = set_in_lines(PLAN, top=700, columns=60)
    second = set_in_lines(COSTS, top=first[-1].top - 13.75, columns=60)
    indented = [Words(second[0].text, second[0].top, left=second[0].left + 20), *second[1:]]
    assert lines_of([*first, *indented]) == [PLAN, COSTS]


def test_a_line_that_ends_early_ends_its_paragraph() -> None:
    addresses = ["Home Office", "2 Marsham Street", "London"]
    page = [Words(line, 740 - n * 13.75) for n, line in enumerate(addresses)]
    page += set_in_lines(PLAN, top=740 - 3 * 13.75, columns=60)
    assert lines_of(page) == [*addresses, PLAN]


def test_list_items_stand_alone() -> None:
    items = [
        "1. patrol the coast by day and by night, in all weathers and",
        "2. share what is known of the smugglers",
        "(a) at once",
    ]
    page = [Words(item, 700 - n * 13.75) for n, item in enumerate(items)]
    assert lines_of(page) == items


def test_a_bullet_is_a_list_item() -> None:
    page = [Words("• patrol the coast by day and by", 700), Words("night, in all weathers", 686.25, left=82)]
    assert lines_of(page) == ["- patrol the coast by day and by night, in all weathers"]


def test_larger_print_is_a_heading_and_the_largest_the_highest() -> None:
    page = [
        Words("Priority plan", 780, size=24),
        Words("Costs", 730, size=16),
        *set_in_lines(COSTS * 3, top=700),
        Words("Review", 600, size=16),
        *set_in_lines(PLAN, top=570),
    ]
    found = lines_of(page)
    assert [line for line in found if line.startswith("#")] == ["# Priority plan", "## Costs", "## Review"]


def test_two_columns_are_read_one_after_the_other() -> None:
    left = set_in_lines(PLAN, top=700, columns=34)
    right = set_in_lines(COSTS, top=700, columns=34, left=330)
    assert lines_of([*left, *right]) == [PLAN, COSTS]


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    lines = set_in_lines(PLAN, top=700, columns=34)
    moved = [Words(line.text, 700 - n * 13.75, left=330) for n, line in enumerate(lines[3:])]
    assert lines_of([*lines[:3], *moved]) == [PLAN]


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        (["The govern-", "ment will act."], "The government will act."),
        (["It is a long-", "term plan."], "It is a long-term plan."),
        (["Rules on re-", "offending, and on reoffending."], "Rules on reoffending, and on reoffending."),
        (["The cross-", "Channel route."], "The cross-Channel route."),
        (["The border-", "force acts; a border-force ship."], "The border-force acts; a border-force ship."),
        (["In 2023-", "24 it rose."], "In 2023-24 it rose."),
    ],
)
def test_a_word_broken_at_the_end_of_a_line_is_mended(broken: list[str], whole: str) -> None:
    assert lines_of([Words(line, 700 - n * 13.75) for n, line in enumerate(broken)]) == [whole]


def test_a_hyphen_before_something_that_is_no_word_stays() -> None:
    assert join_lines("a -\nb", NO_WORDS) == "a -b"


def numbered_pages(count: int) -> list[list[Words]]:
    return [
        [
            Words("Calais Group: priority plan", 810, size=8),
            *set_in_lines(f"On day {n} of the month the ministers met. {PLAN}", top=700),
            Words(f"Page {n + 1} of {count}", 40, size=8),
        ]
        for n in range(count)
    ]


def test_running_heads_are_kept_once_and_page_numbers_dropped() -> None:
    text = read(numbered_pages(8)).text
    assert text.count("Calais Group: priority plan") == 1
    assert "Page 3 of 8" not in text
    assert text.count(PLAN) == 8


def test_what_stands_at_the_edge_of_a_few_pages_only_is_kept() -> None:
    text = read(numbered_pages(3)).text
    assert text.count("Calais Group: priority plan") == 3
    assert "Page 3 of 3" in text


def test_a_page_begins_at_its_position_even_when_it_is_empty() -> None:
    done = read([[Words("The first page.", 700)], [], [Words("The third page.", 700), Words("Its second block.", 600)]])
    assert done.positions == ((0, "page 1"), (1, "page 2"), (1, "page 3"))
    assert done.text.split("\n") == ["The first page.", "The third page.", "Its second block."]
    assert (done.pages, done.state, done.reason) == (3, "extracted", "1 of its 3 pages have no words")


def test_no_line_of_a_page_is_lost_or_said_twice() -> None:
    lines = [Line(f"word{n} follows", 72, 200 + n, 100 + 13.0 * n, 100 + 13.0 * n, 11) for n in range(20)]
    assert "\n".join(block.text for block in find_blocks(lines)) == "\n".join(line.text for line in lines)
    assert [list(page) for page in without_running_heads([lines])] == [lines]


def test_a_real_pdf_of_two_pages_reads_as_two_paragraphs(corpus: Path) -> None:
    body = (corpus / "govuk/attachments/whitehall_two-pages-with-content.pdf").read_bytes()
    done = read_document(body, name="a.pdf", claimed_type="application/pdf", limits=Limits())
    assert (done.state, done.pages, done.positions) == ("extracted", 2, ((0, "page 1"), (1, "page 2")))
    first, second = done.text.split("\n")
    assert first.startswith("Lorem ipsum dolor sit amet, consectetur adipisicing elit")
    assert second.endswith("deserunt mollit anim id est laborum.")
