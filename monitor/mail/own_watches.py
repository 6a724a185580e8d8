"""Watches of subscribers' own, and what they have matched: personal, and so kept here and nowhere else."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

from monitor.database import transaction
from monitor.errors import UsageError
from monitor.mail.consents import record_act
from monitor.model.digest import Span
from monitor.model.subscriber import Every
from monitor.model.watch import OWN, Hit, MatchDraft
from monitor.times import parse_time, utc_text

MOST_OF_ONE = 50
"""How many watches of their own one person may have."""


@dataclass(frozen=True, slots=True)
class OwnWatch:
    """One query of one person. `name` is what their subscription calls it: `own:17`."""

    id: int
    title: str
    query: str
    created_at: datetime

    @property
    def name(self) -> str:
        """What the subscription calls it."""
        return f"{OWN}{self.id}"


@dataclass(frozen=True, slots=True)
class OwnMatch:
    """Why one change is for one own watch; `id` is its place in their sequence."""

    id: int
    watch: str
    change_id: int
    hits: tuple[Hit, ...]
    snippet: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """A place in the sequence of edits, and the query that an id has now; None where it has gone."""

    id: int
    watch_id: int
    query: str | None


@dataclass(frozen=True, slots=True)
class OwnWatches:
    """The tables own_watches, own_matches, own_progress, own_edits and own_index."""

    connection: sqlite3.Connection

    def add(self, subscriber_id: int, query: str, title: str, every: Every, now: datetime) -> OwnWatch:
        """Give a person a watch of their own, and subscribe them to it: what is seen from now on is owed. Raises UsageError."""
        with transaction(self.connection) as connection:
            if len(self.of(subscriber_id)) >= MOST_OF_ONE:
                raise UsageError(f"they have {MOST_OF_ONE} watches of their own, and more one person may not have")
            number = connection.execute(
                "INSERT INTO own_watches (subscriber_id, title, query, created_at) VALUES (?, ?, ?, ?)",
                (subscriber_id, title, query, utc_text(now)),
            ).lastrowid
            assert number is not None
            watch = OwnWatch(number, title, query, now)
            connection.execute(
                "INSERT INTO subscriptions (subscriber_id, watch, every, covered_to, created_at) VALUES (?, ?, ?, ?, ?)",
                (subscriber_id, watch.name, every, self.head(), utc_text(now)),
            )
            record_act(connection, subscriber_id, "added", now, detail=f"{every}: {watch.name}, which is {query}")
        return watch

    def of(self, subscriber_id: int) -> tuple[OwnWatch, ...]:
        """A person's own watches, the oldest first."""
        rows = self.connection.execute(
            "SELECT id, title, query, created_at FROM own_watches WHERE subscriber_id = ? ORDER BY id", (subscriber_id,)
        )
        return tuple(OwnWatch(row["id"], row["title"], row["query"], parse_time(row["created_at"])) for row in rows)

    def count(self) -> int:
        """How many there are, everybody's together."""
        return int(self.connection.execute("SELECT count(*) FROM own_watches").fetchone()[0])

    def queries(self) -> Iterator[tuple[int, str]]:
        """The id and the query of every own watch."""
        return ((row["id"], row["query"]) for row in self.connection.execute("SELECT id, query FROM own_watches"))

    def newest_edit(self) -> int:
        """The last place in the sequence of edits."""
        return int(self.connection.execute("SELECT coalesce(max(id), 0) FROM own_edits").fetchone()[0])

    def edits_after(self, edit_id: int) -> tuple[Edit, ...]:
        """What was edited after a place in the sequence, with what it says now."""
        rows = self.connection.execute(
            "SELECT e.id, e.own_watch_id, w.query FROM own_edits e LEFT JOIN own_watches w ON w.id = e.own_watch_id"
            " WHERE e.id > ? ORDER BY e.id",
            (edit_id,),
        )
        return tuple(Edit(row["id"], row["own_watch_id"], row["query"]) for row in rows)

    def has_index(self) -> bool:
        """Whether a form of all queries is saved."""
        return self.connection.execute("SELECT 1 FROM own_index").fetchone() is not None

    def drop_index(self) -> None:
        """Forget the saved form."""
        with transaction(self.connection) as connection:
            connection.execute("DELETE FROM own_index")

    def saved_index(self) -> tuple[int, bytes] | None:
        """The saved form of all queries, and after which edit it was made."""
        row = self.connection.execute("SELECT edit_id FROM own_index").fetchone()
        if row is None:
            return None
        with self.connection.blobopen("own_index", "form", 1, readonly=True) as blob:
            return row["edit_id"], blob.read()

    def save_index(self, edit_id: int, program: str, form: Sequence[bytes]) -> None:
        """Keep the saved form of all queries as they stood after an edit, written piece by piece as it may be large."""
        with transaction(self.connection) as connection:
            connection.execute(
                "INSERT OR REPLACE INTO own_index VALUES (1, ?, ?, zeroblob(?))",
                (edit_id, program, sum(map(len, form))),
            )
            with connection.blobopen("own_index", "form", 1) as blob:
                for piece in form:
                    blob.write(piece)

    def progress(self, tray: str) -> int | None:
        """How far a tray was read; None where it never was."""
        row = self.connection.execute("SELECT at FROM own_progress WHERE tray = ?", (tray,)).fetchone()
        return row["at"] if row else None

    def begin(self, heads: Mapping[str, int]) -> None:
        """Where the first own watch begins to look, tray by tray; what was read before stays as it is."""
        with transaction(self.connection) as connection:
            connection.executemany("INSERT OR IGNORE INTO own_progress VALUES (?, ?)", list(heads.items()))

    def record(self, drafts: Sequence[MatchDraft], tray: str, upto: int, now: datetime) -> int:
        """Keep matches, and how far the tray is read, in one transaction; returns how many are new. Those of watches that have
        gone meanwhile are dropped.
        """
        rows = [
            (
                draft.change_id, utc_text(now), json.dumps([astuple(hit) for hit in draft.hits]),
                json.dumps([astuple(span) for span in draft.snippet], ensure_ascii=False),
                int(draft.watch.removeprefix(OWN)),
            )
            for draft in drafts
        ]  # fmt: skip
        with transaction(self.connection) as connection:
            made = connection.executemany(
                "INSERT OR IGNORE INTO own_matches (own_watch_id, change_id, matched_at, hits, snippet)"
                " SELECT id, ?, ?, ?, ? FROM own_watches WHERE id = ?",
                rows,
            ).rowcount if rows else 0  # fmt: skip
            connection.execute(
                "INSERT INTO own_progress VALUES (?, ?) ON CONFLICT (tray) DO UPDATE SET at = excluded.at", (tray, upto)
            )
        return made

    def head(self) -> int:
        """The newest match of any own watch."""
        return int(self.connection.execute("SELECT coalesce(max(id), 0) FROM own_matches").fetchone()[0])

    def matches_between(self, after: int, upto: int, watches: Sequence[str]) -> tuple[OwnMatch, ...]:
        """The matches of some own watches in (after, upto], in sequence."""
        marks = ", ".join("?" * len(watches))
        return self._select(f"id > ? AND id <= ? AND own_watch_id IN ({marks})", (after, upto, *_numbers(watches)))

    def matches_of(self, watch: str) -> tuple[OwnMatch, ...]:
        """Everything that one own watch has matched, in sequence."""
        return self._select("own_watch_id = ?", tuple(_numbers([watch])))

    def that_matched(self, change_ids: Sequence[int]) -> set[str]:
        """The own watches that have matched one of these changes."""
        marks = ", ".join("?" * len(change_ids))
        rows = self.connection.execute(
            f"SELECT DISTINCT own_watch_id FROM own_matches WHERE change_id IN ({marks})", tuple(change_ids)
        )
        return {f"{OWN}{row['own_watch_id']}" for row in rows}

    def _select(self, where: str, values: tuple[int, ...]) -> tuple[OwnMatch, ...]:
        rows = self.connection.execute(f"SELECT * FROM own_matches WHERE {where} ORDER BY id", values)
        return tuple(
            OwnMatch(
                id=row["id"],
                watch=f"{OWN}{row['own_watch_id']}",
                change_id=row["change_id"],
                hits=tuple(Hit(*hit) for hit in json.loads(row["hits"])),
                snippet=tuple(Span(text, marked) for text, marked in json.loads(row["snippet"])),
            )
            for row in rows
        )


def _numbers(watches: Sequence[str]) -> list[int]:
    return [int(watch.removeprefix(OWN)) for watch in watches]
