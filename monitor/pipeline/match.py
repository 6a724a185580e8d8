"""match: hold the changes that nobody has looked at yet against every watch, and keep the matches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.model.record import RecordedChange
from monitor.model.watch import MatchDraft
from monitor.pipeline.judging import BATCH, Judge, follow
from monitor.pipeline.sifting import fill_index
from monitor.rules.documents import read_record
from monitor.rules.watching import Watchbook
from monitor.store.archive import Archive

_CHANGES = "match"
_PAPERS = "match-papers"
_FOLLOWING = "follow"


@dataclass(frozen=True, slots=True)
class MatchReport:
    """How many changes were looked at, and how many matches each watch made of them, and subscribers' own together."""

    changes: int
    matches: Mapping[str, int]
    own: int = 0

    @property
    def total(self) -> int:
        """Matches of all watches together."""
        return sum(self.matches.values())


def match(archive: Archive, book: Watchbook, *, now: datetime) -> MatchReport:
    """Take the changes from the tray, in sequence, a batch a transaction; run again, it finds the tray empty.

    A change is held against the watches once more when the text of an attachment comes in after it.
    """
    fill_index(archive)
    with archive.transaction():
        revisions = archive.matches.record_revisions(book.watches, now)
    clerk = _Clerk(archive, revisions, now)
    judge = Judge(archive, book, lambda key: archive.matches.watches_of(key) & revisions.keys())
    found: Counter[str] = Counter({watch.name: 0 for watch in book.watches})
    seen = 0
    read: set[str] = set()
    while events := archive.changes.after(archive.matches.progress(_CHANGES), BATCH):
        found += clerk.keep(events, judge.match(events), _CHANGES, events[-1].change.id)
        seen += len(events)
        read |= {event.record.key for event in events}
    while late := archive.papers.texts_after(archive.matches.progress(_PAPERS), BATCH):
        # What has just been matched was matched with these texts.
        unread = [one for one in late if one[1] not in read]
        found += clerk.keep(*judge.match_late(unread), _PAPERS, late[-1][0])
    _follow_what_is_watched(archive, book, now)
    return MatchReport(seen, {watch.name: found[watch.name] for watch in book.watches})


@dataclass(frozen=True, slots=True)
class _Clerk:
    """Keeps matches, with how far the tray is read."""

    archive: Archive
    revisions: Mapping[str, int]
    now: datetime

    def keep(
        self, events: Sequence[RecordedChange], drafts: Sequence[MatchDraft], tray: str, upto: int
    ) -> Counter[str]:
        """In one transaction; returns the new matches by watch."""
        with self.archive.transaction():
            made = self.archive.matches.record(drafts, self.revisions, self.now)
            self.archive.matches.record_progress(tray, upto)
            matched = {draft.change_id for draft in drafts}
            follow(self.archive, [event.record for event in events if event.change.id in matched], self.now)
        return Counter(made)


def _follow_what_is_watched(archive: Archive, book: Watchbook, now: datetime) -> None:
    """Publications that came with a baseline make no match; those that a watch cares for are looked at again all the same."""
    seen_to, newest = archive.matches.progress(_FOLLOWING), archive.library.newest()
    while fresh := archive.library.baseline_after(seen_to, BATCH):
        watched = [record for _, record in fresh if book.matching(read_record(record))]
        seen_to = fresh[-1][0]
        with archive.transaction():
            follow(archive, watched, now)
            archive.matches.record_progress(_FOLLOWING, seen_to)
    if newest > seen_to:
        with archive.transaction():
            archive.matches.record_progress(_FOLLOWING, newest)
