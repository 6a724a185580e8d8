"""The line that says what changed. The gallery has thirty more of them."""

from __future__ import annotations

from monitor.rules.comparison.diff import diff_texts
from monitor.rules.comparison.materiality import decide
from monitor.rules.comparison.summary import summarise


def told(old: str, new: str) -> str:
    return summarise(decide(diff_texts(old, new)))


def test_what_always_counts_is_counted_by_kind_and_place_and_the_rest_by_words() -> None:
    old = "## Eligibility\nFrom 18 to 60 years.\nApply by 3 May 2024."
    new = "## Eligibility\nFrom 16 to 65 years.\nApply by 7 June 2024.\nBring proof of age."
    assert told(old, new) == "1 deadline and 2 figures changed in ‘Eligibility’; 4 words added"


def test_two_places_are_named_and_more_are_counted() -> None:
    old = "Fee £1.\n## A\nFee £1.\n## B\nFee £1.\n## C\nFee £1."
    assert told(old, old.replace("Fee £1.\n## B", "Fee £2.\n## B")) == "1 amount changed in ‘A’: £1 → £2"
    assert told(old, "Fee £2.\n## A\nFee £2.\n## B\nFee £1.\n## C\nFee £1.") == (
        "2 amounts changed in the introduction and ‘A’"
    )
    assert told(old, old.replace("£1", "£2")) == "4 amounts changed in 4 sections"


def test_a_single_modal_verb_or_negation_is_quoted_and_several_are_counted() -> None:
    assert told("You may go.", "You must go.") == "‘may’ became ‘must’"
    assert told("You must not go.", "You must go.") == "‘not’ removed"
    assert told("You may go.\nWe will see.", "You must go.\nWe can see.") == "2 modal verbs changed"


def test_sections_are_named_while_they_are_few() -> None:
    start = "# Guide\nText."
    one = start + "\n## Fees\nNone."
    three = one + "\n## Appeals\nWrite.\n## Forms\nOnline."
    assert told(start, one) == "new section ‘Fees’; 1 word added"
    assert told(one, start) == "removed section ‘Fees’; 1 word removed"
    assert told(one, three) == "new sections ‘Appeals’ and ‘Forms’; 2 words added"
    assert told(start, three) == "3 new sections; 3 words added"


def test_wording_is_told_by_words_and_place() -> None:
    old, new = "## Fees\nOpen to charities.\nWe decide.", "## Fees\nOpen to small companies.\nWe decide soon."
    assert told(old, new) == "3 words added and 1 removed in ‘Fees’"


def test_a_lone_edit_is_quoted_where_it_is_short() -> None:
    assert told("## Fees\nOpen to charities.", "## Fees\nOpen to small companies.") == (
        "‘charities’ became ‘small companies’ in ‘Fees’"
    )
    assert told("You need:\n- a passport\n- a photograph", "You need:\n- a passport") == "‘a photograph’ removed"
    assert (
        told("The Minister is Jane Smith.", "The Minister is Amina Khan.") == "1 name changed: Jane Smith → Amina Khan"
    )
    assert told("Apply by 3 May 2024.", "Apply by 10 May 2024.") == "1 deadline changed: 3 May 2024 → 10 May 2024"
    assert told("Apply online.", "Apply online by 3 May 2024.") == "1 deadline added: by 3 May 2024"
    assert told("It costs £1 million.", "It costs £1 billion.") == "1 amount changed: £1 million → £1 billion"
    assert (
        told("Open.", "Open.\nA paragraph of more words than anybody would want to read in a line.") == "14 words added"
    )


def test_a_heading_that_says_something_else_is_quoted_whole() -> None:
    assert (
        told("## Who can claim\nAll.", "## Who can get it\nAll.") == "heading ‘Who can claim’ became ‘Who can get it’"
    )


def test_rows_of_a_table_are_counted_as_rows() -> None:
    table = "| Size | Fee |\n| Small | £10 |\n| Large | £30 |"
    longer = table.replace("| Large", "| Medium | £20 |\n| Large")
    assert told(table, longer) == "1 table row added"
    assert told(longer, table) == "1 table row removed"
    assert told(table, longer + "\n| Huge | £90 |\nApply online.") == "2 table rows added; 2 words added"


def test_what_is_not_of_substance_is_said_to_be_all() -> None:
    old = "Email: a@example.gov.uk\nLast updated 3 May 2024"
    new = "Email: b@example.gov.uk\nLast updated 4 May 2024"
    assert told(old, new) == "only contact details and the date of the last update changed"
    assert told(old, old) == "nothing changed"


def test_a_long_heading_is_cut_at_a_word() -> None:
    heading = "Information for those who wish to apply under the transitional arrangements"
    line = told(f"## {heading}\nFee £1.", f"## {heading}\nFee £2.")
    assert line == "1 amount changed in ‘Information for those who wish to apply under the…’: £1 → £2"


def test_a_symbol_alone_is_told_as_such() -> None:
    assert told("Open to all 👍", "Open to all 👎") == "symbols changed"
