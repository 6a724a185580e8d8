"""Commands about subscribers and their digests."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from monitor.cli import output, shapes
from monitor.cli.session import Session
from monitor.errors import NotFoundError, UsageError
from monitor.model.subscriber import Every

if TYPE_CHECKING:
    from monitor.config import Config
    from monitor.model.subscriber import Subscriber
    from monitor.pipeline.digest import DigestReport, Readership

_ACTIONS = ("add", "confirm", "list", "show", "pause", "resume", "end", "erase")


def digest_options(parser: ArgumentParser) -> None:
    """What to do."""
    parser.add_argument(
        "action",
        choices=["preview", "send", "status"],
        help="preview: what each subscriber would get now, nothing is planned; send: plan what is due; status: the outbox",
    )
    parser.add_argument("--only", metavar="ADDRESS", help="this subscriber only")
    parser.add_argument("-n", "--dry-run", action="store_true", help="send: the same as preview")
    parser.add_argument("--html", type=Path, metavar="FOLDER", help="preview: write each digest there as a page")


def digest(session: Session, options: Namespace) -> int:
    """Preview, plan, or see the state of digests."""
    if options.action == "status":
        with session.open_readership() as readership:
            counts = {str(state): count for state, count in readership.outbox.counts().items()}
            last = readership.outbox.last_digest_at()
        shape = {"outbox": counts, "last_digest_at": shapes.time_shape(last)}
        rows = [*counts.items(), ("last sent", output.when(last))]
        session.show(shape, lambda: output.columns(rows))
        return 0
    is_rehearsal = options.action == "preview" or options.dry_run
    with session.open_app() as app:
        report = app.digest(only=options.only, is_rehearsal=is_rehearsal)
    if options.html:
        _write_pages(report, options.html)
    lines = _preview_lines if is_rehearsal else output.digest_lines
    session.show(shapes.digest_shape(report), lambda: lines(report))
    return 0


def subscriber_options(parser: ArgumentParser) -> None:
    """What to do with whom."""
    parser.add_argument("action", choices=_ACTIONS, help="what to do")
    parser.add_argument("address", nargs="?", help="the subscriber's e-mail address")
    parser.add_argument("--watch", nargs="+", metavar="NAME", default=[], help="add, end: these watches")
    parser.add_argument("--every", choices=get_args(Every), default="daily", help="add: how often (default: daily)")
    parser.add_argument("--confirmed", action="store_true", help="add: the person has said yes already")


def subscriber(session: Session, options: Namespace) -> int:
    """Keep the list of subscribers."""
    config = session.read_config()
    with session.open_readership() as readership:
        if options.action == "list":
            everybody = readership.subscribers.list()
            table = [(one.email, one.state, _wishes(one)) for one in everybody]
            session.show(
                {"subscribers": [_person(one) for one in everybody]}, lambda: output.columns(table) or ["nobody"]
            )
            return 0
        if not options.address:
            raise UsageError(f"subscriber {options.action} needs an address")
        person = _act(session, options, config, readership)
    session.show(_person(person) if person else {"erased": True}, lambda: [_person_line(person)])
    return 0


def _act(session: Session, options: Namespace, config: Config, readership: Readership) -> Subscriber | None:
    people, now, address = readership.subscribers, session.clock(), options.address
    match options.action:
        case "add":
            _check_watches(options.watch, config)
            return people.add(
                address, options.watch, options.every, now=now, covered_to=_head(session), confirmed=options.confirmed
            )
        case "confirm":
            return people.confirm(address, now, _head(session))
        case "pause":
            return people.pause(address, now)
        case "resume":
            return people.resume(address, now)
        case "end":
            found = None
            for watch in options.watch or [None]:
                found = people.end(address, now, watch=watch)
            return found
        case "erase":
            people.erase(address, now)
            return None
    found = people.find(address)
    if found is None:
        raise NotFoundError("there is no subscriber with this address", resource=address)
    return found


def _check_watches(names: list[str], config: Config) -> None:
    known = [watch.name for watch in config.watches]
    if not names:
        raise UsageError(f"say which watches with --watch; there are {', '.join(known) or 'none in the config'}")
    for name in names:
        if name not in known:
            raise UsageError(f"no watch of the config is called {name}; there are {', '.join(known) or 'none'}")


def _head(session: Session) -> int:
    """The newest match: a new subscriber owes nothing older. Without an archive there is none."""
    try:
        with session.open_archive() as archive:
            return archive.matches.head()
    except NotFoundError:
        return 0


def _person(person: Subscriber) -> shapes.Shape:
    return {
        "address": person.email,
        "state": person.state,
        "confirmed_at": shapes.time_shape(person.confirmed_at),
        "subscriptions": [{"watch": one.watch, "every": one.every} for one in person.subscriptions],
    }


def _person_line(person: Subscriber | None) -> str:
    if person is None:
        return "erased; only a keyed hash is kept, so that the address is not written to again"
    waiting = "" if person.confirmed_at else "; nothing is sent until `monitor subscriber confirm`"
    return f"{person.email}: {person.state}, {_wishes(person)}{waiting}"


def _wishes(person: Subscriber) -> str:
    return ", ".join(f"{one.watch} {one.every}" for one in person.subscriptions) or "no watches"


def _preview_lines(report: DigestReport) -> list[str]:
    lines: list[str] = []
    for mail in report.mails:
        lines += [f"To: {mail.subscriber}", f"Subject: {mail.subject}", "", mail.rendered.text, ""]
    return [*lines, f"{report.planned} would be sent now, {report.empty} have nothing to be told; nothing was planned"]


def _write_pages(report: DigestReport, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number, mail in enumerate(report.mails, 1):
            (folder / f"digest-{number}.html").write_text(mail.rendered.html, encoding="utf-8")
    except OSError as cause:
        raise UsageError("the pages cannot be written", resource=str(folder), cause=cause.strerror) from cause
