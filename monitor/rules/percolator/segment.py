"""A segment: many standing queries in a few arrays, never changed once built."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from monitor.rules.percolator.keys import Keys
from monitor.rules.percolator.packing import LEAVES, unpack_leaf
from monitor.rules.query.tree import DateRange, Facet, Leaf

Slots = NDArray[np.uint32]
Ids = NDArray[np.int64]

NO_LEAF = 0xFFFFFFFF


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """What a document has to be asked. `slots` may match as a whole. `leaf_slots[i]` matches if `leaves[leaf_of[i]]` holds.

    `absent` are leaves of the slots' queries that do not hold, as the document has none of their keys. `seen` are leaves of
    both kinds of which it has one, and `seen_at` where among its keys that is.
    """

    slots: Slots
    leaves: Slots
    leaf_slots: Slots
    leaf_of: NDArray[np.intp]
    absent: Slots
    seen: Slots
    seen_at: NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """Queries that differ each have a slot; queries that are the same share it, and each has an id of its own.

    `keys` are sorted; the slots that key i leads to are `postings[posting_starts[i]:posting_starts[i + 1]]`, and
    `posting_leaves` says of each for the sake of which leaf, where that leaf alone makes a match (else NO_LEAF). A
    slot that needs a second key has the places of those that will do in `seconds[second_starts[s]:second_starts[s +
    1]]`; in the same way `leaf_keys` has those without which leaf n cannot be there. `bitmap` has a bit for the top
    bits of each key, so that most keys of a document are refused at a glance. The tree of slot s is
    `trees[tree_starts[s]:tree_starts[s + 1]]`, leaf n `leaves[leaf_starts[n]:leaf_starts[n + 1]]` (see `packing`).
    The ids of slot s are `slot_ids[id_starts[s]:id_starts[s + 1]]`; `ids` are all of them, sorted, with the slot of
    each in `id_slots`. `prefix_lengths` and `facets` say which keys to look for.
    """

    keys: Keys
    posting_starts: Slots
    postings: Slots
    posting_leaves: Slots
    seconds: Slots
    second_starts: Slots
    leaf_keys: Slots
    leaf_key_starts: Slots
    bitmap: NDArray[np.uint8]
    trees: Slots
    tree_starts: Slots
    leaves: NDArray[np.uint8]
    leaf_starts: NDArray[np.uint64]
    slot_ids: Ids
    id_starts: Slots
    ids: Ids
    id_slots: Slots
    prefix_lengths: tuple[int, ...] = ()
    facets: tuple[Facet | DateRange, ...] = ()

    def candidates(self, keys: Keys) -> Candidates:
        """What there is to ask a document that has these keys."""
        places, at = self._places(keys)
        offsets, _ = _ranges(self.posting_starts, places)
        slots, leaves = self.postings[offsets], self.posting_leaves[offsets]
        alone = leaves != NO_LEAF
        unique, leaf_of = np.unique(leaves[alone], return_inverse=True)
        is_there = np.zeros(len(self.keys), bool)
        is_there[places] = True
        whole = np.unique(slots[~alone])
        whole = whole[_some(is_there, self.seconds, self.second_starts, whole)]
        numbers = np.unique(self.trees[_ranges(self.tree_starts, whole)[0]])
        inside = numbers[: int(np.searchsorted(numbers, LEAVES))]
        asked = np.union1d(unique, inside)
        offsets, counts = _ranges(self.leaf_key_starts, asked)
        hits = np.flatnonzero(is_there[self.leaf_keys[offsets]])
        owners, firsts = np.unique(np.repeat(np.arange(len(asked)), counts)[hits], return_index=True)
        seen_at = at[np.searchsorted(places, self.leaf_keys[offsets[hits[firsts]]])]
        is_absent = counts > 0
        is_absent[owners] = False
        return Candidates(whole, unique, slots[alone], leaf_of, asked[is_absent], asked[owners], seen_at)

    def _places(self, keys: Keys) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The places of those keys that are in the segment, and where among the keys each is."""
        bits = top_bits(keys, len(self.bitmap) * 8)
        may_be = np.flatnonzero((self.bitmap[bits >> np.uint64(3)] >> (bits & np.uint64(7)).astype(np.uint8)) & 1)
        found, firsts = np.unique(keys[may_be], return_index=True)
        places = np.searchsorted(self.keys, found)
        places = places[: int(np.searchsorted(places, len(self.keys)))]
        there = np.flatnonzero(self.keys[places] == found[: len(places)])
        return places[there], may_be[firsts[there]]

    def ids_of_all(self, slots: Slots) -> Ids:
        """The ids of several slots."""
        return self.slot_ids[_ranges(self.id_starts, slots)[0]]

    def __len__(self) -> int:
        """How many slots there are."""
        return len(self.tree_starts) - 1

    def trees_of(self, slots: Slots) -> Iterator[list[int]]:
        """The queries of some slots as numbers."""
        starts, ends = self.tree_starts[slots].tolist(), self.tree_starts[slots + 1].tolist()
        return (self.trees[start:end].tolist() for start, end in zip(starts, ends, strict=True))

    def leaf(self, number: int) -> Leaf:
        """One leaf, from its number in a tree."""
        return unpack_leaf(next(self.packed_leaves(np.array([number], np.uint32))))

    def packed_leaves(self, numbers: Slots) -> Iterator[bytes]:
        """Some leaves as they were packed."""
        starts, ends = self.leaf_starts[numbers].tolist(), self.leaf_starts[numbers.astype(np.int64) + 1].tolist()
        packed = self.leaves.data
        return (bytes(packed[start:end]) for start, end in zip(starts, ends, strict=True))

    def ids_of(self, slot: int) -> list[int]:
        """Whose query it is."""
        found: list[int] = self.slot_ids[self.id_starts[slot] : self.id_starts[slot + 1]].tolist()
        return found

    def find_slot(self, id: int) -> int | None:
        """The slot of an id's query."""
        place = int(np.searchsorted(self.ids, id))
        return int(self.id_slots[place]) if place < len(self.ids) and self.ids[place] == id else None


def _some(is_there: NDArray[np.bool_], entries: Slots, starts: Slots, places: Slots) -> NDArray[np.bool_]:
    """For each of some places, whether one of its entries is there, or it has none."""
    offsets, counts = _ranges(starts, places)
    hits = np.bincount(np.repeat(np.arange(len(places)), counts), is_there[entries[offsets]], len(places))
    found: NDArray[np.bool_] = (counts == 0) | (hits > 0)
    return found


def _ranges(starts: Slots, places: NDArray[np.integer[Any]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All offsets from `starts[i]` up to `starts[i + 1]` for each of some places i, and how many there are of each."""
    first = starts[places].astype(np.int64)
    counts = starts[places + 1].astype(np.int64) - first
    before = np.cumsum(counts) - counts
    return np.repeat(first - before, counts) + np.arange(int(counts.sum())), counts


def top_bits(keys: Keys, size: int) -> Keys:
    """The place of each key in a bitmap of `size` bits, a power of two."""
    return keys >> np.uint64(64 - (size.bit_length() - 1))
