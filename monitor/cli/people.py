"""`monitor subscriber`: keep the list of those who are written to."""

from __future__ import annotations

from argparse import ArgumentParser, BooleanOptionalAction, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from monitor.cli import output
from monitor.cli.ending import end_for_all
from monitor.cli.own_watches import add_own, check_own, titles_of_own
from monitor.cli.person_lines import consent_shape, consent_text, person_line, person_shape, wishes_text
from monitor.cli.session import Session
from monitor.errors import NotFoundError, UsageError
from monitor.model.subscriber import Every, MailFormat
from monitor.times import parse_time

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.config import Config
    from monitor.mail.wishes import Wishes
    from monitor.model.subscriber import Subscriber
    from monitor.pipeline.turns import Readership

_ACTIONS = ("add", "set", "confirm", "list", "show", "pause", "resume", "end", "import", "export", "erase")


def subscriber_options(parser: ArgumentParser) -> None:
    """What to do with whom."""
    parser.add_argument("action", choices=_ACTIONS, help="what to do")
    parser.add_argument("address", nargs="?", help="the subscriber's e-mail address; import: the CSV file")
    parser.add_argument("--watch", nargs="+", metavar="NAME", default=[], help="add, end: these watches")
    parser.add_argument("--query", metavar="QUERY", help="add: a watch of their own, in the watch language")
    parser.add_argument(
        "--title", metavar="TEXT", help="add: what that watch is called in their mails (default: the query)"
    )
    parser.add_argument("--every", choices=get_args(Every), default="daily", help="add: how often (default: daily)")
    parser.add_argument("--confirmed", action="store_true", help="add, import: they have said yes already")
    parser.add_argument("--token", help="confirm: the token of the mail that asked; no address is needed then")
    parser.add_argument("--until", metavar="DAY", help="pause: until this day or time")
    parser.add_argument("--format", choices=get_args(MailFormat), help="add, set: HTML with text, or text alone")
    parser.add_argument(
        "--timezone", metavar="ZONE", help="add, set: theirs, such as Europe/London; empty: the config's"
    )
    parser.add_argument("--language", metavar="TAG", help="add, set: en-GB, cy; used where you have templates in it")
    parser.add_argument(
        "--working-days", action=BooleanOptionalAction, help="add, set: nothing at weekends and on bank holidays"
    )
    parser.add_argument(
        "--heartbeat", action=BooleanOptionalAction, help="add, set: a line also when there is nothing new"
    )
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="export: write there, not to standard output")


def subscriber(session: Session, options: Namespace) -> int:
    """Keep the list of subscribers."""
    config = session.read_config()
    with session.open_readership() as readership:
        match options.action:
            case "list":
                return _list(session, readership)
            case "export":
                return _export(session, readership, options.output)
            case "import":
                return _import(session, readership, config, options)
        _check_address(options)
        if options.action == "end" and not options.address:
            return end_for_all(session, readership, options.watch)
        person = _act(session, options, config, readership)
        history = readership.subscribers.history(person.id) if person and options.action == "show" else ()
        shape = person_shape(readership, person) if person else {"erased": True}
        line = person_line(readership, person)
    if options.action == "show":
        shape |= {"history": [consent_shape(one) for one in history]}
    session.show(shape, lambda: [line, *map(consent_text, history)])
    return 0


def _check_address(options: Namespace) -> None:
    """Raises UsageError where somebody must be named and is not, or stands where `--watch` takes them for a watch."""
    first = f"write the address first: monitor subscriber {options.action} ADDRESS …"
    taken = next((name for name in options.watch if "@" in name), None)
    if taken is not None:
        raise UsageError(f"--watch takes {taken} for a watch; {first}")
    everybody = options.action == "end" and options.watch
    if not (options.address or options.token or everybody):
        raise UsageError(f"subscriber {options.action} needs an address; {first}")


def _act(session: Session, options: Namespace, config: Config, readership: Readership) -> Subscriber | None:
    people, now, address = readership.subscribers, session.clock(), options.address
    match options.action:
        case "add":
            return _add(session, options, config, readership)
        case "set":
            return people.wish(address, _wishes_of(options), now)
        case "confirm":
            return _confirm(session, options, readership)
        case "pause":
            return people.pause(address, now, until=_until(options.until, config, now) if options.until else None)
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


