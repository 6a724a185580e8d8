"""What a text names by number or place is found, in its sentence, with how sure we are."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.rules.citations import find_citations, find_sentences, is_isbn, number_beside

NAMED = (
    ("As I said in HCWS293, we will.", "HCWS293", "HCWS293", 1.0),
    ("It was also made in the Lords (hlws 12).", "HLWS12", "HLWS12", 1.0),
    ("The Food Strategy 2026-2029, CP 1677, has been laid.", "CP 1677", "CP 1677", 1.0),
    ("See the White Paper (Cm. 8496).", "Cm 8496", "Cm 8496", 1.0),
    ("It was Cmnd 3888 then.", "Cmnd 3888", "Cmnd 3888", 1.0),
    ("It is laid before the House as HC 712-II, and is online.", "HC 712-II", "HC 712-II", 1.0),
    ("Session 2010-12, HL Paper 45.", "HL Paper 45", "HL Paper 45", 1.0),
    ("Command Paper No. 1210 is laid.", "CP 1210", "CP 1210", 0.8),
    ("ISBN 978-1-5286-5290-2 is its number.", "ISBN 978-1-5286-5290-2", "9781528652902", 1.0),
    ("ISBN: 0 10 184962 X is an old one.", "ISBN 0 10 184962 X", "010184962X", 0.5),
    ("ISBN 0-306-40615-2.", "ISBN 0-306-40615-2", "9780306406157", 1.0),
    ("In the Libraries as DEP2025-0364.", "DEP2025-0364", "DEP2025-0364", 1.0),
    ("Deposited as DEP 2025/364.", "DEP2025-0364", "DEP2025-0364", 1.0),
    ("See the Official Report, column 14WS.", "Official Report, column 14WS", "column 14WS", 0.5),
)


@pytest.mark.parametrize(("text", "target", "leads_to", "confidence"), NAMED, ids=[case[1] for case in NAMED])
def test_each_kind_is_found_in_its_sentence(text: str, target: str, leads_to: str, confidence: float) -> None:
    (found,) = find_citations(f"Before this.\n{text} And after it.")
    assert (found.target, found.leads_to, found.confidence, found.sentence) == (target, leads_to, confidence, text)
    assert found.words in text


HANSARD = (
    ("my statement of 9 December 2024, Official Report, column 14WS", "column 14WS", date(2024, 12, 9)),
    ("House of Lords Official Report, 3 March 2020, col. GC 12", "Lords column GC 12", date(2020, 3, 3)),
    ("Official Report, Commons, 2 May 2019; Vol. 660, c. 34", "Commons column 34", date(2019, 5, 2)),
    ("Official Report, 2 May 2019, Vol. 659, cols. 34-35WS", "column 34-35WS", date(2019, 5, 2)),
    ("HC Deb 18 December 2012 vol 555 cc77\u20139WS", "Commons column 77-9WS", date(2012, 12, 18)),
    ("on 1 May 2019 and 2 May 2019, Official Report, column 3", "column 3", date(2019, 5, 2)),
)


@pytest.mark.parametrize(("words", "leads_to", "day"), HANSARD, ids=[case[1] for case in HANSARD])
def test_a_column_of_hansard_is_found_with_its_day(words: str, leads_to: str, day: date) -> None:
    (found,) = find_citations(f"I refer to {words}, on this.")
    assert (found.leads_to, found.dated_on, found.confidence) == (leads_to, day, 1.0)
    assert found.sentence == f"I refer to {words}, on this."


@pytest.mark.parametrize(
    "text",
    [
        "It cost CP 1,200.",
        "HC Deb says so.",
        "It is CP12/2024 here.",
        "COP 26 and CPS 12.",
        "The Official Report says so.",
    ],
)
def test_what_only_looks_like_a_number_is_left_alone(text: str) -> None:
    assert find_citations(text) == ()


def test_each_thing_is_named_once_and_a_statement_does_not_cite_itself() -> None:
    found = find_citations("HCWS1 is here.\nHCWS1 again, and HCWS2. [HCWS3]", own="hcws3")
    assert [(one.target, one.sentence) for one in found] == [
        ("HCWS1", "HCWS1 is here."), ("HCWS2", "HCWS1 again, and HCWS2."),
    ]  # fmt: skip


def test_the_sentence_of_a_link_is_the_first_with_its_words() -> None:
    text = "Read this.\n- The plan is here. So is the plan."
    assert find_sentences(text, ["plan", "", "nothing"]) == {"plan": "The plan is here."}


@given(st.integers(0, 10**12 - 1))
def test_one_check_digit_of_ten_holds(number: int) -> None:
    assert sum(is_isbn(f"{number:012d}{check}") for check in range(10)) == 1


@given(st.text(alphabet=st.sampled_from("HCWS LDEPISBN0123456789-. ,;X\nOfficial Report column"), max_size=120))
def test_what_is_found_stands_in_the_text(text: str) -> None:
    for one in find_citations(text):
        assert one.words in one.sentence
        assert one.sentence in text


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("The coastal plan (CP 1210) will be laid today.", "CP 1210"),
        ("The Coastal Plan, CP 1210, will be laid today.", "CP 1210"),
        ("The \u201ccoastal plan\u201d, HC 712, is published.", "HC 712"),
        ("The coastal plan will answer the report (CP 1210).", None),
        ("We will publish a map.", None),
    ],
)
def test_a_number_belongs_to_the_name_right_before_it(sentence: str, number: str | None) -> None:
    assert number_beside("coastal plan", sentence) == number
