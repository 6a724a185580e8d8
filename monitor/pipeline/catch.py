"""A catch: what a harvest brought in and the archive has not recorded yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.model.exchange import Departure, Validators
from monitor.model.feed import Exchange, Outcome, Sighting
from monitor.model.publication import Publication
from monitor.model.record import Capture
from monitor.model.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Sight:
    """A publication as it was seen, the bytes it was read from, and whether it came with its feed's baseline."""

    publication: Publication
    capture: Capture
    baseline: bool


@dataclass(slots=True)
class Listing:
    """How a feed's own list fared so far. `error` is None where it was read or found unchanged.

    `retry_after` is the host's wish, `max_age` how long the list stays fresh; `entries` and `listed_at` are None where
    nothing new was read. `validators` are those of the list's own pages, kept only where the whole list was read. `moves`
    say of its addresses where they led for good, None where they answered themselves; `failed` are those that did not.
    """

    outcome: Outcome = "same"
    status: int = 0
    error: str | None = None
    retry_after: timedelta | None = None
    max_age: timedelta | None = None
    entries: int | None = None
    listed_at: datetime | None = None
    remarks: list[str] = field(default_factory=list)
    moves: list[tuple[str, str | None]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    validators: list[tuple[str, Validators]] = field(default_factory=list)


@dataclass(slots=True)
class Catch:
    """Things brought in together, to be recorded in one transaction. The last of a harvest carries the listing.

    `present` are the addresses of items that answered, `looked_at` the keys of publications that were read once more
    without a list naming them; `transcripts` are Hansard's prints, each with the bytes it was read from; `size` is the
    bytes of the captures in it.
    """

    exchanges: list[Exchange] = field(default_factory=list)
    sights: list[Sight] = field(default_factory=list)
    departures: list[Departure] = field(default_factory=list)
    present: list[str] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    validators: list[tuple[str, Validators]] = field(default_factory=list)
    looked_at: list[str] = field(default_factory=list)
    transcripts: list[tuple[Transcript, Capture]] = field(default_factory=list)
    listing: Listing | None = None
    size: int = 0
