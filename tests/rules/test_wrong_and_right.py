"""Corrections as Hansard prints them: what was wrong, what is right, where and when it was said."""

from __future__ import annotations

from datetime import date

import pytest

from monitor.rules.corrections import day_corrected, is_of_statement, is_titled, said_where, wrong_and_right

PRINTED = """The following is an extract from the written statement on coastal radar on 10 December 2024.
Ann Lee
There are 12 masts.
[Official Report, 10 December 2024, Vol. 758, c. 29WS.]
Letter of correction from the Home Secretary, the right hon. Member for Leeds (Ann Lee):
An error has been identified in my statement. {lead}
There are 13 masts."""


@pytest.mark.parametrize(
    "lead",
    [
        "The correct statement should have been:",
        "The correct response is:",
        "The correct information should be:",
        "My answer should have read:",
        "The correct figures are as follows:",
    ],
)
def test_the_words_that_were_wrong_and_those_that_are_right_are_told_apart(lead: str) -> None:
    assert wrong_and_right(PRINTED.format(lead=lead)) == ("There are 12 masts.", "There are 13 masts.")


def test_one_that_does_not_say_both_is_not_taken_apart() -> None:
    assert wrong_and_right("Column 12: for “five” read “six”.") is None
    assert wrong_and_right(PRINTED.partition("An error")[0]) is None


def test_where_and_when_the_mistake_was_made_is_read() -> None:
    assert said_where(PRINTED) == "[Official Report, 10 December 2024, Vol. 758, c. 29WS.]"
    assert day_corrected(PRINTED) == date(2024, 12, 10)
    assert day_corrected("An extract from a statement on 1 May 2024.\nWords.") == date(2024, 5, 1)
    assert day_corrected("An extract from a statement on 31 June 2024.") is None
    assert day_corrected("Words.") is None


def test_a_title_is_the_same_however_it_is_set() -> None:
    assert is_titled("Correction: Coastal Radar:  Masts", "Coastal radar - masts")
    assert not is_titled("Correction: Coastal Radar", "Coastal radar: masts")


def test_one_of_a_written_statement_says_so() -> None:
    assert is_of_statement(PRINTED)
    assert not is_of_statement(
        "An extract from Questions.\n[Official Report, 10 December 2024, Vol. 758, c. 29.]\nLetter of correction:"
    )
