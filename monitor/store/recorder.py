"""The one way in: what a poll found is written as versions, attachments, links and changes, a batch at a time."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from monitor.model.change import Change
from monitor.model.record import Capture, ChangeDraft
from monitor.store.accession import UPDATE, Accession, Place, Placed, publication_row
from monitor.store.rows import CHANGE_COLUMNS, Row, change_of, facets_text, insert_rows, select_in, utc_or_none
from monitor.text import count_words
from monitor.times import utc_text


@dataclass(frozen=True, slots=True)
class Recorder:
    """Writes findings. Call within a transaction of the archive, so that a batch is kept whole or not at all."""

    tables: Database

    def record(self, accessions: Sequence[Accession], now: datetime) -> tuple[Change, ...]:
        """Keep new versions and changes; returns the changes with their place in the sequence.

        A publication may stand in `accessions` once only.
        """
        if not accessions:
            return ()
        placed = self._place(accessions)
        kept = [(accession, place) for accession, place in placed if accession.finding.is_version]
        last = self._last("changes")
        self.keep_captures((accession.capture for accession, _ in kept), now)
        self._keep_versions(kept, now)
        self._keep_publications(placed, now)
        self._keep_parts(kept)
        self._keep_relations(placed)
        self.tables.table("changes").insert_all(
            self._change_row(place, draft, accession.finding.is_version, now)
            for accession, place in placed
            for draft in accession.finding.changes
        )
        return self._changes_after(last)

    def record_departure(
        self, key: str, draft: ChangeDraft, successor: str | None, now: datetime
    ) -> tuple[Change, ...]:
        """The publisher took a publication away: its words stay, its status says so, and `successor` is linked."""
        row = self.tables.conn.execute(
            "SELECT id, version, version_id FROM publications WHERE key = ?", (key,)
        ).fetchone()
        last = self._last("changes")
        self.tables.conn.execute(
            "UPDATE publications SET status = 'gone', notice = ?, next_look_at = NULL WHERE id = ?",
            (draft.note, row["id"]),
        )
        if successor:
            self.tables.table("links").insert(
                {"publication_id": row["id"], "target": successor, "rel": "superseded-by", "method": "publisher",
                 "version": row["version"]}, ignore=True,
            )  # fmt: skip
        place = Place(row["id"], row["version"], row["version_id"], is_first=False)
        self.tables.table("changes").insert(self._change_row(place, draft, False, now))
        return self._changes_after(last)

    def record_looks(self, looks: Mapping[str, datetime | None]) -> None:
        """Say when publications are to be looked at again; None is never."""
        self.tables.conn.executemany(
            "UPDATE publications SET next_look_at = ? WHERE key = ?",
            [(utc_or_none(at), key) for key, at in looks.items()],
        )

    def _last(self, table: str) -> int:
        return int(self.tables.conn.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0])

    def _place(self, accessions: Sequence[Accession]) -> Placed:
        """Find or give ids and version numbers. Counting up from the highest is safe: there is one writer, in a transaction."""
        query = "SELECT key, id, version, version_id FROM publications WHERE key IN ({})"
        known = {row["key"]: row for row in select_in(self.tables.conn, query, [one.key for one in accessions])}
        publication_id, version_id = self._last("publications"), self._last("versions")
        placed = []
        for accession in accessions:
            row = known.get(accession.key)
            version_id += accession.finding.is_version
            if row is None:
                publication_id += 1
                place = Place(publication_id, 1, version_id, is_first=True)
            elif accession.finding.is_version:
                place = Place(row["id"], row["version"] + 1, version_id, is_first=False)
            else:
                place = Place(row["id"], row["version"], row["version_id"], is_first=False)
            placed.append((accession, place))
        return placed

    def keep_captures(self, captures: Iterable[Capture], now: datetime) -> None:
        """Keep the exact bytes that something was read from, once."""
        captured_at = utc_text(now)
        self.tables.table("captures").insert_all(
            (
                {
                    "sha256": capture.sha256,
                    "bytes": len(capture.body),
                    "media_type": capture.media_type,
                    "captured_at": captured_at,
                    "body": zlib.compress(capture.body, 1),
                }
                for capture in {capture.sha256: capture for capture in captures}.values()
            ),
            ignore=True,
        )

    def _keep_versions(self, kept: Placed, now: datetime) -> None:
        last, retrieved_at = self._last("versions"), utc_text(now)
        rows = [
            {
                "id": place.version_id,
                "publication_id": place.publication_id,
                "number": place.version,
                "retrieved_at": retrieved_at,
                "fingerprint": accession.finding.fingerprint,
                "reading": accession.reading,
                "sha256": accession.capture.sha256,
                "title": seen.title,
                "summary": seen.summary,
                "text": seen.text,
                "notice": seen.notice,
                "words": count_words(seen.text),
                "note": seen.notes[0].text if seen.notes else "",
                "facets": facets_text(seen),
            }
            for accession, place in kept
            for seen in (accession.finding.publication,)
        ]
        insert_rows(self.tables.conn, "versions", rows)
        self._index(last, [place for _, place in kept if not place.is_first])

    def _index(self, last: int, superseded: Sequence[Place]) -> None:
        """Put the versions after `last` in the search box, and take out those they supersede."""
        self.tables.conn.executemany(
            "INSERT INTO latest_fts (latest_fts, rowid, title, summary, text) SELECT 'delete', id, title, summary, text"
            " FROM versions WHERE publication_id = ? AND number = ?",
            [(place.publication_id, place.version - 1) for place in superseded],
        )
        self.tables.conn.execute(
            "INSERT INTO latest_fts (rowid, title, summary, text) SELECT id, title, summary, text FROM versions WHERE id > ?",
            (last,),
        )

    def _keep_publications(self, placed: Placed, now: datetime) -> None:
        first_seen_at = utc_text(now)
        firsts = [
            {
                **publication_row(accession, place),
                "feed": accession.feed,
                "source": accession.source,
                "first_seen_at": first_seen_at,
            }
            for accession, place in placed
            if place.is_first
        ]
        insert_rows(self.tables.conn, "publications", firsts)
        self.tables.conn.executemany(
            UPDATE,
            [
                publication_row(accession, place)
                for accession, place in placed
                if not place.is_first and (accession.finding.is_version or accession.finding.changes)
            ],
        )
        self.record_looks(
            {
                accession.key: accession.next_look_at
                for accession, place in placed
                if not place.is_first and not accession.finding.is_version and not accession.finding.changes
            }
        )

    def _keep_parts(self, kept: Placed) -> None:
        self.tables.table("attachments").insert_all(
            {
                "publication_id": place.publication_id,
                "version": place.version,
                "position": position,
                "attachment_id": attachment.id,
                "title": attachment.title,
                "url": attachment.url,
                "kind": attachment.kind,
                "media_type": attachment.media_type,
                "filename": attachment.filename,
                "size": attachment.size,
                "pages": attachment.pages,
                "paper_number": attachment.paper_number,
                "isbn": attachment.isbn,
            }
            for accession, place in kept
            for position, attachment in enumerate(accession.finding.publication.attachments)
        )
        self.tables.table("links").insert_all(
            (
                {"publication_id": place.publication_id, "target": attachment.url, "rel": "attachment",
                 "anchor": attachment.title, "method": "publisher", "version": place.version}
                for accession, place in kept
                for attachment in accession.finding.publication.attachments
            ),
            ignore=True,
        )  # fmt: skip
        self.tables.table("links").insert_all(
            (
                {"publication_id": place.publication_id, "target": link.url, "rel": "cites", "anchor": link.anchor,
                 "method": "hyperlink", "version": place.version}
                for accession, place in kept
                for link in accession.finding.publication.hyperlinks
            ),
            ignore=True,
        )  # fmt: skip

    def _keep_relations(self, placed: Placed) -> None:
        self.tables.table("links").insert_all(
            (
                {"publication_id": place.publication_id, "target": relation.key, "rel": relation.rel,
                 "method": "publisher", "version": place.version}
                for accession, place in placed
                for relation in accession.finding.publication.relations
            ),
            ignore=True,
        )  # fmt: skip

    def _change_row(self, place: Place, draft: ChangeDraft, is_version: bool, now: datetime) -> Row:
        before = place.version - 1 if is_version else place.version
        return {
            "publication_id": place.publication_id,
            "kind": draft.kind,
            "detected_at": utc_text(now),
            "from_version": None if draft.kind == "new" else before,
            "to_version": place.version,
            "note": draft.note,
            "announced": draft.announced,
            "material": draft.material,
            "words_added": draft.words_added,
            "words_removed": draft.words_removed,
            "late": draft.late,
        }

    def _changes_after(self, last: int) -> tuple[Change, ...]:
        rows: Iterator[Any] = self.tables.conn.execute(
            f"SELECT {CHANGE_COLUMNS}, p.key FROM changes c JOIN publications p ON p.id = c.publication_id"
            " WHERE c.id > ? ORDER BY c.id",
            (last,),
        )
        return tuple(change_of(row) for row in rows)
