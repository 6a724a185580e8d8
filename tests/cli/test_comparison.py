"""A comparison on the terminal can be read without colour, and copied."""

from __future__ import annotations

from monitor.cli.comparison import side_by_side_lines, word_lines
from monitor.cli.comparison_page import page
from monitor.rules.comparison.diff import diff_texts
from monitor.rules.comparison.marks import to_html

OLD = "# Curfew\nThe maximum is 180 days.\nGovernors must ask.\nLast line."
NEW = "# Curfew\nThe maximum is 365 days.\nGovernors must ask.\nLast line.\nAn added line."


def test_words_carry_their_marks_with_and_without_colour() -> None:
    plain = "\n".join(word_lines(diff_texts(OLD, NEW), context=0, in_colour=False))
    coloured = "\n".join(word_lines(diff_texts(OLD, NEW), context=0, in_colour=True))
    assert "The maximum is [-180-] {+365+} days." in plain
    assert "\x1b" not in plain
    assert "\x1b[31;9m[-180-]\x1b[0m" in coloured
    assert "\x1b[32m{+365+}\x1b[0m" in coloured


def test_old_and_new_stand_side_by_side() -> None:
    lines = side_by_side_lines(diff_texts(OLD, NEW), context=0, width=60)
    assert "The maximum is [-180-] days. | The maximum is {+365+} days." in lines
    assert any(line.strip().startswith("> An added line.") for line in lines)
    assert "…" in lines


def test_equal_texts_are_said_to_be_equal() -> None:
    assert word_lines(diff_texts(OLD, OLD), context=1, in_colour=False) == ["nothing changed"]
    assert side_by_side_lines(diff_texts(OLD, OLD), context=1, width=80) == ["nothing changed"]


def test_a_page_stands_alone_and_says_in_its_head_what_changed() -> None:
    told = page("Curfew & <release>", ("1 figure changed: 180 → 365",), to_html(diff_texts(OLD, NEW)))
    assert "<h1>Curfew &amp; &lt;release&gt;</h1>\n<p>1 figure changed: 180 → 365</p>" in told
    assert "</del> → <ins>" in told
    assert ".visually-hidden {" in told
    assert "http" not in told
