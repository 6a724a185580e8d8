"""The vault: bytes of attachments in a folder, each file named by the SHA-256 of what is in it."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from monitor.errors import IntegrityError, NotFoundError, StoreError


@dataclass(frozen=True, slots=True)
class Vault:
    """A folder `ab/cd/abcd…`. Kept once, whatever the name or the number of publications; verified when read."""

    folder: Path

    def keep(self, body: bytes) -> str:
        """Keep bytes durably; returns their SHA-256. Raises StoreError."""
        sha256 = hashlib.sha256(body).hexdigest()
        path = self.path(sha256)
        if path.exists() and path.stat().st_size == len(body):
            return sha256
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f"{sha256}.part")
            with part.open("wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except OSError as cause:
            raise StoreError("the file of an attachment cannot be kept", resource=str(path), cause=cause) from cause
        return sha256

    def read(self, sha256: str) -> bytes:
        """The bytes of this hash. Raises NotFoundError, or IntegrityError where they are no longer what was kept."""
        path = self.path(sha256)
        try:
            body = path.read_bytes()
        except FileNotFoundError as cause:
            raise NotFoundError("no file with this SHA-256 is kept", resource=str(path)) from cause
        except OSError as cause:
            raise StoreError("a kept file cannot be read", resource=str(path), cause=cause) from cause
        if hashlib.sha256(body).hexdigest() != sha256:
            raise IntegrityError("a kept file is not what it was when it was kept", resource=str(path))
        return body

    def path(self, sha256: str) -> Path:
        """Where the bytes of this hash lie, or would lie."""
        return self.folder / sha256[:2] / sha256[2:4] / sha256
