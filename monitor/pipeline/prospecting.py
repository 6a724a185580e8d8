"""Finding the promises that a day's news may keep, among all that were never kept. Part of resolve."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import islice

from monitor.model.ledger import Promise
from monitor.pipeline.naming import DepartmentNames
from monitor.rules.keeping.lookouts import LOOKOUT_FORM, Lookout, lookout_of, number_word
from monitor.rules.keeping.prospects import Prospects, read_arrival
from monitor.store.archive import Archive
from monitor.store.lookouts import Posted

_BATCH = 500


def keep_lookouts(archive: Archive) -> None:
    """Write down what promises are found by, where that is not known yet or was read by other rules."""
    while batch := archive.lookouts.missing(LOOKOUT_FORM, _BATCH):
        made = {promise.id: lookout_of(promise) for promise in archive.promises.numbered(batch)}
        words = [
            Posted(number, word, one.told, one.bonus, one.since, one.fades)
            for number, one in made.items()
            for word in one.words
        ]
        with archive.transaction():
            archive.lookouts.record(LOOKOUT_FORM, batch, words)


def promises_near(archive: Archive, names: DepartmentNames, after_version: int) -> tuple[Promise, ...]:
    """The promises that something may keep which came after a version, by its id. Of any other `resolve_promise` refuses it all.

    Promises that share no word of their subject with a title are never read, nor are those that share too little for so late.
    """
    borne = [number_word(number) for number in archive.arrivals.numbers_after(after_version)]
    certain = {posted.promise_id for posted in archive.lookouts.having(borne)}
    prospects, met = Prospects(), defaultdict[int, list[Posted]](list)
    arrivals = map(read_arrival, map(names.of_candidate, archive.arrivals.after(after_version)))
    while batch := list(islice(arrivals, _BATCH)):
        words = {word for arrival in batch for word in (*arrival.title, *arrival.beside)}
        common = set()
        for posted in archive.lookouts.having(words):
            met[posted.promise_id].append(posted)
            common.add(posted.word)
        for arrival in batch:
            if not common.isdisjoint(arrival.title):
                prospects.add(arrival)
    lookouts = {number: _seen_of(words) for number, words in met.items()}
    worth_reading = [number for number, lookout in lookouts.items() if prospects.near(lookout)]
    near = map(names.of_promise, archive.promises.numbered([*certain, *worth_reading]))
    return tuple(
        promise for promise in near if promise.id in certain or prospects.may_keep(promise, lookouts[promise.id])
    )


def _seen_of(words: Sequence[Posted]) -> Lookout:
    """A promise's lookout, with those of its words alone that have come."""
    one = words[0]
    return Lookout(frozenset(posted.word for posted in words), one.told, one.bonus, one.since, one.fades)
