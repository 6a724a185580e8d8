"""A comparison as text, HTML and JSON."""

from __future__ import annotations

import re

from monitor.rules.comparison.diff import diff_texts
from monitor.rules.comparison.marks import to_html, to_json, to_text


def text(old: str, new: str, context: int | None = None) -> str:
    return to_text(diff_texts(old, new), context=context)


def html(old: str, new: str) -> str:
    return to_html(diff_texts(old, new))


def heard(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", markup).split())


def seen(markup: str) -> str:
    return heard(re.sub(r'<span class="visually-hidden">.*?</span>', "", markup))


def test_text_marks_words_and_leaves_white_space_outside() -> None:
    assert text("The period is 180 days.", "The period is 365 days.") == "The period is [-180-] {+365+} days.\n"
    assert text("One two three.", "One three.") == "One [-two-] three.\n"
    assert text("One three.", "One two three.") == "One {+two+} three.\n"


def test_text_shows_a_split_paragraph_by_a_pilcrow() -> None:
    assert text("One here. Two there.", "One here.\nTwo there.") == "One here.{+¶+}\nTwo there.\n"
    assert text("One here.\nTwo there.", "One here. Two there.") == "One here.[-¶-] Two there.\n"


def test_text_keeps_the_marks_of_blocks() -> None:
    assert text("## A\n- one", "## A\n- one\n- two") == "## A\n- one\n{+- two+}\n"


def test_text_with_context_counts_what_it_leaves_out() -> None:
    lines = [f"Paragraph number {n} stands here." for n in range(9)]
    changed = [*lines[:4], "Paragraph number four stands here.", *lines[5:]]
    assert text("\n".join(lines), "\n".join(changed), context=1).splitlines() == [
        "[… 3 unchanged paragraphs …]",
        "Paragraph number 3 stands here.",
        "Paragraph number [-4-] {+four+} stands here.",
        "Paragraph number 5 stands here.",
        "[… 3 unchanged paragraphs …]",
    ]


def test_text_says_of_moved_blocks_that_they_moved() -> None:
    told = text(
        "A paragraph that wanders.\nThis one stays where it is.",
        "This one stays where it is.\nA paragraph that wanders.",
    )
    assert "{+A paragraph that wanders.+} (moved here, 1)" in told
    assert "[-A paragraph that wanders.-] (moved away, 1)" in told


def test_html_is_readable_seen_heard_and_pasted() -> None:
    markup = html("The period is 180 days.", "The period is 365 days.")
    assert seen(markup) == "The period is 180 → 365 days."
    assert heard(markup) == "The period is [deleted: 180] → [inserted: 365] days."
    assert ">180<" in markup
    assert re.search(r"<del>.*</del> → <ins>.*</ins>", markup)


def test_html_points_the_arrow_the_way_the_text_runs() -> None:
    assert "</del> ← <ins>" in html("خلال 30 يوما", "خلال 14 يوما")


def test_html_escapes_everything() -> None:
    markup = html("<script>x</script> & \"a\" | 'b'", "<script>y</script> & <b> | 'b'")
    assert "<script" not in markup
    assert "<b>" not in markup


def test_html_draws_blocks_as_what_they_are() -> None:
    markup = html(
        "## Fees\n- one\n1. first\n| a | b |\n> said\nText.", "## Fees\n- one\n1. first\n| a | c |\n> said\nText."
    )
    for part in (
        '<h3 class="diff-equal">Fees</h3>',
        '<ul>\n<li class="diff-equal">one</li>\n</ul>',
        '<ul class="diff-numbered">\n<li class="diff-equal">1. first</li>\n</ul>',
        '<tr class="diff-change"><td>a</td><td><del>',
        '<blockquote class="diff-equal">said</blockquote>',
        '<p class="diff-equal">Text.</p>',
    ):
        assert part in markup


def test_html_shows_a_new_column_as_a_cell() -> None:
    markup = html("| Size | Fee |\n| Small | £10 |", "| Size | Code | Fee |\n| Small | S | £10 |")
    assert [row.count("<td>") for row in re.findall(r"<tr.*</tr>", markup)] == [3, 3]


def test_json_has_the_words_with_their_white_space_and_numbers_moves() -> None:
    told = to_json(diff_texts("The fee is £1.", "The fee is £2."))
    assert told == {
        "blocks": [{"op": "change", "words": [["=", "The fee is "], ["-", "£1"], ["+", "£2"], ["=", "."]]}],
        "words_added": 1,
        "words_removed": 1,
    }
    moved = to_json(
        diff_texts("A paragraph that wanders.\nIt stays put here.", "It stays put here.\nA paragraph that wanders.")
    )
    assert [block.get("pair") for block in moved["blocks"]] in ([1, None, 1], [None, 1, 1])
