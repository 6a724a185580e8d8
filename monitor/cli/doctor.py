"""`monitor doctor`: whether what the monitor relies on is there, live."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.cli import output
from monitor.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.config import Config
    from monitor.mail.doctor import Resolver
    from monitor.model.finding import Finding

TEMPORARY = 75


def doctor_options(parser: ArgumentParser) -> None:
    """What to examine."""
    parser.add_argument(
        "--mail", action="store_true", help="mail alone: SPF, DKIM, DMARC, where answers go, PTR, the way out"
    )
    parser.add_argument(
        "--selector", nargs="+", default=[], metavar="NAME", help="the DKIM keys your server signs with"
    )
    parser.add_argument("--test", metavar="ADDRESS", help="send a test message there, past the outbox")


def doctor(session: Session, options: Namespace, resolver: Resolver | None = None) -> int:
    """Examine what can only be seen from outside. A worker may run meanwhile."""
    config = session.read_config()
    found: dict[str, Sequence[Finding]] = {}
    if not options.mail:
        found |= {"feeds": _feeds(session, config), "machine": _machine(session, config)}
    found["mail"] = _mail(session, options, config, resolver)
    shape = {
        part: [{"subject": one.subject, "verdict": one.verdict, "said": one.said} for one in findings]
        for part, findings in found.items()
    }
    everything = [one for findings in found.values() for one in findings]
    session.show(shape, lambda: output.columns([(one.subject, one.verdict, one.said) for one in everything]))
    return TEMPORARY if any(one.verdict == "wrong" for one in everything) else 0


def _feeds(session: Session, config: Config) -> list[Finding]:
    from monitor.app import open_publishers
    from monitor.pipeline.examine import examine_feeds

    now = session.clock()
    with open_publishers(config, clock=session.clock, replay=session.replay) as publishers:
        return examine_feeds(publishers, now=now, today=now.astimezone(config.schedule.timezone).date())


def _machine(session: Session, config: Config) -> list[Finding]:
    import sqlite3

    from monitor.pipeline.check import read_machine
    from monitor.pipeline.examine import examine_machine

    folder = config.store.archive.absolute().parent
    return examine_machine(
        folder, read_machine(folder), mounts=_mounts(), sqlite_version=sqlite3.sqlite_version_info, now=session.clock()
    )


def _mounts() -> str:
    """The kernel's table of file systems, where there is one (Linux)."""
    try:
        return Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _mail(session: Session, options: Namespace, config: Config, resolver: Resolver | None) -> list[Finding]:
    from monitor.app import check_templates
    from monitor.mail.doctor import SystemResolver, examine_mail, examine_way, send_test
    from monitor.mail.transport import open_transport
    from monitor.pipeline.opening import open_readership

    with open_readership(config) as readership:
        settings = readership.settings
    findings = examine_mail(settings, resolver or SystemResolver(), selectors=options.selector)
    findings += examine_way(settings, session.clock())
    if options.test:
        check_templates(config)
        with open_transport(settings) as transport:
            findings.append(send_test(transport, settings, options.test, session.clock()))
    return findings
