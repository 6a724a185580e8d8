"""match: hold the changes that nobody has looked at yet against every watch, and keep the matches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.model.record import RecordedChange
from monitor.model.watch import MatchDraft, Watch
from monitor.rules.keywords import Lexicon, compile_watches
from monitor.rules.matching import match_change
from monitor.rules.polling import next_look
from monitor.store.archive import Archive

_VERB = "match"
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
    """Take the changes from the tray, in sequence, a batch a transaction; run again, it finds the tray empty."""
    lexicon = compile_watches(watches)
    found = {watch.name: 0 for watch in watches}
    seen = 0
    while events := archive.changes.after(archive.matches.progress(_VERB), _BATCH):
        drafts = _drafts(archive, events, watches, lexicon)
        with archive.transaction():
            revisions = archive.matches.record_revisions(watches, now)
            archive.matches.record(drafts, revisions, now)
            archive.matches.record_progress(_VERB, events[-1].change.id)
            matched = {draft.change_id for draft in drafts}
            _follow_closely(archive, [event for event in events if event.change.id in matched], now)
        for draft in drafts:
            found[draft.watch] += 1
        seen += len(events)
    return MatchReport(seen, found)


def _drafts(
    archive: Archive, events: Sequence[RecordedChange], watches: Sequence[Watch], lexicon: Lexicon
) -> list[MatchDraft]:
    return [
        draft
        for event in events
        for draft in match_change(event, archive.changes.before(event.change), watches, lexicon)
    ]


def _follow_closely(archive: Archive, events: Sequence[RecordedChange], now: datetime) -> None:
    """What a watch cares for is looked at again more often than the rest."""
    archive.recorder.record_looks(
        {
            event.record.key: next_look(event.record.first_seen_at, now, is_followed=True)
            for event in events
            if event.record.status != "gone"
        }
    )
