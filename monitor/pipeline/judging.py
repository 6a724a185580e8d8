"""Judging: recorded changes and late texts, with all that they are judged by, held against the watches of some audiences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from monitor.model.record import Record, RecordedChange
from monitor.model.watch import MatchDraft
from monitor.pipeline.rereading import in_one_reading
from monitor.rules.corrections import is_correction, route
from monitor.rules.matching import Book, Former, Together, match_change, match_late_texts
from monitor.rules.polling import next_look
from monitor.store.archive import Archive

BATCH = 200
"""How many changes are judged at a time."""

Late = Sequence[tuple[int, str, str]]
"""Texts of attachments that came in: their place in the sequence, the publication's key, the attachment's id."""


Tray = Literal["changes", "papers"]


class Audience(Protocol):
    """Watches that read the trays, and where their matches are kept, with how far they have read, in one transaction."""

    @property
    def book(self) -> Book:
        """The watches."""
        ...

    def told(self, event: RecordedChange) -> Iterable[str]:
        """Those of them that have told of a publication before."""
        ...

    def progress(self, tray: Tray) -> int:
        """How far a tray is read."""
        ...

    def keep(self, drafts: Sequence[MatchDraft], tray: Tray, upto: int) -> None:
        """Keep those matches that are theirs, and that the tray is read up to here."""
        ...


@dataclass(frozen=True, slots=True)
class Judge:
    """Holds what lies in a tray against the watches of all who read it."""

    archive: Archive
    audiences: Sequence[Audience]

    def match(self, events: Sequence[RecordedChange]) -> list[MatchDraft]:
        """The matches that some changes make; a correction goes to whoever was told of what it corrects, too."""
        book = self._book()
        drafts = [
            draft
            for event in events
            for draft in match_change(event, self._former(event), book, attachments=self._attachments(event))
        ]
        for event in filter(is_correction, events):
            told = {watch for audience in self.audiences for watch in audience.told(event)}
            drafts += route(event, told, drafts)
        return drafts

    def match_late(self, late: Late) -> tuple[list[RecordedChange], list[MatchDraft]]:
        """What publications match by texts that came in after their last change, and those last changes."""
        ids: dict[str, set[str]] = {}
        for _, key, attachment in late:
            ids.setdefault(key, set()).add(attachment)
        events = [event for key in ids for event in self.archive.changes.of(key)[-1:]]
        book = self._book()
        drafts = [
            draft
            for event in events
            for draft in match_late_texts(event, book, attachments=self._attachments(event), late=ids[event.record.key])
        ]
        return events, drafts

    def _book(self) -> Book:
        return Together([audience.book for audience in self.audiences])

    def _former(self, event: RecordedChange) -> Former | None:
        before = self.archive.changes.before(event.change)
        if before is None:
            return None
        before, _ = in_one_reading(self.archive, before, event.record)
        return Former(before, self.archive.papers.texts_of(before.key, before.version))

    def _attachments(self, event: RecordedChange) -> tuple[tuple[str, str], ...]:
        return self.archive.papers.texts_of(event.record.key, event.record.version)


def follow(archive: Archive, records: Sequence[Record], now: datetime) -> None:
    """What a watch cares for is looked at again more often than the rest. Call within a transaction of the archive."""
    looks = {
        record.key: next_look(record.updated_at or record.published_at or record.first_seen_at, now, is_followed=True)
        for record in records
        if record.status != "gone"
    }
    archive.recorder.record_looks(looks)
