"""The words of mails as they are kept: what many mails have in common once, each mail's own beside it, all of it packed."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Collection, Sequence
from functools import lru_cache

_LEVEL = 1
"""Of zlib: a tenth of the size for a fraction of the time of the mail itself."""

_SIGN = 200
"""To look for a page of words costs more than all else done to it; for its first lines it does not."""


def keep_message(connection: sqlite3.Connection, outbox_id: int, message: bytes, shared: Sequence[bytes]) -> None:
    """Within a transaction: keep a mail. `shared` are stretches of it, in their order, that other mails have as well."""
    own, parts = _parted(message, shared)
    connection.execute("INSERT INTO letters VALUES (?, ?)", (outbox_id, zlib.compress(b"".join(own), _LEVEL)))
    place = 0
    for number, (before, words) in enumerate(zip(own, parts, strict=False)):
        place += len(before)
        connection.execute(
            "INSERT INTO letter_parts VALUES (?, ?, ?, ?)", (outbox_id, number, place, _words_id(connection, words))
        )


def read_messages(connection: sqlite3.Connection, numbers: Collection[int]) -> dict[int, bytes]:
    """The whole messages of mails that still have their words, by their number in the outbox."""
    marks = ", ".join("?" * len(numbers))
    letters = connection.execute(
        f"SELECT outbox_id, message FROM letters WHERE outbox_id IN ({marks})", tuple(numbers)
    ).fetchall()
    parts = connection.execute(
        f"SELECT outbox_id, place, words_id FROM letter_parts WHERE outbox_id IN ({marks}) ORDER BY outbox_id, number",
        tuple(numbers),
    ).fetchall()
    shared = _shared_words(connection, {part["words_id"] for part in parts})
    placed: dict[int, list[tuple[int, bytes]]] = {}
    for part in parts:
        placed.setdefault(part["outbox_id"], []).append((part["place"], shared[part["words_id"]]))
    return {
        letter["outbox_id"]: _joined(zlib.decompress(letter["message"]), placed.get(letter["outbox_id"], []))
        for letter in letters
    }


def drop_unshared(connection: sqlite3.Connection) -> None:
    """Within a transaction: drop shared words that no mail has any longer."""
    connection.execute("DELETE FROM shared_words WHERE id NOT IN (SELECT words_id FROM letter_parts)")


def _parted(message: bytes, shared: Sequence[bytes]) -> tuple[list[bytes], list[bytes]]:
    """A mail's own words, and the shared ones that stand between them; what is not found in it is its own."""
    own, parts, done = [], [], 0
    for words in shared:
        at = message.find(words[:_SIGN], done)
        if words and at >= 0 and message.startswith(words, at):
            own.append(message[done:at])
            parts.append(words)
            done = at + len(words)
    return [*own, message[done:]], parts


def _joined(own: bytes, parts: Sequence[tuple[int, bytes]]) -> bytes:
    pieces, done = [], 0
    for place, words in parts:
        pieces += [own[done:place], words]
        done = place
    return b"".join([*pieces, own[done:]])


def _words_id(connection: sqlite3.Connection, words: bytes) -> int:
    digest = _sha256(words)
    row = connection.execute("SELECT id FROM shared_words WHERE sha256 = ?", (digest,)).fetchone()
    if row is not None:
        return int(row["id"])
    number = connection.execute(
        "INSERT INTO shared_words (sha256, words) VALUES (?, ?)", (digest, zlib.compress(words, _LEVEL))
    ).lastrowid
    assert number is not None
    return number


def _shared_words(connection: sqlite3.Connection, numbers: Collection[int]) -> dict[int, bytes]:
    marks = ", ".join("?" * len(numbers))
    rows = connection.execute(f"SELECT id, words FROM shared_words WHERE id IN ({marks})", tuple(numbers))
    return {row["id"]: zlib.decompress(row["words"]) for row in rows}


@lru_cache(maxsize=32)
def _sha256(words: bytes) -> bytes:
    return hashlib.sha256(words).digest()
