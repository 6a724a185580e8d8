"""A mail server on the loopback that answers as it is told, for the tests of delivery."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session


@dataclass(slots=True)
class Script:
    """What the server says at each stage; an empty answer means that it accepts. What it accepted lies in `got`.

    `once` makes each answer hold for the first mail only; `lose_answer` takes a message and hangs up without a word.
    """

    hello: str = ""
    mail: str = ""
    rcpt: str = ""
    data: str = ""
    once: bool = False
    lose_answer: bool = False
    hang_up_at_rcpt: bool = False
    got: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    connections: int = 0


class ScriptedHandler:
    """aiosmtpd's hooks, following a script."""

    def __init__(self, script: Script) -> None:
        self._script = script

    def _say(self, stage: str) -> str:
        answer = getattr(self._script, stage)
        if self._script.once:
            setattr(self._script, stage, "")
        return answer

    async def handle_EHLO(
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self._script.connections += 1
        answer = self._say("hello")
        return [answer] if answer else responses

    async def handle_HELO(self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str) -> str:
        session.host_name = hostname
        return self._say("hello") or "250 hello"

    async def handle_MAIL(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self._say("mail")
        if not answer:
            envelope.mail_from = address
        return answer or "250 OK"

    async def handle_RCPT(
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self._script.hang_up_at_rcpt:
            server.transport.close()
        answer = self._say("rcpt")
        if not answer:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        answer = self._say("data")
        if not answer:
            self._script.got.append((envelope.mail_from, envelope.rcpt_tos, envelope.original_content))
        if self._script.lose_answer:
            self._script.lose_answer = False
            server.transport.close()
        return answer or "250 2.0.0 queued as 42"


@contextmanager
def smtp_server(
    script: Script, *, tls: ssl.SSLContext | None = None, implicit: bool = False, password: str = "", port: int = 0
) -> Iterator[int]:
    """Serve on a loopback port, a free one unless `port` says. With `password`, a login is offered and checked.

    With `tls`, STARTTLS is offered, or every word is encrypted from the start (`implicit`).
    """

    def authenticate(_server, _session, _envelope, _mechanism, data) -> AuthResult:
        return AuthResult(success=data.password == password.encode(), handled=False)

    port = port or free_port()
    controller = Controller(
        ScriptedHandler(script),
        hostname="127.0.0.1",
        port=port,
        tls_context=None if implicit else tls,
        ssl_context=tls if implicit else None,
        authenticator=authenticate if password else None,
        auth_require_tls=False,
    )
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
