"""The quick look never passes over what the careful one would show, and a promise is never read for words it does not share."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2b
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model.ledger import Promise
from monitor.model.promise import Candidate
from monitor.rules.keeping.lookouts import LOOKOUT_FORM, lookout_of
from monitor.rules.keeping.prospects import Arrival, Prospects, read_arrival
from monitor.rules.keeping.resolution import resolve_promise

TABLE = Path(__file__).parents[2] / "data" / "promises" / "resolution.toml"
MADE_ON, ABOUT = date(2014, 3, 3), "Rail freight in Cumbria"
WORDS = st.sampled_from(
    "rail freight review report reports assessed assessment response consultation strategy northern draft annual HC 633"
    " Cumbria 2015 2015/16 of plan priorities".split()
)
NAMES = st.lists(WORDS, min_size=1, max_size=7).map(" ".join)
MOMENTS = st.none() | st.integers(-30, 1_500).map(
    lambda days: datetime.combine(MADE_ON + timedelta(days=days), time(9), UTC)
)
DAYS = st.none() | st.integers(-5, 700).map(lambda days: MADE_ON + timedelta(days=days))


def promised(name: str, **told: object) -> Promise:
    """A promise by the Department for Transport, due on the day it was made on, but for what is told."""
    promise = Promise(
        1, "parliament:1", "HCWS1", MADE_ON, "Department for Transport", f"I will publish the {name}.", name, ("gov.uk",),
        None, MADE_ON, MADE_ON, "overdue", datetime.combine(MADE_ON, time(9), UTC),
    )  # fmt: skip
    return replace(promise, **told)  # type: ignore[arg-type]


@st.composite
def papers(draw: st.DrawFn, number: int) -> Candidate:
    return Candidate(
        title=draw(NAMES),
        document_type=draw(
            st.sampled_from(["policy_paper", "official_statistics", "html_publication", "news_story", "consultation"])
        ),
        departments=draw(st.sampled_from([(), ("Department for Transport",), ("HM Treasury",), ("Highways England",)])),
        published_at=draw(MOMENTS),
        updated_at=draw(MOMENTS),
        url="/p",
        language=draw(st.sampled_from(["en", "en", "en", "cy"])),
        summary=draw(NAMES),
        key=f"govuk:{number}:en",
    )


@st.composite
def promises(draw: st.DrawFn) -> Promise:
    due_by = draw(DAYS)
    return promised(
        draw(NAMES),
        due_by=due_by,
        due_from=draw(DAYS) if due_by else None,
        publisher=draw(st.sampled_from([None, "HM Treasury"])),
        about=draw(st.just("") | NAMES),
    )


def asked(promise: Promise, arrivals: list[Arrival]) -> bool:
    """Whether the promise is one to be held against what has come."""
    prospects = Prospects()
    for arrival in arrivals:
        prospects.add(arrival)
    whole = lookout_of(promise)
    came = frozenset[str]().union(*(arrival.title | arrival.beside for arrival in arrivals))
    return prospects.may_keep(promise, replace(whole, words=whole.words & came))


@st.composite
def days(draw: st.DrawFn) -> tuple[Promise, list[Candidate], list[Candidate]]:
    """A promise, all that came on a day, and what of it the search picked for the promise."""
    came = [draw(papers(number)) for number in range(draw(st.integers(1, 6)))]
    promise = draw(promises())
    if draw(st.booleans()):
        own = st.lists(st.sampled_from(promise.expected.split()), min_size=1, max_size=5, unique=True)
        came[0] = replace(came[0], title=" ".join(draw(own)))
    return promise, came, draw(st.lists(st.sampled_from(came), min_size=1, unique_by=lambda one: one.key))


@settings(deadline=None)
@given(days())
def test_what_is_passed_over_would_be_refused(day: tuple[Promise, list[Candidate], list[Candidate]]) -> None:
    promise, came, picked = day
    if not asked(promise, [read_arrival(candidate) for candidate in came]):
        verdicts = resolve_promise(
            promise.draft, picked, made_on=MADE_ON, department=promise.department or "", about=promise.about
        )
        assert {verdict.decision for verdict in verdicts} <= {"refused"}


def paper(title: str, after_days: int) -> Arrival:
    moment = datetime.combine(MADE_ON + timedelta(days=after_days), time(9), UTC)
    mine = ("Department for Transport",)
    return read_arrival(Candidate(title, "policy_paper", mine, moment, moment, "/p", "en", "", "govuk:p:en"))


def test_years_later_one_word_of_many_is_not_enough_and_the_whole_name_is() -> None:
    promise = promised("rail freight strategy for northern ports and terminals", about=ABOUT)
    assert not asked(promise, [paper("Hull and its rail museum, tours and opening times", 2_000)])
    assert asked(promise, [paper("Rail freight strategy for northern ports and terminals", 2_000)])


def test_on_the_day_little_is_enough_to_look_again() -> None:
    promise = promised("rail freight strategy for ports", about=ABOUT)
    assert asked(promise, [paper("Freight and ports", 0)])


def test_a_bare_name_is_found_by_what_its_statement_is_about() -> None:
    assert asked(promised("consultation", about=ABOUT), [paper("Freight in Cumbria: a consultation", 0)])
    assert not asked(promised("consultation", about=ABOUT), [paper("Buses: a consultation", 0)])


def test_a_number_is_a_word_of_the_lookout_however_it_is_written() -> None:
    promise = promised("freight plan", quote="I will publish the freight plan (CP 1210).")
    assert "#cp1210" in lookout_of(promise).words


def test_lookouts_have_a_new_number_whenever_words_are_read_otherwise() -> None:
    """If this fails, raise `LOOKOUT_FORM`: those in an archive were made by the old rules. Then put the new digest here."""
    cases = tomllib.loads(TABLE.read_text(encoding="utf-8"))["case"]
    made = [lookout_of(promised(case["promise"]["name"], about=case["why"])) for case in cases]
    told = "\n".join(f"{sorted(one.words)} {one.told} {one.bonus} {one.since} {one.fades}" for one in made)
    assert (LOOKOUT_FORM, blake2b(told.encode(), digest_size=8).hexdigest()) == (3, "ef3bc480acc0ffba")
