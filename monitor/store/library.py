"""Finding publications in the archive: what we last knew, by name, by address, by date; their versions."""

from __future__ import annotations

import re
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import get_args
from urllib.parse import urlsplit

from monitor.errors import AmbiguousError, NotFoundError
from monitor.model.publication import Attachment, Publisher
from monitor.model.record import Capture, Known, Record
from monitor.store.rows import RECORD_COLUMNS, record_of, time_or_none
from monitor.times import parse_time, utc_text

_NUMBER = re.compile(r"(?:(\d{4}-\d{2}-\d{2})/)?([A-Za-z]{2,5}\d+|(?:CP|HC|Cm) \d+)", re.IGNORECASE)
_STATEMENT_PAGE = re.compile(r"/written-statements/detail/(\d{4}-\d{2}-\d{2})/([a-z]+\d+)", re.IGNORECASE)
_RECORD = f"SELECT {RECORD_COLUMNS} FROM publications p JOIN versions v ON v.publication_id = p.id"
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Version:
    """One version, without its words. `sha256` is that of the bytes it was read from, `reading` the edition of our readers."""

    number: int
    retrieved_at: datetime
    sha256: str
    note: str
    words: int
    reading: str


@dataclass(frozen=True, slots=True)
class Library:
    """Reads publications, versions, attachments."""

    connection: sqlite3.Connection

    def known(self, keys: Sequence[str]) -> dict[str, Known]:
        """What we last knew of each; keys that are not in the archive are not in the answer."""
        found: dict[str, Known] = {}
        for start in range(0, len(keys), _CHUNK):
            chunk = keys[start : start + _CHUNK]
            marks = ", ".join("?" * len(chunk))
            rows = self.connection.execute(
                f"SELECT {RECORD_COLUMNS}, p.id, p.fingerprint, p.newest_note_at, v.retrieved_at, v.reading, v.sha256,"
                " EXISTS (SELECT 1 FROM changes c WHERE c.publication_id = p.id AND c.kind = 'new') AS told"
                f" FROM publications p JOIN versions v ON v.id = p.version_id WHERE p.key IN ({marks})",
                chunk,
            )
            for row in rows:
                found[row["key"]] = Known(
                    record=record_of(row),
                    fingerprint=row["fingerprint"],
                    told=bool(row["told"]),
                    newest_note_at=time_or_none(row["newest_note_at"]),
                    version_at=parse_time(row["retrieved_at"]),
                    reading=row["reading"],
                    sha256=row["sha256"],
                    attachments=self._attachment_addresses(row["id"], row["versions"]),
                    relations=frozenset(self._targets(row["id"], "corrected-by")),
                )
        return found

    def capture(self, sha256: str) -> Capture | None:
        """The exact bytes that a version was read from."""
        row = self.connection.execute("SELECT media_type, body FROM captures WHERE sha256 = ?", (sha256,)).fetchone()
        return Capture(sha256, zlib.decompress(row["body"]), row["media_type"]) if row else None

    def key_at(self, url: str) -> str | None:
        """The key of the publication that was last seen at an address."""
        row = self.connection.execute("SELECT key FROM publications WHERE url = ?", (url,)).fetchone()
        return row["key"] if row else None

    def due_looks(self, now: datetime, limit: int) -> tuple[tuple[str, str], ...]:
        """Key and address of publications to look at again, so many of each publisher, oldest due first."""
        query = (
            "SELECT key, url FROM publications WHERE publisher = ? AND next_look_at <= ? ORDER BY next_look_at LIMIT ?"
        )
        rows = (
            row
            for publisher in get_args(Publisher)
            for row in self.connection.execute(query, (publisher, utc_text(now), limit))
        )
        return tuple((row["key"], row["url"]) for row in rows)

    def find_key(self, name: str) -> str:
        """The key that a person means by a key, a number (`HCWS293`, `2024-12-10/HCWS293`) or an address.

        Raises NotFoundError, or AmbiguousError with the candidates: numbers restart every session.
        """
        name = name.strip()
        row = self.connection.execute("SELECT key FROM publications WHERE key = ?", (name,)).fetchone()
        if row:
            return str(row["key"])
        if name.startswith(("http://", "https://")):
            return self._key_of_address(name)
        number = _NUMBER.fullmatch(name)
        if number:
            return self._key_of_number(name, number[2], number[1])
        raise NotFoundError("nothing in the archive has this key, number or address", resource=name)

    def record(self, key: str, version: int | None = None) -> Record:
        """A publication at its latest version, or at the one asked for. Raises NotFoundError."""
        row = self.connection.execute(
            f"{_RECORD} WHERE p.key = ? AND v.number = coalesce(?, p.version)", (key, version)
        ).fetchone()
        if row is None:
            what = f"{key} version {version}" if version else key
            raise NotFoundError("nothing in the archive has this key and version", resource=what)
        return record_of(row)

    def versions(self, key: str) -> tuple[Version, ...]:
        """All versions of a publication, oldest first."""
        rows = self.connection.execute(
            "SELECT v.* FROM versions v JOIN publications p ON p.id = v.publication_id WHERE p.key = ? ORDER BY v.number",
            (key,),
        )
        return tuple(
            Version(
                row["number"], parse_time(row["retrieved_at"]), row["sha256"], row["note"], row["words"], row["reading"]
            )
            for row in rows
        )

    def attachments(self, key: str) -> tuple[Attachment, ...]:
        """The attachments of a publication's latest version, in the publisher's order."""
        rows = self.connection.execute(
            "SELECT a.* FROM attachments a JOIN publications p ON p.id = a.publication_id AND a.version = p.version"
            " WHERE p.key = ? ORDER BY a.position",
            (key,),
        )
        return tuple(
            Attachment(
                id=row["attachment_id"], url=row["url"], title=row["title"], kind=row["kind"], media_type=row["media_type"],
                filename=row["filename"], size=row["size"], pages=row["pages"], paper_number=row["paper_number"],
                isbn=row["isbn"],
            )
            for row in rows
        )  # fmt: skip

    def dated_since(self, since: date) -> Iterator[tuple[date, Record]]:
        """Publications dated on a day or later, oldest first, at their latest version, each with its day."""
        day = "coalesce(p.dated_on, substr(p.published_at, 1, 10), substr(p.first_seen_at, 1, 10))"
        rows = self.connection.execute(
            f"SELECT {day} AS day, {RECORD_COLUMNS} FROM publications p JOIN versions v ON v.id = p.version_id"
            f" WHERE {day} >= ? ORDER BY day, p.id",
            (since.isoformat(),),
        )
        for row in rows:
            yield date.fromisoformat(row["day"]), record_of(row)

    def newest(self) -> int:
        """The number of the newest publication."""
        return int(self.connection.execute("SELECT coalesce(max(id), 0) FROM publications").fetchone()[0])

    def baseline_after(self, publication_id: int, limit: int) -> tuple[tuple[int, Record], ...]:
        """Publications that came without news, with a feed's baseline, by their number."""
        rows = self.connection.execute(
            f"SELECT p.id, {RECORD_COLUMNS} FROM publications p JOIN versions v ON v.id = p.version_id WHERE p.id > ?"
            " AND NOT EXISTS (SELECT 1 FROM changes c WHERE c.publication_id = p.id AND c.kind = 'new')"
            " ORDER BY p.id LIMIT ?",
            (publication_id, limit),
        )
        return tuple((row["id"], record_of(row)) for row in rows)

    def totals(self) -> dict[str, int]:
        """How much there is: publications, versions, bytes captured."""
        row = self.connection.execute(
            "SELECT (SELECT count(*) FROM publications) AS publications, (SELECT count(*) FROM versions) AS versions,"
            " (SELECT coalesce(sum(bytes), 0) FROM captures) AS bytes"
        ).fetchone()
        return dict(row)

    def _attachment_addresses(self, publication_id: int, version: int) -> tuple[tuple[str, str], ...]:
        rows = self.connection.execute(
            "SELECT attachment_id, url FROM attachments WHERE publication_id = ? AND version = ? ORDER BY position",
            (publication_id, version),
        )
        return tuple((row[0], row[1]) for row in rows)

    def _targets(self, publication_id: int, rel: str) -> Iterable[str]:
        rows = self.connection.execute(
            "SELECT target FROM links WHERE publication_id = ? AND rel = ?", (publication_id, rel)
        )
        return (row[0] for row in rows)

    def _key_of_number(self, name: str, number: str, day: str | None) -> str:
        rows = self.connection.execute(
            "SELECT key, identifier, dated_on FROM publications WHERE identifier = ? COLLATE NOCASE"
            " AND dated_on = coalesce(?, dated_on) ORDER BY dated_on DESC",
            (number, day),
        ).fetchall()
        if not rows:
            raise NotFoundError("no publication in the archive has this number", resource=name)
        if len(rows) > 1:
            raise AmbiguousError(
                "several publications have this number", resource=name,
                candidates=[f"{row['dated_on']}/{row['identifier']}" if not day else row["key"] for row in rows],
            )  # fmt: skip
        return str(rows[0]["key"])

    def _carrier(self, url: str) -> str | None:
        """The publication that has an attachment at this address; of several the one that came last."""
        row = self.connection.execute(
            "SELECT p.key FROM attachments a JOIN publications p ON p.id = a.publication_id WHERE a.url = ?"
            " ORDER BY p.version_id DESC LIMIT 1",
            (url,),
        ).fetchone()
        return str(row["key"]) if row else None

    def _key_of_address(self, url: str) -> str:
        statement = _STATEMENT_PAGE.search(url)
        if statement:
            return self._key_of_number(url, statement[2], statement[1])
        parts = urlsplit(url)
        path = parts.path.removeprefix("/api/content").rstrip("/")
        key = self.key_at(url) or self.key_at(f"https://{parts.hostname}{path}") or self._carrier(url)
        if key is None:
            raise NotFoundError("nothing in the archive was seen at this address", resource=url)
        return key
