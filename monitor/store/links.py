"""Links in the archive: from publications to others, to addresses, and to what they name by number, each with its sentence."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from monitor.model.citation import Citation
from monitor.model.record import Record
from monitor.store.rows import RECORD_COLUMNS, record_of
from monitor.times import utc_text

_COLUMN = re.compile(r"(?:(Commons|Lords) )?column (?:GC )?(\d+)")
_OF_STATEMENTS = re.compile(r"WS\b", re.IGNORECASE)
"""In the label of a column, as Hansard numbers written statements apart from all else."""
_FOUND = (
    "WITH self AS (SELECT id, key, url, identifier, dated_on FROM publications WHERE key = ?), names AS ("
    " SELECT key AS name FROM self UNION SELECT url FROM self UNION SELECT identifier FROM self WHERE identifier IS NOT NULL"
    " UNION SELECT a.url FROM attachments a JOIN self ON a.publication_id = self.id"
    " UNION SELECT a.paper_number FROM attachments a JOIN self ON a.publication_id = self.id WHERE a.paper_number IS NOT NULL"
    " UNION SELECT replace(replace(a.isbn, '-', ''), ' ', '') FROM attachments a JOIN self ON a.publication_id = self.id"
    " WHERE a.isbn IS NOT NULL), found AS (SELECT l.rowid AS number, l.* FROM links l JOIN self ON l.publication_id = self.id"
    " UNION SELECT l.rowid, l.* FROM links l JOIN names ON l.target = names.name"
    " UNION SELECT l.rowid, l.* FROM links l JOIN names ON l.leads_to = names.name"
    " UNION SELECT l.rowid, l.* FROM links l JOIN self ON l.dated_on = self.dated_on)"
    " SELECT p.key AS from_key, p.house, coalesce(p.dated_on, substr(p.first_seen_at, 1, 10)) AS said_on, found.*"
    " FROM found JOIN publications p ON p.id = found.publication_id ORDER BY found.rel, found.target, from_key"
)


@dataclass(frozen=True, slots=True)
class Link:
    """A tie from one publication to another, to an address, or to what `target` names.

    `sentence` is where it stands, `anchor` the words that link.
    """

    from_key: str
    to_key: str | None
    url: str | None
    rel: str
    method: str
    confidence: float
    anchor: str
    target: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Links:
    """The table links. Hyperlinks, attachments and the publisher's own ties are written with their publication."""

    connection: sqlite3.Connection

    def of(self, key: str) -> tuple[Link, ...]:
        """What a publication leads to, and what leads to it."""
        found = []
        for row in self.connection.execute(_FOUND, (key,)).fetchall():
            to_key = self._destination(row)
            if key in (row["from_key"], to_key):
                url = row["target"] if "://" in row["target"] else None
                found.append(
                    Link(
                        row["from_key"], to_key, url, row["rel"], row["method"], row["confidence"], row["anchor"],
                        row["target"], row["sentence"],
                    )
                )  # fmt: skip
        return (*found, *self._promised(key))

    def _promised(self, key: str) -> tuple[Link, ...]:
        """From a statement to what keeps its promises, or may keep them: the ledger as links."""
        rows = self.connection.execute(
            "SELECT s.key AS from_key, p.kept_by, d.url, p.score, p.expected, p.quote FROM promises p"
            " JOIN publications s ON s.id = p.publication_id JOIN publications d ON d.key = p.kept_by"
            " WHERE p.status IN ('kept', 'possible') AND p.id IN (SELECT id FROM promises WHERE kept_by = ?1 UNION"
            " SELECT id FROM promises WHERE publication_id = (SELECT id FROM publications WHERE key = ?1)) ORDER BY p.id",
            (key,),
        )
        return tuple(
            Link(
                row["from_key"], row["kept_by"], row["url"], "promised", "promise", row["score"], row["expected"],
                row["kept_by"], row["quote"],
            )
            for row in rows
        )  # fmt: skip

    def to_follow(self, asked_before: datetime, limit: int, *, after_version: int) -> tuple[str, ...]:
        """Pages of www.gov.uk that statements link to and the archive does not hold: of versions after one, by its id, and those
        that could not be read.

        These are named again ten times at the most, and only if they were asked for `asked_before`.
        """
        rows = self.connection.execute(
            "SELECT page FROM (SELECT l.leads_to AS page, p.version_id AS age FROM publications p"
            " CROSS JOIN links l ON l.publication_id = p.id AND l.rel = 'cites'"
            " LEFT JOIN sightings s ON s.url = 'https://www.gov.uk/api/content' || substr(l.leads_to, 19)"
            " WHERE p.version_id > ? AND p.document_type = 'written_statement' AND l.leads_to LIKE 'https://www.gov.uk/_%'"
            " AND s.url IS NULL"
            " UNION ALL SELECT 'https://www.gov.uk' || substr(url, 31), 0 FROM sightings"
            " WHERE settled = 0 AND feed = 'following-links' AND attempts < 10 AND seen_at < ?)"
            " WHERE NOT EXISTS (SELECT 1 FROM publications held WHERE held.url = page)"
            " GROUP BY page ORDER BY max(age) DESC LIMIT ?",
            (after_version, utc_text(asked_before), limit),
        )
        return tuple(row["page"] for row in rows)

    def versions_after(self, version_id: int, limit: int) -> tuple[tuple[int, Record], ...]:
        """Versions by their id, in the order they came, to be searched for what they name."""
        rows = self.connection.execute(
            f"SELECT v.id AS version_id, {RECORD_COLUMNS} FROM versions v JOIN publications p ON p.id = v.publication_id"
            " WHERE v.id > ? ORDER BY v.id LIMIT ?",
            (version_id, limit),
        )
        return tuple((row["version_id"], record_of(row)) for row in rows)

    def hyperlinks(self, key: str) -> tuple[tuple[str, str], ...]:
        """Addresses that a publication's text links to and nobody has looked at yet, each with the words that link."""
        rows = self.connection.execute(
            "SELECT l.target, l.anchor FROM links l JOIN publications p ON p.id = l.publication_id"
            " WHERE p.key = ? AND l.method = 'hyperlink' AND l.leads_to = '' ORDER BY l.rowid",
            (key,),
        )
        return tuple((row["target"], row["anchor"]) for row in rows)

    def complete(self, key: str, found: Iterable[tuple[str, str, str]]) -> None:
        """Say of hyperlinks (their addresses) where they lead in one form, and in which sentence they stand."""
        self.connection.executemany(
            "UPDATE links SET leads_to = ?, sentence = ?"
            " WHERE publication_id = (SELECT id FROM publications WHERE key = ?) AND rel = 'cites' AND target = ?",
            [(leads_to, sentence, key, target) for target, leads_to, sentence in found],
        )

    def record(self, record: Record, citations: Iterable[Citation]) -> None:
        """Keep what a version names; what an earlier one named already stays as it is."""
        self.connection.executemany(
            "INSERT OR IGNORE INTO links (publication_id, target, rel, anchor, method, confidence, version, sentence,"
            " leads_to, dated_on) VALUES ((SELECT id FROM publications WHERE key = ?), ?, 'cites', ?, 'identifier', ?, ?, ?,"
            " ?, ?)",
            [
                (
                    record.key, one.target, one.words, one.confidence, record.version, one.sentence, one.leads_to,
                    one.dated_on.isoformat() if one.dated_on else None,
                )
                for one in citations
            ],
        )  # fmt: skip

    def _destination(self, row: sqlite3.Row) -> str | None:
        """The key of the publication that a link leads to, where the archive holds it."""
        if row["method"] == "identifier":
            if _COLUMN.match(row["leads_to"]):
                return self._by_column(row)
            return self._by_number(row["leads_to"], row["dated_on"] or row["said_on"], row["publication_id"])
        return self._one(
            "SELECT key FROM publications WHERE key = ?1 OR url = ?1 OR url = ?2 UNION ALL"
            " SELECT p.key FROM attachments a JOIN publications p ON p.id = a.publication_id WHERE a.url = ?1 AND p.id <> ?3",
            row["target"], row["leads_to"] or row["target"], row["publication_id"],
        )  # fmt: skip

    def bearer(self, number: str, day: date) -> str | None:
        """The publication that bears a number, or an attachment of which does; of several the nearest to a day."""
        return self._by_number(number, day.isoformat(), 0)

    def _by_number(self, number: str, day: str, but: int) -> str | None:
        return self._one(
            "SELECT key FROM (SELECT key, id, coalesce(dated_on, first_seen_at) AS day FROM publications"
            " WHERE identifier = ?1 COLLATE NOCASE UNION ALL"
            " SELECT p.key, p.id, coalesce(p.dated_on, p.first_seen_at) FROM attachments a JOIN publications p"
            " ON p.id = a.publication_id WHERE a.paper_number = ?1 COLLATE NOCASE UNION ALL"
            " SELECT p.key, p.id, coalesce(p.dated_on, p.first_seen_at) FROM attachments a JOIN publications p"
            " ON p.id = a.publication_id WHERE a.isbn IS NOT NULL AND replace(replace(a.isbn, '-', ''), ' ', '') = ?1)"
            " WHERE id <> ?3 ORDER BY abs(julianday(day) - julianday(?2)) LIMIT 1",
            number, day, but,
        )  # fmt: skip

    def _by_column(self, row: sqlite3.Row) -> str | None:
        """The statement that Hansard prints at or last before a column of a day; None where the day is not known.

        Other columns than those of written statements lead nowhere: speeches are not in the archive.
        """
        place = _COLUMN.match(row["leads_to"])
        if place is None or row["dated_on"] is None or _OF_STATEMENTS.search(row["leads_to"]) is None:
            return None
        return self._one(
            "SELECT p.key FROM transcripts t JOIN publications p ON p.identifier = t.identifier COLLATE NOCASE"
            " AND p.dated_on = t.dated_on WHERE t.dated_on = ? AND t.house = coalesce(?, ?, t.house)"
            " AND CAST(t.column_label AS INTEGER) <= ? ORDER BY CAST(t.column_label AS INTEGER) DESC, t.id DESC LIMIT 1",
            row["dated_on"], place[1], row["house"], int(place[2]),
        )  # fmt: skip

    def _one(self, query: str, *values: object) -> str | None:
        row = self.connection.execute(query, values).fetchone()
        return str(row["key"]) if row else None
