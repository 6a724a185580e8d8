"""What attachments said, state by state: a page is edited where it stands, a file gives way to another address."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from monitor.model.change import Change
from monitor.times import parse_time, utc_text


@dataclass(frozen=True, slots=True)
class PaperState:
    """One state of an attachment: where and when it came, its bytes, its words and which reader made them."""

    url: str
    came_at: datetime
    sha256: str
    extractor: str
    text: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """An attachment that says something else since a change: its title, and its words before and after."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PaperStates:
    """The table paper_states, with the attachments that lead to it."""

    connection: sqlite3.Connection

    def of(self, key: str, attachment: str) -> tuple[PaperState, ...]:
        """The states in which an attachment of a publication, by its id, has come, oldest first; the same bytes once in a row."""
        rows = self.connection.execute(
            "SELECT s.*, coalesce(t.text, '') AS text FROM (SELECT DISTINCT a.url FROM attachments a JOIN publications p"
            " ON p.id = a.publication_id WHERE p.key = ? AND a.attachment_id = ?) u JOIN paper_states s ON s.url = u.url"
            " LEFT JOIN paper_texts t ON t.sha256 = s.sha256 ORDER BY s.came_at, s.url",
            (key, attachment),
        )
        states: list[PaperState] = []
        for row in rows:
            if not states or states[-1].sha256 != row["sha256"]:
                came_at = parse_time(row["came_at"])
                states.append(PaperState(row["url"], came_at, row["sha256"], row["extractor"], row["text"]))
        return tuple(states)

    def replaced_by(self, change: Change) -> tuple[Replaced, ...]:
        """The attachments that a change made say something else, of which the words before and after are known."""
        if change.from_version is None:
            return ()
        rows = self._edited(change) if change.from_version == change.to_version else self._exchanged(change)
        return tuple(
            Replaced(row["title"], row["before"], row["after"]) for row in rows if row["before"] and row["after"]
        )

    def _edited(self, change: Change) -> list[sqlite3.Row]:
        """A page that was edited where it stands; the change is noted with its title, and told as soon as it was fetched."""
        return self.connection.execute(
            "SELECT a.title, new.text AS after, (SELECT t.text FROM paper_states o JOIN paper_texts t ON t.sha256 = o.sha256"
            " WHERE o.url = s.url AND o.came_at < s.came_at ORDER BY o.came_at DESC LIMIT 1) AS before"
            " FROM publications p JOIN attachments a ON a.publication_id = p.id AND a.version = ? AND a.title = ?"
            " JOIN paper_states s ON s.url = a.url AND s.came_at = ? JOIN paper_texts new ON new.sha256 = s.sha256"
            " WHERE p.key = ? ORDER BY a.position",
            (change.to_version, change.note, utc_text(change.detected_at), change.key),
        ).fetchall()

    def _exchanged(self, change: Change) -> list[sqlite3.Row]:
        """Files of two versions that have one id and two addresses."""
        newest = (
            "(SELECT t.text FROM paper_states s JOIN paper_texts t ON t.sha256 = s.sha256 WHERE s.url = {}.url"
            " ORDER BY s.came_at {} LIMIT 1)"
        )
        return self.connection.execute(
            f"SELECT b.title, {newest.format('a', 'DESC')} AS before, {newest.format('b', 'ASC')} AS after"
            " FROM publications p JOIN attachments a ON a.publication_id = p.id AND a.version = ?"
            " JOIN attachments b ON b.publication_id = p.id AND b.version = ? AND b.attachment_id = a.attachment_id"
            " AND b.url <> a.url WHERE p.key = ? ORDER BY b.position",
            (change.from_version, change.to_version, change.key),
        ).fetchall()
