"""A ZIP archive that may be a bomb: its members are counted before and while they are unpacked, and never touch a disk.

A member's name is only ever a key; nothing is written anywhere under it. An archive inside the archive (an office
document may carry a workbook for its chart) is never opened.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from monitor.confined.bounds import MB
from monitor.extract.draft import UnreadableError
from monitor.extract.extraction import Limits

_CHUNK = 64 * 1024
_HARMLESS = MB
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


class Package:
    """The members of one archive, by name. Every method raises UnreadableError, and nothing else."""

    def __init__(self, body: bytes, limits: Limits) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(body))
        except _BROKEN as error:
            raise UnreadableError("damaged", f"the ZIP archive is broken or cut short ({error})") from error
        self._limits = limits
        self._most = max(min(limits.unpacked, limits.ratio * len(body)), _HARMLESS)
        self._unpacked = 0
        members = self._zip.infolist()
        if len(members) > limits.members:
            raise UnreadableError(
                "refused", f"the archive has {len(members):,} members, {limits.members:,} are allowed"
            )
        declared = sum(member.file_size for member in members)
        if declared > self._most:
            times = declared // max(1, len(body))
            raise UnreadableError(
                "refused",
                f"a ZIP bomb: {len(body):,} bytes would unpack to {declared:,}, {times:,} times as much;"
                f" at most {limits.ratio} times and {limits.unpacked:,} bytes are unpacked",
            )
        self.names = frozenset(member.filename for member in members)
        self._twice = len(self.names) < len(members)

    def holds_archive(self) -> bool:
        """Is one of its members, by name or by its first bytes, an archive itself?"""
        for member in self._zip.infolist():
            if member.filename.lower().endswith((".zip", ".jar", ".7z", ".rar", ".gz")):
                return True
            try:
                with self._zip.open(member) as file:
                    if file.read(4) == b"PK\x03\x04":
                        return True
            except (*_BROKEN, RuntimeError):
                continue
        return False

    def chunks(self, name: str) -> Iterator[bytes]:
        """One member, piece by piece. The bytes that really come are counted, whatever was declared."""
        if self._twice and [member.filename for member in self._zip.infolist()].count(name) > 1:
            raise UnreadableError("refused", f"the archive has two members called {name}")
        try:
            member = self._zip.getinfo(name)
        except KeyError:
            raise UnreadableError("damaged", f"the document has no part {name}") from None
        if member.flag_bits & _ENCRYPTED:
            raise UnreadableError("encrypted", "the archive needs a password")
        if member.compress_type not in _METHODS:
            raise UnreadableError("unsupported", f"the part {name} is packed in a way no office program uses")
        try:
            with self._zip.open(member) as file:
                while chunk := file.read(_CHUNK):
                    self._unpacked += len(chunk)
                    if self._unpacked > self._most:
                        raise UnreadableError("refused", f"a ZIP bomb: more than {self._most:,} bytes came out of it")
                    yield chunk
        except _BROKEN as error:
            raise UnreadableError("damaged", f"the part {name} of the document is broken ({error})") from error

    def read(self, name: str, *, most: int = MB) -> bytes:
        """A small member, whole; b"" where there is none."""
        if name not in self.names:
            return b""
        found = bytearray()
        for chunk in self.chunks(name):
            found += chunk
            if len(found) > most:
                raise UnreadableError("refused", f"the part {name} is larger than {most:,} bytes")
        return bytes(found)
