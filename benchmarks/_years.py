"""Years of publishing, put into an archive by SQL: what a growth benchmark needs to be old, in seconds and not in years.

Every publication has a version, a capture, what its list said of it, what to ask its address with, polls, and a change;
half have a file, whose text was read; a tenth are statements with links, some of them to pages that are gone, and with
promises, of which most were kept. A twentieth matched a watch. Everything has been matched, linked and settled.
"""

from __future__ import annotations

import random
import sqlite3
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from monitor.store.chain import Chain

_SENTENCES = 2_000
_FIRST_DAY, _DAYS = date(2014, 1, 1), 3_900
_BODY = zlib.compress(b"x" * 200)
_SITE, _API = "https://www.gov.uk", "https://www.gov.uk/api/content"


def make_sentences() -> list[str]:
    """What all publications are made of: the same at every call."""
    chance = random.Random(4)
    words = ["".join(chance.choices("aeilnorstdcm", k=chance.randint(2, 9))) for _ in range(20_000)]
    return [
        " ".join(words[int(20_000 * chance.random() ** 2)] for _ in range(chance.randint(8, 24))).capitalize() + "."
        for _ in range(_SENTENCES)
    ]


def age(path: Path, to: int, watches: int) -> int:
    """Add publications to an archive until it holds so many. Returns the number of the newest match."""
    chance, sentences = random.Random(3), make_sentences()
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in ("PRAGMA synchronous = OFF", "PRAGMA cache_size = -400000", "BEGIN"):
        connection.execute(statement)
    have, first, change, promise = (
        connection.execute(f"SELECT {what} FROM {table}").fetchone()[0]
        for what, table in (
            ("count(*)", "publications"), ("max(id)", "versions"), ("coalesce(max(id), 0)", "changes"),
            ("coalesce(max(id), 0)", "promises"),
        )
    )  # fmt: skip
    years = _Years(chance, sentences, first, change, promise, watches)
    numbers = range(first + 1, first + 1 + to - have)
    for table, rows in years.tables(numbers):
        _insert(connection, table, rows)
    for verb in (
        "match",
        "held",
        "settle",
        "promises",
        "links",
        "follow",
        "follow-links",
        "papers",
        "match-papers",
        "words-versions",
        "words-papers",
    ):
        table = {
            "match": "changes",
            "held": "promises",
            "follow": "publications",
            "match-papers": "paper_texts",  # papers arrive in the order of their texts
            "words-papers": "paper_texts",
        }.get(verb, "versions")
        connection.execute(
            f"INSERT OR REPLACE INTO progress VALUES (?, (SELECT coalesce(max(id), 0) FROM {table}))", (verb,)
        )
    connection.execute(
        "UPDATE papers SET arrival = (SELECT t.id FROM paper_texts t WHERE t.sha256 = papers.sha256) WHERE arrival IS NULL"
    )
    connection.execute("INSERT INTO latest_fts (latest_fts) VALUES ('rebuild')")
    connection.row_factory = sqlite3.Row
    Chain(connection).extend()
    for statement in ("COMMIT", "ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)"):
        connection.execute(statement)
    told = connection.execute("SELECT coalesce(max(id), 0) FROM matches").fetchone()[0]
    connection.close()
    return int(told)


Rows = Iterator[dict[str, object]]


