"""`monitor bounce`: take in what came back to our mailbox."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from monitor.cli.session import Session
from monitor.errors import NotFoundError


def bounce_options(parser: ArgumentParser) -> None:
    """Where to read."""
    parser.add_argument(
        "mailbox", nargs="?", type=Path, help="a Maildir, a folder, or a file; without it, standard input"
    )


def bounce(session: Session, options: Namespace) -> int:
    """Bounces are counted, complaints end a subscription, a yes confirms one, a stop stops it. Each message once."""
    from monitor.mail.counter import take_in

    with session.open_readership() as readership:
        report = take_in(
            readership.bounces.connection,
            _messages(options.mailbox),
            readership.settings,
            now=session.clock(),
            covered_to=_head(session),
        )
    shape = {"read": report.read, "known": report.known, "acts": dict(report.acts)}
    lines = [f"{report.read} read, {report.known} of them known already"]
    session.show(shape, lambda: lines + [f"  {count} {act}" for act, count in report.acts.items()])
    return 0


def _messages(mailbox: Path | None) -> Iterator[bytes]:
    from monitor.mail.mailbox import LARGEST, read_mailbox

    if mailbox is None:
        yield sys.stdin.buffer.read(LARGEST)
        return
    for _, raw in read_mailbox(mailbox):
        yield raw


def _head(session: Session) -> int:
    try:
        with session.open_archive() as archive:
            return archive.matches.head()
    except NotFoundError:
        return 0
