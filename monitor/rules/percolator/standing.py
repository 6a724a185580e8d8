"""Standing queries: a segment that was built once, and what was added, changed and taken away since."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from monitor.rules.documents import Document
from monitor.rules.percolator.building import build_segment
from monitor.rules.percolator.covers import Rarity, covers_of, guess_rarity
from monitor.rules.percolator.judging import ABSENT, OPEN, PROVED, tree_holds
from monitor.rules.percolator.keys import Keys, document_keys, key_numbers
from monitor.rules.percolator.packing import read_tree
from monitor.rules.percolator.segment import Segment, Slots
from monitor.rules.query.evaluating import Reader
from monitor.rules.query.facets import SameName, same_name
from monitor.rules.query.normal import clause_text
from monitor.rules.query.tree import DateRange, Facet, Leaf, Query

_MOST_LEAVES = 30_000


class StandingQueries:
    """Queries, each under an id (any 64-bit number), that documents are held against.

    Adding, changing and removing take effect at once and cost no rebuild; `compacted` makes a new segment of all when
    many have changed. Not to be changed by one thread while another asks.
    """

    def __init__(self, segment: Segment | None = None, *, rarity: Rarity = guess_rarity) -> None:
        self._segment = segment if segment is not None else build_segment(())
        self._rarity = rarity
        self._gone: set[int] = set()
        self._recent: dict[int, Query] = {}
        self._owners: dict[Query, set[int]] = {}
        self._by_key: dict[int, set[Query]] = {}
        self._facets: dict[Facet | DateRange, int] = {}
        self._lengths: dict[int, int] = {}
        self._recent_keys: Keys | None = None
        self._leaves: dict[int, Leaf] = {}

    def __len__(self) -> int:
        return len(self._segment.ids) - len(self._gone) + len(self._recent)

    @property
    def changes(self) -> int:
        """How many queries were added, changed or removed since the segment was built."""
        return len(self._gone) + len(self._recent)

    def add(self, id: int, query: Query) -> None:
        """Add a query, or change the one that has this id."""
        self.remove(id)
        self._recent[id] = query
        owners = self._owners.setdefault(query, set())
        if not owners:
            self._count(query, 1)
        owners.add(id)

    def remove(self, id: int) -> None:
        """Take a query away; one that is not there is not missed."""
        query = self._recent.pop(id, None)
        if query is not None:
            owners = self._owners[query]
            owners.discard(id)
            if not owners:
                del self._owners[query]
                self._count(query, -1)
        elif self._segment.find_slot(id) is not None:
            self._gone.add(id)

    def find(self, id: int) -> Query | None:
        """The query of an id."""
        if id in self._recent:
            return self._recent[id]
        slot = None if id in self._gone else self._segment.find_slot(id)
        return None if slot is None else self._query(slot)

    def ids(self) -> Iterator[int]:
        """Every id."""
        yield from (id for id in self._segment.ids.tolist() if id not in self._gone)
        yield from self._recent

    def compacted(self) -> Segment:
        """One segment of all that stands now, to be saved and started from; only what has changed is read again."""
        if not self.changes:
            return self._segment
        return build_segment(self._recent.items(), rarity=self._rarity, onto=self._segment, without=self._gone)

    def matching(self, document: Document, *, same_department: SameName = same_name) -> list[int]:
        """The ids of all queries that match a document, ascending."""
        reader = Reader(document, same_department)
        keys = self._keys_of(reader)
        ids: list[int] = self._segment.ids_of_all(self._slots(reader, keys)).tolist()
        if self._gone:
            ids = [id for id in ids if id not in self._gone]
        for query in self._recent_with(keys):
            if reader.matches(query):
                ids += self._owners[query]
        return sorted(ids)

    def found(self, reader: Reader) -> Iterator[tuple[Query, list[int]]]:
        """Every query that matches the reader's document, once, with its ids."""
        keys = self._keys_of(reader)
        for slot in self._slots(reader, keys).tolist():
            ids = self._ids_of(slot)
            if ids:
                yield self._query(slot), ids
        for query in self._recent_with(keys):
            if reader.matches(query):
                yield query, sorted(self._owners[query])

    def asked(self, document: Document) -> int:
        """How many questions a document has to be asked: leaves and whole queries. For measurements."""
        found = self._segment.candidates(self._keys_of(Reader(document)))
        return len(found.leaves) + len(found.slots)

    def _slots(self, reader: Reader, keys: Keys) -> Slots:
        """The slots of the segment that match. The evaluator is asked, once for each leaf of which the keys cannot tell."""
        found = self._segment.candidates(keys)
        told = bytearray(found.told.tobytes())

        def holds(place: int) -> bool:
            if told[place] == OPEN:
                told[place] = PROVED if reader.holds(self._leaf(int(found.leaves[place]))) else ABSENT
            return told[place] == PROVED

        alone_open = np.unique(found.alone_leaves[found.told[found.alone_leaves] == OPEN])
        for place in alone_open.tolist():
            holds(place)
        is_there = np.frombuffer(bytes(told), np.int8) == PROVED
        alone = found.alone[is_there[found.alone_leaves]]
        ends = np.append(found.tree_starts[1:], len(found.trees))
        whole = found.trees_told == PROVED
        for place in np.flatnonzero(found.trees_told == OPEN).tolist():
            whole[place] = tree_holds(found.trees[found.tree_starts[place] : ends[place]].tolist(), holds)
        return np.unique(np.concatenate((alone, found.slots[whole])))

    def _ids_of(self, slot: int) -> list[int]:
        ids = self._segment.ids_of(slot)
        return [id for id in ids if id not in self._gone] if self._gone else ids

    def _query(self, slot: int) -> Query:
        return Query(read_tree(iter(self._segment.tree_of(slot)), self._leaf))

    def _leaf(self, number: int) -> Leaf:
        """A leaf of the segment; those asked for lately are at hand, as the same watches match day after day."""
        leaf = self._leaves.get(number)
        if leaf is None:
            if len(self._leaves) >= _MOST_LEAVES:
                self._leaves.clear()
            leaf = self._leaves[number] = self._segment.leaf(number)
        return leaf

    def _keys_of(self, reader: Reader) -> Keys:
        lengths = {*self._segment.prefix_lengths, *self._lengths}
        facets = dict.fromkeys((*self._segment.facets, *self._facets))
        held = [f":{clause_text(facet)}" for facet in facets if reader.holds(facet)]
        return document_keys(reader.document, lengths, held)

    def _recent_with(self, keys: Keys) -> Iterator[Query]:
        if self._recent_keys is None:
            self._recent_keys = np.sort(np.fromiter(self._by_key, np.uint64, len(self._by_key)))
        wanted = self._recent_keys
        if not len(wanted):
            return
        places = np.minimum(np.searchsorted(wanted, keys), len(wanted) - 1)
        shared = np.unique(places[wanted[places] == keys])
        found = (query for key in wanted[shared].tolist() for query in self._by_key[key])
        yield from dict.fromkeys(found)

    def _count(self, query: Query, step: int) -> None:
        """Note (step 1) or strike (step -1) the keys that lead to a recent query."""
        cover, _ = covers_of(query, self._rarity)
        for key in key_numbers(cover.keys).tolist():
            queries = self._by_key.setdefault(key, set())
            (queries.add if step > 0 else queries.discard)(query)
            if not queries:
                del self._by_key[key]
        for facet in cover.facets:
            self._facets[facet] = self._facets.get(facet, 0) + step
        for key in cover.keys:
            if key[-1] == "*":
                self._lengths[len(key) - 1] = self._lengths.get(len(key) - 1, 0) + step
        self._facets = {facet: count for facet, count in self._facets.items() if count}
        self._lengths = {length: count for length, count in self._lengths.items() if count}
        self._recent_keys = None
