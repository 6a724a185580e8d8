"""Standing queries into a segment."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from monitor.rules.percolator.covers import Cover, Rarity, covers_of, guess_rarity
from monitor.rules.percolator.keys import Keys, key_numbers
from monitor.rules.percolator.packing import pack_leaf, tree_numbers
from monitor.rules.percolator.segment import NO_LEAF, Segment, Slots, top_bits
from monitor.rules.query.tree import And, DateRange, Facet, Leaf, Not, Or, Query

_BATCH = 50_000
_BITS_A_KEY = 16
_LEADS, _SECOND, _OF_LEAF = range(3)
"""What a noted key is for: it leads to a slot, is the second of a slot, or tells whether a leaf can be there at all."""


def build_segment(queries: Iterable[tuple[int, Query]], *, rarity: Rarity = guess_rarity) -> Segment:
    """A segment of some queries and their ids. Raises ValueError where an id comes twice."""
    builder = _Builder(rarity)
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

    def add(self, id: int, query: Query) -> None:
        tree = array("I", tree_numbers(query.root, self._number_of))
        digest = blake2b(tree, digest_size=16).digest()
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
        digest = blake2b(packed, digest_size=16).digest()
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
        self._number()
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


def _starts(places: NDArray[np.integer[Any]], count: int) -> Slots:
    """Where the entries of each of `count` places start, and the last ends, if they are sorted by place."""
    sizes = np.bincount(places, minlength=count) if count else np.empty(0, np.int64)
    return np.concatenate(([0], np.cumsum(sizes))).astype(np.uint32)


def _bitmap(keys: Keys) -> NDArray[np.uint8]:
    size = 1 << max(10, (len(keys) * _BITS_A_KEY - 1).bit_length())
    flags = np.zeros(size, bool)
    flags[top_bits(keys, size)] = True
    return np.packbits(flags, bitorder="little")
