"""match: hold the changes that nobody has looked at yet against every watch, and keep the matches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.model.record import Record, RecordedChange
from monitor.model.watch import MatchDraft
from monitor.pipeline.sifting import fill_index
from monitor.rules.corrections import is_correction, route
from monitor.rules.documents import read_record
from monitor.rules.matching import Former, match_change, match_late_texts
from monitor.rules.polling import next_look
from monitor.rules.watching import Watchbook
from monitor.store.archive import Archive

_CHANGES = "match"
_PAPERS = "match-papers"
_FOLLOWING = "follow"
_BATCH = 200


@dataclass(frozen=True, slots=True)
class MatchReport:
    """How many changes were looked at, and how many matches each watch made of them."""

    changes: int
    matches: Mapping[str, int]

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
    judge = _Judge(archive, book, revisions, now)
    found: Counter[str] = Counter({watch.name: 0 for watch in book.watches})
    seen = 0
    while events := archive.changes.after(archive.matches.progress(_CHANGES), _BATCH):
        found += judge.match(events)
        seen += len(events)
    while late := archive.papers.texts_after(archive.matches.progress(_PAPERS), _BATCH):
        found += judge.match_late(late)
    _follow_what_is_watched(archive, book, now)
    return MatchReport(seen, {watch.name: found[watch.name] for watch in book.watches})


@dataclass(frozen=True, slots=True)
class _Judge:
    """Holds what lies in a tray against the watches, and keeps the matches with how far the tray is read."""

    archive: Archive
    book: Watchbook
    revisions: Mapping[str, int]
    now: datetime

    def match(self, events: Sequence[RecordedChange]) -> Counter[str]:
        """Some changes; returns the new matches by watch."""
        drafts = [
            draft
            for event in events
            for draft in match_change(event, self._former(event), self.book, attachments=self._attachments(event))
        ]
        for event in filter(is_correction, events):
            told = self.archive.matches.watches_of(event.record.key) & {watch.name for watch in self.book.watches}
            drafts += route(event, told, drafts)
        return self._keep(events, drafts, _CHANGES, events[-1].change.id)

    def match_late(self, late: Sequence[tuple[int, str, str]]) -> Counter[str]:
        """What publications match by texts that came in after their last change."""
        ids: dict[str, set[str]] = {}
        for _, key, attachment in late:
            ids.setdefault(key, set()).add(attachment)
        events = [event for key in ids for event in self.archive.changes.of(key)[-1:]]
        drafts = [
            draft
            for event in events
            for draft in match_late_texts(
                event, self.book, attachments=self._attachments(event), late=ids[event.record.key]
            )
        ]
        return self._keep(events, drafts, _PAPERS, late[-1][0])

    def _former(self, event: RecordedChange) -> Former | None:
        before = self.archive.changes.before(event.change)
        return Former(before, self.archive.papers.texts_of(before.key, before.version)) if before else None

    def _attachments(self, event: RecordedChange) -> tuple[tuple[str, str], ...]:
        return self.archive.papers.texts_of(event.record.key, event.record.version)

    def _keep(
        self, events: Sequence[RecordedChange], drafts: Sequence[MatchDraft], tray: str, upto: int
    ) -> Counter[str]:
        with self.archive.transaction():
            made = self.archive.matches.record(drafts, self.revisions, self.now)
            self.archive.matches.record_progress(tray, upto)
            matched = {draft.change_id for draft in drafts}
            _follow(self.archive, [event.record for event in events if event.change.id in matched], self.now)
        return Counter(made)


def _follow_what_is_watched(archive: Archive, book: Watchbook, now: datetime) -> None:
    """Publications that came with a baseline make no match; those that a watch cares for are looked at again all the same."""
    while fresh := archive.library.baseline_after(archive.matches.progress(_FOLLOWING), _BATCH):
        watched = [record for _, record in fresh if book.matching(read_record(record))]
        with archive.transaction():
            _follow(archive, watched, now)
            archive.matches.record_progress(_FOLLOWING, fresh[-1][0])


def _follow(archive: Archive, records: Sequence[Record], now: datetime) -> None:
    """What a watch cares for is looked at again more often than the rest."""
    looks = {
        record.key: next_look(record.updated_at or record.published_at or record.first_seen_at, now, is_followed=True)
        for record in records
        if record.status != "gone"
    }
    archive.recorder.record_looks(looks)
