"""Subscribers' own watches: held against what happens, with matches of their own that live in mail.db. Part of match."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor import __version__
from monitor.errors import IntegrityError, QueryError
from monitor.mail.own_watches import OwnWatches
from monitor.model.change import ChangeKind
from monitor.model.record import RecordedChange
from monitor.model.watch import OWN, MatchDraft
from monitor.pipeline.judging import Tray
from monitor.pipeline.naming import DepartmentNames
from monitor.rules.departments import same_department
from monitor.rules.documents import Document
from monitor.rules.percolator.building import build_segment
from monitor.rules.percolator.news import match_document
from monitor.rules.percolator.saving import read_segment, segment_bytes
from monitor.rules.percolator.standing import StandingQueries
from monitor.rules.query.evaluating import Evaluation
from monitor.rules.query.facets import SameName
from monitor.rules.query.parsing import parse_query
from monitor.rules.query.tree import Query
from monitor.store.archive import Archive

WORTH_SAVING, SHARE = 1000, 100
"""So many edits since the saved form was made, and one in so many of all, and it is made anew."""


@dataclass(slots=True)
class OwnBook:
    """Everybody's own watches as standing queries: read once, then kept up to date edit by edit.

    `unreadable` are the ids of queries that this version of the program cannot read any more.
    """

    own: OwnWatches
    standing: StandingQueries | None = None
    edit_id: int = 0
    unreadable: set[int] = field(default_factory=set)
    same_department: SameName = same_department

    @classmethod
    def of(cls, mail: sqlite3.Connection) -> OwnBook:
        """The book of those in one mail.db."""
        return cls(OwnWatches(mail))

    def minded_by(self, archive: Archive) -> Archive:
        """The archive, minding that somebody may care for a publication of whom it knows nothing."""

        def cares(key: str) -> bool:
            return bool(self.own.that_matched(archive.changes.numbers_of(key)))

        return replace(archive, matches=replace(archive.matches, cared_for_elsewhere=cares))

    def catch_up(self) -> None:
        """Take in what was edited; at first everything, from the saved form where there is one.

        That is made anew where so much has changed that the next start would take long, and where it was lost: whoever is
        erased goes out of it, too.
        """
        is_first = self.standing is None
        standing = self._open() if self.standing is None else self.standing
        for edit in self.own.edits_after(self.edit_id):
            self._change(standing, edit.watch_id, edit.query)
            self.edit_id = edit.id
        if is_first and self.own.count() != len(standing):
            self.unreadable = {id for id, _ in self.own.queries()} - set(standing.ids())
        many = standing.changes >= max(WORTH_SAVING, len(standing) // SHARE)
        if many or (len(standing) >= WORTH_SAVING and not self.own.has_index()):
            segment = standing.compacted()
            self.own.save_index(self.edit_id, __version__, list(segment_bytes(segment)))
            standing = StandingQueries(segment)
        self.standing = standing

    def news(
        self, after: Document, before: Document | None = None, changed: Document | None = None
    ) -> dict[str, Evaluation]:
        """The own watches that a change is for, by name."""
        assert self.standing is not None, "caught up first"
        if not self.standing:
            return {}
        found = match_document(
            self.standing, after, before=before, changed=changed, same_department=self.same_department
        )
        return {f"{OWN}{id}": evaluation for id, evaluation in found.items()}

    def hears_of(self, watch: str, kind: ChangeKind) -> bool:  # noqa: ARG002
        """An own watch hears of everything."""
        return watch.startswith(OWN)

    def _open(self) -> StandingQueries:
        saved = self.own.saved_index()
        if saved is not None:
            try:
                standing = StandingQueries(read_segment(saved[1]))
            except IntegrityError:
                # Another form, or bytes that were cut: the queries themselves are all there.
                self.own.drop_index()
            else:
                self.edit_id = saved[0]
                return standing
        # The edit is read first: what is edited meanwhile is taken in once more.
        self.edit_id = self.own.newest_edit()
        read = ((id, self._read(id, query)) for id, query in self.own.queries())
        return StandingQueries(build_segment((id, query) for id, query in read if query is not None))

    def _change(self, standing: StandingQueries, id: int, text: str | None) -> None:
        query = self._read(id, text) if text is not None else None
        if query is None:
            standing.remove(id)
        else:
            standing.add(id, query)

    def _read(self, id: int, text: str) -> Query | None:
        self.unreadable.discard(id)
        try:
            return parse_query(text, where=f"watch '{OWN}{id}'")
        except QueryError:
            self.unreadable.add(id)
            return None


@dataclass(slots=True)
class OwnAudience:
    """Everybody's own watches, whose matches lie in mail.db; `made` counts the new ones."""

    archive: Archive
    book: OwnBook
    now: datetime
    made: int = 0

    @classmethod
    def of(cls, archive: Archive, book: OwnBook, now: datetime) -> OwnAudience:
        """All of them as they stand now; the first of them begins to look here."""
        begin_own_watches(archive, book.own)
        book.catch_up()
        book.same_department = DepartmentNames.of(archive).same
        return cls(archive, book, now)

    def told(self, event: RecordedChange) -> Iterable[str]:
        """Those of them that have told of a publication before."""
        return self.book.own.that_matched(self.archive.changes.numbers_of(event.record.key))

    def progress(self, tray: Tray) -> int:
        """How far a tray is read."""
        return self.book.own.progress(tray) or 0

    def keep(self, drafts: Sequence[MatchDraft], tray: Tray, upto: int) -> None:
        """Keep their matches, and that the tray is read up to here."""
        theirs = [draft for draft in drafts if draft.watch.startswith(OWN)]
        self.made += self.book.own.record(theirs, tray, upto, self.now)


def begin_own_watches(archive: Archive, own: OwnWatches) -> None:
    """Own watches look at what happens from here on; called before the first is added."""
    heads: dict[str, Callable[[], int]] = {"changes": archive.changes.head, "papers": archive.papers.head}
    if unread := {tray: head() for tray, head in heads.items() if own.progress(tray) is None}:
        own.begin(unread)


def own_changes_read(own: OwnWatches) -> int:
    """The last change that was held against own watches."""
    return own.progress("changes") or 0
