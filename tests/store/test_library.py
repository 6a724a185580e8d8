"""Finding publications as people name them, and all of them without scanning."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from monitor.errors import AmbiguousError, NotFoundError
from monitor.model.publication import Attachment, Relation
from monitor.store.archive import Archive
from tests.store.shelf import (
    MONDAY,
    NEW,
    TUESDAY,
    UPDATED,
    WEDNESDAY,
    accession,
    keep,
    open_shelf,
    plan,
    rows,
    statement,
)


@pytest.mark.parametrize(
    "name",
    [
        "parliament:1",
        "HCWS293",
        "hcws293",
        " HCWS293 ",
        "2024-12-10/HCWS293",
        "https://questions-statements.parliament.uk/written-statements/detail/2024-12-10/HCWS293",
        "https://questions-statements.parliament.uk/written-statements/detail/2024-12-10/hcws293?x=1",
    ],
)
def test_a_statement_is_found_by_key_number_and_address(tmp_path: Path, name: str) -> None:
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(statement(), NEW))
        assert archive.library.find_key(name) == "parliament:1"


@pytest.mark.parametrize("suffix", ["", "/", "#top", "?utm=1"])
@pytest.mark.parametrize("site", ["https://www.gov.uk", "https://www.gov.uk/api/content"])
def test_a_page_is_found_by_its_address_however_it_is_written(tmp_path: Path, site: str, suffix: str) -> None:
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(plan(), NEW))
        assert archive.library.find_key(f"{site}/government/publications/plan{suffix}") == "govuk:plan:en"


@pytest.mark.parametrize("name", ["", "HCWS1", "govuk:nothing:en", "https://www.gov.uk/nothing", "anything at all"])
def test_what_is_not_there_is_not_found(tmp_path: Path, name: str) -> None:
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(statement(), NEW))
        with pytest.raises(NotFoundError):
            archive.library.find_key(name)


def test_a_number_that_two_sessions_have_lists_both_newest_first(tmp_path: Path) -> None:
    older = statement(key="parliament:0", dated_on=MONDAY.date().replace(year=2019))
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(older, NEW), accession(statement(), NEW))
        with pytest.raises(AmbiguousError) as raised:
            archive.library.find_key("HCWS293")
        assert list(raised.value.candidates) == ["2024-12-10/HCWS293", "2019-12-09/HCWS293"]
        assert archive.library.find_key("2019-12-09/HCWS293") == "parliament:0"


def test_a_number_that_twice_stands_on_one_day_lists_keys(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(statement(key="parliament:2"), NEW), accession(statement(), NEW))
        with pytest.raises(AmbiguousError) as raised:
            archive.library.find_key("2024-12-10/HCWS293")
        assert sorted(raised.value.candidates) == ["parliament:1", "parliament:2"]


def test_a_version_that_never_was_is_not_found(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(plan(), NEW))
        with pytest.raises(NotFoundError, match="version 2"):
            archive.library.record("govuk:plan:en", 2)


def test_known_tells_what_is_needed_to_compare(tmp_path: Path) -> None:
    seen = plan(
        attachments=(Attachment("a1", "https://assets.example.org/1.pdf", "One"),),
        relations=(Relation("corrected-by", "parliament:9"),),
    )
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(seen), accession(statement(), NEW))
        keep(archive, accession(plan(text="More.", attachments=seen.attachments), UPDATED), now=TUESDAY)
        known = archive.library.known(["govuk:plan:en", "parliament:1", "nobody"])
        assert known.keys() == {"govuk:plan:en", "parliament:1"}
        assert not known["govuk:plan:en"].told
        assert known["parliament:1"].told
        assert known["govuk:plan:en"].version_at == TUESDAY
        assert known["govuk:plan:en"].attachments == (("a1", "https://assets.example.org/1.pdf"),)
        assert known["govuk:plan:en"].relations == {"parliament:9"}


def test_any_number_of_keys_may_be_asked_for_at_once(tmp_path: Path) -> None:
    keys = [f"govuk:{number}:en" for number in range(1201)]
    with open_shelf(tmp_path) as archive:
        keep(archive, *(accession(plan(key=key)) for key in keys))
        assert archive.library.known([*keys, "nobody"]).keys() == set(keys)


def test_neither_links_nor_numbers_nor_addresses_are_searched_for_by_scanning(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(plan(), NEW), accession(statement(), NEW))
        queries: list[str] = []
        archive.connection.set_trace_callback(queries.append)
        archive.links.of("parliament:1")
        archive.library.find_key("HCWS293")
        archive.library.find_key(plan().url)
        archive.connection.set_trace_callback(None)
        steps = [row[3] for query in queries for row in rows(archive, f"EXPLAIN QUERY PLAN {query}")]
        assert len(queries) >= 4
        assert [
            step for step in steps if step.startswith("SCAN") and step not in ("SCAN self", "SCAN names", "SCAN found")
        ] == []


def say_it_is_large(archive: Archive) -> None:
    """Let SQLite believe that every table it keeps figures of has a million rows."""
    archive.connection.execute("ANALYZE")
    archive.connection.execute("UPDATE sqlite_stat1 SET stat = '1000000' || substr(stat, instr(stat, ' '))")
    archive.connection.execute("ANALYZE sqlite_schema")


def test_what_a_cycle_asks_for_is_found_without_reading_the_whole_archive(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(plan(), NEW), accession(statement(), NEW))
        say_it_is_large(archive)
        queries: list[str] = []
        archive.connection.set_trace_callback(queries.append)
        archive.library.due_looks(TUESDAY, 10)
        archive.library.baseline_after(1, 10)
        archive.links.to_follow(TUESDAY, 10, after_version=1)
        archive.papers.due(TUESDAY, 10, after_version=1)
        archive.papers.texts_after(archive.papers.head(), 10)
        archive.arrivals.lay_out(1, TUESDAY.date())
        archive.arrivals.like(("plan",), date(2024, 12, 1), after_version=1)
        list(archive.arrivals.after(1))
        archive.arrivals.numbers_after(1)
        list(archive.lookouts.having({"plan"}))
        archive.lookouts.missing(1, 10)
        archive.promises.past_due(TUESDAY.date())
        archive.promises.opened_after(1)
        archive.promises.to_ask(TUESDAY, [(timedelta(days=2), timedelta(hours=1))])
        archive.promises.due_between(TUESDAY.date(), WEDNESDAY.date())
        archive.changes.numbers_of("govuk:plan:en")
        archive.corrections.untied(TUESDAY)
        archive.corrections.statements_of(TUESDAY.date(), None)
        archive.changes.after(1, 10)
        archive.feeds.unsettled(TUESDAY)
        archive.connection.set_trace_callback(None)
        asked = [query for query in queries if query.startswith(("SELECT", "WITH"))]
        steps = [row[3] for query in asked for row in rows(archive, f"EXPLAIN QUERY PLAN {query}")]
        read_whole = {step.removeprefix("SCAN ") for step in steps if step.startswith("SCAN ")}
        little = (
            "wanted",
            "(subquery",
            "CONSTANT ROW",
            "json_each",
            "fresh_fts VIRTUAL TABLE",
            "sightings USING INDEX sightings_unsettled",
        )
        assert [step for step in read_whole if not step.startswith(little)] == []


def test_looks_that_are_due_come_longest_due_first_so_many_of_each_publisher(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        keep(
            archive,
            accession(plan(), next_look_at=TUESDAY),
            accession(plan(key="govuk:first:en"), next_look_at=MONDAY),
            accession(statement(), next_look_at=TUESDAY),
            accession(plan(key="govuk:later:en"), next_look_at=WEDNESDAY),
            accession(plan(key="govuk:never:en")),
        )
        looks = [key for key, _ in archive.library.due_looks(TUESDAY, 10)]
        assert looks == ["govuk:first:en", "govuk:plan:en", "parliament:1"]
        assert [key for key, _ in archive.library.due_looks(TUESDAY, 1)] == ["govuk:first:en", "parliament:1"]


def test_totals_count_what_there_is(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        assert archive.library.totals() == {"publications": 0, "versions": 0, "bytes": 0}
        keep(archive, accession(plan()))
        keep(archive, accession(plan(text="More."), UPDATED), now=TUESDAY)
        totals = archive.library.totals()
        assert (totals["publications"], totals["versions"]) == (1, 2)
        assert totals["bytes"] > 0
