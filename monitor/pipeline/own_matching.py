"""Subscribers' own watches: held against what happens, in a sequence of their own that lives in mail.db. Part of match."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor import __version__
from monitor.errors import IntegrityError, QueryError
from monitor.mail.own_watches import OwnWatches
from monitor.model.change import ChangeKind
from monitor.model.record import RecordedChange
from monitor.model.watch import OWN, MatchDraft
from monitor.pipeline.judging import BATCH, Judge, follow
from monitor.rules.departments import same_department
from monitor.rules.documents import Document
from monitor.rules.percolator.building import build_segment
from monitor.rules.percolator.news import match_document
from monitor.rules.percolator.saving import read_segment, segment_bytes
from monitor.rules.percolator.segment import Segment
from monitor.rules.percolator.standing import StandingQueries
from monitor.rules.query.evaluating import Evaluation
from monitor.rules.query.parsing import parse_query
from monitor.rules.query.tree import Query
from monitor.store.archive import Archive

_CHANGES, _PAPERS = "changes", "papers"
WORTH_SAVING, SHARE = 1000, 20
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

    @classmethod
    def of(cls, mail: sqlite3.Connection) -> OwnBook:
        """The book of those in one mail.db."""
        return cls(OwnWatches(mail))

    def minded_by(self, archive: Archive) -> Archive:
        """The archive, minding that somebody may care for a publication of whom it knows nothing."""

        def cares(key: str) -> bool:
            return bool(self.own.that_matched([event.change.id for event in archive.changes.of(key)]))

        return replace(archive, matches=replace(archive.matches, cared_for_elsewhere=cares))

    def catch_up(self) -> None:
        """Take in what was edited; at first everything, from the saved form where there is one."""
        if self.standing is None:
            self.standing = self._open()
        for edit in self.own.edits_after(self.edit_id):
            self._change(self.standing, edit.watch_id, edit.query)
            self.edit_id = edit.id
        if self.standing.changes >= max(WORTH_SAVING, len(self.standing) // SHARE):
            self.standing = self._save(self.standing.compacted())

    def news(
        self, after: Document, before: Document | None = None, changed: Document | None = None
    ) -> dict[str, Evaluation]:
        """The own watches that a change is for, by name."""
        assert self.standing is not None, "caught up first"
        found = match_document(self.standing, after, before=before, changed=changed, same_department=same_department)
        return {f"{OWN}{id}": evaluation for id, evaluation in found.items()}

    def hears_of(self, watch: str, kind: ChangeKind) -> bool:  # noqa: ARG002
        """An own watch hears of everything."""
        return True

    def _open(self) -> StandingQueries:
        saved = self.own.saved_index(__version__)
        if saved is not None:
            try:
                standing = StandingQueries(read_segment(saved[1]))
            except IntegrityError:
                # Another form, or bytes that were cut: the queries themselves are all there.
                pass
            else:
                self.edit_id = saved[0]
                return standing
        # The edit is read first: what is edited meanwhile is taken in once more.
        self.edit_id = self.own.newest_edit()
        read = ((id, self._read(id, query)) for id, query in self.own.queries())
        segment = build_segment([(id, query) for id, query in read if query is not None])
        return self._save(segment) if len(segment.ids) >= WORTH_SAVING else StandingQueries(segment)

    def _save(self, segment: Segment) -> StandingQueries:
        self.own.save_index(self.edit_id, __version__, b"".join(segment_bytes(segment)))
        return StandingQueries(segment)

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


def begin_own_watches(archive: Archive, own: OwnWatches) -> None:
    """Own watches look at what happens from here on; called before the first is added."""
    own.begin({_CHANGES: archive.changes.head(), _PAPERS: archive.papers.head()})


def match_own(archive: Archive, book: OwnBook, now: datetime) -> int:
    """Hold what has happened since the last run against everybody's own watches; returns how many matches that made.

    Matches and how far the tray is read are kept in one transaction of mail.db: a crash in between repeats nothing. What
    was matched is looked at again as everything is that somebody cares for.
    """
    own, made = book.own, 0
    begin_own_watches(archive, own)
    book.catch_up()
    if not book.standing:
        own.record((), _CHANGES, archive.changes.head(), now)
        own.record((), _PAPERS, archive.papers.head(), now)
        return 0
    judge = Judge(archive, book, lambda key: own.that_matched([event.change.id for event in archive.changes.of(key)]))
    while events := archive.changes.after(own.progress(_CHANGES) or 0, BATCH):
        made += _keep(archive, own, events, judge.match(events), _CHANGES, events[-1].change.id, now)
    while late := archive.papers.texts_after(own.progress(_PAPERS) or 0, BATCH):
        made += _keep(archive, own, *judge.match_late(late), _PAPERS, late[-1][0], now)
    return made


def _keep(
    archive: Archive,
    own: OwnWatches,
    events: Sequence[RecordedChange],
    drafts: Sequence[MatchDraft],
    tray: str,
    upto: int,
    now: datetime,
) -> int:
    matched = {draft.change_id for draft in drafts}
    with archive.transaction():
        follow(archive, [event.record for event in events if event.change.id in matched], now)
    return own.record(drafts, tray, upto, now)


def own_changes_read(own: OwnWatches) -> int:
    """The last change that was held against own watches."""
    return own.progress(_CHANGES) or 0
