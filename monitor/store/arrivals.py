"""What has come, as it is held against promises: titles, numbers, and a search for those like a promised document's name."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from monitor.model.promise import Candidate
from monitor.store.rows import time_or_none
from monitor.times import parse_time

_TITLE, _SUMMARY = "substr({}.title, 1, 1000)", "substr(v.summary, 1, 4000)"
"""No title is longer that somebody wrote: of the others the beginning has to do."""
_DOCUMENTS = (
    f"SELECT p.key, p.url, {_TITLE.format('p')} AS title, p.document_type, p.department, p.published_at, p.updated_at,"
    f" p.first_seen_at, p.language, {_SUMMARY} AS summary FROM {{}}"
    " JOIN publications p ON p.id = v.publication_id AND p.version_id = v.id"
    " WHERE p.document_type <> 'written_statement' AND v.id > :after {}"
)
_CAME = "coalesce(p.updated_at, p.published_at, p.dated_on, p.first_seen_at)"
_MOST = 50


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Reads publications and versions; a statement keeps no promise, and of each publication the latest version counts."""

    connection: sqlite3.Connection

    def after(self, version_id: int) -> Iterator[Candidate]:
        """What came after a version, by its id, in that order."""
        query = _DOCUMENTS.format("versions v", "ORDER BY v.id")
        return map(_candidate, self.connection.execute(query, {"after": version_id}))

    def numbers_after(self, version_id: int) -> tuple[str, ...]:
        """The numbers that what came after a version bears, or an attachment of it: of papers, statements and books."""
        rows = self.connection.execute(
            "SELECT p.identifier FROM versions v JOIN publications p ON p.version_id = v.id"
            " WHERE v.id > :after AND p.identifier IS NOT NULL"
            " UNION SELECT value FROM versions v JOIN attachments a ON a.publication_id = v.publication_id"
            " AND a.version = v.number JOIN json_each(json_array(a.paper_number, a.isbn))"
            " WHERE v.id > :after AND value IS NOT NULL",
            {"after": version_id},
        )
        return tuple(row[0] for row in rows)

    def lay_out(self, version_id: int, since: date | None) -> None:
        """Index by itself what came after a version, by its id, or was published since a day: to look that up in the index of
        everything takes a time that grows with everything.
        """
        self.connection.execute("DROP TABLE IF EXISTS temp.fresh_fts")
        self.connection.execute(
            "CREATE VIRTUAL TABLE temp.fresh_fts USING fts5"
            " (title, summary, tokenize = 'porter unicode61 remove_diacritics 2')"
        )
        self.connection.execute(
            "INSERT INTO temp.fresh_fts (rowid, title, summary)"
            f" SELECT v.id, {_TITLE.format('v')}, {_SUMMARY} FROM versions v WHERE v.id IN"
            f" (SELECT id FROM versions WHERE id > ? UNION SELECT version_id FROM publications p WHERE {_CAME} >= ?)",
            (version_id, since.isoformat() if since else "~"),
        )

    def like(
        self, words: Sequence[str], since: date, *, after_version: int = 0, laid_out: bool = True
    ) -> tuple[Candidate, ...]:
        """Documents whose title or summary shares words with a promised document's name, not older than `since`, likest first.

        `words` may have phrases, whose words must stand near each other.
        Only those whose latest version came after `after_version`, by id; of everything, or of what was laid out.
        """
        if not words:
            return ()
        index = "fresh_fts" if laid_out else "latest_fts"
        weights = "10.0, 2.0" if laid_out else "10.0, 2.0, 0.5"
        rows = self.connection.execute(
            _DOCUMENTS.format(
                f"{index} JOIN versions v ON v.id = {index}.rowid",
                f"AND {index} MATCH :words AND {_CAME} >= :since ORDER BY bm25({index}, {weights}) LIMIT {_MOST}",
            ),
            {
                "words": "{title summary} : (" + " OR ".join(map(_term, words)) + ")",
                "since": since.isoformat(),
                "after": after_version,
            },
        )
        return tuple(map(_candidate, rows))


def _term(words: str) -> str:
    """A word as FTS5 takes it; several as near each other, with two words between them at most."""
    quoted = [f'"{word}"' for word in words.split()]
    return quoted[0] if len(quoted) == 1 else f"NEAR({' '.join(quoted)}, 2)"


def _candidate(row: sqlite3.Row) -> Candidate:
    return Candidate(
        title=row["title"],
        document_type=row["document_type"],
        departments=(row["department"],) if row["department"] else (),
        published_at=time_or_none(row["published_at"]) or parse_time(row["first_seen_at"]),
        updated_at=time_or_none(row["updated_at"]),
        url=row["url"],
        language=row["language"],
        summary=row["summary"],
        key=row["key"],
    )
