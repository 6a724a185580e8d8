"""`monitor digest`: look at digests before anybody gets them, plan them, see what waits, and let it go."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.cli import output, shapes
from monitor.cli.session import Session
from monitor.errors import UsageError

if TYPE_CHECKING:
    from monitor.mail.render import Rendered
    from monitor.mail.runs import HeldRun
    from monitor.mail.settings import MailSettings
    from monitor.pipeline.digest import DigestReport
    from monitor.pipeline.turns import Turn

TEMPORARY = 75


def digest_options(parser: ArgumentParser) -> None:
    """What to do."""
    parser.add_argument(
        "action",
        choices=["preview", "send", "status"],
        help="preview: what each subscriber would get now, nothing is planned; send: plan what is due; status: the outbox",
    )
    parser.add_argument("--only", "--for", metavar="ADDRESS", help="this subscriber only")
    parser.add_argument("--date", metavar="DAY", help="preview: as if it were this day's time for digests (2024-12-10)")
    parser.add_argument("-n", "--dry-run", action="store_true", help="send: the same as preview")
    parser.add_argument("--eml", action="store_true", help="preview: print the whole message, as it would be sent")
    parser.add_argument("--html", type=Path, metavar="FOLDER", help="preview: write a page for each digest there")
    parser.add_argument("--release", action="store_true", help="send: let the runs go that wait for a word")


def digest(session: Session, options: Namespace) -> int:
    """Preview, plan, release, or see the state of digests."""
    if options.action == "status":
        return _status(session)
    if options.action == "preview" or options.dry_run:
        return _preview(session, options)
    if options.release:
        return _release(session)
    with session.open_app() as app:
        report = app.digest(only=options.only)
    session.show(
        shapes.digest_shape(report) | {"held": [_held_shape(run) for run in report.held]},
        lambda: [*output.digest_lines(report), *_held_lines(report.held)],
    )
    for trouble in report.troubles:
        session.say(f"monitor: {trouble}")
    return TEMPORARY if report.troubles else 0


@dataclass(slots=True)
class _Desk:
    """Where previewed mails go as they are made: onto paper, into a folder, or raw."""

    settings: MailSettings
    folder: Path | None
    wants_eml: bool
    wants_json: bool
    lines: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    pages: int = 0

    def look(self, turn: Turn, rendered: Rendered, message: bytes) -> None:
        """Take one mail."""
        if self.wants_eml:
            self.messages.append(message.decode("ascii").replace("\r\n", "\n"))
        elif self.folder is None and not self.wants_json:
            self.lines += [f"To: {turn.subscriber.email}", f"Subject: {rendered.subject}", "", rendered.text, ""]
        if self.folder is not None:
            page = self._write_page(rendered, message)
            self.lines.append(f"{page}  {turn.subscriber.email}: {rendered.subject}")

    def _write_page(self, rendered: Rendered, message: bytes) -> Path:
        from monitor.mail.preview import preview_page

        assert self.folder is not None
        self.pages += 1
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            page = preview_page(rendered, message, self.settings)
            path = self.folder / f"digest-{self.pages}.html"
            path.write_text(page, encoding="utf-8")
        except OSError as cause:
            raise UsageError("the pages cannot be written", resource=str(self.folder), cause=cause.strerror) from cause
        return path


def _preview(session: Session, options: Namespace) -> int:
    if options.date:
        session = replace(session, now=_moment_of(session, options.date))
    with session.open_app() as app:
        desk = _Desk(app.readership.settings, options.html, options.eml, session.wants_json)
        report = app.digest(only=options.only, look=desk.look)
    if options.eml and not session.wants_json:
        session.show({}, lambda: desk.messages)
        return 0
    shape = shapes.digest_shape(report) | ({"messages": desk.messages} if options.eml else {})
    session.show(shape, lambda: [*desk.lines, _rehearsed(report)])
    for trouble in report.troubles:
        session.say(f"monitor: {trouble}")
    return TEMPORARY if report.troubles else 0


def _moment_of(session: Session, day: str) -> datetime:
    schedule = session.read_config().schedule
    try:
        return datetime.combine(date.fromisoformat(day), schedule.daily, schedule.timezone)
    except ValueError as cause:
        raise UsageError("--date takes a day such as 2024-12-10", resource=day) from cause


def _status(session: Session) -> int:
    now = session.clock()
    with session.open_readership() as readership:
        counts = {str(state): count for state, count in readership.outbox.counts().items()}
        last = readership.outbox.last_digest_at()
        held = readership.runs.held()
        pause = readership.brake.standing(now)
    shape = {
        "outbox": counts,
        "last_digest_at": shapes.time_shape(last),
        "held": [_held_shape(run) for run in held],
        "paused": {"until": shapes.time_shape(pause.until), "reason": pause.reason} if pause else None,
    }
    rows = [*counts.items(), ("last sent", output.when(last))]
    resting = [f"sending rests until {output.when(pause.until)}: {pause.reason}"] if pause else []
    session.show(shape, lambda: [*output.columns(rows), *resting, *_held_lines(held)])
    return 0


def _release(session: Session) -> int:
    with session.open_app() as app:
        released = app.readership.runs.release(app.clock())
    lines = [f"{run.period}: {run.mails} mails go out with the next delivery" for run in released]
    session.show({"released": [_held_shape(run) for run in released]}, lambda: lines or ["nothing waits"])
    return 0


def _held_shape(run: HeldRun) -> shapes.Shape:
    return {"period": run.period, "mails": run.mails, "items": run.items, "usual": run.usual}


def _held_lines(held: tuple[HeldRun, ...]) -> list[str]:
    lines = [
        f"held: {run.period}, {run.items} items in {run.mails} mails, where {run.usual:g} are usual" for run in held
    ]
    return [*lines, "look with `monitor digest preview`, let go with `monitor digest send --release`"] if lines else []


def _rehearsed(report: DigestReport) -> str:
    has = "has" if report.empty == 1 else "have"
    return f"{report.planned} would be sent now, {report.empty} {has} nothing to be told; nothing was planned"
