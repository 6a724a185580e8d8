"""A way out for mail: one method, so that SMTP, a folder or a test can stand in for each other."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from monitor.mail.folder import FolderTransport
from monitor.mail.sendmail import SendmailTransport
from monitor.mail.settings import MailSettings
from monitor.mail.smtp import SmtpTransport
from monitor.mail.stdout import StdoutTransport


class Transport(Protocol):
    """Hands one message to one recipient."""

    def send(
        self, *, sender: str, recipient: str, message: bytes, before_data: Callable[[], None] = lambda: None
    ) -> str:
        """Send, and return what the other side said. Raises DeliveryError, which says whether to try again.

        `before_data` is called right before the message is handed over; whatever it raises stops the mail and passes on.
        """
        ...

    def close(self) -> None:
        """Finish: say goodbye, write the index. Nothing is sent after it."""
        ...


@contextmanager
def open_transport(settings: MailSettings) -> Iterator[Transport]:
    """The transport the operator chose, closed at the end. Raises MailError where its settings cannot be used."""
    transport = _make(settings)
    try:
        yield transport
    finally:
        transport.close()


def _make(settings: MailSettings) -> Transport:
    match settings.transport:
        case "folder":
            return FolderTransport(settings)
        case "smtp":
            return SmtpTransport(settings.smtp)
        case "sendmail":
            return SendmailTransport(settings.sendmail)
        case "stdout":
            return StdoutTransport(sys.stdout.buffer)
