"""Reads the promise ledger for mails: what the statements among some matches promised, and the documents that came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from monitor.model.ledger import Promise
from monitor.model.record import Record
from monitor.model.watch import Match
from monitor.rules.tidings import LedgerPage
from monitor.store.archive import Archive


@dataclass(frozen=True, slots=True)
class LedgerReader:
    """Remembers what it has read, so that a run asks of each statement once."""

    archive: Archive
    _promises: dict[str, Sequence[Promise]] = field(default_factory=dict)
    _documents: dict[str, Record] = field(default_factory=dict)
    _pages: dict[str, int] = field(default_factory=dict)

    def page_for(self, matches: Sequence[Match]) -> LedgerPage:
        """The promises of the statements among some matches, and the documents they name."""
        keys = {match.change.key for match in matches if match.record.document_type == "written_statement"}
        for key in keys - self._promises.keys():
            self._promises[key] = self.archive.promises.of(key)
            for promise in self._promises[key]:
                if promise.kept_by and promise.kept_by not in self._documents:
                    self._documents[promise.kept_by] = self.archive.library.record(promise.kept_by)
                    self._pages[promise.kept_by] = self.archive.papers.pages(promise.kept_by) or 0
        return LedgerPage(self._promises, self._documents, self._pages)
