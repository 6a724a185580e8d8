"""Reads the promise ledger for mails and commands: what statements promised, and the documents that came."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from monitor.model.digest import FoundDocument, PromiseNews
from monitor.model.ledger import Promise
from monitor.model.record import Record
from monitor.model.watch import Match
from monitor.rules.digests import fold_news
from monitor.rules.tidings import LONG_OPEN, REPEATED, SOON, LedgerPage, describe, remind, wants_reminder
from monitor.store.archive import Archive

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LedgerReader:
    """Remembers what it has read, so that a run asks of each statement, and for what is due, once."""

    archive: Archive
    _promises: dict[str, Sequence[Promise]] = field(default_factory=dict)
    _documents: dict[str, Record] = field(default_factory=dict)
    _pages: dict[str, int] = field(default_factory=dict)
    _reminders: dict[date, Sequence[tuple[Promise, frozenset[str]]]] = field(default_factory=dict)

    def page_for(self, matches: Sequence[Match]) -> LedgerPage:
        """The promises of the statements among some matches, and the documents they name."""
        return self.page_of(
            {match.change.key for match in matches if match.record.document_type == "written_statement"}
        )

    def page_of(self, keys: Collection[str]) -> LedgerPage:
        """The promises of some statements, and the documents they name."""
        for key in set(keys) - self._promises.keys():
            self._promises[key] = self.archive.promises.of(key)
            for promise in self._promises[key]:
                if promise.kept_by and promise.kept_by not in self._documents:
                    self._documents[promise.kept_by] = self.archive.library.record(promise.kept_by)
                    self._pages[promise.kept_by] = self.archive.papers.pages(promise.kept_by) or 0
        return LedgerPage(self._promises, self._documents, self._pages)

    def documents(self, promises: Iterable[Promise]) -> dict[int, FoundDocument]:
        """The documents that keep promises, or may keep them, by the numbers of these."""
        found = {}
        for promise in promises:
            page = self.page_of([promise.key])
            document = page.documents.get(promise.kept_by or "")
            if document is not None:
                found[promise.id] = describe(document, self.archive.library.record(promise.key).first_seen_at, page)
        return found

    def reminders(self, watches: Collection[str], spoken_of: Collection[str], today: date) -> tuple[PromiseNews, ...]:
        """Promises that are due soon, or long open, of statements that some watches matched; but for those `spoken_of`."""
        due = [
            promise
            for promise, matched in self._due(today)
            if promise.key not in spoken_of and not matched.isdisjoint(watches)
        ]
        page = self.page_of([promise.key for promise in due])
        return fold_news(
            remind(promise, self.archive.library.record(promise.key), page, today)
            for promise in sorted(due, key=lambda promise: (promise.due_by is None, promise.due_by, promise.id))
        )

    def _due(self, today: date) -> Sequence[tuple[Promise, frozenset[str]]]:
        """What anybody is to be reminded of, with the watches that matched its statement: read once."""
        if today not in self._reminders:
            since = datetime.combine(today - LONG_OPEN - REPEATED - _A_DAY, time(), UTC)
            long_open = self.archive.promises.unsettled(opened_since=since)
            soon = self.archive.promises.due_between(today, today + SOON)
            self._reminders[today] = [
                (promise, self.archive.matches.watches_of(promise.key))
                for promise in {promise.id: promise for promise in (*long_open, *soon)}.values()
                if wants_reminder(promise, today)
            ]
        return self._reminders[today]
