"""A watch: what somebody wants to hear of, and a match: why one change is for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from monitor.model.change import Change, ChangeKind
from monitor.model.digest import Span
from monitor.model.record import Record

OWN = "own:"
"""How the names of subscribers' own watches begin; no name in a config can."""

Field = Literal["title", "summary", "text", "attachment"]
WATCHABLE = (
    "new",
    "updated",
    "corrected",
    "withdrawn",
    "restored",
    "gone",
    "moved",
    "attachment-replaced",
    "promised",
)
"""The kinds of change a watch may ask for; it hears of all of them unless it names some."""


@dataclass(frozen=True, slots=True)
class WatchTest:
    """Examples from the archive that a watch must and must not match: keys, numbers or addresses."""

    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Watch:
    """A standing interest: a `query` in the watch language, or `keywords`, any one of which makes a match.

    `on` are the kinds of change to hear of; `renamed_from` is what it was called before (empty: nothing, it is said to be
    another watch). `alert_if_more_than` is a number of matches a day.
    """

    name: str
    title: str
    keywords: tuple[str, ...] = ()
    query: str | None = None
    on: tuple[str, ...] = WATCHABLE
    alert_if_silent: timedelta | None = None
    alert_if_more_than: int | None = None
    renamed_from: str | None = None
    tests: tuple[WatchTest, ...] = ()

    def hears_of(self, kind: ChangeKind) -> bool:
        """Whether it wants to be told of this kind of change; what becomes of promises is one kind to it."""
        return ("promised" if kind.startswith("promise-") else kind) in self.on


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a term was found: `start` and `end` are character offsets in the field's text.

    `attachment` is the id of the attachment whose text it is, where the field is `attachment`.
    """

    term: str
    field: Field
    start: int
    end: int
    attachment: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A change that a watch asked for, with the evidence and the publication as it became.

    `id` is its place in the sequence digests are chosen by.
    """

    id: int
    watch: str
    revision: int
    change: Change
    hits: tuple[Hit, ...]
    snippet: tuple[Span, ...]
    record: Record


@dataclass(frozen=True, slots=True)
class MatchDraft:
    """A match that has no place in the sequence yet."""

    watch: str
    change_id: int
    hits: tuple[Hit, ...]
    snippet: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class WatchActivity:
    """How a watch fares: since when it has been used, since when it says what it says, its last match, and how many it made
    in the last day.
    """

    since: datetime
    revised_at: datetime
    matched_at: datetime | None
    today: int
