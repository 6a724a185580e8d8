"""The promise ledger's two acts: enter what statements promise, and settle it against what has come. Part of resolve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from monitor.errors import UsageError
from monitor.model.ledger import Promise, PromiseStatus, Settlement
from monitor.model.promise import Verdict
from monitor.model.publication import Hyperlink
from monitor.model.record import ChangeDraft, Record
from monitor.pipeline.naming import DepartmentNames
from monitor.pipeline.prospecting import keep_lookouts, promises_near
from monitor.rules.citations import number_beside
from monitor.rules.keeping.context import search_words
from monitor.rules.keeping.resolution import resolve_promise
from monitor.rules.polling import next_look
from monitor.rules.promises.extraction import extract_promises
from monitor.store.archive import Archive

_OPENING = "promises"
_SETTLING, _SETTLED_ON, _HELD = "settle", "settled-on", "held"
_BATCH = 100
_BEFORE = timedelta(days=1)
_YOUNG = timedelta(days=60)

Settled = tuple[tuple[Promise, ...], tuple[Promise, ...], tuple[Promise, ...]]
"""Promises kept, possibly kept, and overdue."""


def open_promises(archive: Archive, now: datetime) -> int:
    """Read every statement's version that was not read yet; returns how many promises are new."""
    opened = 0
    while found := archive.promises.statements_after(archive.matches.progress(_OPENING), _BATCH):
        with archive.transaction():
            for _, statement in found:
                made_on = statement.dated_on or statement.first_seen_at.date()
                drafts = extract_promises(statement.text, _hyperlinks(archive, statement), made_on=made_on)
                opened += archive.promises.open(statement, drafts, now)
            archive.matches.record_progress(_OPENING, found[-1][0])
    return opened


def settle_promises(archive: Archive, now: datetime, today: date) -> Settled:
    """Hold what has come since the last run against every promise that may still be kept; returns what was decided."""
    seen_to, newest = archive.matches.progress(_SETTLING), archive.promises.newest_version()
    if newest == seen_to and archive.matches.progress(_SETTLED_ON) == today.toordinal():
        return (), (), ()
    keep_lookouts(archive)
    held_to, last = archive.matches.progress(_HELD), archive.promises.newest()
    new = archive.promises.numbered(archive.promises.opened_after(held_to))
    names = DepartmentNames.of(archive)
    near = [promise for promise in promises_near(archive, names, seen_to) if promise.id <= held_to]
    search = _Search(archive, names, seen_to, held_to, today)
    search.lay_out([*new, *near])
    late = archive.promises.numbered(archive.promises.past_due(today))
    promises = {promise.id: promise for promise in (*new, *near, *late)}
    verdicts = {promise.id: search.verdicts(promise) for promise in (*new, *near)}
    settlements = [_decide(promise, verdicts.get(promise.id, ()), today) for promise in promises.values()]
    decided = sorted(filter(None, settlements), key=lambda one: (promises[one.promise_id].made_on, one.promise_id))
    with archive.transaction():
        archive.promises.settle(decided, now)
        for settlement in decided:
            key = promises[settlement.promise_id].key
            if settlement.status == "kept":
                archive.changes.tell(key, ChangeDraft("promise-kept", note=settlement.kept_by or ""), now)
            elif settlement.status == "overdue":
                archive.changes.tell(key, ChangeDraft("promise-overdue", note=str(settlement.promise_id)), now)
        kept = [settlement.kept_by for settlement in decided if settlement.status == "kept" and settlement.kept_by]
        archive.recorder.record_looks({key: next_look(now, now, is_followed=True) for key in kept})
        archive.matches.record_progress(_SETTLING, newest)
        archive.matches.record_progress(_HELD, last)
        archive.matches.record_progress(_SETTLED_ON, today.toordinal())
    ends: dict[PromiseStatus, list[Promise]] = {"kept": [], "possible": [], "overdue": []}
    for settlement in decided:
        ends[settlement.status].append(archive.promises.get(settlement.promise_id))
    return tuple(ends["kept"]), tuple(ends["possible"]), tuple(ends["overdue"])


