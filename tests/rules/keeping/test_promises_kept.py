"""Which publication keeps a promise: the table is tests/data/promises/resolution.toml."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model.promise import Candidate, PromiseDraft, Verdict
from monitor.rules.departments import department_key, in_family, same_department
from monitor.rules.keeping.context import is_bare, sought
from monitor.rules.keeping.resolution import resolve_promise

TABLE = Path(__file__).parents[2] / "data" / "promises" / "resolution.toml"
MADE_ON = date(2025, 3, 11)
DEPARTMENT = "Department for Transport"


def a_promise(name: str, due_from: str = "2025-03-11", due_by: str | None = None) -> PromiseDraft:
    by = date.fromisoformat(due_by) if due_by else None
    return PromiseDraft("", name, ("gov.uk",), None, date.fromisoformat(due_from), by, "future", 0)


def a_candidate(title: str, **said: str) -> Candidate:
    on = at_noon(said.get("on", "2025-03-11"))
    return Candidate(
        title=title,
        document_type=said.get("type", "policy_paper"),
        departments=(said.get("by", DEPARTMENT),),
        published_at=on,
        updated_at=at_noon(said["updated"]) if "updated" in said else on,
        url="/government/publications/" + title.lower().replace(" ", "-"),
        language=said.get("language", "en"),
        summary=said.get("summary", ""),
        key=title,
    )


def at_noon(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(12), tzinfo=UTC)


def verdicts(promise: PromiseDraft, *candidates: Candidate) -> tuple[Verdict, ...]:
    return resolve_promise(promise, candidates, made_on=MADE_ON, department="Transport")


def cases() -> list[Any]:
    return [pytest.param(row, id=row["why"]) for row in tomllib.loads(TABLE.read_text(encoding="utf-8"))["case"]]


@pytest.mark.parametrize("case", cases())
def test_the_right_publication_is_called_kept_and_no_other(case: dict[str, Any]) -> None:
    said = case["promise"]
    found = [a_candidate(row["title"], **{key: row[key] for key in row if key != "title"}) for row in case["found"]]
    judged = {verdict.key: verdict for verdict in verdicts(a_promise(said["name"], said["from"], said["by"]), *found)}
    kept = [key for key, verdict in judged.items() if verdict.decision == "kept"]
    assert kept == ([case["kept"]] if case["kept"] else []), judged
    for title in case.get("refused", []):
        assert judged[title].decision == "refused", judged[title]


def test_a_verdict_says_why_in_words_an_operator_can_read() -> None:
    kept, press = verdicts(
        a_promise("Harbour Safety Strategy", due_by="2025-03-11"),
        a_candidate("Harbour safety strategy"),
        a_candidate("Harbour safety strategy", type="press_release"),
    )
    assert kept.evidence == (
        "title shares 2 of 2 telling words",
        "both are called plan",
        "same department",
        "published on the day of the statement, in time",
    )
    assert "press release, not the document" in press.evidence


def test_best_comes_first() -> None:
    ranked = verdicts(a_promise("tug review"), a_candidate("Bus review"), a_candidate("Tug review"))
    assert [verdict.key for verdict in ranked] == ["Tug review", "Bus review"]


def by_what_it_is_about(
    name: str, *candidates: Candidate, about: str = "Night buses: safety at stops", due_by: str | None = "2025-03-14"
) -> dict[str, str]:
    """How each candidate is decided for a bare name, in a sentence on lighting, of a statement with this title."""
    quote = f"Our proposals for lighting are in a {name}, which will be published this week."
    promise = replace(a_promise(name, due_by=due_by), quote=quote)
    judged = resolve_promise(promise, candidates, made_on=MADE_ON, department="Transport", about=about)
    return {verdict.key: verdict.decision for verdict in judged}


LIGHTING = "Lighting at night bus stops"


def test_a_bare_name_is_understood_by_what_its_statement_is_about() -> None:
    found = a_candidate(LIGHTING, type="open_consultation", on="2025-03-13")
    assert by_what_it_is_about("consultation", found) == {LIGHTING: "kept"}
    assert by_what_it_is_about("consultation", found, due_by=None) == {LIGHTING: "kept"}
    assert by_what_it_is_about("consultation", found, about="") == {LIGHTING: "refused"}


@pytest.mark.parametrize(
    ("decision", "title", "said"),
    [
        ("possible", LIGHTING, {"by": "Home Office"}),
        ("possible", LIGHTING, {"on": "2025-06-13"}),
        ("possible", LIGHTING, {"on": "2024-06-13", "updated": "2025-03-13"}),
        ("possible", "Lighting at night bus and tram stops and depots", {}),
        ("possible", "Buses", {}),
        ("possible", LIGHTING, {"type": "policy_paper"}),
        ("refused", "Night work", {}),
        ("refused", LIGHTING, {"type": "press_release"}),
        ("refused", LIGHTING, {"type": "official_statistics"}),
        ("refused", "Lighting proposals", {}),
        ("refused", "Impact assessment: night bus stops", {}),
        ("refused", "Railway fares", {}),
        ("refused", LIGHTING, {"on": "2025-02-13"}),
    ],
)
def test_a_bare_name_needs_all_the_rest_to_agree(decision: str, title: str, said: dict[str, str]) -> None:
    found = a_candidate(title, **{"type": "open_consultation", "on": "2025-03-13", **said})
    assert by_what_it_is_about("consultation", found) == {title: decision}


def test_of_two_that_a_bare_name_fits_neither_is_called_kept() -> None:
    both = [a_candidate(title, type="open_consultation") for title in (LIGHTING, "Safety at night bus stops")]
    assert set(by_what_it_is_about("consultation", *both).values()) == {"possible"}


def test_another_name_is_not_understood_by_what_its_statement_is_about() -> None:
    assert by_what_it_is_about("ticketing strategy", a_candidate("Safety at bus stops: strategy")) == {
        "Safety at bus stops: strategy": "refused"
    }


@pytest.mark.parametrize(
    "name", ["consultation", "our response", "Government's final response", "guidance", "findings", "impact assessment"]
)
def test_a_name_of_nothing_but_a_kind_is_bare(name: str) -> None:
    assert is_bare(name)
    assert sought(name, "Night buses") == f"{name} Night buses"


@pytest.mark.parametrize("name", ["tidal plan", "Calais Group priority plan", "guidance on moorings"])
def test_a_name_that_tells_its_subject_is_not_bare(name: str) -> None:
    assert not is_bare(name)
    assert sought(name, "Night buses") == name


def test_no_candidates_no_verdicts() -> None:
    assert verdicts(a_promise("tug review")) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Treasury", "HM Treasury"),
        ("Foreign, Commonwealth and Development Office", "Foreign, Commonwealth & Development Office"),
        ("Foreign and Commonwealth Office", "FCDO"),
        ("Department for International Development", "Foreign, Commonwealth & Development Office"),
        ("BEIS", "Department for Energy Security and Net Zero"),
        ("Department for Business, Energy & Industrial Strategy", "Department for Business and Trade"),
        ("Department of Energy and Climate Change", "Department for Energy Security & Net Zero"),
        ("DLUHC", "Ministry of Housing, Communities and Local Government"),
        ("Home Department", "Home Office"),
        ("Wales Office", "Office of the Secretary of State for Wales"),
        ("Health", "Department of Health and Social Care"),
        ("Department for Digital, Culture, Media & Sport", "DSIT"),
    ],
)
def test_names_of_one_department_old_and_new_are_the_same(one: str, other: str) -> None:
    assert same_department(one, other)
    assert same_department(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Department for Business and Trade", "DESNZ"),
        ("Home Office", "Ministry of Justice"),
        ("Department of Plenty", "Ministry of Plenty"),
    ],
)
def test_siblings_and_strangers_are_not_the_same(one: str, other: str) -> None:
    assert not same_department(one, other)


def test_an_agency_is_of_its_departments_family_but_is_not_the_department() -> None:
    assert in_family("Environment Agency", "Defra")
    assert not same_department("Environment Agency", "Defra")
    assert not in_family("Environment Agency", "Home Office")
    assert department_key("Environment Agency") is None


@settings(max_examples=60, deadline=None)
@given(name=st.text(max_size=80), titles=st.lists(st.text(max_size=80), max_size=5))
def test_any_name_and_any_titles_get_a_verdict_each_between_nought_and_one(name: str, titles: list[str]) -> None:
    judged = verdicts(a_promise(name), *(a_candidate(title) for title in titles))
    assert len(judged) == len(titles)
    assert all(0 <= verdict.score <= 1 for verdict in judged)
    assert len({verdict.key for verdict in judged if verdict.decision == "kept"}) <= 1
