"""match: hold the changes that nobody has looked at yet against every watch, and keep the matches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.model.record import Record, RecordedChange
from monitor.model.watch import Watch
from monitor.rules.documents import read_record
from monitor.rules.matching import match_change
from monitor.rules.polling import next_look
from monitor.rules.watching import Watchbook, compile_watches
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


def match(archive: Archive, watches: Sequence[Watch], *, now: datetime) -> MatchReport:
    """Take the changes from the tray, in sequence, a batch a transaction; run again, it finds the tray empty.

    A change is held against the watches once more when the text of an attachment comes in after it.
    """
    book = compile_watches(watches)
    with archive.transaction():
        revisions = archive.matches.record_revisions(watches, now)
    found: Counter[str] = Counter({watch.name: 0 for watch in watches})
    seen = 0
    while events := archive.changes.after(archive.matches.progress(_CHANGES), _BATCH):
        found += _match(archive, events, book, revisions, _CHANGES, events[-1].change.id, now)
        seen += len(events)
    while late := archive.papers.texts_after(archive.matches.progress(_PAPERS), _BATCH):
        events = tuple(event for key in dict.fromkeys(key for _, key in late) for event in archive.changes.of(key)[-1:])
        found += _match(archive, events, book, revisions, _PAPERS, late[-1][0], now)
    _follow_what_is_watched(archive, book, now)
    return MatchReport(seen, {watch.name: found[watch.name] for watch in watches})


def _match(
    archive: Archive,
    events: Sequence[RecordedChange],
    book: Watchbook,
    revisions: Mapping[str, int],
    tray: str,
    upto: int,
    now: datetime,
) -> Counter[str]:
    """Keep the matches of some changes and say how far the tray is read; returns the new ones by watch."""
    drafts = [
        draft
        for event in events
        for draft in match_change(
            event,
            archive.changes.before(event.change),
            book,
            attachments=archive.papers.texts_of(event.record.key, event.record.version),
        )
    ]
    with archive.transaction():
        made = archive.matches.record(drafts, revisions, now)
        archive.matches.record_progress(tray, upto)
        matched = {draft.change_id for draft in drafts}
        _follow(archive, [event.record for event in events if event.change.id in matched], now)
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