def confirm_promise(archive: Archive, number: int, now: datetime) -> Promise:
    """An operator says that the publication found does keep a promise. Raises NotFoundError, and UsageError for one without."""
    promise = archive.promises.get(number)
    if promise.kept_by is None:
        raise UsageError(
            "nothing has been found for this promise, so there is nothing to confirm", resource=str(number)
        )
    settlement = Settlement(
        number, "kept", 1.0, promise.kept_by, (*promise.evidence, "confirmed by an operator"), "operator"
    )
    with archive.transaction():
        archive.promises.settle([settlement], now)
        if promise.status != "kept":
            archive.changes.tell(promise.key, ChangeDraft("promise-kept", note=promise.kept_by), now)
    return archive.promises.get(number)


def refuse_promise(archive: Archive, number: int, now: datetime) -> Promise:
    """An operator says that the publication found does not keep a promise, which is open again; or that it is no promise."""
    promise = archive.promises.get(number)
    with archive.transaction():
        if promise.kept_by is not None:
            archive.promises.refuse(number, promise.kept_by)
            archive.promises.settle([Settlement(number, "open", by="operator")], now)
        else:
            archive.promises.settle(
                [Settlement(number, "refused", evidence=("refused by an operator",), by="operator")], now
            )
    return archive.promises.get(number)


def _decide(promise: Promise, verdicts: Sequence[Verdict], today: date) -> Settlement | None:
    """The best verdict, where it says more than is known; otherwise whether the promise is overdue since today."""
    best = verdicts[0] if verdicts else None
    if best is not None and best.decision == "kept":
        return Settlement(promise.id, "kept", best.score, best.key, best.evidence)
    if (
        best is not None
        and best.decision == "possible"
        and (promise.status != "possible" or best.score > promise.score)
    ):
        return Settlement(promise.id, "possible", best.score, best.key, best.evidence)
    if promise.status == "open" and promise.due_by is not None and promise.due_by < today:
        return Settlement(promise.id, "overdue")
    return None


@dataclass(frozen=True, slots=True)
class _Search:
    """Looks for what may keep a promise: for one that is new in everything, for another in what has come since the last run."""

    archive: Archive
    names: DepartmentNames
    seen_to: int
    held_to: int
    today: date

    def lay_out(self, promises: Sequence[Promise]) -> None:
        """Make what has come ready for searching, and for promises of new statements what came since they were made."""
        if promises:
            since = [_since(promise) for promise in promises if self._is_new(promise) and self._is_young(promise)]
            self.archive.arrivals.lay_out(self.seen_to, min(since, default=None))

    def verdicts(self, promise: Promise) -> tuple[Verdict, ...]:
        """What is to be thought of everything that might keep it, best first."""
        is_new = self._is_new(promise)
        found = self.archive.arrivals.like(
            search_words(promise.expected, promise.about),
            _since(promise),
            after_version=0 if is_new else self.seen_to,
            laid_out=not is_new or self._is_young(promise),
        )
        named = _numbered(self.archive, promise)
        if not found and named is None:
            return ()
        refused = self.archive.promises.refused_keys(promise.id)
        if named is not None and named.key not in refused:
            return (named,)
        candidates = [self.names.of_candidate(one) for one in found if one.key not in refused]
        return resolve_promise(
            promise.draft,
            candidates,
            made_on=promise.made_on,
            department=self.names.of_promise(promise).department or "",
            about=promise.about,
        )

    def _is_new(self, promise: Promise) -> bool:
        return promise.id > self.held_to

    def _is_young(self, promise: Promise) -> bool:
        """Whether little enough has come since it was made to be laid out."""
        return self.today - promise.made_on <= _YOUNG


def _since(promise: Promise) -> date:
    return promise.made_on - _BEFORE


def _numbered(archive: Archive, promise: Promise) -> Verdict | None:
    """What bears the number that the statement gives behind the document's name: there is no doubt about it."""
    number = number_beside(promise.expected, promise.quote)
    key = archive.links.bearer(number, promise.made_on) if number else None
    return Verdict(key, 1.0, (f"it bears the number that the statement gives: {number}",), "kept") if key else None


def _hyperlinks(archive: Archive, statement: Record) -> tuple[Hyperlink, ...]:
    """The links of a statement, each with the block in which its words stand."""
    blocks = statement.text.split("\n")
    found = []
    for link in archive.links.of(statement.key):
        if link.rel == "cites" and link.from_key == statement.key and link.url:
            block = next((number for number, text in enumerate(blocks) if link.anchor and link.anchor in text), 0)
            found.append(Hyperlink(link.url, link.anchor, block))
    return tuple(found)
