"""The promise ledger's two acts: enter what statements promise, and settle it against what has come. Part of resolve."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from monitor.errors import UsageError
from monitor.model.ledger import Promise, PromiseStatus, Settlement
from monitor.model.promise import Candidate, Verdict
from monitor.model.publication import Hyperlink
from monitor.model.record import ChangeDraft, Record
from monitor.rules.citations import number_beside
from monitor.rules.polling import next_look
from monitor.rules.promises.context import sought
from monitor.rules.promises.extraction import extract_promises
from monitor.rules.promises.resolution import resolve_promise
from monitor.rules.prospects import Prospects
from monitor.store.archive import Archive
from monitor.text import tokens

_OPENING = "promises"
_SETTLING, _SETTLED_ON = "settle", "settled-on"
_BATCH = 100
_SHORTEST_WORD = 3
_BEFORE = timedelta(days=1)

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
    heads = _heads(archive.promises.names_after(seen_to))
    archive.promises.lay_out(seen_to)
    prospects, decided = Prospects(), list[Settlement]()
    promises = {promise.id: promise for promise in archive.promises.unsettled()}
    for promise in promises.values():
        is_new = promise.opened_at >= now
        # Most promises share no word with what has come, and give no number: they need not be searched for.
        is_near = (
            is_new
            or not heads.isdisjoint(_heads([promise.expected, promise.about]))
            or number_beside(promise.expected, promise.quote) is not None
        )
        verdicts = _verdicts(archive, prospects, promise, 0 if is_new else seen_to) if is_near else ()
        settlement = _decide(promise, verdicts, today)
        if settlement is not None:
            decided.append(settlement)
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


def _verdicts(archive: Archive, prospects: Prospects, promise: Promise, after_version: int) -> tuple[Verdict, ...]:
    words = sorted(
        {token.word for token in tokens(sought(promise.expected, promise.about)) if len(token.word) >= _SHORTEST_WORD}
    )
    since = promise.made_on - _BEFORE
    records = archive.promises.candidates(words, since, after_version=after_version)
    named = _numbered(archive, promise)
    if not records and named is None:
        return ()
    refused = archive.promises.refused_keys(promise.id)
    if named is not None and named.key not in refused:
        return (named,)
    candidates = [_candidate(record) for record in records if record.key not in refused]
    if not prospects.may_keep(promise.draft, candidates, made_on=promise.made_on, about=promise.about):
        return ()
    return resolve_promise(
        promise.draft,
        candidates,
        made_on=promise.made_on,
        department=promise.department or "",
        about=promise.about,
    )


def _numbered(archive: Archive, promise: Promise) -> Verdict | None:
    """What bears the number that the statement gives behind the document's name: there is no doubt about it."""
    number = number_beside(promise.expected, promise.quote)
    key = archive.links.bearer(number, promise.made_on) if number else None
    return Verdict(key, 1.0, (f"it bears the number that the statement gives: {number}",), "kept") if key else None


def _heads(names: Iterable[str]) -> set[str]:
    """How the words of some names begin: words of one stem begin alike."""
    return {token.word[:_SHORTEST_WORD] for name in names for token in tokens(name)}


def _candidate(record: Record) -> Candidate:
    return Candidate(
        title=record.title,
        document_type=record.document_type,
        departments=(record.department,) if record.department else (),
        published_at=record.published_at or record.first_seen_at,
        updated_at=record.updated_at,
        url=record.url,
        language=record.language,
        summary=record.summary,
        key=record.key,
    )


def _hyperlinks(archive: Archive, statement: Record) -> tuple[Hyperlink, ...]:
    """The links of a statement, each with the block in which its words stand."""
    blocks = statement.text.split("\n")
    found = []
    for link in archive.links.of(statement.key):
        if link.rel == "cites" and link.from_key == statement.key and link.url:
            block = next((number for number, text in enumerate(blocks) if link.anchor and link.anchor in text), 0)
            found.append(Hyperlink(link.url, link.anchor, block))
    return tuple(found)
