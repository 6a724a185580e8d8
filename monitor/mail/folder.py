"""Mail into a folder: one .eml a mail, a readable copy beside it, and an index page to click through them.

The way out until a mail server is configured, and the one that demonstrations and rehearsals use. Personal data: the
folder is readable by its owner alone.
"""

from __future__ import annotations

import email.policy
import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from monitor.errors import DeliveryError
from monitor.mail import wording
from monitor.mail.environment import render_template
from monitor.mail.headers import plain
from monitor.mail.settings import MailSettings

INDEX = "index.html"
_LISTED = 500
_PARSER = BytesParser(policy=email.policy.compat32)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the index page."""

    at: str
    day: str
    to: str
    subject: str
    count: str
    eml: str
    page: str


class FolderTransport:
    """Writes each message once, by its Message-ID: sending the same again leaves one file."""

    def __init__(self, settings: MailSettings) -> None:
        self._folder = settings.folder
        self._zone = ZoneInfo(settings.timezone)
        self._templates_dir = settings.templates_dir
        self._changed = False

    def send(
        self, *, sender: str, recipient: str, message: bytes, before_data: Callable[[], None] = lambda: None
    ) -> str:
        """Write one message and its readable copy. Raises DeliveryError where the folder cannot be written to."""
        before_data()
        read = _PARSER.parsebytes(message)
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            name = self._name(read, recipient)
            _write(self._folder / f"{name}.html", _html(read))
            _write(self._folder / f"{name}.eml", message)
        except OSError as cause:
            raise DeliveryError(
                f"the folder {self._folder} cannot be written to", address=recipient, whole_run=True, cause=cause
            ) from cause
        self._changed = True
        return f"{name}.eml, from {sender}"

    def close(self) -> None:
        """Write the index page anew, newest mail first, if anything was written."""
        if not self._changed:
            return
        names = sorted((path.name for path in self._folder.glob("*.eml")), reverse=True)
        entries = [self._entry(self._folder / name) for name in names[:_LISTED]]
        page = render_template("outbox.html", self._templates_dir, entries=entries, total=len(names))
        _write(self._folder / INDEX, page.encode())

    def _name(self, read: Message, recipient: str) -> str:
        """`2024-12-10T0730-<person>-<message>`: sorts by time; the person is a hash, so that a listing shows no address."""
        message_id = str(read["Message-ID"])
        identity = hashlib.sha256(message_id.encode()).hexdigest()[:12]
        person = hashlib.sha256(recipient.encode()).hexdigest()[:8]
        known = next(self._folder.glob(f"*-{person}-{identity}.eml"), None)
        if known is not None:
            return known.stem
        return f"{_date(read).astimezone(self._zone):%Y-%m-%dT%H%M}-{person}-{identity}"

    def _entry(self, path: Path) -> Entry:
        with path.open("rb") as file:
            read = _PARSER.parse(file, headersonly=True)
        at = _date(read).astimezone(self._zone)
        return Entry(
            at=f"{at:%H:%M}",
            day=wording.long_day(at.date()),
            to=plain(str(read["To"])),
            subject=plain(str(make_header(decode_header(str(read["Subject"]))))),
            count=str(read["X-Publication-Count"] or ""),
            eml=path.name,
            page=f"{path.stem}.html",
        )


def _date(read: Message) -> datetime:
    at = parsedate_to_datetime(str(read["Date"]))
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _html(read: Message) -> bytes:
    """The HTML part as it is in the mail."""
    for part in read.walk():
        body = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(body, bytes):
            return body
    return b"<!DOCTYPE html><title>No HTML part</title><p>This mail has no HTML part."


def _write(path: Path, content: bytes) -> None:
    """All or nothing: a reader never sees half a mail, also not after a power cut."""
    part = path.with_name(path.name + ".part")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    # The new name is safe only once the folder is.
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
