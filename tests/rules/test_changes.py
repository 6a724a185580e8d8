"""What happened to a publication, told from what was known and what is seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from monitor.model.publication import Attachment, ChangeNote, Publication, Relation
from monitor.model.record import Finding, Known, Record
from monitor.rules.changes import LATE_AFTER, Listing, compare, is_gone_for_good
from monitor.rules.fingerprints import fingerprint

AT = datetime(2024, 12, 9, 17, tzinfo=UTC)
NOW = datetime(2024, 12, 10, 8, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FILE = Attachment("1", "https://assets.publishing.service.gov.uk/media/1/plan.pdf", "The plan")
PLAN = Publication(
    "govuk:1:en", "https://www.gov.uk/plan", "The plan", "policy_paper", "govuk", summary="What we will do.",
    text="Stop small boats.\nWe meet in March.", department="Home Office", published_at=AT, updated_at=AT,
    notes=(ChangeNote(AT, "First published."),), attachments=(FILE,),
)  # fmt: skip
ROUTINE = Listing(NOW, baseline=False, complete_at=NOW - HOUR)


def known(seen: Publication = PLAN, **more: Any) -> Known:
    """What the archive knows after it has seen a publication once, as news, at the time of its publication."""
    record = Record(
        key=seen.key, url=seen.url, title=seen.title, document_type=seen.document_type, publisher=seen.publisher,
        status=more.pop("status", seen.status), first_seen_at=AT, version=1, versions=1, words=7, summary=seen.summary,
        text=seen.text, notice=seen.notice, department=seen.department, published_at=seen.published_at,
        updated_at=seen.updated_at,
    )  # fmt: skip
    base = Known(
        record, fingerprint(seen), told=True, newest_note_at=seen.notes[0].at if seen.notes else None, version_at=AT,
        attachments=tuple((one.id, one.url) for one in seen.attachments),
        relations=frozenset(one.key for one in seen.relations if one.rel == "corrected-by"),
    )  # fmt: skip
    return replace(base, **more)


def kinds(finding: Finding) -> list[str]:
    """The kinds of change in a finding."""
    return [draft.kind for draft in finding.changes]


def test_what_is_seen_for_the_first_time_is_new() -> None:
    finding = compare(None, PLAN, ROUTINE)
    assert (kinds(finding), finding.is_version, finding.changes[0].late) == (["new"], True, False)


def test_a_baseline_has_versions_and_no_changes() -> None:
    finding = compare(None, PLAN, replace(ROUTINE, baseline=True, complete_at=None))
    assert (kinds(finding), finding.is_version) == ([], True)


def test_what_is_seen_unchanged_makes_nothing() -> None:
    finding = compare(known(), PLAN, ROUTINE)
    assert (kinds(finding), finding.is_version) == ([], False)


@pytest.mark.parametrize(
    ("published_at", "dated_on", "late"),
    [
        (NOW - LATE_AFTER, None, False),
        (NOW - LATE_AFTER - HOUR, None, True),
        (None, date(2024, 12, 9), False),
        (None, date(2024, 11, 1), True),
        (None, None, False),
        (NOW + 30 * DAY, None, False),
    ],
)
def test_what_appears_long_after_its_date_is_late(
    published_at: datetime | None, dated_on: date | None, late: bool
) -> None:
    seen = replace(PLAN, published_at=published_at, dated_on=dated_on)
    assert compare(None, seen, ROUTINE).changes[0].late is late


@pytest.mark.parametrize("edit", [{"title": "Another plan"}, {"summary": "What we did."}, {"text": "Stop."}])
def test_an_edit_of_words_is_an_update(edit: dict[str, str]) -> None:
    finding = compare(known(), replace(PLAN, **edit), ROUTINE)  # type: ignore[arg-type]
    assert (kinds(finding), finding.is_version) == (["updated"], True)
    assert finding.changes[0].words_added + finding.changes[0].words_removed > 0


def test_an_edit_without_a_word_from_the_publisher_is_quiet() -> None:
    [change] = compare(known(), replace(PLAN, text="Stop small boats.\nWe meet in May."), ROUTINE).changes
    assert (change.announced, change.note, change.material) == (False, "", True)


def test_an_edit_with_a_fresh_note_or_a_later_time_is_announced() -> None:
    text = "Stop small boats.\nWe meet in May."
    note = replace(PLAN, text=text, notes=(ChangeNote(NOW, "A new date."), *PLAN.notes))
    [change] = compare(known(), note, ROUTINE).changes
    assert (change.announced, change.note) == (True, "A new date.")
    [change] = compare(known(), replace(PLAN, text=text, updated_at=NOW), ROUTINE).changes
    assert (change.announced, change.note) == (True, "")


def test_an_old_note_in_another_order_announces_nothing() -> None:
    seen = replace(PLAN, text="Stop.", notes=(PLAN.notes[0], ChangeNote(AT - DAY, "A draft.")))
    [change] = compare(known(), seen, ROUTINE).changes
    assert (change.announced, change.note) == (False, "")


def test_an_attachment_with_another_address_is_replaced() -> None:
    seen = replace(PLAN, attachments=(replace(FILE, url=FILE.url.replace("/1/", "/2/")),))
    [change] = compare(known(), seen, ROUTINE).changes
    assert (change.kind, change.note) == ("attachment-replaced", "The plan")


def test_an_attachment_more_or_less_is_an_update_of_substance() -> None:
    for attachments in ((), (FILE, replace(FILE, id="2"))):
        [change] = compare(known(), replace(PLAN, attachments=attachments), ROUTINE).changes
        assert (change.kind, change.material) == ("updated", True)


def test_words_and_an_attachment_changed_together_are_one_update() -> None:
    seen = replace(PLAN, text="Stop.", attachments=(replace(FILE, url=FILE.url.replace("/1/", "/2/")),))
    assert kinds(compare(known(), seen, ROUTINE)) == ["updated"]


def test_a_withdrawal_is_told_once_with_its_notice() -> None:
    seen = replace(PLAN, status="withdrawn", notice="Replaced by a treaty.")
    [change] = compare(known(), seen, ROUTINE).changes
    assert (change.kind, change.note) == ("withdrawn", "Replaced by a treaty.")
    assert kinds(compare(known(seen), seen, ROUTINE)) == []


def test_what_was_born_withdrawn_is_just_new() -> None:
    assert kinds(compare(None, replace(PLAN, status="withdrawn", notice="Gone."), ROUTINE)) == ["new"]


@pytest.mark.parametrize("status", ["withdrawn", "gone"])
def test_what_was_away_and_is_back_is_restored(status: str) -> None:
    assert kinds(compare(known(status=status), PLAN, ROUTINE)) == ["restored"]


def test_another_address_is_a_move_and_no_version() -> None:
    finding = compare(known(), replace(PLAN, url="https://www.gov.uk/elsewhere"), ROUTINE)
    assert (kinds(finding), finding.is_version) == (["moved"], False)


def test_a_move_with_an_edit_is_both() -> None:
    seen = replace(PLAN, url="https://www.gov.uk/elsewhere", text="Stop.")
    assert kinds(compare(known(), seen, ROUTINE)) == ["moved", "updated"]


def test_a_correction_is_told_once() -> None:
    seen = replace(
        PLAN, relations=(Relation("corrected-by", "parliament:9"), Relation("joint-statement", "parliament:8"))
    )
    [change] = compare(known(), seen, ROUTINE).changes
    assert (change.kind, change.note) == ("corrected", "corrected by parliament:9")
    assert kinds(compare(known(seen), seen, ROUTINE)) == []


def test_an_earlier_state_is_believed_only_when_it_lasts() -> None:
    earlier = replace(PLAN, text="Stop.", updated_at=AT - HOUR)
    assert kinds(compare(known(version_at=NOW - HOUR), earlier, ROUTINE)) == []
    assert kinds(compare(known(version_at=NOW - 2 * DAY), earlier, ROUTINE)) == ["updated"]


def test_what_one_feeds_baseline_swallowed_is_news_to_another_that_lists_it_afterwards() -> None:
    swallowed = known(told=False)
    old_hand = Listing(NOW, baseline=False, complete_at=AT - HOUR)
    assert kinds(compare(swallowed, PLAN, old_hand)) == ["new"]
    assert kinds(compare(swallowed, PLAN, replace(old_hand, complete_at=AT + HOUR))) == []
    assert kinds(compare(swallowed, PLAN, replace(old_hand, baseline=True))) == []
    assert kinds(compare(swallowed, PLAN, replace(old_hand, complete_at=None))) == []


@pytest.mark.parametrize(
    ("polls", "hours", "gone"), [(1, 0, False), (2, 48, False), (3, 23, False), (3, 24, True), (9, 30, True)]
)
def test_a_404_is_believed_after_three_polls_over_a_day(polls: int, hours: int, gone: bool) -> None:
    assert is_gone_for_good(polls, NOW - hours * HOUR, NOW) is gone
