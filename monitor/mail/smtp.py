"""Mail over SMTP (RFC 5321): one kept connection, opened when it is first needed and again after a failure."""

from __future__ import annotations

import ipaddress
import re
import smtplib
import ssl
from collections.abc import Callable, Container
from datetime import UTC, datetime

from monitor.errors import DeliveryError, MailError
from monitor.mail.headers import plain
from monitor.mail.settings import SmtpSettings

_STUFF = re.compile(rb"\n\.")
_DONE = range(200, 300)
_CLOSED = (421, -1)
"""By 421 a server closes the channel (RFC 5321 §3.8); -1 is smtplib's word for no answer."""

_POLICY = re.compile(r"\b5\.7\.\d")


class SmtpTransport:
    """Sends each mail in a transaction of its own, so that every answer is about one recipient."""

    def __init__(self, settings: SmtpSettings | None, *, tls_context: ssl.SSLContext | None = None) -> None:
        if settings is None:
            raise MailError("the SMTP transport needs a [mail.smtp] section with a host")
        if settings.tls == "none" and not _is_loopback(settings.host):
            raise MailError(
                'tls = "none" is for this machine only; use "starttls" or "implicit"', resource=settings.host
            )
        self._settings = settings
        self._tls = tls_context or ssl.create_default_context()
        self._client: smtplib.SMTP | None = None

    def send(
        self, *, sender: str, recipient: str, message: bytes, before_data: Callable[[], None] = lambda: None
    ) -> str:
        """Hand one message over and return the server's answer. Raises DeliveryError:

        Answers are read by their first digit (RFC 5321 §4.2.1). 4xx: transient · 5xx to RCPT or to the message: this
        recipient · 5xx to MAIL or AUTH, 5.7.x anywhere, no connection: the whole run · no answer after the final dot:
        unsure.
        """
        client = self._greet(sender, recipient)
        try:
            self._expect(self._name_recipient(client, recipient), "RCPT", recipient)
            self._ask(before_data)
            self._expect(client.docmd("DATA"), "DATA", recipient, good=(354,))
            client.send(b"".join((_stuffed(message).removesuffix(b"\r\n"), b"\r\n.\r\n")))
        except (OSError, smtplib.SMTPException) as cause:
            self._hang_up()
            raise DeliveryError(
                "the mail server hung up before it had the message", address=recipient, cause=cause
            ) from cause
        return self._answer(client, recipient)

    def log_in(self) -> str:
        """Connect, and log in where a name is given; send nothing. Raises DeliveryError."""
        settings = self._settings
        self._connect(settings.host)
        way = "in the clear" if settings.tls == "none" else "over TLS"
        who = f" as {settings.username}" if settings.username else ""
        return f"{settings.host}:{settings.port} lets us in{who}, {way}"

    def certificate_ends_at(self) -> datetime | None:
        """Until when the certificate of the server we are connected to is good; None where there is none."""
        sock = self._client.sock if self._client is not None else None
        found = sock.getpeercert() if isinstance(sock, ssl.SSLSocket) else None
        ends = found.get("notAfter") if found else None
        return datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC) if isinstance(ends, str) else None

    def _ask(self, before_data: Callable[[], None]) -> None:
        """The last word before the message: if it is no, the server forgets what it was told."""
        try:
            before_data()
        except BaseException:
            self._reset(0)
            raise

    def close(self) -> None:
        """Say goodbye, if anybody still listens."""
        client, self._client = self._client, None
        if client is not None:
            try:
                client.quit()
            except (OSError, smtplib.SMTPException):
                client.close()

    def _greet(self, sender: str, recipient: str) -> smtplib.SMTP:
        """A connection on which the server has taken our MAIL command. A kept one may have gone stale: then a fresh one.

        Where the server takes several commands at once (RFC 2920), RCPT goes with MAIL, and its answer is the next.
        """
        kept = self._client
        if kept is not None:
            try:
                answer = self._name_sender(kept, sender, recipient)
            except (OSError, smtplib.SMTPException):
                answer = (421, b"")
            if answer[0] != 421:
                self._expect(answer, "MAIL", recipient)
                return kept
            self._hang_up()
        fresh = self._connect(recipient)
        try:
            answer = self._name_sender(fresh, sender, recipient)
        except (OSError, smtplib.SMTPException) as cause:
            self._hang_up()
            raise DeliveryError("the mail server hung up at MAIL", address=recipient, cause=cause) from cause
        self._expect(answer, "MAIL", recipient)
        return fresh

    def _name_sender(self, client: smtplib.SMTP, sender: str, recipient: str) -> tuple[int, bytes]:
        if not client.has_extn("pipelining"):
            return client.docmd(f"MAIL FROM:<{sender}>")
        client.send(_line(f"MAIL FROM:<{sender}>") + _line(f"RCPT TO:<{recipient}>"))
        answer = client.getreply()
        if answer[0] not in _DONE and answer[0] not in _CLOSED:
            # RCPT is answered as well, with a no; it must not be taken for the answer to what comes next.
            try:
                client.getreply()
            except (OSError, smtplib.SMTPException):
                self._hang_up()
        return answer

    def _name_recipient(self, client: smtplib.SMTP, recipient: str) -> tuple[int, bytes]:
        if client.has_extn("pipelining"):
            return client.getreply()
        return client.docmd(f"RCPT TO:<{recipient}>")

    def _connect(self, recipient: str) -> smtplib.SMTP:
        settings, timeout = self._settings, self._settings.timeout.total_seconds()
        try:
            if settings.tls == "implicit":
                client: smtplib.SMTP = smtplib.SMTP_SSL(
                    settings.host, settings.port, timeout=timeout, context=self._tls
                )
            else:
                client = smtplib.SMTP(settings.host, settings.port, timeout=timeout)
            self._client = client
            if settings.tls == "starttls":
                client.starttls(context=self._tls)
            client.ehlo_or_helo_if_needed()
            if settings.username:
                client.login(settings.username, settings.password or "")
        except smtplib.SMTPResponseException as cause:
            self._hang_up()
            said = _words(cause.smtp_error)
            raise DeliveryError(
                f"the mail server {settings.host} turned us away with {cause.smtp_code}", address=recipient,
                code=cause.smtp_code, transient=cause.smtp_code < 500, whole_run=True, cause=said,
            ) from cause  # fmt: skip
        except (smtplib.SMTPNotSupportedError, ssl.SSLError, UnicodeError) as cause:
            self._hang_up()
            raise DeliveryError(
                f"no safe way into the mail server {settings.host}:{settings.port}", address=recipient,
                transient=False, whole_run=True, cause=cause,
            ) from cause  # fmt: skip
        except (OSError, smtplib.SMTPException) as cause:
            self._hang_up()
            raise DeliveryError(
                f"the mail server {settings.host}:{settings.port} cannot be reached", address=recipient,
                whole_run=True, cause=cause,
            ) from cause  # fmt: skip
        return client

    def _answer(self, client: smtplib.SMTP, recipient: str) -> str:
        """The answer to the whole message. Whatever breaks from here on leaves us unsure."""
        try:
            if client.sock is not None:
                client.sock.settimeout(self._settings.answer_timeout.total_seconds())
            answer = client.getreply()
            if client.sock is not None:
                client.sock.settimeout(self._settings.timeout.total_seconds())
        except (OSError, smtplib.SMTPException) as cause:
            self._hang_up()
            raise DeliveryError(
                "the mail server had the whole message and gave no answer", address=recipient, unsure=True, cause=cause
            ) from cause
        if answer[0] // 100 not in (2, 4, 5):
            self._hang_up()
            raise DeliveryError(
                "the mail server had the whole message and gave no answer that could be understood",
                address=recipient, code=max(answer[0], 0), unsure=True, cause=_words(answer[1]),
            )  # fmt: skip
        self._expect(answer, "the message", recipient)
        return f"{answer[0]} {_words(answer[1])}"

    def _expect(self, answer: tuple[int, bytes], stage: str, recipient: str, *, good: Container[int] = _DONE) -> None:
        """Raise DeliveryError where the answer is not the one hoped for; the connection is made ready for the next mail."""
        code, said = answer[0], _words(answer[1])
        if code in good:
            return
        self._reset(code)
        ours = code >= 500 and (stage == "MAIL" or _POLICY.search(said) is not None)
        raise DeliveryError(
            f"the mail server answered {code} to {stage}",
            address=recipient,
            code=code,
            transient=code < 500,
            whole_run=ours,
            bad_recipient=code >= 500 and stage == "RCPT" and not ours,
            cause=said,
        )

    def _reset(self, code: int) -> None:
        if self._client is None or code in _CLOSED:
            self._hang_up()
            return
        try:
            self._client.rset()
        except (OSError, smtplib.SMTPException):
            self._hang_up()

    def _hang_up(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.close()


def _line(command: str) -> bytes:
    if not command.isascii() or not command.isprintable():
        raise ValueError(f"this is no line for a mail server: {command!r}")
    return command.encode("ascii") + b"\r\n"


def _stuffed(message: bytes) -> bytes:
    # Of all ways to find the dots, this pattern takes the least time: fourteen times less than `(?m)^\.` does.
    return _STUFF.sub(b"\n..", b"." + message if message.startswith(b".") else message)


def _words(said: bytes | str) -> str:
    # Whatever a server says, it is told to the operator on one line.
    return plain(said.decode("utf-8", "replace") if isinstance(said, bytes) else said)[:300]


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
