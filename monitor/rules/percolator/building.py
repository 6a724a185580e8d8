"""Standing queries into a segment: new ones, and those that another segment has already, whose texts nobody reads again."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Sequence
from hashlib import blake2b
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from monitor.rules.percolator.covers import Cover, Rarity, covers_of, guess_rarity
from monitor.rules.percolator.keys import Keys, key_numbers
from monitor.rules.percolator.packing import LEAVES, pack_leaf, tree_numbers
from monitor.rules.percolator.segment import NO_LEAF, Segment, Slots, ranges, top_bits
from monitor.rules.query.tree import And, DateRange, Facet, Leaf, Not, Or, Query

_BATCH = 50_000
_BITS_A_KEY = 16
_LEADS, _SECOND, _OF_LEAF = range(3)
"""What a noted key is for: it leads to a slot, is the second of a slot, or tells whether a leaf can be there at all."""


def build_segment(
    queries: Iterable[tuple[int, Query]],
    *,
    rarity: Rarity = guess_rarity,
    onto: Segment | None = None,
    without: Collection[int] = (),
) -> Segment:
    """A segment of some queries and their ids, and of those of another one `without` some ids.

    Raises ValueError where an id comes twice.
    """
    builder = _Builder(rarity)
    if onto is not None:
        builder.take(onto, without)
    for id, query in queries:
        builder.add(id, query)
    return builder.segment()


class _Builder:
    """Gathers in flat arrays, as a million queries as objects would fill the machine."""

    def __init__(self, rarity: Rarity) -> None:
        self.rarity = rarity
        self.slots: dict[bytes, int] = {}
        self.trees = array("I")
        self.tree_starts = array("I", [0])
        self.numbers: dict[bytes, int] = {}
        self.leaves = bytearray()
        self.leaf_starts = array("Q", [0])
        self.proofs = bytearray()
        self.ids = array("q")
        self.id_slots = array("I")
        self.written: list[str] = []
        self.key_numbers: list[Keys] = []
        self.key_slots = array("I")
        self.key_leaves = array("I")
        self.key_uses = bytearray()
        self.facets: dict[Facet | DateRange, None] = {}
        self.prefix_lengths: set[int] = set()

    def take(self, segment: Segment, without: Collection[int]) -> None:
        """Begin with what a segment has; of those without some ids, only what the others need."""
        by_slot = np.repeat(np.arange(len(segment)), np.diff(segment.id_starts))
        stays = ~np.isin(segment.slot_ids, np.fromiter(without, np.int64, len(without)))
        slots = np.unique(by_slot[stays])
        offsets, sizes = ranges(segment.tree_starts, slots)
        trees = segment.trees[offsets]
        is_leaf = trees < LEAVES
        leaves = np.unique(trees[is_leaf])
        new_slot, new_leaf = _renumbered(slots, len(segment)), _renumbered(leaves, len(segment.proofs))
        trees[is_leaf] = new_leaf[trees[is_leaf]]
        self._take_trees(trees, _starts_of(sizes))
        offsets, sizes = ranges(segment.leaf_starts, leaves)
        self._take_leaves(segment.leaves[offsets].tobytes(), _starts_of(sizes))
        self.proofs += segment.proofs[leaves].tobytes()
        self.ids.frombytes(segment.slot_ids[stays].tobytes())
        self.id_slots.frombytes(new_slot[by_slot[stays]].tobytes())
        self.facets |= dict.fromkeys(segment.facets)
        self.prefix_lengths |= {*segment.prefix_lengths}
        posted = np.flatnonzero(new_slot[segment.postings] != NO_LEAF)
        keys = np.repeat(segment.keys, np.diff(segment.posting_starts))[posted]
        alone = new_leaf[np.minimum(segment.posting_leaves[posted], len(segment.proofs))]
        self._take_notes(keys, new_slot[segment.postings[posted]], alone, _LEADS)
        offsets, sizes = ranges(segment.second_starts, slots)
        of_slot = np.repeat(np.arange(len(slots), dtype=np.uint32), sizes)
        self._take_notes(segment.keys[segment.seconds[offsets]], of_slot, None, _SECOND)
        offsets, sizes = ranges(segment.leaf_key_starts, leaves)
        of_leaf = np.repeat(np.arange(len(leaves), dtype=np.uint32), sizes)
        self._take_notes(segment.keys[segment.leaf_keys[offsets]], of_leaf, None, _OF_LEAF)

    def _take_trees(self, trees: Slots, starts: NDArray[np.uint64]) -> None:
        packed, size = trees.tobytes(), self.trees.itemsize
        self.trees.frombytes(packed)
        self.tree_starts = array("I", starts.tolist())
        for slot, (start, end) in enumerate(pairwise(starts.tolist())):
            self.slots[_digest(packed[start * size : end * size])] = slot

    def _take_leaves(self, leaves: bytes, starts: NDArray[np.uint64]) -> None:
        self.leaves += leaves
        self.leaf_starts = array("Q", starts.tolist())
        for number, (start, end) in enumerate(pairwise(starts.tolist())):
            self.numbers[_digest(leaves[start:end])] = number

    def _take_notes(self, keys: Keys, slots: Slots, leaves: Slots | None, use: int) -> None:
        self.key_numbers.append(keys)
        self.key_slots.frombytes(slots.tobytes())
        self.key_leaves.frombytes((leaves if leaves is not None else np.full(len(keys), NO_LEAF, np.uint32)).tobytes())
        self.key_uses += bytes([use]) * len(keys)

    def add(self, id: int, query: Query) -> None:
        tree = array("I", tree_numbers(query.root, self._number_of))
        digest = _digest(tree.tobytes())
        slot = self.slots.get(digest)
        if slot is None:
            slot = self.slots[digest] = len(self.tree_starts) - 1
            self.trees += tree
            self.tree_starts.append(len(self.trees))
            self._cover(slot, query, tree)
        self.ids.append(id)
        self.id_slots.append(slot)

    def _number_of(self, leaf: Leaf) -> int:
        packed = pack_leaf(leaf)
        digest = _digest(packed)
        number = self.numbers.get(digest)
        if number is None:
            number = self.numbers[digest] = len(self.leaf_starts) - 1
            self.leaves += packed
            self.leaf_starts.append(len(self.leaves))
            cover, second = covers_of(Query(leaf), self.rarity)
            self.proofs.append(cover.proof)
            if not isinstance(leaf, Facet | DateRange):
                # What is asked of NEAR has come for the sake of its rarer end: the other one tells more.
                self._note(second or cover, number, NO_LEAF, _OF_LEAF)
        return number

    def _cover(self, slot: int, query: Query, tree: Sequence[int]) -> None:
        """Note the keys of a query: where any one of its leaves makes a match, those of each leaf."""
        root = query.root
        leaves = root.clauses if isinstance(root, Or) else (root,)
        if not any(isinstance(clause, And | Or | Not) for clause in leaves):
            for leaf, number in zip(leaves, tree[-len(leaves) :], strict=True):
                self._note(covers_of(Query(leaf), self.rarity)[0], slot, number, _LEADS)
            return
        first, second = covers_of(query, self.rarity)
        self._note(first, slot, NO_LEAF, _LEADS)
        if second is not None:
            self._note(second, slot, NO_LEAF, _SECOND)

    def _note(self, cover: Cover, slot: int, leaf: int, use: int) -> None:
        self.facets |= dict.fromkeys(cover.facets)
        self.prefix_lengths |= {len(key) - 1 for key in cover.keys if key[-1] == "*"}
        self.written += cover.keys
        self.key_slots.extend([slot] * len(cover.keys))
        self.key_leaves.extend([leaf] * len(cover.keys))
        self.key_uses += bytes([use]) * len(cover.keys)
        if len(self.written) >= _BATCH:
            self._number()

    def _number(self) -> None:
        self.key_numbers.append(key_numbers(self.written))
        self.written.clear()

    def segment(self) -> Segment:
        """What was gathered, as arrays. The builder is done for then: what it knew queries by is half of its memory."""
        self._number()
        self.slots.clear()
        self.numbers.clear()
        keys, places = np.unique(np.concatenate(self.key_numbers), return_inverse=True)
        slots, leaves = np.array(self.key_slots, np.uint32), np.array(self.key_leaves, np.uint32)
        uses = np.frombuffer(bytes(self.key_uses), np.uint8)
        leads, seconds, of_leaves = (np.flatnonzero(uses == use) for use in (_LEADS, _SECOND, _OF_LEAF))
        by_key = leads[np.lexsort((slots[leads], places[leads]))]
        ids, id_slots = np.array(self.ids, np.int64), np.array(self.id_slots, np.uint32)
        by_slot, by_id = np.argsort(id_slots, kind="stable"), np.argsort(ids)
        if len(ids) > 1 and (np.diff(ids[by_id]) == 0).any():
            raise ValueError("two queries have the same id")
        return Segment(
            keys=keys,
            posting_starts=_starts(places[by_key], len(keys)),
            postings=slots[by_key],
            posting_leaves=leaves[by_key],
            seconds=places[seconds].astype(np.uint32),
            second_starts=_starts(slots[seconds], len(self.tree_starts) - 1),
            leaf_keys=places[of_leaves].astype(np.uint32),
            leaf_key_starts=_starts(slots[of_leaves], len(self.leaf_starts) - 1),
            bitmap=_bitmap(keys),
            trees=np.array(self.trees, np.uint32),
            tree_starts=np.array(self.tree_starts, np.uint32),
            leaves=np.frombuffer(bytes(self.leaves), np.uint8),
            leaf_starts=np.array(self.leaf_starts, np.uint64),
            proofs=np.frombuffer(bytes(self.proofs), bool),
            slot_ids=ids[by_slot],
            id_starts=_starts(id_slots, len(self.tree_starts) - 1),
            ids=ids[by_id],
            id_slots=id_slots[by_id],
            prefix_lengths=tuple(sorted(self.prefix_lengths)),
            facets=tuple(self.facets),
        )


def _digest(packed: bytes) -> bytes:
    return blake2b(packed, digest_size=16).digest()


def _renumbered(kept: NDArray[np.integer[Any]], count: int) -> Slots:
    """For each of so many numbers the one it has among those that are kept; NO_LEAF for the others, and for the one after."""
    numbers = np.full(count + 1, NO_LEAF, np.uint32)
    numbers[kept] = np.arange(len(kept), dtype=np.uint32)
    return numbers


def _starts_of(sizes: NDArray[np.int64]) -> NDArray[np.uint64]:
    return np.concatenate(([0], np.cumsum(sizes))).astype(np.uint64)


def _starts(places: NDArray[np.integer[Any]], count: int) -> Slots:
    """Where the entries of each of `count` places start, and the last ends, if they are sorted by place."""
    return _starts_of(np.bincount(places, minlength=count) if count else np.empty(0, np.int64)).astype(np.uint32)


def _bitmap(keys: Keys) -> NDArray[np.uint8]:
    size = 1 << max(10, (len(keys) * _BITS_A_KEY - 1).bit_length())
    flags = np.zeros(size, bool)
    flags[top_bits(keys, size)] = True
    return np.packbits(flags, bitorder="little")
