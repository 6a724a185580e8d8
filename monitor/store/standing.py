"""The saved form of standing queries, in a file beside the archive: made from the config, and made again whenever it is lost."""

from __future__ import annotations

import hashlib
import mmap
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_PIECE = 1 << 20
_DIGEST = 32


@dataclass(frozen=True, slots=True)
class SavedQueries:
    """A file that ends with the SHA-256 of what stands before. Nobody misses it: what it says stands in the config."""

    path: Path

    def read(self) -> memoryview | None:
        """What was saved, mapped rather than read; None where nothing was, or it is no longer what was written."""
        try:
            with self.path.open("rb") as file:
                size = file.seek(0, os.SEEK_END) - _DIGEST
                if size <= 0:
                    return None
                file.seek(0)
                digest, left = hashlib.sha256(), size
                while left and (piece := file.read(min(left, _PIECE))):
                    digest.update(piece)
                    left -= len(piece)
                if file.read(_DIGEST) != digest.digest():
                    return None
                return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))[:size]
        except OSError:
            return None

    def save(self, pieces: Iterable[bytes]) -> bool:
        """Write it whole or not at all; False where it cannot be written, which costs the next start some time."""
        part = self.path.with_name(f"{self.path.name}.part")
        digest = hashlib.sha256()
        try:
            with part.open("wb") as file:
                for piece in pieces:
                    digest.update(piece)
                    file.write(piece)
                file.write(digest.digest())
                file.flush()
                os.fsync(file.fileno())
            part.replace(self.path)
        except OSError:
            return False
        return True
