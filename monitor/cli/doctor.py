"""`monitor doctor`: whether what the config relies on is there, live."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from monitor.cli import output
from monitor.cli.session import Session

if TYPE_CHECKING:
    from monitor.mail.doctor import Resolver

TEMPORARY = 75


def doctor_options(parser: ArgumentParser) -> None:
    """What to examine."""
    parser.add_argument("--mail", action="store_true", help="examine mail: SPF, DKIM, DMARC, where answers go, PTR")
    parser.add_argument(
        "--selector", nargs="+", default=[], metavar="NAME", help="the DKIM keys your server signs with"
    )
    parser.add_argument("--test", metavar="ADDRESS", help="send a test message there, past the outbox")


def doctor(session: Session, options: Namespace, resolver: Resolver | None = None) -> int:
    """Examine what can only be seen from outside. Mail is all that is examined yet, with or without --mail."""
    from monitor.mail.doctor import SystemResolver, examine_mail, send_test
    from monitor.mail.transport import open_transport

    with session.open_readership() as readership:
        settings = readership.settings
    findings = examine_mail(settings, resolver or SystemResolver(), selectors=options.selector)
    if options.test:
        with open_transport(settings) as transport:
            findings.append(send_test(transport, settings, options.test, session.clock()))
    shape = {"mail": [{"subject": one.subject, "verdict": one.verdict, "said": one.said} for one in findings]}
    session.show(shape, lambda: output.columns([(one.subject, one.verdict, one.said) for one in findings]))
    return TEMPORARY if any(one.verdict == "wrong" for one in findings) else 0
