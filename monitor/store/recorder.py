"""The one way in: what a poll found is written as versions, attachments, links and changes, a batch at a time."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from monitor.model.change import Change
from monitor.model.record import Capture, ChangeDraft, Finding
from monitor.store.rows import CHANGE_COLUMNS, change_of, utc_or_none
from monitor.text import count_words
from monitor.times import utc_text

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a finding goes: its publication's id, and the number of the version that holds (or will hold) its words."""

    publication_id: int
    version: int
    is_first: bool


@dataclass(frozen=True, slots=True)
class Recorder:
    """Writes findings. Call within a transaction of the archive, so that a batch is kept whole or not at all."""

    tables: Database

    def record(
        self,
        feed: str,
        found: Sequence[tuple[Finding, Capture]],
        looks: Mapping[str, datetime | None],
        now: datetime,
    ) -> tuple[Change, ...]:
        """Keep new versions and changes; returns the changes with their place in the sequence.

        `looks` says when each publication is to be looked at again. A publication may stand in `found` once only.
        """
        places = self._places([finding for finding, _ in found])
        kept = [(finding, capture, places[finding.publication.key]) for finding, capture in found if finding.is_version]
        last = self.tables.conn.execute("SELECT coalesce(max(id), 0) FROM changes").fetchone()[0]
        self._keep_captures((capture for _, capture, _ in kept), now)
        version_ids = self._keep_versions(kept, now)
        self._keep_publications([finding for finding, _ in found], places, version_ids, feed, looks, now)
        self._keep_parts([(finding, place) for finding, _, place in kept])
        self._keep_relations([finding for finding, _ in found], places)
        self.tables.table("changes").insert_all(
            self._change_row(places[finding.publication.key], draft, finding.is_version, now)
            for finding, _ in found
            for draft in finding.changes
        )
        return self._changes_after(last)

    def record_departure(
        self, key: str, draft: ChangeDraft, successor: str | None, now: datetime
    ) -> tuple[Change, ...]:
        """The publisher took a publication away: its words stay, its status says so, and `successor` is linked."""
        row = self.tables.conn.execute("SELECT id, version FROM publications WHERE key = ?", (key,)).fetchone()
        last = self.tables.conn.execute("SELECT coalesce(max(id), 0) FROM changes").fetchone()[0]
        self.tables.conn.execute(
            "UPDATE publications SET status = 'gone', notice = ?, next_look_at = NULL WHERE id = ?",
            (draft.note, row["id"]),
        )
        if successor:
            self.tables.table("links").insert(
                {"publication_id": row["id"], "target": successor, "rel": "superseded-by", "method": "publisher",
                 "version": row["version"]}, ignore=True,
            )  # fmt: skip
        place = _Place(row["id"], row["version"], is_first=False)
        self.tables.table("changes").insert(self._change_row(place, draft, False, now))
        return self._changes_after(last)

    def record_looks(self, looks: Mapping[str, datetime | None]) -> None:
        """Say when publications are to be looked at again; None is never."""
        self.tables.conn.executemany(
            "UPDATE publications SET next_look_at = ? WHERE key = ?",
            [(utc_or_none(at), key) for key, at in looks.items()],
        )

    def _places(self, findings: Sequence[Finding]) -> dict[str, _Place]:
        """Ids and version numbers. Counting up from the highest is safe: there is one writer, in a transaction."""
        next_id = self.tables.conn.execute("SELECT coalesce(max(id), 0) FROM publications").fetchone()[0]
        places = {}
        for finding in findings:
            row = self.tables.conn.execute(
                "SELECT id, version FROM publications WHERE key = ?", (finding.publication.key,)
            ).fetchone()
            if row is None:
                next_id += 1
                places[finding.publication.key] = _Place(next_id, 1, is_first=True)
            else:
                version = row["version"] + finding.is_version
                places[finding.publication.key] = _Place(row["id"], version, is_first=False)
        return places

    def _keep_captures(self, captures: Iterable[Capture], now: datetime) -> None:
        self.tables.table("captures").insert_all(
            (
                {
                    "sha256": capture.sha256,
                    "bytes": len(capture.body),
                    "media_type": capture.media_type,
                    "captured_at": utc_text(now),
                    "body": zlib.compress(capture.body, 1),
                }
                for capture in {capture.sha256: capture for capture in captures}.values()
            ),
            ignore=True,
        )

    def _keep_versions(self, kept: Sequence[tuple[Finding, Capture, _Place]], now: datetime) -> dict[str, int]:
        last = self.tables.conn.execute("SELECT coalesce(max(id), 0) FROM versions").fetchone()[0]
        ids = {finding.publication.key: last + 1 + place for place, (finding, _, _) in enumerate(kept)}
        self.tables.table("versions").insert_all(
            {
                "id": ids[finding.publication.key],
                "publication_id": place.publication_id,
                "number": place.version,
                "retrieved_at": utc_text(now),
                "fingerprint": finding.fingerprint,
                "sha256": capture.sha256,
                "title": finding.publication.title,
                "summary": finding.publication.summary,
                "text": finding.publication.text,
                "notice": finding.publication.notice,
                "words": count_words(finding.publication.text),
                "note": finding.publication.notes[0].text if finding.publication.notes else "",
            }
            for finding, capture, place in kept
        )
        self._index(last, [place for _, _, place in kept if not place.is_first])
        return ids

    def _index(self, last: int, superseded: Sequence[_Place]) -> None:
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

    def _keep_publications(
        self,
        findings: Sequence[Finding],
        places: Mapping[str, _Place],
        version_ids: Mapping[str, int],
        feed: str,
        looks: Mapping[str, datetime | None],
        now: datetime,
    ) -> None:
        firsts, known, same = [], [], {}
        for finding in findings:
            key = finding.publication.key
            if places[key].is_first:
                firsts.append({**_publication_row(finding), "id": places[key].publication_id, "version": 1,
                               "version_id": version_ids[key], "feed": feed, "first_seen_at": utc_text(now),
                               "next_look_at": utc_or_none(looks.get(key))})  # fmt: skip
            elif finding.is_version:
                known.append({**_publication_row(finding), "id": places[key].publication_id, "version": places[key].version,
                              "version_id": version_ids[key], "next_look_at": utc_or_none(looks.get(key))})  # fmt: skip
            elif finding.changes:
                known.append({**_publication_row(finding), "id": places[key].publication_id,
                              "next_look_at": utc_or_none(looks.get(key))})  # fmt: skip
            else:
                same[key] = looks.get(key)
        self.tables.table("publications").insert_all(firsts)
        for row in known:
            self.tables.table("publications").update(row.pop("id"), row)
        self.record_looks(same)

    def _keep_parts(self, kept: Sequence[tuple[Finding, _Place]]) -> None:
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
            for finding, place in kept
            for position, attachment in enumerate(finding.publication.attachments)
        )
        self.tables.table("links").insert_all(
            (
                {"publication_id": place.publication_id, "target": link.url, "rel": "cites", "anchor": link.anchor,
                 "method": "hyperlink", "version": place.version}
                for finding, place in kept
                for link in finding.publication.hyperlinks
            ),
            ignore=True,
        )  # fmt: skip

    def _keep_relations(self, findings: Sequence[Finding], places: Mapping[str, _Place]) -> None:
        self.tables.table("links").insert_all(
            (
                {"publication_id": places[finding.publication.key].publication_id, "target": relation.key,
                 "rel": relation.rel, "method": "publisher", "version": places[finding.publication.key].version}
                for finding in findings
                for relation in finding.publication.relations
            ),
            ignore=True,
        )  # fmt: skip

    def _change_row(self, place: _Place, draft: ChangeDraft, is_version: bool, now: datetime) -> Row:
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


def _publication_row(finding: Finding) -> Row:
    seen = finding.publication
    return {
        "key": seen.key,
        "url": seen.url,
        "title": seen.title,
        "document_type": seen.document_type,
        "publisher": seen.publisher,
        "identifier": seen.identifier,
        "department": seen.department,
        "house": seen.house,
        "minister": seen.minister,
        "role": seen.role,
        "dated_on": seen.dated_on.isoformat() if seen.dated_on else None,
        "published_at": utc_or_none(seen.published_at),
        "updated_at": utc_or_none(seen.updated_at),
        "newest_note_at": utc_or_none(seen.notes[0].at if seen.notes else None),
        "language": seen.language,
        "status": seen.status,
        "notice": seen.notice,
        "licence": seen.licence,
        "fingerprint": finding.fingerprint,
    }
