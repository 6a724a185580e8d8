"""How a text is cut into words, and what is done where some blocks of many were rewritten."""

from __future__ import annotations

import sys
from itertools import pairwise

from monitor.rules.comparison.diff import diff_texts
from monitor.rules.comparison.words import Side, read_block, split_words

EDITED = [
    f"Paragraph {n} says that the fee of £{n}0 is to be paid by the applicant before the {n}th of the month."
    for n in range(1, 13)
]
OTHER = "Nobody under eighteen may enter; guardians wait outside, whatever their reason, until called."


def test_every_kind_of_white_space_parts_words_and_nothing_else_does() -> None:
    spaces = {chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace()}
    parting = {
        chr(code) for code in range(sys.maxunicode + 1) if split_words(f"a{chr(code)}b") == [f"a{chr(code)}", "b"]
    }
    assert parting == spaces


def test_a_side_knows_where_its_words_begin() -> None:
    side = read_block("Pay £3.70, or  more.\n")
    assert side.words == ["Pay", "£3.70", ",", "or", "more", "."]
    assert [side.text[i:j] for i, j in pairwise(side.offsets)] == side.pieces


def test_only_the_blocks_that_differ_are_cut_into_words() -> None:
    side = Side(["One two.\n", "Three\n", "- \n", "\n", "  Four five\n"], [range(1), range(2, 5)])
    assert [side.words[side.starts[n] : side.starts[n + 1]] for n in range(5)] == [
        ["One", "two", "."],
        [],
        ["-"],
        [""],
        ["", "Four", "five"],
    ]


def test_a_paragraph_rewritten_among_many_edited_ones_is_told_whole() -> None:
    new = [text.replace("applicant", "company") for text in EDITED]
    new[5] = OTHER
    ops = [block.op for block in diff_texts("\n".join(EDITED), "\n".join(new)).blocks]
    assert ops == ["change"] * 5 + ["delete", "insert"] + ["change"] * 6


def test_a_paragraph_split_among_many_edited_ones_stays_with_both_its_parts() -> None:
    old = [
        f"{text} The office of district {n} answers letters about this on Mondays." for n, text in enumerate(EDITED, 1)
    ]
    new = [text.replace("applicant", "company") for text in old]
    old[6] = OTHER
    new[5:7] = [*new[5].replace(". The", ".\nThe").split("\n")]
    ops = [block.op for block in diff_texts("\n".join(old), "\n".join(new)).blocks]
    assert ops == ["change"] * 6 + ["delete"] + ["change"] * 5
