"""Which watches a change is for: what newly matches, what changed where it matched, and what went away."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from monitor.model.change import Change, ChangeKind
from monitor.model.record import Record, RecordedChange
from monitor.model.watch import Watch
from monitor.rules.matching import Former, match_change, match_late_texts
from monitor.rules.watching import compile_watches

AT = datetime(2024, 12, 9, 17, tzinfo=UTC)
BOATS = Watch("boats", "Boats", ("small boats",))
TEXT = "On fishing.\nOn small boats.\nThe end."
PLAN = Record(
    "govuk:1:en", "https://www.gov.uk/plan", "The plan", "policy_paper", "govuk", "live", AT, 1, 1, 6, text=TEXT
)  # fmt: skip


def watches_for(kind: ChangeKind, after: str, before: str | None = None, *watches: Watch, **more: Any) -> list[str]:
    """The watches that hear of a change from one text to another."""
    chosen = watches or (BOATS,)
    event = RecordedChange(Change(1, kind, PLAN.key, AT, 1, 2), replace(PLAN, text=after, **more))
    earlier = None if before is None else Former(replace(PLAN, text=before))
    return [draft.watch for draft in match_change(event, earlier, compile_watches(chosen))]


def test_a_new_publication_is_for_the_watches_it_matches() -> None:
    assert watches_for("new", TEXT) == ["boats"]
    assert watches_for("new", "On fishing.") == []


@pytest.mark.parametrize(
    ("before", "after", "heard"),
    [
        (TEXT, TEXT.replace("The end.", "The very end."), False),
        (TEXT, TEXT.replace("On small", "On many small"), True),
        (TEXT, TEXT.replace("small boats", "ships"), True),
        (TEXT, "On fishing.\nThe end.", True),
        ("On fishing.", TEXT, True),
        (TEXT, TEXT + "\nMore small boats.", True),
        ("On fishing.", "On fishing nets.", False),
        (TEXT, "On nets.\nOn small boats.\nThe end.", False),
    ],
)
def test_an_update_is_told_where_it_newly_matches_or_where_what_matched_has_changed(
    before: str, after: str, heard: bool
) -> None:
    assert watches_for("updated", after, before) == (["boats"] if heard else [])


def test_an_update_of_the_title_alone_is_told_where_the_title_matches() -> None:
    assert watches_for("updated", "Words.", "Words.", title="Small boats") == ["boats"]


@pytest.mark.parametrize("kind", ["withdrawn", "gone", "corrected", "restored", "moved", "attachment-replaced"])
def test_what_became_of_a_publication_is_told_where_its_last_version_matched(kind: ChangeKind) -> None:
    assert watches_for(kind, TEXT, TEXT) == ["boats"]
    assert watches_for(kind, "On fishing.", "On fishing.") == []


def test_a_watch_hears_only_of_the_kinds_it_asks_for() -> None:
    deaf, keen = replace(BOATS, name="deaf", on=("withdrawn",)), replace(BOATS, name="keen", on=("new",))
    assert watches_for("new", TEXT, None, deaf, keen) == ["keen"]
    assert watches_for("withdrawn", TEXT, TEXT, deaf, keen) == ["deaf"]


def test_a_match_carries_its_evidence() -> None:
    event = RecordedChange(Change(7, "new", PLAN.key, AT), PLAN)
    [draft] = match_change(event, None, compile_watches([BOATS]))
    [hit] = draft.hits
    assert (draft.change_id, hit.term, hit.field, TEXT[hit.start : hit.end]) == (
        7,
        '"small boats"~',
        "text",
        "small boats",
    )
    assert [span.text for span in draft.snippet if span.marked] == ["small boats"]


@pytest.mark.parametrize("kind", ["withdrawn", "gone", "corrected"])
def test_whoever_was_told_of_words_hears_when_they_are_taken_back(kind: ChangeKind) -> None:
    assert watches_for(kind, "This page was withdrawn.", TEXT) == ["boats"]
    assert watches_for(kind, TEXT, "On fishing.") == ["boats"]
    assert watches_for("restored", "On fishing.", TEXT) == []


def test_a_withdrawal_is_told_to_who_watches_what_is_live() -> None:
    live = Watch("live", "Live", query="boats status:live")
    event = RecordedChange(Change(1, "withdrawn", PLAN.key, AT, 1, 2), replace(PLAN, status="withdrawn"))
    assert [draft.watch for draft in match_change(event, Former(PLAN), compile_watches([live]))] == ["live"]
    assert match_change(event, Former(replace(PLAN, status="withdrawn")), compile_watches([live])) == ()


def test_an_update_that_makes_something_else_of_a_publication_is_told_where_that_matches() -> None:
    outcome = Watch("outcome", "Outcome", query="boats type:consultation_outcome")
    event = RecordedChange(
        Change(1, "updated", PLAN.key, AT, 1, 2), replace(PLAN, document_type="consultation_outcome")
    )
    former = Former(replace(PLAN, document_type="open_consultation"))
    assert [draft.watch for draft in match_change(event, former, compile_watches([outcome]))] == ["outcome"]
    assert match_change(event, Former(event.record), compile_watches([outcome])) == ()


def test_an_update_that_brings_an_attachment_is_told_where_its_text_matches() -> None:
    event = RecordedChange(Change(1, "updated", PLAN.key, AT, 1, 2), replace(PLAN, text="Words."))
    former = Former(replace(PLAN, text="Words."), [("a", "Small boats.")])
    book = compile_watches([BOATS])
    assert match_change(event, former, book, attachments=[("a", "Small boats.")]) == ()
    [draft] = match_change(event, former, book, attachments=[("a", "Small boats."), ("b", "More small boats.")])
    assert draft.watch == "boats"


def test_a_text_that_comes_in_late_is_told_where_it_matches_and_nothing_is_told_again() -> None:
    book = compile_watches([BOATS])
    for kind in ("new", "updated"):
        event = RecordedChange(Change(1, kind, PLAN.key, AT, 1, 2), replace(PLAN, text="Words."))
        [draft] = match_late_texts(event, book, attachments=[("a", "On small boats.")], late={"a"})
        assert [(hit.field, hit.attachment) for hit in draft.hits] == [("attachment", "a")]
        both = [("a", "On small boats."), ("b", "On fishing.")]
        assert match_late_texts(event, book, attachments=both, late={"b"}) == ()
