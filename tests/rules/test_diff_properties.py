"""What holds for any two texts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model.diff import Diff, Run
from monitor.rules.comparison.diff import diff_texts
from monitor.rules.comparison.edits import find_edits
from monitor.rules.comparison.marks import to_html, to_text
from monitor.rules.comparison.materiality import decide, judge
from monitor.rules.comparison.passages import passages
from monitor.rules.comparison.summary import summarise
from monitor.text import count_words

PIECES = st.sampled_from(
    [
        "a", "the", "may", "must", "not", "fee", "£30", "180", "-5", "3.7", "Committee.", "foo’s", "3 May 2024", "- ", "1. ",
        "## H", "| x | y |", "\n", "\n\n", " ", "  ", "\r\n", "\t", "é", "e\u0301x", "\u0301", "👩‍👩‍👧", "🇬🇧", "1️⃣",
        "עברית", "العربية", "日本語。", "\u200b", "\u2028", "_", "|", "a paragraph that is long enough to be moved\n",
    ]
)  # fmt: skip
MIXED = st.lists(PIECES, max_size=40).map("".join) | st.lists(PIECES, max_size=40).map(" ".join)
TEXTS = MIXED | st.text(max_size=80)


def all_runs(diff: Diff) -> Iterator[Run]:
    return (run for block in diff.blocks for run in block.runs)


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, str]:
    """A text and an edit of it: pieces taken out, put in, replaced, carried elsewhere."""
    old = draw(st.lists(PIECES, min_size=5, max_size=60))
    new = list(old)
    for _ in range(draw(st.integers(1, 5))):
        place = draw(st.integers(0, len(new)))
        until = draw(st.integers(place, min(len(new), place + 10)))
        cut = new[place:until]
        new[place:until] = draw(st.lists(PIECES, max_size=3))
        if draw(st.booleans()):
            new[draw(st.integers(0, len(new))) :][:0] = cut
    glue = draw(st.sampled_from(["", " "]))
    return glue.join(old), glue.join(new)


PAIRS = st.tuples(TEXTS, TEXTS) | edits()


@settings(max_examples=300, deadline=None)
@given(PAIRS)
def test_both_texts_are_rebuilt_exactly(pair: tuple[str, str]) -> None:
    old, new = pair
    diff = diff_texts(old, new)
    assert "".join(run.text for run in all_runs(diff) if run.op != "-") == new
    assert "".join(run.text for run in all_runs(diff) if run.op != "+") == old


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    diff = diff_texts(text, text)
    assert {block.op for block in diff.blocks} <= {"equal"}
    assert (diff.words_added, diff.words_removed) == (0, 0)
    assert judge(diff).material is False


@settings(max_examples=200, deadline=None)
@given(PAIRS)
def test_word_counts_are_the_same_from_either_side_and_add_up(pair: tuple[str, str]) -> None:
    old, new = pair
    there, back = diff_texts(old, new), diff_texts(new, old)
    assert (there.words_added, there.words_removed) == (back.words_removed, back.words_added)
    assert there.words_added - there.words_removed == count_words(new) - count_words(old)


@settings(max_examples=200, deadline=None)
@given(PAIRS)
def test_no_word_is_ever_cut(pair: tuple[str, str]) -> None:
    diff = diff_texts(*pair)
    for side in ("-", "+"):
        texts = [run.text for run in all_runs(diff) if run.op in ("=", side)]
        assert all(text for text in texts)
        assert not any(left[-1].isalnum() and right[0].isalnum() for left, right in pairwise(texts))
        assert sum(map(count_words, texts)) == count_words("".join(texts))


@settings(max_examples=200, deadline=None)
@given(PAIRS)
def test_moves_come_in_pairs_and_only_they_have_a_number(pair: tuple[str, str]) -> None:
    numbers: dict[str, list[int]] = {"move": [], "moved": []}
    for block in diff_texts(*pair).blocks:
        assert (block.pair is not None) == (block.op in numbers)
        if block.pair is not None:
            numbers[block.op].append(block.pair)
    assert sorted(numbers["move"]) == sorted(numbers["moved"]) == list(range(1, len(numbers["move"]) + 1))


@settings(max_examples=150, deadline=None)
@given(PAIRS)
def test_every_change_is_judged_told_and_written_down(pair: tuple[str, str]) -> None:
    diff = diff_texts(*pair)
    judgement = judge(diff)
    shown, left_out = passages(diff, decide(diff), limit=2, words=12)
    assert judgement.reasons
    assert summarise(decide(diff))
    assert len(shown) <= 2
    assert left_out >= 0
    assert all(passage.runs for passage in shown)
    assert not judgement.material or shown
    assert bool(list(find_edits(diff))) == any(block.op != "equal" for block in diff.blocks)
    assert to_text(diff).count("\n") >= bool(diff.blocks)
    assert "<script" not in to_html(diff)


JOINED = st.lists(
    PIECES
    | st.sampled_from(
        [
            "👍🏽",
            "👍",
            "🇫🇷",
            "*️⃣",
            "-\u0301",
            "،\u064b",
            "。\u3099",
            "(\u20dd",
            "עִבְרִית",
            "क्षि",
            "নি",
            "กำ",
            "\u1112\u1161\u11ab",
        ]
    ),
    max_size=30,
).map("".join)


def combines(char: str) -> bool:
    return unicodedata.category(char).startswith("M") or char in "\u200c\u200d" or "\U0001f3fb" <= char <= "\U0001f3ff"


@settings(max_examples=200, deadline=None)
@given(JOINED, JOINED)
def test_no_accent_joiner_or_skin_tone_is_parted_from_what_it_stands_on(old: str, new: str) -> None:
    diff = diff_texts(old, new)
    for side in ("-", "+"):
        texts = [run.text for run in all_runs(diff) if run.op in ("=", side)]
        for left, right in pairwise(texts):
            assert left[-1].isspace() or not (combines(right[0]) or left[-1] == "\u200d")
