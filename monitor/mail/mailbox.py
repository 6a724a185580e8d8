"""A mailbox to read: a Maildir, a folder of .eml files, or one message on standard input.

Reading moves nothing and deletes nothing; what was read is remembered by its hash, so that reading again changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from monitor.errors import UsageError

LARGEST = 5_000_000
"""Bytes of one message that are looked at; a bounce says what it has to say before that."""


def read_mailbox(path: Path) -> Iterator[tuple[str, bytes]]:
    """Every message, by name: `new` and `cur` of a Maildir, else the files of the folder, or one file.

    Raises UsageError where there is nothing to read.
    """
    if path.is_file():
        yield path.name, _read(path)
        return
    if not path.is_dir():
        raise UsageError(
            "there is no mailbox here; name a Maildir, a folder of messages, or a file", resource=str(path)
        )
    folders = [path / "new", path / "cur"] if (path / "cur").is_dir() else [path]
    for folder in folders:
        if folder.is_dir():
            for file in sorted(folder.iterdir()):
                if file.is_file() and not file.name.startswith("."):
                    yield file.name, _read(file)


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as message:
            return message.read(LARGEST)
    except OSError as cause:
        raise UsageError("this message cannot be read", resource=str(file), cause=cause.strerror) from cause