class _Years:
    """The rows of publications by number, a table at a time."""

    def __init__(
        self, chance: random.Random, sentences: list[str], first: int, change: int, promise: int, watches: int
    ) -> None:
        self._chance = chance
        self._sentences = sentences
        self._first, self._change, self._promise = first, change, promise
        self._watches = watches

    def tables(self, numbers: range) -> Iterator[tuple[str, Rows]]:
        """Each table with its rows."""
        statements = range(numbers.start - numbers.start % 10 + 10, numbers.stop, 10)
        yield (
            "captures",
            (
                {"sha256": _hash(n), "bytes": 200, "media_type": "text/html", "captured_at": _at(n), "body": _BODY}
                for n in numbers
            ),
        )
        yield "publications", map(self._publication, numbers)
        yield "versions", map(self._version, numbers)
        yield "changes", map(self._new, numbers)
        yield "matches", map(self._match, numbers[::20])
        yield "addresses", ({"url": f"{_API}/p/{n}", "etag": f'"{n}"', "body_sha256": _hash(n)} for n in numbers)
        yield "sightings", map(_sighting, numbers)
        yield "polls", (_poll(n) for n in numbers for _ in range(2))
        yield "attachments", map(_attachment, numbers[::2])
        yield "papers", map(_paper, numbers[::2])
        yield "paper_texts", map(self._text, numbers[::20])
        yield "links", (row for n in statements for row in _links(n))
        yield "sightings", ({**_sighting(n), "url": f"{_API}/gone/{n}"} for n in statements)
        yield "promises", (row for place, n in enumerate(statements) for row in self._promises(place, n))

    def _publication(self, n: int) -> dict[str, object]:
        is_statement = n % 10 == 0
        return {
            "id": n, "key": f"parliament:9{n}" if is_statement else f"govuk:{n}:en", "url": f"{_SITE}/p/{n}",
            "title": self._sentences[n % _SENTENCES][:80],
            "document_type": "written_statement" if is_statement else "policy_paper",
            "publisher": "parliament" if is_statement else "govuk", "identifier": f"HCWS{n % 1_500}" if is_statement else None,
            "department": f"Department {n % 30}", "dated_on": _day(n), "published_at": _at(n), "updated_at": _at(n),
            "language": "en", "status": "live", "licence": "OGL-UK-3.0", "feed": "f0", "first_seen_at": _at(n), "version": 1,
            "version_id": n, "fingerprint": _hash(n),
        }  # fmt: skip

    def _version(self, n: int) -> dict[str, object]:
        text = "\n".join(self._chance.choices(self._sentences, k=5))
        return {
            "id": n, "publication_id": n, "number": 1, "retrieved_at": _at(n), "fingerprint": _hash(n), "reading": "1",
            "sha256": _hash(n), "title": self._sentences[n % _SENTENCES][:80], "summary": "", "text": text, "notice": "",
            "words": 80, "note": "",
        }  # fmt: skip

    def _new(self, n: int) -> dict[str, object]:
        return {
            "id": self._change + n - self._first, "publication_id": n, "kind": "new", "detected_at": _at(n), "to_version": 1,
            "note": "", "announced": 1, "material": 1, "words_added": 0, "words_removed": 0, "late": 0,
        }  # fmt: skip

    def _match(self, n: int) -> dict[str, object]:
        return {
            "watch": f"w{n % self._watches}", "revision": 1, "change_id": self._change + n - self._first, "matched_at": _at(n),
            "hits": "[]", "snippet": "[]",
        }  # fmt: skip

    def _text(self, n: int) -> dict[str, object]:
        return {"sha256": _hash(n), "text": "\n".join(self._chance.choices(self._sentences, k=20))}

    def _promises(self, place: int, n: int) -> Rows:
        """Five promises of ten statements, of which one in twenty-five was not kept."""
        if place % 2 == 0:
            number = self._promise + place // 2 + 1
            is_kept = bool(number % 25)
            yield {
                "id": number, "publication_id": n, "version": 1, "quote": self._sentences[n % _SENTENCES],
                "expected": self._sentences[(n + 1) % _SENTENCES][:60], "places": '["gov.uk"]', "tense": "future",
                "due_text": "today", "due_by": _day(n), "opened_at": _at(n), "status": "kept" if is_kept else "overdue",
                "kept_by": f"govuk:{n - 1}:en" if is_kept else None, "asked_at": _at(n),
            }  # fmt: skip


def _insert(connection: sqlite3.Connection, table: str, rows: Rows) -> None:
    first = next(rows, None)
    if first is not None:
        marks = ", ".join("?" * len(first))
        query = f"INSERT INTO {table} ({', '.join(first)}) VALUES ({marks})"
        connection.execute(query, tuple(first.values()))
        connection.executemany(query, (tuple(row.values()) for row in rows))


def _sighting(n: int) -> dict[str, object]:
    return {
        "url": f"{_API}/p/{n}", "feed": "f0", "reader": "govuk_content", "stamp": _at(n), "context": "", "seen_at": _at(n),
        "baseline": 0, "settled": 1,
    }  # fmt: skip


def _poll(n: int) -> dict[str, object]:
    return {
        "feed": "f0", "url": f"{_API}/p/{n}", "polled_at": _at(n), "outcome": "new-content", "status": 200, "bytes": 200
    }  # fmt: skip


def _attachment(n: int) -> dict[str, object]:
    return {
        "publication_id": n, "version": 1, "position": 0, "attachment_id": str(n), "title": "The plan", "url": _file(n),
        "kind": "file", "media_type": "application/pdf",
    }  # fmt: skip


def _paper(n: int) -> dict[str, object]:
    return {"url": _file(n), "sha256": _hash(n), "media_type": "application/pdf", "text_state": "extracted"}


def _links(n: int) -> Rows:
    """To a page that the archive holds, and to one that is gone."""
    for url in (f"{_SITE}/p/{n - 1}", f"{_SITE}/gone/{n}"):
        yield {"publication_id": n, "target": url, "rel": "cites", "method": "hyperlink", "version": 1, "leads_to": url}


def _file(n: int) -> str:
    return f"https://assets.publishing.service.gov.uk/media/{n}/a.pdf"


def _hash(n: int) -> str:
    return f"{n * 0x9E3779B97F4A7C15 % 2**64:016x}{n:048x}"


def _day(n: int) -> str:
    return (_FIRST_DAY + timedelta(days=n % _DAYS)).isoformat()


def _at(n: int) -> str:
    return f"{_day(n)}T09:30:00Z"
