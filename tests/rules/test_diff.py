"""What the comparison says of a change, example by example."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from monitor.model.diff import Diff
from monitor.rules.comparison.diff import MOST_BLOCKS, diff_texts, moved_edits
from monitor.rules.comparison.materiality import judge
from monitor.rules.comparison.plan import MONSTER


def ops(diff: Diff) -> list[str]:
    return [block.op for block in diff.blocks]


def runs(diff: Diff, block: int = 0) -> list[tuple[str, str]]:
    return [(run.op, run.text) for run in diff.blocks[block].runs]


def new_text(diff: Diff) -> str:
    return "".join(run.text for block in diff.blocks for run in block.runs if run.op != "-")


def old_text(diff: Diff) -> str:
    return "".join(run.text for block in diff.blocks for run in block.runs if run.op != "+")


def test_one_changed_word_is_one_word_out_and_one_in() -> None:
    diff = diff_texts("The period is 180 days.", "The period is 365 days.")
    assert runs(diff) == [("=", "The period is "), ("-", "180"), ("+", "365"), ("=", " days.")]
    assert (diff.words_added, diff.words_removed) == (1, 1)


def test_equal_texts_have_equal_blocks_only() -> None:
    diff = diff_texts("# Title\nA paragraph.\n- an item", "# Title\nA paragraph.\n- an item")
    assert ops(diff) == ["equal", "equal", "equal"]
    assert (diff.words_added, diff.words_removed) == (0, 0)


def test_nothing_against_nothing_is_nothing() -> None:
    assert diff_texts("", "") == Diff((), 0, 0)


@pytest.mark.parametrize(("old", "new", "op"), [("", "One.\nTwo.", "insert"), ("One.\nTwo.", "", "delete")])
def test_a_text_that_is_new_or_gone_is_so_block_by_block(old: str, new: str, op: str) -> None:
    assert ops(diff_texts(old, new)) == [op, op]


def test_an_appended_paragraph_leaves_the_one_above_it_equal() -> None:
    diff = diff_texts("One.\nTwo.", "One.\nTwo.\nThree.")
    assert ops(diff) == ["equal", "equal", "insert"]
    assert runs(diff, 2) == [("+", "\nThree.")]


def test_a_paragraph_put_first_leaves_the_others_equal() -> None:
    assert ops(diff_texts("One.\nTwo.", "Zero.\nOne.\nTwo.")) == ["insert", "equal", "equal"]


@pytest.mark.parametrize(
    ("old", "new", "gone", "came"),
    [
        ("a re-offending rate", "a reoffending rate", "re-offending", "reoffending"),
        ("paid £3.7bn so far", "paid £3.8bn so far", "£3.7bn", "£3.8bn"),
        ("the doctor’s note", "the doctors note", "doctor’s", "doctors"),
        ("fell by 5 points", "fell by -5 points", "5", "-5"),
        ("it cost 1,200 in all", "it cost 1,250 in all", "1,200", "1,250"),
        ("see www.gov.uk/a today", "see www.gov.uk/b today", "www.gov.uk/a", "www.gov.uk/b"),
        ("naive cafe\u0301s here", "naive cafe\u0300s here", "cafe\u0301s", "cafe\u0300s"),
        ("all 👩‍👩‍👧 welcome", "all 👨‍👩‍👧‍👦 welcome", "👩‍👩‍👧", "👨‍👩‍👧‍👦"),
        ("עד 30 ימים", "עד 14 ימים", "30", "14"),
    ],
)
def test_a_word_is_changed_whole(old: str, new: str, gone: str, came: str) -> None:
    assert [run for run in runs(diff_texts(old, new)) if run[0] != "="] == [("-", gone), ("+", came)]


def test_a_mark_at_the_edge_of_a_word_changes_alone() -> None:
    assert ("-", ".") in runs(diff_texts("to the Committee.", "to the Committee, soon"))


def test_a_table_row_is_compared_cell_by_cell() -> None:
    diff = diff_texts("| Basic | 20 | 40 |", "| Basic | 40 | 40 |")
    assert runs(diff) == [("=", "| Basic | "), ("-", "20"), ("+", "40"), ("=", " | 40 |")]


def test_a_list_item_is_compared_with_the_one_it_was_made_from() -> None:
    diff = diff_texts("You need:\n- a passport\n- £30\n- a pen", "You need:\n- a passport\n- £45\n- a pen")
    assert ops(diff) == ["equal", "equal", "change", "equal"]
    assert runs(diff, 2) == [("=", "- "), ("-", "£30"), ("+", "£45"), ("=", "\n")]


def test_short_lines_that_recur_are_aligned_by_what_they_say_and_not_by_their_place() -> None:
    old = ["yes", "no", "no", "perhaps", "yes", "no", "yes", "yes", "perhaps", "no", "no", "yes"]
    new = [*old[2:], "perhaps", "no"]
    assert Counter(ops(diff_texts("\n".join(old), "\n".join(new)))) == {"equal": 10, "delete": 2, "insert": 2}


def test_an_item_taken_out_is_one_block_gone() -> None:
    assert ops(diff_texts("- one thing\n- two things\n- three things", "- one thing\n- three things")) == [
        "equal",
        "delete",
        "equal",
    ]


def test_a_rewritten_paragraph_is_told_whole_and_not_word_by_word() -> None:
    old = "Intro.\nIt opened last year and has been popular with makers of furniture, who sent us many letters."
    new = "Intro.\nFunding ended; no new claims are accepted, whatever their value, and open ones go to another office."
    assert ops(diff_texts(old, new)) == ["equal", "delete", "insert"]


def test_a_sentence_put_in_is_told_as_that_sentence() -> None:
    diff = diff_texts("You must apply. You must pay.", "You must apply. You must sign. You must pay.")
    assert ("+", "You must sign. ") in runs(diff)


def test_a_sentence_taken_out_is_told_as_that_sentence() -> None:
    diff = diff_texts("The cat sat. The dog ran. The end.", "The cat sat. The end.")
    assert ("-", "The dog ran. ") in runs(diff)


def test_a_lone_little_word_between_large_edits_is_given_up() -> None:
    old = (
        "Before it all began, nobody in the whole northern district of the old county complained, as everybody agreed."
    )
    new = "Before it all began, nobody paid any fees to the tax collectors from London, as everybody agreed."
    assert ("=", " the ") not in runs(diff_texts(old, new))


def test_a_split_paragraph_changes_a_space_into_a_line_break() -> None:
    diff = diff_texts("One sentence here. Another sentence there.", "One sentence here.\nAnother sentence there.")
    assert runs(diff) == [("=", "One sentence here."), ("-", " "), ("+", "\n"), ("=", "Another sentence there.")]
    assert (diff.words_added, diff.words_removed) == (0, 0)


def test_white_space_alone_changes_no_word() -> None:
    diff = diff_texts("one  two three", "one two\tthree")
    assert (diff.words_added, diff.words_removed) == (0, 0)
    assert "equal" not in ops(diff)


def test_a_moved_block_stands_twice_with_one_pair_number_and_adds_no_words() -> None:
    old = "A paragraph that wanders about.\nOne that stays where it is.\nAnother that stays there, too."
    new = "One that stays where it is.\nAnother that stays there, too.\nA paragraph that wanders about."
    diff = diff_texts(old, new)
    pairs = {block.op: block.pair for block in diff.blocks if block.pair}
    assert pairs == {"moved": 1, "move": 1}
    assert (diff.words_added, diff.words_removed) == (0, 0)
    assert (old_text(diff), new_text(diff)) == (old, new)


def test_a_block_moved_and_edited_is_a_move_whose_edits_are_told() -> None:
    still = "Register before you start to trade, by letter or online.\nTell us when your address changes, and when you stop."
    wanders = "Keep every receipt for at least {} years after the end of the tax year it belongs to."
    diff = diff_texts(f"{wanders.format('five')}\n{still}", f"{still}\n{wanders.format('six')}")
    assert sorted(set(ops(diff))) == ["equal", "move", "moved"]
    assert [run.text for run in moved_edits(diff.blocks)[1] if run.op != "="] == ["five", "six"]
    assert (diff.words_added, diff.words_removed) == (1, 1)


def test_the_empty_line_behind_a_block_moved_to_the_end_does_not_move_with_it() -> None:
    wanders, still = (
        "The committee meets on Mondays.\n",
        "The fee is thirty pounds.\nLetters are answered within ten days.\n",
    )
    diff = diff_texts(f"{wanders}\n{still}", still + wanders)
    assert [block.pair for block in diff.blocks if block.op in ("move", "moved")] == [1, 1]
    assert moved_edits(diff.blocks) == {}
    assert (old_text(diff), new_text(diff)) == (f"{wanders}\n{still}", still + wanders)


def test_blocks_that_only_share_a_turn_of_phrase_have_not_moved() -> None:
    phrase = "Check the availability and any issues affecting the {} service today."
    kept = "A paragraph between them that both texts have."
    first, second = (phrase.format(name) for name in ("alcohol wholesaler", "enveloped dwellings"))
    third, fourth = (phrase.format(name) for name in ("digital platform", "cross-border reporting"))
    diff = diff_texts(f"{kept}\n{first}\n{second}", f"{third}\n{fourth}\n{kept}")
    assert set(ops(diff)) == {"equal", "insert", "delete"}


def test_a_moved_section_keeps_its_short_blocks() -> None:
    section = "## Fees\nThe fee is payable when you apply.\n- cash\n- card"
    rest = "## Eligibility\nAnyone over the age of eighteen may apply.\nYou must live in the United Kingdom to do so."
    diff = diff_texts(f"{section}\n{rest}", f"{rest}\n{section}")
    assert {block.op for block in diff.blocks} == {"equal", "move", "moved"}


def test_the_other_way_round_is_the_same_comparison_mirrored() -> None:
    old, new = "One two three.\nFour five six seven.", "One 2 three.\nFour five seven.\nEight."
    there, back = diff_texts(old, new), diff_texts(new, old)
    turned = {"insert": "delete", "delete": "insert", "=": "=", "-": "+", "+": "-"}
    assert [turned.get(op, op) for op in ops(there)] == ops(back)
    assert sorted((turned[run.op], run.text) for block in there.blocks for run in block.runs) == sorted(
        (run.op, run.text) for block in back.blocks for run in block.runs
    )


WORDS = 20_000
HOSTILE = {
    "all words equal": ("word " * WORDS, "word " * (WORDS - 777)),
    "alternating": ("tick tock " * (WORDS // 2), "tock tick " * (WORDS // 2) + "tick"),
    "reversed": (" ".join(map(str, range(WORDS))), " ".join(map(str, reversed(range(WORDS))))),
    "unique": (" ".join(f"a{n}" for n in range(WORDS)), " ".join(f"b{n}" for n in range(WORDS))),
    "equal lines": ("| 0 | 0 |\n" * WORDS, "| 0 | 0 |\n" * (WORDS - 777)),
    "reversed lines": (
        "\n".join(f"line number {n} of many" for n in range(WORDS)),
        "\n".join(f"line number {n} of many" for n in reversed(range(WORDS))),
    ),
    "one long word": ("a" * 1_000_000, "a" * 999_999 + "b"),
    "dashes": ("-" * 100_000, "-" * 99_000 + "x"),
    "blank lines": ("\n" * 50_000, "\n" * 49_000 + "x"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_makes_the_comparison_slow_or_wrong(name: str) -> None:
    old, new = HOSTILE[name]
    start = time.process_time()
    diff = diff_texts(old, new)
    assert time.process_time() - start < 5
    assert (old_text(diff), new_text(diff)) == (old, new)


def test_a_monster_is_told_block_by_block_without_its_words() -> None:
    filler = "word " * (MONSTER // 10 + 1)
    diff = diff_texts(f"Same.\n{filler}old", f"Same.\n{filler}new")
    assert ops(diff)[0] == "equal"
    whole = diff_texts(f"Same.\n{filler * 6}old", f"Same.\n{filler * 6}new")
    assert ops(whole) == ["equal", "delete", "insert"]
    assert new_text(whole).endswith("new")


def test_texts_of_more_lines_than_anybody_reads_are_each_told_as_one_block() -> None:
    old, new = "a\n" * MOST_BLOCKS, "b\n" * 10 + "c"
    diff = diff_texts(old, new)
    assert [(block.op, "".join(block.texts)) for block in diff.blocks] == [("delete", old), ("insert", new)]
    assert (diff.words_added, diff.words_removed) == (11, MOST_BLOCKS)
    assert [block.op for block in diff_texts(old, old).blocks] == ["equal"]
    assert judge(diff).material
