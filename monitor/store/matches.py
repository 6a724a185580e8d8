"""Matches, the revisions of watches that made them, and how far each verb has read its tray."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from datetime import datetime

from sqlite_utils import Database

from monitor.model.digest import Span
from monitor.model.watch import Hit, Match, MatchDraft, Watch
from monitor.store.rows import CHANGE_COLUMNS, RECORD_COLUMNS, change_of, record_of, select_in
from monitor.times import utc_text


@dataclass(frozen=True, slots=True)
class Matches:
    """The tables matches, watch_revisions and progress."""

    tables: Database

    def progress(self, verb: str) -> int:
        """The last place in the sequence that a verb has dealt with."""
        row = self.tables.conn.execute("SELECT at FROM progress WHERE verb = ?", (verb,)).fetchone()
        return row["at"] if row else 0

    def head(self) -> int:
        """The newest match; a subscriber who joins now is owed nothing up to it."""
        return int(self.tables.conn.execute("SELECT coalesce(max(id), 0) FROM matches").fetchone()[0])

    def counts(self) -> dict[str, int]:
        """How many matches each watch has ever made."""
        rows = self.tables.conn.execute("SELECT watch, count(*) FROM matches GROUP BY watch")
        return {row[0]: row[1] for row in rows}

    def is_cared_for(self, key: str) -> bool:
        """Whether some watch has matched this publication, or it keeps a promise."""
        row = self.tables.conn.execute(
            "SELECT EXISTS (SELECT 1 FROM publications p JOIN changes c ON c.publication_id = p.id"
            " JOIN matches m ON m.change_id = c.id WHERE p.key = :key)"
            " OR EXISTS (SELECT 1 FROM promises WHERE kept_by = :key)",
            {"key": key},
        ).fetchone()
        return bool(row[0])

    def record_progress(self, verb: str, at: int) -> None:
        """A verb has dealt with everything up to this place."""
        self.tables.conn.execute(
            "INSERT INTO progress (verb, at) VALUES (?, ?) ON CONFLICT (verb) DO UPDATE SET at = excluded.at",
            (verb, at),
        )

    def record_revisions(self, watches: Sequence[Watch], now: datetime) -> Mapping[str, int]:
        """Keep what each watch says now, where it says something new; returns the number of its present revision."""
        return {watch.name: self._revision(watch, now) for watch in watches}

    def record(self, drafts: Sequence[MatchDraft], revisions: Mapping[str, int], now: datetime) -> tuple[str, ...]:
        """Keep matches; one that is there already stays as it is. Returns the watches of the new ones."""
        known = {
            (row["watch"], row["change_id"])
            for row in select_in(
                self.tables.conn,
                "SELECT watch, change_id FROM matches WHERE change_id IN ({})",
                sorted({draft.change_id for draft in drafts}),
            )
        }
        fresh = [draft for draft in drafts if (draft.watch, draft.change_id) not in known]
        self.tables.table("matches").insert_all(
            {
                "watch": draft.watch,
                "revision": revisions[draft.watch],
                "change_id": draft.change_id,
                "matched_at": utc_text(now),
                "hits": json.dumps([astuple(hit) for hit in draft.hits]),
                "snippet": json.dumps([astuple(span) for span in draft.snippet], ensure_ascii=False),
            }
            for draft in fresh
        )
        return tuple(draft.watch for draft in fresh)

    def between(self, after: int, upto: int, watches: Collection[str]) -> tuple[Match, ...]:
        """The matches of some watches in (after, upto], in sequence."""
        marks = ", ".join("?" * len(watches))
        rows = self.tables.conn.execute(
            f"SELECT m.id, m.watch, m.revision, m.hits, m.snippet, {CHANGE_COLUMNS}, {RECORD_COLUMNS} FROM matches m"
            " JOIN changes c ON c.id = m.change_id JOIN publications p ON p.id = c.publication_id"
            " JOIN versions v ON v.publication_id = p.id AND v.number = c.to_version"
            f" WHERE m.id > ? AND m.id <= ? AND m.watch IN ({marks}) ORDER BY m.id",
            (after, upto, *watches),
        )
        return tuple(
            Match(
                id=row["id"],
                watch=row["watch"],
                revision=row["revision"],
                change=change_of(row),
                hits=tuple(Hit(*hit) for hit in json.loads(row["hits"])),
                snippet=tuple(Span(text, marked) for text, marked in json.loads(row["snippet"])),
                record=record_of(row),
            )
            for row in rows
        )

    def _revision(self, watch: Watch, now: datetime) -> int:
        definition = json.dumps(
            asdict(watch) | {"alert_if_silent": None, "tests": []}, sort_keys=True, ensure_ascii=False
        )
        row = self.tables.conn.execute(
            "SELECT number, definition FROM watch_revisions WHERE watch = ? ORDER BY number DESC LIMIT 1", (watch.name,)
        ).fetchone()
        if row and row["definition"] == definition:
            return int(row["number"])
        number = row["number"] + 1 if row else 1
        self.tables.table("watch_revisions").insert(
            {"watch": watch.name, "number": number, "definition": definition, "created_at": utc_text(now)}
        )
        return number
