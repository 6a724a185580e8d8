"""What holds for any text: nothing raises, quotes are the text's own, long texts take no longer than they should."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model.publication import Hyperlink
from monitor.rules.promises.extraction import extract_promises
from monitor.rules.promises.sentence.sentences import split_sentences
from monitor.rules.promises.times.due import find_dues

MADE_ON = date(2025, 3, 11)
WORDS = (
    "the a its I we it they which that and , . ; : report plan response review strategy of to on with by will be is are has "
    "have been being published laid placed available today tomorrow shortly not every copies both Library GOV.UK Parliament "
    "Government Committee publish place lay in March next spring entitled \u201cOpen\u201d (CP 12) as so too accompanied "
    "by launch letters issued also when first received spending deposit own Act Open "
    "a second one another those ours his what he writes each three others former more both who One"
).split(" ")
PLAN = "https://www.gov.uk/government/publications/tidal-plan"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40), st.text(max_size=20))
def test_any_words_in_any_order_are_read_and_quoted_as_they_stand(words: list[str], noise: str) -> None:
    text = " ".join(words) + noise
    for draft in extract_promises(text, (), made_on=MADE_ON):
        assert draft.quote in text
        assert draft.where
        assert draft.expected
        assert draft.due_from is not None
        assert draft.due_by is None or draft.due_by >= draft.due_from


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_cut_into_sentences_that_stand_in_it(text: str) -> None:
    lines = text.split("\n")
    for sentence in split_sentences(text):
        assert lines[sentence.block][sentence.start :].startswith(sentence.text)


@settings(max_examples=100, deadline=None)
@given(
    st.dates(date(2000, 1, 1), date(2040, 12, 31)),
    st.sampled_from(
        "in the spring|next month|by Easter|before the summer recess|early next year|on 29 February|on the 31st|by the end of "
        "the year|in the last week of November|within three months|next Tuesday|in the second quarter of next year".split(
            "|"
        )
    ),
)
def test_a_window_is_never_over_before_it_begins(made_on: date, words: str) -> None:
    for due in find_dues(f"It will be published {words}.", made_on):
        assert due.last is None or due.first <= due.last
        if due.sort == "span":
            assert due.last is not None
            assert due.last >= made_on


def test_a_text_ten_times_as_long_takes_not_much_more_than_ten_times_as_long() -> None:
    page = (
        "Copies of the report and of the response, which I have today placed in the Library, will be on GOV.UK. " * 20
    )

    def spent(text: str) -> float:
        began = time.process_time()
        extract_promises(text, (), made_on=MADE_ON)
        return time.process_time() - began

    spent(page)
    assert spent(page.replace(". ", ".\n") * 10) < 40 * max(spent(page.replace(". ", ".\n")), 0.005)


ENDLESS = (
    "the report and the plan will be published ",
    "as soon as it is ready the report will ",
    "once the plan ",
    "in the first half of the ",
    ", with copies of which ",
    "the Low Pay Commission and ",
    "(published (today) ",
    "https://www.gov.uk/a ",
)


@pytest.mark.parametrize("words", ENDLESS)
def test_one_endless_sentence_takes_twice_as_long_where_it_is_twice_as_long(words: str) -> None:
    def spent(text: str) -> float:
        began = time.process_time()
        extract_promises(text, (), made_on=MADE_ON)
        return time.process_time() - began

    text = words * (6000 // len(words))
    spent(text)
    assert spent(text * 4) < 8 * max(min(spent(text), spent(text)), 0.02)


def test_a_document_whose_page_is_linked_is_no_promise() -> None:
    text = "The tidal plan is published today on GOV.UK."
    linked = (Hyperlink(PLAN, "tidal plan", 0),)
    assert extract_promises(text, linked, made_on=MADE_ON) == ()
    assert len(extract_promises(text, (Hyperlink("https://www.gov.uk/", "GOV.UK", 0),), made_on=MADE_ON)) == 1


def test_a_link_to_another_document_leaves_the_promise_standing() -> None:
    text = "Following the consultation on moorings, the tidal plan will be published today."
    drafts = extract_promises(text, (Hyperlink(PLAN, "consultation on moorings", 0),), made_on=MADE_ON)
    assert [draft.expected for draft in drafts] == ["tidal plan"]


def test_the_items_of_a_list_are_promised_by_its_opening_words() -> None:
    text = "I am today publishing:\n- the tidal plan\n- an impact assessment of the plan\nThey matter."
    drafts = extract_promises(text, (), made_on=MADE_ON)
    assert [draft.expected for draft in drafts] == ["tidal plan", "impact assessment of the plan"]
    assert drafts[1].quote == "I am today publishing:\n- the tidal plan\n- an impact assessment of the plan"
    assert drafts[1].due_by == MADE_ON


def test_that_same_day_is_the_day_last_named() -> None:
    text = "The forecast will be published on 2 April. The review of it will come out that same day."
    drafts = extract_promises(text, (), made_on=MADE_ON)
    assert [draft.due_by for draft in drafts] == [MADE_ON + timedelta(days=22)] * 2


def test_a_draft_says_in_which_block_it_stands_and_what_was_recognised() -> None:
    (draft,) = extract_promises("## Tides\nWe agree. The tidal plan will be laid tomorrow.", (), made_on=MADE_ON)
    assert (draft.block, draft.quote) == (1, "The tidal plan will be laid tomorrow.")
    assert draft.evidence == "future: The tidal plan will be laid tomorrow."
    assert draft.tense == "future"
