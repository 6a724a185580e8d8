"""The chain of hashes over everything that was captured: versions, Hansard's transcripts, attachments. Behaviour 12.3.

A link is the SHA-256 of the link before it, a line feed, and the record it covers as JSON without spaces: the columns that
`_RECORDS` names, in their order. Before the first link stand 64 zeros. Records name the bytes they were read from by their
SHA-256, so that the chain covers those as well. Whoever has a head from an old mail can show that nothing before it was
changed since, taken out, or put elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.model.evidence import ChainHead, Flaw

_BATCH = 500
_START = "0" * 64
_RECORDS = {
    "version": "SELECT 'version', p.key, v.number, v.retrieved_at, v.sha256, v.fingerprint, v.reading, v.title, v.summary,"
    " v.text, v.notice, v.note FROM versions v JOIN publications p ON p.id = v.publication_id WHERE v.id = ?",
    "transcript": "SELECT 'transcript', identifier, dated_on, house, ext_id, url, retrieved_at, sha256, title, text, volume,"
    " column_label FROM transcripts WHERE id = ?",
    "paper": "SELECT 'paper', url, came_at, sha256 FROM paper_states WHERE url = ? AND came_at = ?",
}
_UNLINKED = {
    "version": "SELECT id FROM versions WHERE id NOT IN (SELECT version_id FROM chain WHERE version_id NOT NULL"
    " UNION ALL SELECT version_id FROM unlinked WHERE version_id NOT NULL)",
    "transcript": "SELECT id FROM transcripts WHERE id NOT IN (SELECT transcript_id FROM chain WHERE transcript_id NOT NULL"
    " UNION ALL SELECT transcript_id FROM unlinked WHERE transcript_id NOT NULL)",
    "paper": "SELECT url, came_at FROM paper_states WHERE (url, came_at) NOT IN (SELECT paper_url, came_at FROM chain"
    " WHERE paper_url NOT NULL UNION ALL SELECT paper_url, came_at FROM unlinked WHERE paper_url NOT NULL)",
}


@dataclass(frozen=True, slots=True)
class Chain:
    """The tables chain and unlinked."""

    connection: sqlite3.Connection

    def extend(self) -> None:
        """Link what has come since, in the order it came. Call within a transaction."""
        head = self.head()
        place, link = (head.place, head.sha256) if head else (0, _START)
        while waiting := self.connection.execute("SELECT * FROM unlinked ORDER BY id LIMIT ?", (_BATCH,)).fetchall():
            links = []
            for row in waiting:
                record = self._record(row)
                if record is not None:
                    place, link = place + 1, _link(link, record)
                    links.append(
                        (place, row["version_id"], row["transcript_id"], row["paper_url"], row["came_at"], link)
                    )
            self.connection.executemany("INSERT INTO chain VALUES (?, ?, ?, ?, ?, ?)", links)
            self.connection.execute("DELETE FROM unlinked WHERE id <= ?", (waiting[-1]["id"],))

    def head(self) -> ChainHead | None:
        """The last link; None while nothing is linked."""
        row = self.connection.execute("SELECT id, sha256 FROM chain ORDER BY id DESC LIMIT 1").fetchone()
        return ChainHead(row["id"], row["sha256"]) if row else None

    def place_of(self, sha256: str) -> int | None:
        """Where the chain went through a head that was noted once; None where it never did."""
        row = self.connection.execute("SELECT id FROM chain WHERE sha256 = ?", (sha256,)).fetchone()
        return int(row["id"]) if row else None

    def check(self) -> Iterator[Flaw | None]:
        """Hold every link against its record and the link before, and look for records in no link: None for each that holds."""
        place, before = 0, _START
        for row in self.connection.execute("SELECT * FROM chain ORDER BY id"):
            place += 1
            record, name = self._record(row), f"link {row['id']}"
            if row["id"] != place:
                yield Flaw(name, f"{row['id'] - place} links before it are missing")
                place = row["id"]
            elif record is None:
                yield Flaw(name, f"its record is missing: {_subject(row)}")
            elif _link(before, record) != row["sha256"]:
                yield Flaw(name, f"the link before it or its record is not what it was: {_subject(row)}, {record[1]}")
            else:
                yield None
            before = row["sha256"]
        for kind, query in _UNLINKED.items():
            for row in self.connection.execute(query):
                yield Flaw(" ".join((kind, *map(str, row))), "it is in no link of the chain")

    def _record(self, row: sqlite3.Row) -> tuple[object, ...] | None:
        """The record that a row of chain or unlinked names; None where it is not there."""
        kind, *place = _place(row)
        found = self.connection.execute(_RECORDS[str(kind)], place).fetchone()
        return tuple(found) if found else None


def _place(row: sqlite3.Row) -> tuple[str | int, ...]:
    if row["version_id"] is not None:
        return "version", row["version_id"]
    if row["transcript_id"] is not None:
        return "transcript", row["transcript_id"]
    return "paper", row["paper_url"], row["came_at"]


def _subject(row: sqlite3.Row) -> str:
    return " ".join(map(str, _place(row)))


def _link(before: str, record: tuple[object, ...]) -> str:
    told = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{told}".encode("utf-8", "surrogatepass")).hexdigest()
