"""What happened to a publication between what we knew and what we see. Compares; records nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from monitor.model.publication import Publication
from monitor.model.record import ChangeDraft, Finding, Known
from monitor.rules.comparison.diff import diff_texts
from monitor.rules.comparison.materiality import judge
from monitor.rules.fingerprints import fingerprint, whole_text

LATE_AFTER = timedelta(days=14)
"""A publication that is older than this when it first appears is told apart from the news."""

_STALE_FOR = timedelta(days=1)
_ABSENT_POLLS = 3
_ABSENT_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Listing:
    """The circumstances in which publications were seen.

    `baseline`: the feed was never read whole before, so nothing in it is news. `complete_at`: when it last was.
    `missed_before`: in a reconciliation, when the feed was last read: what is older was missed, and is late.
    """

    now: datetime
    baseline: bool
    complete_at: datetime | None
    missed_before: datetime | None = None


def compare(known: Known | None, seen: Publication, listing: Listing) -> Finding:
    """Tell what is different, as a version to keep (or none) and the changes to record (or none)."""
    mark = fingerprint(seen)
    if known is None:
        return Finding(seen, mark, is_version=True, changes=() if listing.baseline else (_new(seen, listing),))
    if _is_stale(known, seen, listing.now):
        return Finding(seen, known.fingerprint, is_version=False)
    drafts = (*_told_late(known, seen, listing), *_moved(known, seen), *_corrected(known, seen))
    is_edit = mark != known.fingerprint
    turn = _turn(known, seen)
    if turn or is_edit:
        drafts = (*drafts, turn or _edit(known, seen))
    # Words that only our readers made different are kept, and told to nobody.
    return Finding(seen, mark, is_edit or known.is_reread, drafts)


def attached_page_edited(title: str, before: str, after: str) -> ChangeDraft | None:
    """An attached page that says something else in its old place: None where the words are the same, or the edit is slight."""
    diff = diff_texts(before, after)
    if not (diff.words_added or diff.words_removed) or not judge(diff).material:
        return None
    return ChangeDraft(
        "attachment-replaced", note=title, announced=False,
        words_added=diff.words_added, words_removed=diff.words_removed,
    )  # fmt: skip


def is_gone_for_good(polls: int, since: datetime, now: datetime) -> bool:
    """Whether a bare 404 has lasted long enough to be believed: three polls, over a day."""
    return polls >= _ABSENT_POLLS and now - since >= _ABSENT_FOR


def _is_stale(known: Known, seen: Publication, now: datetime) -> bool:
    """A cache or mirror showed us an earlier state: it speaks of an older time than the version we got not long ago."""
    before = known.record.updated_at
    is_older = seen.updated_at is not None and before is not None and seen.updated_at < before
    return is_older and now - known.version_at < _STALE_FOR


def _new(seen: Publication, listing: Listing) -> ChangeDraft:
    published_at = ended_at = seen.published_at
    if published_at is None and seen.dated_on is not None:
        published_at = datetime.combine(seen.dated_on, datetime.min.time(), UTC)
        ended_at = published_at + timedelta(days=1)
    was_missed = bool(listing.missed_before and ended_at and ended_at < listing.missed_before)
    is_old = published_at is not None and listing.now - published_at > LATE_AFTER
    return ChangeDraft("new", late=is_old or was_missed)


def _told_late(known: Known, seen: Publication, listing: Listing) -> tuple[ChangeDraft, ...]:
    """An item swallowed by one feed's baseline is news when a feed that has been read before lists it for the first time."""
    if known.told or listing.baseline or listing.complete_at is None:
        return ()
    return (_new(seen, listing),) if known.record.first_seen_at > listing.complete_at else ()


def _moved(known: Known, seen: Publication) -> tuple[ChangeDraft, ...]:
    if seen.url == known.record.url:
        return ()
    return (ChangeDraft("moved", note=f"from {known.record.url} to {seen.url}"),)


def _corrected(known: Known, seen: Publication) -> tuple[ChangeDraft, ...]:
    corrections = {relation.key for relation in seen.relations if relation.rel == "corrected-by"}
    fresh = sorted(corrections - known.relations)
    return (ChangeDraft("corrected", note="corrected by " + ", ".join(fresh)),) if fresh else ()


def _turn(known: Known, seen: Publication) -> ChangeDraft | None:
    """A change of status: what was live is withdrawn, what was away is back."""
    before = known.record.status
    if seen.status == "withdrawn" and before != "withdrawn":
        return ChangeDraft("withdrawn", note=seen.notice)
    if seen.status == "live" and before in ("withdrawn", "gone"):
        return ChangeDraft("restored")
    return None


def _edit(known: Known, seen: Publication) -> ChangeDraft:
    """The kind of edit that made a new version, and how much of it is substance."""
    before = known.record
    diff = diff_texts(
        whole_text(before.title, before.summary, before.text), whole_text(seen.title, seen.summary, seen.text)
    )
    note, announced = _announcement(known, seen)
    replaced = _replaced_attachments(known, seen)
    if not diff.words_added and not diff.words_removed and replaced:
        return ChangeDraft("attachment-replaced", note=note or ", ".join(replaced), announced=announced)
    return ChangeDraft(
        "updated",
        note=note,
        announced=announced,
        material=judge(diff).material or bool(replaced) or _attachments_differ(known, seen),
        words_added=diff.words_added,
        words_removed=diff.words_removed,
    )


def _announcement(known: Known, seen: Publication) -> tuple[str, bool]:
    """The publisher's note on this edit, and whether it said anything at all (a note, or a new public time)."""
    newest = seen.notes[0] if seen.notes else None
    is_fresh = newest is not None and (known.newest_note_at is None or newest.at > known.newest_note_at)
    note = newest.text if newest is not None and is_fresh else ""
    before, after = known.record.updated_at, seen.updated_at
    return note, is_fresh or (after is not None and (before is None or after > before))


def _replaced_attachments(known: Known, seen: Publication) -> list[str]:
    """Titles of attachments that kept their id and got another address."""
    addresses = dict(known.attachments)
    return [
        attachment.title
        for attachment in seen.attachments
        if attachment.id in addresses and addresses[attachment.id] != attachment.url
    ]


def _attachments_differ(known: Known, seen: Publication) -> bool:
    return {identity for identity, _ in known.attachments} != {attachment.id for attachment in seen.attachments}
