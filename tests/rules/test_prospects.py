"""The quick look never passes over what the careful one would show."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.model.promise import Candidate, PromiseDraft
from monitor.rules.promises.resolution import resolve_promise
from monitor.rules.prospects import Prospects

MADE_ON, ABOUT = date(2014, 3, 3), "Rail freight in Cumbria"
WORDS = st.sampled_from(
    "rail freight review report response strategy northern draft annual HC 633 Cumbria 2015 of plan".split()
)
NAMES = st.lists(WORDS, min_size=1, max_size=7).map(" ".join)
MOMENTS = st.none() | st.integers(300, 1_500).map(
    lambda days: datetime.combine(MADE_ON + timedelta(days=days), time(9), UTC)
)


def promised(name: str, due: date | None = MADE_ON, publisher: str | None = None) -> PromiseDraft:
    return PromiseDraft(
        f"I will publish the {name}.", name, ("gov.uk",), None, due, due, "future", 0, publisher=publisher
    )


@st.composite
def names_and_candidates(draw: st.DrawFn) -> tuple[str, list[Candidate]]:
    name = draw(NAMES)
    own_words = st.lists(st.sampled_from(name.split()), min_size=1, max_size=4, unique=True)
    return name, [
        Candidate(
            title=" ".join([*draw(own_words), *draw(st.lists(WORDS, max_size=4))]),
            document_type=draw(
                st.sampled_from(["policy_paper", "official_statistics", "html_publication", "news_story"])
            ),
            departments=draw(st.sampled_from([(), ("Department for Transport",), ("HM Treasury",)])),
            published_at=draw(MOMENTS),
            updated_at=draw(MOMENTS),
            url="/p",
            language="en",
            summary=draw(NAMES),
            key=f"govuk:{number}:en",
        )
        for number in range(draw(st.integers(1, 5)))
    ]


@given(names_and_candidates(), st.none() | st.integers(0, 400))
def test_what_is_passed_over_would_be_refused(pair: tuple[str, list[Candidate]], due_in: int | None) -> None:
    name, found = pair
    due = None if due_in is None else MADE_ON + timedelta(days=due_in)
    promise = promised(name, due, publisher="HM Treasury")
    verdicts = resolve_promise(promise, found, made_on=MADE_ON, department="Department for Transport", about=ABOUT)
    if not Prospects().may_keep(promise, found, made_on=MADE_ON, about=ABOUT):
        assert {verdict.decision for verdict in verdicts} <= {"refused"}


def paper(title: str, after_days: int) -> Candidate:
    moment = datetime.combine(MADE_ON + timedelta(days=after_days), time(9), UTC)
    return Candidate(title, "policy_paper", ("Department for Transport",), moment, moment, "/p", "en", "", "govuk:p:en")


def test_years_later_one_word_of_many_is_not_enough_and_the_whole_name_is() -> None:
    promise = promised("rail freight strategy for northern ports and terminals")
    slight, whole = (
        "Hull and its rail museum, tours and opening times",
        "Rail freight strategy for northern ports and terminals",
    )
    assert not Prospects().may_keep(promise, [paper(slight, 2_000)], made_on=MADE_ON, about=ABOUT)
    assert Prospects().may_keep(promise, [paper(whole, 2_000)], made_on=MADE_ON, about=ABOUT)


def test_within_a_year_everything_is_looked_at() -> None:
    promise = promised("rail freight strategy for northern ports and terminals")
    assert Prospects().may_keep(promise, [paper("Hull and its rail museum", 300)], made_on=MADE_ON, about=ABOUT)
