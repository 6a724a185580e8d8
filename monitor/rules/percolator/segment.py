"""A segment: many standing queries in a few arrays, never changed once built."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from monitor.rules.percolator.judging import ABSENT, OPEN, PROVED, Told, judge_trees
from monitor.rules.percolator.keys import Keys
from monitor.rules.percolator.packing import LEAVES, unpack_leaf
from monitor.rules.query.tree import DateRange, Facet, Leaf

Slots = NDArray[np.uint32]
Ids = NDArray[np.int64]

NO_LEAF = 0xFFFFFFFF
_Number = TypeVar("_Number", np.uint32, np.uint64)


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """What a document has to be asked. `leaves` are all that matter, sorted, and `told` what its keys tell of each.

    `alone[i]` matches if the leaf at the place `alone_leaves[i]` holds. `slots` match if their trees do: `trees` as numbers, one
    after another, from `tree_starts[i]` on; a leaf in them is a place in `leaves`. `trees_told` is what is told of each.
    """

    leaves: Slots
    told: Told
    alone: Slots
    alone_leaves: NDArray[np.intp]
    slots: Slots
    trees: NDArray[np.int64]
    tree_starts: NDArray[np.int64]
    trees_told: Told


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """Queries that differ each have a slot; queries that are the same share it, and each has an id of its own.

    `keys` are sorted; the slots that key i leads to are `postings[posting_starts[i]:posting_starts[i + 1]]`, and
    `posting_leaves` says of each for the sake of which leaf, where that leaf alone makes a match (else NO_LEAF). A
    slot that needs a second key has the places of those that will do in `seconds[second_starts[s]:second_starts[s +
    1]]`; in the same way `leaf_keys` has those without which leaf n cannot be there, and `proofs` says whether one of them
    is enough. `bitmap` has a bit for the top
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
    proofs: NDArray[np.bool_]
    slot_ids: Ids
    id_starts: Slots
    ids: Ids
    id_slots: Slots
    prefix_lengths: tuple[int, ...] = ()
    facets: tuple[Facet | DateRange, ...] = ()

    def candidates(self, keys: Keys) -> Candidates:
        """What there is to ask a document that has these keys."""
        places = self._places(keys)
        offsets, _ = ranges(self.posting_starts, places)
        slots, leaves = self.postings[offsets], self.posting_leaves[offsets]
        is_alone = leaves != NO_LEAF
        is_there = np.zeros(len(self.keys), bool)
        is_there[places] = True
        whole = _unique(slots[~is_alone])
        hits, counts = _hits(is_there, self.seconds, self.second_starts, whole)
        whole = whole[(hits > 0) | (counts == 0)]
        offsets, sizes = ranges(self.tree_starts, whole)
        trees = self.trees[offsets].astype(np.int64)
        in_trees = np.flatnonzero(trees < LEAVES)
        asked = _unique(np.concatenate((leaves[is_alone], trees[in_trees].astype(np.uint32))))
        alone_leaves = np.searchsorted(asked, leaves[is_alone])
        trees[in_trees] = np.searchsorted(asked, trees[in_trees].astype(np.uint32))
        told = self._told(is_there, asked)
        starts = np.cumsum(sizes) - sizes
        tree_leaves = np.full(len(trees), OPEN, np.int8)
        tree_leaves[in_trees] = told[trees[in_trees]]
        trees_told = judge_trees(trees, starts, tree_leaves)
        return Candidates(asked, told, slots[is_alone], alone_leaves, whole, trees, starts, trees_told)

    def _told(self, is_there: NDArray[np.bool_], leaves: Slots) -> Told:
        """What the keys that are there tell of some leaves."""
        hits, counts = _hits(is_there, self.leaf_keys, self.leaf_key_starts, leaves)
        told = np.full(len(leaves), OPEN, np.int8)
        told[(counts > 0) & (hits == 0)] = ABSENT
        told[(hits > 0) & self.proofs[leaves]] = PROVED
        return told

    def _places(self, keys: Keys) -> NDArray[np.intp]:
        """The places of those keys that are in the segment."""
        bits = top_bits(keys, len(self.bitmap) * 8)
        may_be = (self.bitmap[bits >> np.uint64(3)] >> (bits & np.uint64(7)).astype(np.uint8)) & 1
        found = _unique(keys[np.flatnonzero(may_be)])
        places = np.searchsorted(self.keys, found)
        places = places[: int(np.searchsorted(places, len(self.keys)))]
        there: NDArray[np.intp] = places[self.keys[places] == found[: len(places)]]
        return there

    def ids_of_all(self, slots: Slots) -> Ids:
        """The ids of several slots."""
        return self.slot_ids[ranges(self.id_starts, slots)[0]]

    def __len__(self) -> int:
        """How many slots there are."""
        return len(self.tree_starts) - 1

    def tree_of(self, slot: int) -> list[int]:
        """The query of a slot as numbers."""
        found: list[int] = self.trees[self.tree_starts[slot] : self.tree_starts[slot + 1]].tolist()
        return found

    def leaf(self, number: int) -> Leaf:
        """One leaf, from its number in a tree."""
        start, end = self.leaf_starts[number : number + 2].tolist()
        return unpack_leaf(bytes(self.leaves.data[start:end]))

    def ids_of(self, slot: int) -> list[int]:
        """Whose query it is."""
        found: list[int] = self.slot_ids[self.id_starts[slot] : self.id_starts[slot + 1]].tolist()
        return found

    def find_slot(self, id: int) -> int | None:
        """The slot of an id's query."""
        place = int(np.searchsorted(self.ids, id))
        return int(self.id_slots[place]) if place < len(self.ids) and self.ids[place] == id else None


def _unique(values: NDArray[_Number]) -> NDArray[_Number]:
    """What `np.unique` gives, several times sooner."""
    ordered = np.sort(values)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))[: len(ordered)]]


def _hits(
    is_there: NDArray[np.bool_], entries: Slots, starts: Slots, places: Slots
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each of some places, how many of its entries are there, and how many it has."""
    offsets, counts = ranges(starts, places)
    before = np.concatenate(([0], np.cumsum(is_there[entries[offsets]])))
    ends = np.cumsum(counts)
    return before[ends] - before[ends - counts], counts


def ranges(
    starts: NDArray[np.uint32] | NDArray[np.uint64], places: NDArray[np.integer[Any]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All offsets from `starts[i]` up to `starts[i + 1]` for each of some places i, and how many there are of each."""
    first = starts[places].astype(np.int64)
    counts = starts[places + 1].astype(np.int64) - first
    before = np.cumsum(counts) - counts
    return np.repeat(first - before, counts) + np.arange(int(counts.sum())), counts


def top_bits(keys: Keys, size: int) -> Keys:
    """The place of each key in a bitmap of `size` bits, a power of two."""
    return keys >> np.uint64(64 - (size.bit_length() - 1))
