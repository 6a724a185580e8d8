"""How a publication is weighed as the promised document: words of one meaning, chances that add up, and doubts."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model.promise import Candidate, PromiseDraft, Verdict
from monitor.rules.keeping.context import search_words
from monitor.rules.keeping.meanings import one_for_each
from monitor.rules.keeping.numbers import ordinals
from monitor.rules.keeping.resolution import Setting, find, resolve_promise
from monitor.rules.keeping.stems import telling_words
from monitor.rules.keeping.titles import compare_titles, persons_in, proper_words
from monitor.rules.keeping.weights import KEPT, WEIGHTS, Sign
from monitor.rules.promises.words.kinds import main_kind

MADE_ON = date(2025, 3, 11)
WORDS = st.sampled_from("rail freight bus review strategy report response northern HSE bailiffs 2024 Leeds".split())
NAMES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)


def promised(name: str, by: date | None = None) -> PromiseDraft:
    return PromiseDraft("", name, ("none",), None, MADE_ON, by, "future", 0)


def published(
    title: str, *, key: str = "", type: str = "policy_paper", by: str = "Department for Transport"
) -> Candidate:
    moment = datetime.combine(MADE_ON, time(9, 30), UTC)
    return Candidate(title, type, (by,), moment, moment, "", "en", "", key or title)


def judged(name: str, *found: Candidate, by: date | None = MADE_ON) -> dict[str, Verdict]:
    verdicts = resolve_promise(promised(name, by), found, made_on=MADE_ON, department="Transport")
    return {verdict.key: verdict for verdict in verdicts}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("regulation of bailiffs", "enforcement agents: regulation"),
        ("annual report of the Health and Safety Executive", "HSE annual report"),
        ("pathways after sixteen", "pathways after 16"),
        ("local authorities' parks", "council parks"),
        ("prisoners' meals", "inmates: meals"),
    ],
)
def test_words_of_one_meaning_are_one(one: str, other: str) -> None:
    assert set(telling_words(one)) == set(telling_words(other))


def test_words_that_tell_two_documents_apart_stay_two() -> None:
    assert one_for_each(["north", "south", "adult", "child"]) == ["north", "south", "adult", "child"]


def test_what_may_keep_a_promise_is_searched_for_by_what_else_means_the_same() -> None:
    words = search_words("review of bailiffs", "")
    assert {"bailiffs", "enforcement agent"} <= set(words)


def test_a_title_need_not_name_who_wrote_the_report() -> None:
    assert persons_in("findings of Dame Anne Prowse's inquiry into prisoner transport") >= {"anne", "prows"}
    likeness = compare_titles("Dame Anne Prowse's inquiry into prisoner transport", "Prisoner transport inquiry", "")
    assert likeness.missing == ()
    assert compare_titles("Lord Hale's review", "The Hale review", "").shared == ("hale",)


def test_initials_are_names_too() -> None:
    assert proper_words("waiting times for an ADHD assessment by trust") == {"adhd"}
    assert proper_words("strategic letter to the Office of Rail and Road") == {"orr"}


@pytest.mark.parametrize(
    ("words", "number"), [("thirty-fifth report", "35"), ("35th report", "35"), ("twenty-first round", "part 21")]
)
def test_numbers_of_a_series_are_read_however_they_are_written(words: str, number: str) -> None:
    assert ordinals(words) == {number}


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Sitting days review: initial government response", "response"),
        ("Independent review of ferries: terms of reference", "terms of reference"),
        ("Ferries: an independent review", "report"),
        ("Treasury minutes on the 8th report", "response"),
    ],
)
def test_behind_a_colon_a_title_may_say_that_it_only_belongs_to_what_it_names(title: str, kind: str) -> None:
    assert main_kind(title) == kind


def test_a_document_in_other_words_is_found_by_its_day_kind_and_department() -> None:
    found = published("Enforcement agents: independent regulation of the sector", type="open_consultation")
    verdict = judged("consultation on the independent regulation of bailiffs", found)[found.key]
    assert (verdict.decision, verdict.score > KEPT) == ("kept", True)


def test_the_reply_to_a_report_is_not_the_report() -> None:
    found = published("Independent review of the Kareth evacuation: government response")
    assert judged("independent review of the Kareth evacuation", found)[found.key].decision == "refused"


def test_of_two_that_fit_alike_neither_is_called_kept() -> None:
    two = [published(f"Rail freight strategy for {place}") for place in ("Leeds", "Hull")]
    verdicts = judged("rail freight strategy", *two)
    assert {verdict.decision for verdict in verdicts.values()} == {"possible"}
    assert all("another publication fits as well" in verdict.evidence for verdict in verdicts.values())


def test_half_of_a_short_name_leaves_a_doubt() -> None:
    found = published("Strategy for inland shipping")
    assert judged("strategy for coastal shipping", found, by=None)[found.key].decision != "kept"


def test_a_page_stands_behind_its_publication() -> None:
    pages = [published("Tug review", key="page", type="html_publication"), published("Tug review", key="z")]
    assert list(judged("tug review", *pages)) == ["z", "page"]


def test_days_that_contradict_each_other_are_taken_for_one() -> None:
    late = PromiseDraft("", "tug review", ("none",), None, date(2025, 3, 12), MADE_ON, "future", 0)
    [verdict] = resolve_promise(late, [published("Tug review")], made_on=MADE_ON, department="Transport")
    assert verdict.decision == "kept"


def test_every_sign_has_a_weight() -> None:
    assert set(WEIGHTS) == set(get_args(Sign))


@settings(deadline=None)
@given(NAMES, st.lists(NAMES, min_size=1, max_size=5, unique=True))
def test_chances_add_up_to_one_at_most_and_the_likeliest_comes_first(name: str, titles: list[str]) -> None:
    scores = [verdict.score for verdict in judged(name, *map(published, titles)).values()]
    assert sum(scores) <= 1 + 0.001 * len(scores)
    assert scores == sorted(scores, reverse=True)


@settings(deadline=None)
@given(NAMES, NAMES, st.lists(NAMES, max_size=4))
def test_what_else_came_never_makes_a_publication_likelier(name: str, title: str, others: list[str]) -> None:
    alone = judged(name, published(title))[title]
    among = judged(name, published(title), *(published(other) for other in others if other != title))[title]
    assert among.score <= alone.score
    assert among.evidence[: len(alone.evidence)] == alone.evidence


def test_each_thing_found_is_said_in_words() -> None:
    found = find(promised("tug review", MADE_ON), published("Tug review"), Setting(MADE_ON, "Transport"))
    assert [finding.words for finding in found if finding.points] == [
        "title shares 1 of 1 telling words",
        "both are called report",
        "same department",
        "published on the day of the statement, in time",
    ]
