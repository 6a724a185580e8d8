"""match: hold the changes that nobody has looked at yet against every watch, and keep the matches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from monitor.model.record import RecordedChange
from monitor.model.watch import OWN, MatchDraft
from monitor.pipeline.judging import BATCH, Audience, Judge, Tray, follow
from monitor.pipeline.own_matching import OwnAudience, OwnBook
from monitor.pipeline.sifting import fill_index
from monitor.rules.documents import read_record
from monitor.rules.watching import Watchbook
from monitor.store.archive import Archive

_VERBS: Mapping[Tray, str] = {"changes": "match", "papers": "match-papers"}
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


def match(archive: Archive, book: Watchbook, own: OwnBook | None = None, *, now: datetime) -> MatchReport:
    """Take the changes from the tray, in sequence, a batch a transaction; run again, it finds the tray empty.

    A change is judged once, for the watches of the config and for subscribers' `own`, and once more when the text of an
    attachment comes in after it.
    """
    fill_index(archive)
    with archive.transaction():
        revisions = archive.matches.record_revisions(book.watches, now)
    owned = [] if own is None else [OwnAudience.of(archive, own, now)]
    everybody = _Everybody(archive, book, revisions, now)
    seen = _read_trays(archive, [everybody, *owned], now)
    _follow_what_is_watched(archive, book, now)
    made = {watch.name: everybody.made[watch.name] for watch in book.watches}
    return MatchReport(seen, made, sum(audience.made for audience in owned))


@dataclass(frozen=True, slots=True)
class _Everybody:
    """The watches of the config, whose matches lie in archive.db."""

    archive: Archive
    book: Watchbook
    revisions: Mapping[str, int]
    now: datetime
    made: Counter[str] = field(default_factory=Counter)

    def told(self, event: RecordedChange) -> Iterable[str]:
        return self.archive.matches.watches_of(event.record.key) & self.revisions.keys()

    def progress(self, tray: Tray) -> int:
        return self.archive.matches.progress(_VERBS[tray])

    def keep(self, drafts: Sequence[MatchDraft], tray: Tray, upto: int) -> None:
        theirs = [draft for draft in drafts if not draft.watch.startswith(OWN)]
        self.made.update(self.archive.matches.record(theirs, self.revisions, self.now))
        self.archive.matches.record_progress(_VERBS[tray], upto)


def _read_trays(archive: Archive, audiences: Sequence[Audience], now: datetime) -> int:
    """Returns how many changes were looked at."""
    seen = 0
    read: set[str] = set()
    for reading, at, most in _abreast(audiences, "changes"):
        events = [event for event in archive.changes.after(at, BATCH) if most is None or event.change.id <= most]
        if not events:
            break
        drafts = Judge(archive, reading).match(events)
        _keep(archive, reading, events, drafts, "changes", events[-1].change.id, now)
        seen += len(events)
        read |= {event.record.key for event in events}
    for reading, at, most in _abreast(audiences, "papers"):
        late = [text for text in archive.papers.texts_after(at, BATCH) if most is None or text[0] <= most]
        if not late:
            break
        # What has just been matched was matched with these texts.
        events, drafts = Judge(archive, reading).match_late([text for text in late if text[1] not in read])
        _keep(archive, reading, events, drafts, "papers", late[-1][0], now)
    return seen


def _abreast(audiences: Sequence[Audience], tray: Tray) -> Iterator[tuple[list[Audience], int, int | None]]:
    """Those who are furthest behind in a tray, where they are, and where they meet the next: without end.

    All read together, but after a crash, and where one of the two databases was put back.
    """
    while True:
        places = [audience.progress(tray) for audience in audiences]
        at = min(places)
        reading = [audience for audience, place in zip(audiences, places, strict=True) if place == at]
        yield reading, at, min((place for place in places if place > at), default=None)


def _keep(
    archive: Archive,
    reading: Sequence[Audience],
    events: Sequence[RecordedChange],
    drafts: Sequence[MatchDraft],
    tray: Tray,
    upto: int,
    now: datetime,
) -> None:
    matched = {draft.change_id for draft in drafts}
    with archive.transaction():
        follow(archive, [event.record for event in events if event.change.id in matched], now)
        for audience in reading:
            audience.keep(drafts, tray, upto)


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
