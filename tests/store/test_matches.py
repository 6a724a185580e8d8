"""Matches keep their evidence and their place in the sequence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from monitor.model.digest import Span
from monitor.model.watch import Hit, MatchDraft, Watch, WatchTest
from tests.store.shelf import MONDAY, NEW, TUESDAY, accession, keep, open_shelf, plan, statement

BORDERS = Watch("borders", "Borders", ("small boats",))
PRISONS = Watch("prisons", "Prisons", ("prison",))
HITS = (Hit("small boats", "text", 0, 11), Hit("small boats", "attachment", 5, 16, "a1"))
SNIPPET = (Span("Small boats", marked=True), Span(" will be “stopped”."))


def draft(change_id: int, watch: Watch = BORDERS) -> MatchDraft:
    return MatchDraft(watch.name, change_id, HITS, SNIPPET)


def test_a_match_is_read_with_its_evidence_and_its_publication(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        (change,) = keep(archive, accession(plan(), NEW))
        revisions = archive.matches.record_revisions([BORDERS], TUESDAY)
        archive.matches.record([draft(change.id)], revisions, TUESDAY)
        (match,) = archive.matches.between(0, archive.matches.head(), ["borders"])
        assert (match.watch, match.revision, match.change, match.hits, match.snippet) == (
            "borders",
            1,
            change,
            HITS,
            SNIPPET,
        )
        assert match.record == archive.library.record("govuk:plan:en")


def test_a_change_matches_a_watch_once(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        (change,) = keep(archive, accession(plan(), NEW))
        revisions = archive.matches.record_revisions([BORDERS, PRISONS], TUESDAY)
        for _ in range(2):
            archive.matches.record([draft(change.id), draft(change.id, PRISONS)], revisions, TUESDAY)
        assert archive.matches.counts() == {"borders": 1, "prisons": 1}
        assert archive.matches.is_cared_for("govuk:plan:en")
        assert not archive.matches.is_cared_for("parliament:1")


def test_a_renamed_watch_keeps_its_matches_and_revisions_beside_those_it_has_made_under_its_new_name(
    tmp_path: Path,
) -> None:
    sea = replace(BORDERS, name="sea")
    with open_shelf(tmp_path) as archive:
        first, second = keep(archive, accession(plan(), NEW), accession(statement(), NEW))
        for query in (BORDERS, replace(BORDERS, keywords=("ships",))):
            revisions = archive.matches.record_revisions([query, sea], TUESDAY)
        archive.matches.record([draft(first.id), draft(second.id), draft(second.id, sea)], revisions, TUESDAY)
        for _ in range(2):
            archive.matches.rename("borders", "sea")
        found = archive.matches.between(0, archive.matches.head(), ["borders", "sea"])
        assert [(match.watch, match.change.id, match.revision) for match in found] == [
            ("sea", first.id, 2),
            ("sea", second.id, 3),
        ]
        assert archive.matches.definitions().keys() == {"sea"}
        assert archive.matches.first_said(sea) == TUESDAY


def test_between_takes_what_lies_after_the_first_place_up_to_the_second(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        changes = keep(archive, accession(plan(), NEW), accession(statement(), NEW))
        revisions = archive.matches.record_revisions([BORDERS, PRISONS], TUESDAY)
        archive.matches.record([draft(change.id) for change in changes], revisions, TUESDAY)
        archive.matches.record([draft(changes[0].id, PRISONS)], revisions, TUESDAY)
        first, second, third = archive.matches.between(0, archive.matches.head(), ["borders", "prisons"])
        assert archive.matches.between(first.id, second.id, ["borders", "prisons"]) == (second,)
        assert archive.matches.between(0, third.id, ["prisons"]) == (third,)
        assert archive.matches.between(0, third.id, []) == ()


def test_a_watch_has_a_new_revision_only_when_it_asks_for_something_else(tmp_path: Path) -> None:
    tested = replace(BORDERS, tests=(WatchTest(match=("HCWS293",)),))
    changed = replace(BORDERS, keywords=("small boats", "dinghies"))
    with open_shelf(tmp_path) as archive:
        numbers = [
            archive.matches.record_revisions([watch], MONDAY)["borders"]
            for watch in (BORDERS, tested, changed, BORDERS)
        ]
        assert numbers == [1, 1, 2, 3]


def test_each_verb_remembers_how_far_it_has_read(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        assert archive.matches.progress("match") == 0
        for at in (4, 7):
            archive.matches.record_progress("match", at)
        assert (archive.matches.progress("match"), archive.matches.progress("other")) == (7, 0)


def test_an_empty_archive_has_no_head(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        assert archive.matches.head() == 0
