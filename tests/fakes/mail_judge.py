"""A mail server that misbehaves by dice, and remembers everything it took: the judge of delivery under fire."""

from __future__ import annotations

import asyncio
import random
import socket
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(slots=True)
class Judge:
    """`copies`: how often each message was taken, by its bytes; `lost` of these, how often the answer never came.

    It takes several commands at once, as servers do. Before it takes a message and before it answers it thinks for `latency`
    seconds, so that harm can fall in between.
    """

    seed: int
    put_off: float = 0.05
    lose: float = 0.02
    latency: float = 0.05
    copies: dict[str, Counter[bytes]] = field(default_factory=lambda: defaultdict(Counter))
    lost: Counter[str] = field(default_factory=Counter)
    dice: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)

    async def handle_EHLO(
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [responses[0], "250-PIPELINING", *responses[1:]]

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address.startswith("bad-"):
            return "550 5.1.1 no such user"
        if self.dice.random() < self.put_off / 2:
            return "451 4.7.1 greylisted"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        if self.dice.random() < self.put_off / 2:
            return "452 4.3.1 full"
        await asyncio.sleep(self.latency)
        [recipient] = envelope.rcpt_tos
        self.copies[recipient][envelope.original_content] += 1
        if self.dice.random() < self.lose:
            self.lost[recipient] += 1
            server.transport.close()
        await asyncio.sleep(self.latency)
        return "250 taken"


@contextmanager
def judging(judge: Judge) -> Iterator[int]:
    """Sit on a free loopback port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(judge, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()
