"""Evidence: that the archive holds what was captured, unchanged, whole and in its order. Behaviour 12.3."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The last link of the chain of hashes: its place (how many records the chain covers) and its SHA-256, in hex."""

    place: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that is not as it was kept: what, and what is wrong with it."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What a look at all of the evidence came to: bodies and files kept, all that was held against its hash, the flaws."""

    captures: int
    checked: int
    head: ChainHead | None
    chain_flaws: tuple[Flaw, ...] = ()
    byte_flaws: tuple[Flaw, ...] = ()
