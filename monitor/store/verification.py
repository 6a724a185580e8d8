"""All of the evidence, looked at: the chain of hashes, every captured body, every kept file."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator

from monitor.errors import StoreError
from monitor.model.evidence import Flaw, Verification
from monitor.store.archive import Archive
from monitor.store.vault import Vault


def verify(archive: Archive, vault: Vault) -> Verification:
    """Hold everything against its hash. Reads all of the archive and of the files, one at a time."""
    links, bodies, files = list(archive.chain.check()), list(_bodies(archive.connection)), list(_files(archive, vault))
    return Verification(
        captures=len(bodies) + len(files),
        checked=len(links) + len(bodies) + len(files),
        head=archive.chain.head(),
        chain_flaws=tuple(filter(None, links)),
        byte_flaws=tuple(filter(None, [*bodies, *files])),
    )


def _bodies(connection: sqlite3.Connection) -> Iterator[Flaw | None]:
    for row in connection.execute("SELECT sha256, bytes, body FROM captures ORDER BY captured_at, sha256"):
        yield None if _is_whole(row) else Flaw(f"capture {row['sha256']}", "its bytes are not those of its SHA-256")
    missing = (
        "SELECT sha256 FROM versions WHERE sha256 NOT IN (SELECT sha256 FROM captures)"
        " UNION SELECT sha256 FROM transcripts WHERE sha256 NOT IN (SELECT sha256 FROM captures)"
    )
    for row in connection.execute(missing):
        yield Flaw(f"capture {row['sha256']}", "its bytes are missing")


def _is_whole(row: sqlite3.Row) -> bool:
    try:
        body = zlib.decompress(row["body"])
    except zlib.error:
        return False
    return bool(len(body) == row["bytes"]) and hashlib.sha256(body).hexdigest() == row["sha256"]


def _files(archive: Archive, vault: Vault) -> Iterator[Flaw | None]:
    for row in archive.connection.execute("SELECT DISTINCT sha256 FROM paper_states ORDER BY sha256"):
        try:
            vault.read(row["sha256"])
        except StoreError as cause:
            yield Flaw(f"file {row['sha256']}", cause.message)
        else:
            yield None
