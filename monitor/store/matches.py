"""Matches, the revisions of watches that made them, and how far each verb has read its tray."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from monitor.model.digest import Span
from monitor.model.watch import Hit, Match, MatchDraft, Watch, WatchActivity
from monitor.store.rows import CHANGE_COLUMNS, RECORD_COLUMNS, change_of, record_of, select_in, time_or_none
from monitor.times import parse_time, utc_text

_MATCHES = (
    f"SELECT m.id, m.watch, m.revision, m.hits, m.snippet, {CHANGE_COLUMNS}, {RECORD_COLUMNS} FROM matches m"
    " JOIN changes c ON c.id = m.change_id JOIN publications p ON p.id = c.publication_id"
    " JOIN versions v ON v.publication_id = p.id AND v.number = c.to_version"
)


@dataclass(frozen=True, slots=True)
class Matches:
    """The tables matches, watch_revisions and progress.

    `cared_for_elsewhere` says of a publication, by its key, whether somebody cares for it of whom the archive knows nothing.
    """

    tables: Database
    cared_for_elsewhere: Callable[[str], bool] = lambda _: False

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
        """Whether some watch has matched this publication, or it keeps a promise; also a watch that is kept elsewhere."""
        row = self.tables.conn.execute(
            "SELECT EXISTS (SELECT 1 FROM publications p JOIN changes c ON c.publication_id = p.id"
            " JOIN matches m ON m.change_id = c.id WHERE p.key = :key)"
            " OR EXISTS (SELECT 1 FROM promises WHERE kept_by = :key)",
            {"key": key},
        ).fetchone()
        return bool(row[0]) or self.cared_for_elsewhere(key)

    def watches_of(self, key: str) -> frozenset[str]:
        """The watches that have ever matched a publication."""
        rows = self.tables.conn.execute(
            "SELECT DISTINCT m.watch FROM publications p JOIN changes c ON c.publication_id = p.id"
            " JOIN matches m ON m.change_id = c.id WHERE p.key = ?",
            (key,),
        )
        return frozenset(row[0] for row in rows)

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
        where = f"m.id > ? AND m.id <= ? AND m.watch IN ({marks})"
        return tuple(
            map(_match, self.tables.conn.execute(f"{_MATCHES} WHERE {where} ORDER BY m.id", (after, upto, *watches)))
        )

    def new_since(self, since: datetime, watches: Collection[str], most: int) -> tuple[tuple[Match, datetime], ...]:
        """The newest matches of new publications, at most so many, each with the time at which it was made."""
        marks = ", ".join("?" * len(watches))
        rows = self.tables.conn.execute(
            f"SELECT m.id, m.matched_at FROM matches m JOIN changes c ON c.id = m.change_id WHERE c.kind = 'new' AND NOT c.late"
            f" AND m.matched_at >= ? AND m.watch IN ({marks}) ORDER BY m.id DESC LIMIT ?",
            (utc_text(since), *watches, most),
        ).fetchall()
        times = {row["id"]: parse_time(row["matched_at"]) for row in rows}
        found = select_in(self.tables.conn, f"{_MATCHES} WHERE m.id IN ({{}})", list(times))
        return tuple((match, times[match.id]) for match in map(_match, found))

    def of(self, change_ids: Sequence[int]) -> tuple[Match, ...]:
        """The matches that some changes made, in sequence."""
        rows = select_in(self.tables.conn, f"{_MATCHES} WHERE m.change_id IN ({{}})", change_ids)
        return tuple(sorted(map(_match, rows), key=lambda match: match.id))

    def first_said(self, watch: Watch) -> datetime | None:
        """Since when a watch has said what it says now; None where it has never been used so."""
        row = self._newest_revision(watch.name)
        return parse_time(row["created_at"]) if row and row["definition"] == _definition(watch) else None

    def definitions(self) -> dict[str, dict[str, Any]]:
        """What every watch that was ever used says in its newest revision."""
        rows = self.tables.conn.execute("SELECT watch, definition, max(number) FROM watch_revisions GROUP BY watch")
        return {row["watch"]: json.loads(row["definition"]) for row in rows}

    def activity(self, watch: str, day_ago: datetime) -> WatchActivity | None:
        """How a watch fares; None where it has not been used yet."""
        row = self.tables.conn.execute(
            "SELECT min(created_at) AS since, max(created_at) AS revised,"
            " (SELECT max(matched_at) FROM matches WHERE watch = :watch) AS matched,"
            " (SELECT count(*) FROM matches WHERE watch = :watch AND matched_at > :day_ago) AS today"
            " FROM watch_revisions WHERE watch = :watch",
            {"watch": watch, "day_ago": utc_text(day_ago)},
        ).fetchone()
        if row["since"] is None:
            return None
        return WatchActivity(
            parse_time(row["since"]), parse_time(row["revised"]), time_or_none(row["matched"]), row["today"]
        )

    def rename(self, was: str, is_now: str) -> None:
        """Give what a watch has matched, and its revisions, another name. Running it again changes nothing.

        Revisions that the new name has already are numbered on; of two matches of one change the later name keeps its own.
        """
        run = self.tables.conn.execute
        last = run("SELECT coalesce(max(number), 0) FROM watch_revisions WHERE watch = ?", (was,)).fetchone()[0]
        if not last:
            return
        # Downwards through negative numbers: the key is unique at every step.
        run("UPDATE watch_revisions SET number = -(number + ?) WHERE watch = ?", (last, is_now))
        run("UPDATE watch_revisions SET number = -number WHERE watch = ?", (is_now,))
        run("UPDATE matches SET revision = revision + ? WHERE watch = ?", (last, is_now))
        run(
            "DELETE FROM matches WHERE watch = ? AND change_id IN (SELECT change_id FROM matches WHERE watch = ?)",
            (was, is_now),
        )
        run("UPDATE matches SET watch = ? WHERE watch = ?", (is_now, was))
        run("UPDATE watch_revisions SET watch = ? WHERE watch = ?", (is_now, was))

    def _revision(self, watch: Watch, now: datetime) -> int:
        definition, row = _definition(watch), self._newest_revision(watch.name)
        if row and row["definition"] == definition:
            return int(row["number"])
        number = row["number"] + 1 if row else 1
        self.tables.table("watch_revisions").insert(
            {"watch": watch.name, "number": number, "definition": definition, "created_at": utc_text(now)}
        )
        return number

    def _newest_revision(self, watch: str) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self.tables.conn.execute(
            "SELECT number, definition, created_at FROM watch_revisions WHERE watch = ? ORDER BY number DESC LIMIT 1",
            (watch,),
        ).fetchone()
        return row


def _definition(watch: Watch) -> str:
    """What a revision keeps: how a watch is called, what it looks for and hears of; not how it is looked after."""
    said = {"name": watch.name, "title": watch.title, "keywords": watch.keywords, "query": watch.query, "on": watch.on}
    return json.dumps(said | {"alert_if_silent": None, "tests": []}, sort_keys=True, ensure_ascii=False)


def _match(row: sqlite3.Row) -> Match:
    return Match(
        id=row["id"],
        watch=row["watch"],
        revision=row["revision"],
        change=change_of(row),
        hits=tuple(Hit(*hit) for hit in json.loads(row["hits"])),
        snippet=tuple(Span(text, marked) for text, marked in json.loads(row["snippet"])),
        record=record_of(row),
    )