def _add(session: Session, options: Namespace, config: Config, readership: Readership) -> Subscriber:
    if options.query is not None:
        check_own(session, options.query)
    if options.watch or options.query is None:
        _check_watches(options.watch, config)
    people, now = readership.subscribers, session.clock()
    wishes = _wishes_of(options)
    person = people.add(
        options.address, options.watch, options.every, now=now, covered_to=_head(session), confirmed=options.confirmed
    )
    if options.query is not None:
        add_own(session, readership, person, options.query, options.title, options.every)
        person = people.find_by_id(person.id) or person
    if wishes.named:
        person = people.wish(options.address, wishes, now)
    _ask(session, readership, config, person)
    return person


def _ask(session: Session, readership: Readership, config: Config, person: Subscriber) -> None:
    """Put the question whether they want it into the outbox; one a day at most."""
    if person.state != "pending":
        return
    from monitor.app import check_templates
    from monitor.mail.letters import question

    check_templates(config)
    now = session.clock()
    titles = {watch.name: watch.title for watch in config.watches} | titles_of_own(readership, person)
    entry = question(person, titles, readership.settings, now)
    if readership.outbox.post("question", entry, now, subscriber_id=person.id):
        readership.subscribers.note_question(person.id, now)


def _confirm(session: Session, options: Namespace, readership: Readership) -> Subscriber:
    people, now = readership.subscribers, session.clock()
    if not options.token:
        return people.confirm(options.address, now, _head(session))
    from monitor.mail.counter import confirm_by_token
    from monitor.mail.tokens import find_consent

    found = find_consent(readership.settings.secret, options.token, now)
    if found is None:
        raise UsageError("this token is not ours, or its seven days are over")
    connection = readership.bounces.connection
    if confirm_by_token(connection, *found, now, _head(session), how="token") != "confirmed":
        raise UsageError("this token belongs to a subscription that has ended")
    person = people.find_by_id(found[0])
    assert person is not None
    return person


def _import(session: Session, readership: Readership, config: Config, options: Namespace) -> int:
    from monitor.mail.roster import read_roster

    if not options.address:
        raise UsageError("subscriber import needs a file")
    try:
        text = Path(options.address).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as cause:
        raise UsageError("this file cannot be read as UTF-8 text", resource=options.address, cause=cause) from cause
    entries = read_roster(text, [watch.name for watch in config.watches])
    people, now, head = readership.subscribers, session.clock(), _head(session)
    refused = [entry.line for entry in entries if people.is_suppressed(entry.email)]
    for entry in entries:
        if entry.line in refused:
            continue
        people.add(
            entry.email, entry.watches, entry.every, now=now, covered_to=head, confirmed=options.confirmed, how="import"
        )
        person = people.wish(entry.email, entry.wishes, now, how="import")
        _ask(session, readership, config, person)
    lines = [f"{len(entries) - len(refused)} imported"]
    lines += [f"line {line}: this address was erased; it may come back by its own wish only" for line in refused]
    session.show({"imported": len(entries) - len(refused), "refused": refused}, lambda: lines)
    return 0


def _export(session: Session, readership: Readership, output_path: Path | None) -> int:
    from monitor.mail.roster import write_roster

    people = readership.subscribers.list()
    text = write_roster(people)
    if output_path is None:
        session.show({"csv": text}, lambda: [text.replace("\r\n", "\n").rstrip("\n")])
        return 0
    try:
        output_path.write_text(text, encoding="utf-8", newline="")
    except OSError as cause:
        raise UsageError("the file cannot be written", resource=str(output_path), cause=cause.strerror) from cause
    session.show({"exported": len(people), "file": str(output_path)}, lambda: [f"written to {output_path}"])
    return 0


def _list(session: Session, readership: Readership) -> int:
    everybody = readership.subscribers.list()
    table = [(one.email, one.state, wishes_text(readership, one)) for one in everybody]
    session.show(
        {"subscribers": [person_shape(readership, one) for one in everybody]},
        lambda: output.columns(table) or ["nobody"],
    )
    return 0


def _wishes_of(options: Namespace) -> Wishes:
    from monitor.mail.wishes import Wishes, check_wishes

    return check_wishes(
        Wishes(options.format, options.timezone, options.language, options.working_days, options.heartbeat)
    )


def _until(text: str, config: Config, now: datetime) -> datetime:
    """A day begins at midnight where the digests are read."""
    try:
        at = parse_time(text)
    except ValueError as cause:
        raise UsageError("--until takes a day such as 2025-01-06", resource=text) from cause
    at = at.replace(tzinfo=config.schedule.timezone) if len(text.strip()) == len("2025-01-06") else at
    if at <= now:
        raise UsageError("--until takes a day to come", resource=text)
    return at


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
