"""The files behind attachments, in the archive: what is known of each, and its text."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from monitor.model.paper import Paper, PaperText
from monitor.model.publication import AttachmentKind
from monitor.store.rows import time_or_none, utc_or_none
from monitor.times import utc_text

_NO_WORDS = PaperText()
_LAST_ARRIVAL = "coalesce((SELECT max(arrival) FROM papers WHERE arrival IS NOT NULL), 0)"
_MOST_MATCHED = 6_000_000
"""Characters of all attachments of one publication that watches read."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be fetched: its address, and what the publisher says of it."""

    paper: Paper
    title: str
    media_type: str | None
    kind: AttachmentKind = "file"


@dataclass(frozen=True, slots=True)
class Papers:
    """The tables papers and paper_texts."""

    connection: sqlite3.Connection

    def due(self, now: datetime, limit: int, *, after_version: int) -> tuple[Wanted, ...]:
        """What is to be fetched, of the newest publications first: what is new, what is to be tried again, and attached pages of
        publications that have changed since. Of what is new, and of changes, only those after a version, by its id.
        """
        rows = self.connection.execute(
            "WITH wanted AS (SELECT a.url FROM publications p"
            " CROSS JOIN attachments a ON a.publication_id = p.id AND a.version = p.version LEFT JOIN papers f ON f.url = a.url"
            " WHERE p.version_id > ? AND (f.url IS NULL OR (a.kind = 'html' AND f.fetched_at <"
            " (SELECT max(c.detected_at) FROM changes c WHERE c.publication_id = p.id AND c.kind = 'updated')))"
            " UNION SELECT url FROM papers WHERE next_try_at <= ?)"
            " SELECT a.url, max(a.title) AS title, max(a.media_type) AS claimed, min(a.kind) AS kind, f.*"
            " FROM wanted CROSS JOIN attachments a ON a.url = wanted.url"
            " JOIN publications p ON p.id = a.publication_id AND p.version = a.version LEFT JOIN papers f ON f.url = a.url"
            " GROUP BY a.url ORDER BY max(p.version_id) DESC LIMIT ?",
            (after_version, utc_text(now), limit),
        )
        return tuple(
            Wanted(_paper(row) if row["text_state"] else Paper(row[0]), row["title"], row["claimed"], row["kind"])
            for row in rows
        )

    def words_at(self, url: str) -> PaperText:
        """The words of what was kept last from an address; empty where it had none."""
        row = self.connection.execute("SELECT sha256 FROM papers WHERE url = ?", (url,)).fetchone()
        return self.text(row["sha256"]) if row and row["sha256"] else _NO_WORDS

    def place_in(self, key: str, version: int, attachment: str, offset: int) -> str:
        """Title of an attachment of a version, and the page or sheet of it that a character stands in, where it has any."""
        row = self.connection.execute(
            "SELECT a.title, f.sha256 FROM attachments a JOIN publications p ON p.id = a.publication_id"
            " JOIN papers f ON f.url = a.url WHERE p.key = ? AND a.version = ? AND a.attachment_id = ?",
            (key, version, attachment),
        ).fetchone()
        if row is None:
            return ""
        place = self.text(row["sha256"] or "").place_at(offset)
        return f"{row['title']}, {place}" if place else str(row["title"])

    def carriers(self, url: str) -> tuple[str, ...]:
        """The keys of publications that have this attachment now."""
        rows = self.connection.execute(
            "SELECT DISTINCT p.key FROM attachments a JOIN publications p ON p.id = a.publication_id"
            " AND p.version = a.version WHERE a.url = ? ORDER BY p.id",
            (url,),
        )
        return tuple(row["key"] for row in rows)

    def record(self, paper: Paper, words: PaperText = _NO_WORDS) -> None:
        """Keep what is known of a file now; its text goes into the search box once."""
        before = self.connection.execute("SELECT sha256, arrival FROM papers WHERE url = ?", (paper.url,)).fetchone()
        arrival = before["arrival"] if before and before["sha256"] == paper.sha256 else None
        self.connection.execute(
            "INSERT OR REPLACE INTO papers (url, sha256, media_type, bytes, pages, text_state, reason, extractor, attempts,"
            " fetched_at, next_try_at, arrival) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                paper.url, paper.sha256, paper.media_type, paper.size, paper.pages, paper.text_state, paper.reason,
                paper.extractor, paper.attempts, utc_or_none(paper.fetched_at), utc_or_none(paper.next_try_at), arrival,
            ),
        )  # fmt: skip
        if paper.sha256 and paper.fetched_at and (before is None or before["sha256"] != paper.sha256):
            self.connection.execute(
                "INSERT OR IGNORE INTO paper_states (url, came_at, sha256, extractor) VALUES (?, ?, ?, ?)",
                (paper.url, utc_text(paper.fetched_at), paper.sha256, paper.extractor),
            )
        if words.text and paper.sha256:
            is_new = self._keep_text(paper.sha256, words)
            if is_new or arrival is None:
                self._arrive("sha256" if is_new else "url", paper.sha256 if is_new else paper.url)

    def _keep_text(self, sha256: str, words: PaperText) -> bool:
        """Keep the words of some bytes, unless they are kept already."""
        kept = self.connection.execute(
            "INSERT OR IGNORE INTO paper_texts (sha256, text, positions) VALUES (?, ?, ?)",
            (sha256, words.text, json.dumps(words.positions, ensure_ascii=False)),
        )
        if kept.rowcount:
            self.connection.execute(
                "INSERT INTO paper_texts_fts (rowid, text) VALUES (?, ?)", (kept.lastrowid, words.text)
            )
        return bool(kept.rowcount)

    def _arrive(self, column: Literal["sha256", "url"], value: str) -> None:
        """Put papers last in the sequence, which goes on from where texts were counted before papers were."""
        self.connection.execute(
            f"UPDATE papers SET arrival = 1 + max({_LAST_ARRIVAL}, (SELECT coalesce(max(id), 0) FROM paper_texts))"
            f" WHERE {column} = ?",
            (value,),
        )

    def known(self, urls: Iterable[str]) -> dict[str, Paper]:
        """What is known of the files at these addresses."""
        found = {}
        for url in urls:
            row = self.connection.execute("SELECT * FROM papers WHERE url = ?", (url,)).fetchone()
            if row:
                found[url] = _paper(row)
        return found

    def pages(self, key: str) -> int | None:
        """How many pages the longest document of a publication has, where that is known."""
        row = self.connection.execute(
            "SELECT max(coalesce(f.pages, a.pages)) AS pages FROM attachments a JOIN publications p"
            " ON p.id = a.publication_id AND p.version = a.version LEFT JOIN papers f ON f.url = a.url WHERE p.key = ?",
            (key,),
        ).fetchone()
        return int(row["pages"]) if row["pages"] is not None else None

    def texts_of(self, key: str, version: int) -> tuple[tuple[str, str], ...]:
        """Ids and texts of the attachments that one version of a publication has, in the publisher's order.

        They are all held in memory while watches read them, so that together they may be only so long; what follows is left out.
        """
        rows = self.connection.execute(
            "SELECT a.attachment_id, t.text FROM attachments a JOIN publications p ON p.id = a.publication_id"
            " JOIN papers f ON f.url = a.url JOIN paper_texts t ON t.sha256 = f.sha256"
            " WHERE p.key = ? AND a.version = ? ORDER BY a.position",
            (key, version),
        )
        found, left = [], _MOST_MATCHED
        for row in rows:
            found.append((row["attachment_id"], row["text"][:left]))
            left -= len(row["text"])
            if left <= 0:
                break
        return tuple(found)

    def head(self) -> int:
        """The newest paper that came with words."""
        return int(self.connection.execute(f"SELECT {_LAST_ARRIVAL}").fetchone()[0])

    def texts_after(self, sequence: int, limit: int) -> tuple[tuple[int, str, str], ...]:
        """Papers whose words came in after a place in their sequence, with each publication that carries one now: its key, and
        the id of the attachment there. At least `limit` of them, if there are, as no paper is left half told.
        """
        carried = (
            "FROM papers f JOIN attachments a ON a.url = f.url"
            " JOIN publications p ON p.id = a.publication_id AND p.version = a.version WHERE f.arrival > :after"
        )
        rows = self.connection.execute(
            f"SELECT f.arrival, p.key, a.attachment_id {carried} AND f.arrival <="
            f" (SELECT max(arrival) FROM (SELECT f.arrival {carried} ORDER BY f.arrival LIMIT :limit)) ORDER BY f.arrival",
            {"after": sequence, "limit": limit},
        )
        return tuple((row["arrival"], row["key"], row["attachment_id"]) for row in rows)

    def text(self, sha256: str) -> PaperText:
        """The words of a file; empty where it has none."""
        row = self.connection.execute("SELECT text, positions FROM paper_texts WHERE sha256 = ?", (sha256,)).fetchone()
        if row is None:
            return _NO_WORDS
        return PaperText(row["text"], tuple((line, label) for line, label in json.loads(row["positions"])))


def _paper(row: sqlite3.Row) -> Paper:
    return Paper(
        url=row["url"],
        text_state=row["text_state"],
        sha256=row["sha256"],
        media_type=row["media_type"],
        size=row["bytes"],
        pages=row["pages"],
        reason=row["reason"],
        extractor=row["extractor"],
        attempts=row["attempts"],
        fetched_at=time_or_none(row["fetched_at"]),
        next_try_at=time_or_none(row["next_try_at"]),
    )
