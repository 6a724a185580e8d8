"""What counts as a promise, sentence by sentence: tables one_sentence, acts, told_apart and times in tests/data/promises."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from monitor.model.promise import PromiseDraft
from monitor.rules.promises.extraction import extract_promises
from monitor.rules.promises.nouns.names import likeness

TABLES = Path(__file__).parents[2] / "data" / "promises"
MADE_ON = date(2025, 3, 11)
WORDS = tomllib.loads((TABLES / "times.toml").read_text(encoding="utf-8"))


def cases(table: str) -> list[Any]:
    rows = tomllib.loads((TABLES / f"{table}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(row, id=row["why"]) for row in rows]


def said(draft: PromiseDraft) -> tuple[object, ...]:
    return (set(draft.where), str(draft.due_from), str(draft.due_by or ""))


@pytest.mark.parametrize("case", [*cases("one_sentence"), *cases("acts"), *cases("official"), *cases("told_apart")])
def test_a_sentence_promises_what_it_says_and_no_more(case: dict[str, Any]) -> None:
    drafts = extract_promises(case["text"], (), made_on=MADE_ON)
    expected = case.get("promises", [])
    assert [draft.expected for draft in drafts if not expected] == []
    assert len(drafts) == len(expected), [draft.expected for draft in drafts]
    for draft, wanted in zip(drafts, expected, strict=True):
        assert likeness(draft.expected, wanted["name"]) >= 0.75, draft.expected
        assert said(draft) == (set(wanted["where"]), wanted["from"], wanted["by"])
        assert draft.quote in case["text"]


@pytest.mark.parametrize(("words", "first", "last"), WORDS["times"])
def test_words_of_time_mean_their_days_before_and_behind(words: str, first: str, last: str) -> None:
    behind = f"The harbour review will be published on GOV.UK {words}."
    before = f"{words[0].upper()}{words[1:]}, the harbour review will be published on GOV.UK."
    for sentence in (behind, before):
        drafts = extract_promises(sentence, (), made_on=MADE_ON)
        assert [draft.expected for draft in drafts] == ["harbour review"]
        assert said(drafts[0]) == ({"gov.uk"}, first, last)


@pytest.mark.parametrize(("words", "places"), WORDS["places"])
def test_words_of_place_mean_where_it_is_to_be_had(words: str, places: list[str]) -> None:
    drafts = extract_promises(f"A copy of the harbour review will be placed {words} on Friday.", (), made_on=MADE_ON)
    assert [(draft.expected, set(draft.where)) for draft in drafts] == [("harbour review", set(places))]
