"""What a back-test says of a query: volumes, what in it is odd, and what else might belong in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model.record import Record
from monitor.rules.documents import read_document
from monitor.rules.query.evaluating import Reader
from monitor.rules.query.parsing import parse_query
from monitor.rules.trials.review import Oddity, Review, flood
from monitor.rules.trials.suggestions import Vocabulary, slips_of
from monitor.rules.trials.tally import Tally
from monitor.text import words

MONDAY = date(2024, 12, 2)


def record(title: str, department: str | None = "Home Office") -> Record:
    at = datetime(2024, 12, 2, tzinfo=UTC)
    return Record(
        title, "https://x.example.org", title, "guidance", "govuk", "live", at, 1, 1, 1, department=department
    )


def reviewed(query: str, texts: Iterable[str], of: int = 0) -> tuple[Oddity, ...]:
    parsed = parse_query(query)
    review = Review(parsed, of)
    readers = [Reader(read_document(text=text)) for text in texts]
    for reader in readers:
        if reader.matches(parsed):
            review.look(reader)
    return review.oddities([leaf for leaf in review.unseen if not any(reader.holds(leaf) for reader in readers)])


def messages(query: str, texts: Iterable[str]) -> list[str]:
    return [one.message for one in reviewed(query, texts)]


def learnt(query: str, texts: Iterable[str]) -> Vocabulary:
    parsed, vocabulary = parse_query(query), Vocabulary()
    for text in texts:
        document = read_document(text=text)
        vocabulary.add(document, matched=Reader(document).matches(parsed))
    return vocabulary


def slips(query: str, texts: Iterable[str]) -> list[tuple[str, str, int, int]]:
    counts = Counter(word for text in texts for word in set(words(text)[0]))
    return [
        (one.word, one.near, one.count, one.count_of_word)
        for one in slips_of(parse_query(query), counts, counts.__getitem__)
    ]


def test_a_volume_counts_by_week_names_the_busiest_and_the_median_and_keeps_the_newest() -> None:
    tally = Tally()
    for place, day in enumerate([0, 1, 2, 8, 15, 16]):
        tally.add(MONDAY + timedelta(days=day), record(f"no {place}", "Home Office" if place else None))
    volume = tally.volume(MONDAY, MONDAY + timedelta(days=27))
    assert [week.count for week in volume.weeks] == [3, 1, 2, 0]
    assert volume.busiest is not None
    assert (volume.busiest.monday, volume.busiest.count, volume.median) == (MONDAY, 3, 1.5)
    assert (volume.total, volume.a_week) == (6, 1.5)
    assert volume.departments == (("Home Office", 5), ("no department", 1))
    assert [one.title for one in volume.samples] == ["no 5", "no 4", "no 3", "no 2", "no 1"]


@given(st.lists(st.integers(0, 60)), st.integers(0, 60))
def test_weeks_hold_every_match_once_and_leave_no_week_out(days: list[int], length: int) -> None:
    tally = Tally()
    for day in days:
        tally.add(MONDAY + timedelta(days=day), record("x"))
    weeks = tally.volume(MONDAY, MONDAY + timedelta(days=length)).weeks
    assert sum(week.count for week in weeks) == len(days)
    assert [week.monday for week in weeks] == [MONDAY + timedelta(days=7 * place) for place in range(len(weeks))]


def test_a_term_that_never_occurs_is_named_also_within_near_and_not_below_not() -> None:
    told = messages("boats OR tractor NEAR/3 smuggling OR dept:moj NOT pension", ["On boats.", "On smuggling."])
    assert told == ["tractor never occurs", "tractor NEAR/3 smuggling never occurs", "dept:moj never occurs"]


def test_a_query_whose_parts_occur_and_never_together_is_said_to_ask_too_much() -> None:
    assert messages("boats prison", ["On boats.", "On prisons."]) == [
        "nothing matches, though every part of it occurs somewhere: too much is asked at once"
    ]


def test_a_variant_that_brings_most_matches_is_named() -> None:
    texts = ["A programme."] * 2 + ["A program."] * 6
    assert messages("programme", texts) == ["programme is found as “program” alone in 6 of the 8 matches it brings"]
    assert messages("programme", ["A programme."] * 6 + ["A program."] * 2) == []
    assert messages('"program"', texts) == []


def test_a_branch_of_an_or_that_swallows_the_rest_is_named() -> None:
    texts = ["Boats and ships."] * 2 + ["Boats."] * 6
    told = "boats is in all 8 matches: the rest of its OR adds none"
    assert messages("boats OR ships", texts) == [told]
    [sampled] = reviewed("boats OR ships", texts, of=5_312)
    assert sampled.message == f"{told} (by a look at 8 of the 5,312 matches)", "a sample is called one"
    assert messages("boats OR ships", ["Boats."] * 9 + ["Ships."]) == [
        "boats alone brings 9 of the 10 matches of its OR"
    ]
    assert messages("boats OR ships", ["Boats."] * 5 + ["Ships."] * 5) == []


def test_nothing_is_said_of_what_brings_most_of_a_few_matches() -> None:
    assert messages("programme OR ships", ["A program."] * 4 + ["Ships."] * 4) == []
    assert messages("programme OR ships", ["A program."] * 2 + ["Ships and programs."] * 2) == []


def test_a_flood_is_told_from_thirty_a_day() -> None:
    assert flood(30.0) == ()
    assert flood(44.6)[0].message == "45 matches a day are expected; more than 30 nobody reads"


def test_words_that_come_with_the_matches_are_suggested_and_everyday_words_and_the_query_s_own_are_not() -> None:
    texts = ["The small boats crossing the Channel in dinghies."] * 8 + ["The trains crossing the county today."] * 40
    found = learnt(
        '"small boats"~', [*texts, "A dinghies regatta in the Channel.", "The boats of the county."]
    ).kindred(parse_query('"small boats"~'))
    assert [(one.word, one.matches, one.others, one.others_of) for one in found] == [
        ("channel", 8, 1, 42),
        ("dinghies", 8, 1, 42),
    ]


def test_of_two_matches_nothing_can_be_learnt() -> None:
    assert learnt("boats", ["Boats and dinghies."] * 2 + ["Trains."] * 50).kindred(parse_query("boats")) == ()


@pytest.mark.parametrize("slip", ["smugling", "smugggling", "smuglging", "snuggling"])
def test_a_rare_word_one_slip_from_a_word_of_the_query_is_told(slip: str) -> None:
    assert slips("smuggling", ["On smuggling."] * 10 + [f"On {slip}."]) == [("smuggling", slip, 1, 10)]


def test_a_misspelt_word_of_the_query_is_told_with_what_it_may_mean_also_before_a_star() -> None:
    assert slips("smugling", ["On smuggling."] * 3) == [("smugling", "smuggling", 3, 0)]
    assert slips("smugl*", ["On smuggling."] * 3) == [("smugl*", "smuggling", 3, 0)]
    assert slips("smugl*", ["On smuggling."] * 3 + ["On smuglers."]) == []


def test_words_that_only_look_alike_and_are_both_common_are_no_slips() -> None:
    assert slips("border", ["A border."] * 9 + ["A bolder order."] * 9) == []


@given(st.text("abcdef", min_size=5, max_size=9), st.text("abcdef", min_size=4, max_size=10))
def test_a_slip_is_one_edit_or_two_neighbours_changed(word: str, near: str) -> None:
    found = slips(f'"{word}"', [f"{word} "] * 10 + [near])
    assert bool(found) == (word != near and near in edits(word))


def edits(word: str) -> set[str]:
    """Every text of these letters that is one letter more, less or other, or two neighbours changed (Norvig)."""
    parts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    less = {one + two[1:] for one, two in parts if two}
    turned = {one + two[1] + two[0] + two[2:] for one, two in parts if len(two) > 1}
    other = {one + letter + two[1:] for one, two in parts if two for letter in "abcdef"}
    more = {one + letter + two for one, two in parts for letter in "abcdef"}
    return less | turned | other | more
