"""Which passages of a change a reader is shown, and how they are cut."""

from __future__ import annotations

from monitor.model.digest import Passage
from monitor.rules.comparison.diff import diff_texts
from monitor.rules.comparison.materiality import decide
from monitor.rules.comparison.passages import LONGEST_WORD, passages
from monitor.text import count_words

FILLER = "Some plain sentence about what people here do all day long. "


def shown(old: str, new: str, *, limit: int = 3, words: int = 40) -> list[Passage]:
    diff = diff_texts(old, new)
    return list(passages(diff, decide(diff), limit=limit, words=words)[0])


def marked(passage: Passage) -> str:
    marks = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    return "".join(marks[run.op].format(run.text) for run in passage.runs)


def test_a_passage_stands_under_its_heading_without_the_mark_of_its_block() -> None:
    old, new = "# Guide\n## Eligibility\n- 18 or over", "# Guide\n## Eligibility\n- 16 or over"
    assert [(passage.heading, marked(passage)) for passage in shown(old, new)] == [
        ("Eligibility", "[-18-]{+16+} or over")
    ]


def test_a_table_row_loses_its_outer_bars() -> None:
    assert marked(shown("| Basic | £20 |\n| Higher | £40 |", "| Basic | £21 |\n| Higher | £40 |")[0]) == (
        "Basic | [-£20-]{+£21+}"
    )


def test_the_most_telling_passage_comes_first_and_the_rest_is_counted() -> None:
    old = "Open to charities.\nThe form is short.\nApply by 3 May 2024.\nYou may appeal."
    new = "Open to companies.\nThe form is brief.\nApply by 7 June 2024.\nYou must appeal."
    diff = diff_texts(old, new)
    first, left_out = passages(diff, decide(diff), limit=2, words=40)
    assert [marked(passage) for passage in first] == [
        "Apply by [-3 May-]{+7 June+} 2024.",
        "You [-may-]{+must+} appeal.",
    ]
    assert left_out == 2


def test_a_long_paragraph_is_cut_to_the_words_around_the_change() -> None:
    passage = shown(FILLER * 20 + "You may go. " + FILLER * 20, FILLER * 20 + "You must go. " + FILLER * 20, words=20)[
        0
    ]
    text = marked(passage)
    assert text.startswith("…")
    assert text.endswith("…")
    assert "[-may-]{+must+}" in text
    assert count_words(text) <= 25


def test_a_paragraph_that_fits_is_not_cut() -> None:
    assert marked(shown("You may go.", "You must go.")[0]) == "You [-may-]{+must+} go."


def test_of_a_long_new_paragraph_the_part_with_the_figure_is_shown() -> None:
    passage = shown("Start.", f"Start.\n{FILLER * 10}The fee is £500 from now on. {FILLER * 10}", words=15)[0]
    assert "£500" in marked(passage)


def test_a_new_section_is_one_passage_under_its_own_heading() -> None:
    new = "# Guide\nText.\n## Exemptions\nChildren pay nothing.\nNeither do dogs."
    found = shown("# Guide\nText.", new)
    assert [(passage.heading, marked(passage)) for passage in found] == [
        ("Exemptions", "{+Children pay nothing. Neither do dogs.+}")
    ]


def test_two_new_sections_are_two_passages() -> None:
    new = "# Guide\nText.\n## Exemptions\nChildren pay nothing.\n## Appeals\nWrite to us."
    assert {passage.heading for passage in shown("# Guide\nText.", new)} == {"Exemptions", "Appeals"}


def test_what_is_not_of_substance_is_left_out_where_something_is() -> None:
    old = "The fee is £30.\nLast updated 3 May 2024"
    new = "The fee is £45.\nLast updated 7 June 2024"
    diff = diff_texts(old, new)
    assert passages(diff, decide(diff), limit=5, words=40)[1] == 0
    assert [marked(passage) for passage in shown(old, new)] == ["The fee is [-£30-]{+£45+}."]


def test_where_nothing_is_of_substance_the_slight_edits_are_shown_but_never_white_space() -> None:
    assert [marked(passage) for passage in shown("Last updated 3 May", "Last updated 4 May")] == [
        "Last updated [-3-]{+4+} May"
    ]
    assert shown("One  two.", "One two.") == []


def test_a_paragraph_moved_and_edited_shows_the_edit() -> None:
    wanders = "Keep every receipt for at least {} years after the end of the tax year it belongs to."
    still = "Register before you start to trade, by letter or online.\nTell us when your address changes, and when you stop."
    found = shown(f"{wanders.format('five')}\n{still}", f"{still}\n{wanders.format('six')}")
    assert [marked(passage) for passage in found] == [wanders.format("[-five-]{+six+}")]


def test_a_word_without_end_is_cut() -> None:
    passage = shown("Short.", "Short.\n" + "x" * 100_000)[0]
    assert sum(len(run.text) for run in passage.runs) == LONGEST_WORD + 1
