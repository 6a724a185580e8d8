"""Mail: 10,000 subscribers × 20 items planned, rendered and handed to a local sink, against a plain loop in the same run.

The plain loop is what one would write first: jinja2 renders a page for each subscriber, `EmailMessage` makes the mail, one
`smtplib` connection sends it; nothing is recorded. Ours renders through the same templates, plans every mail in a
transaction with what it tells, leases, sends, settles. Both hand to the same sink, in a process of its own.

    python -m benchmarks.mail [SUBSCRIBERS]
"""

from __future__ import annotations

import multiprocessing
import resource
import smtplib
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, select_autoescape

from monitor.mail.bounces import Bounces
from monitor.mail.brake import Brake
from monitor.mail.environment import bracketed, packaged_templates, sound_url, starred, wrapped
from monitor.mail.fragments import Fragments
from monitor.mail.message import compose, message_id
from monitor.mail.outbox import Outbox
from monitor.mail.plans import Plan, PlannedMail
from monitor.mail.render import footer_words, render_digest
from monitor.mail.room import open_mail, read_key
from monitor.mail.runs import Runs
from monitor.mail.settings import MailSettings, SmtpSettings
from monitor.mail.subscribers import Subscribers
from monitor.mail.transport import open_transport
from monitor.mail.view import view_digest
from monitor.model.digest import DepartmentGroup, Digest, Section
from monitor.model.subscriber import Subscriber
from monitor.pipeline.deliver import Limits, PostRoom, deliver
from tests.mail.samples import UPDATE, item

NOW = datetime(2024, 12, 10, 7, 30, tzinfo=UTC)
ITEMS = 20
LINES = 4
"""Connections, as many as the config has if it does not say otherwise."""

PLAIN = 300
"""Mails that the plain loop sends, once before and once after ours, so that both meet the same machine. Its rate does not
change with their number.
"""


_ANSWERS = {b"EHLO": b"250-sink\r\n250 PIPELINING\r\n", b"QUIT": b"221 bye\r\n"}


def sink(listener: socket.socket) -> None:
    """The cheapest mail server there is: says yes to everything, counts nothing. Takes several commands at once, as all do."""
    import selectors

    chooser = selectors.DefaultSelector()
    chooser.register(listener, selectors.EVENT_READ)
    state: dict[socket.socket, bytearray | None] = {}
    while True:
        for key, _ in chooser.select():
            if key.fileobj is listener:
                client, _address = listener.accept()
                client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                client.sendall(b"220 sink\r\n")
                chooser.register(client, selectors.EVENT_READ)
                state[client] = None
                continue
            client = key.fileobj
            heard = client.recv(1 << 18)
            if not heard:
                chooser.unregister(client)
                del state[client]
                client.close()
                continue
            tail = state[client]
            if tail is not None:
                tail += heard
                if tail.endswith(b"\r\n.\r\n"):
                    state[client] = None
                    client.sendall(b"250 taken\r\n")
                else:
                    del tail[:-5]
            elif heard[:4].upper() == b"DATA":
                state[client] = bytearray()
                client.sendall(b"354 go on\r\n")
            else:
                client.sendall(_ANSWERS.get(heard[:4].upper()) or b"250 OK\r\n" * heard.count(b"\n"))


@contextmanager
def running_sink() -> Iterator[int]:
    """The sink in a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        process = multiprocessing.get_context("fork").Process(target=sink, args=(listener,), daemon=True)
        process.start()
        try:
            yield listener.getsockname()[1]
        finally:
            process.terminate()
            process.join()


def todays() -> Digest:
    """Twenty items: new papers, and some updates with their changed passages."""
    items = tuple(
        replace(UPDATE, change=replace(UPDATE.change, id=number), key=f"govuk:{number}")
        if number % 5 == 0
        else item(f"Publication number {number} about small boats and people smuggling", number=number)
        for number in range(1, ITEMS + 1)
    )
    departments = sorted({one.department for one in items})
    groups = tuple(DepartmentGroup(name, tuple(one for one in items if one.department == name)) for name in departments)
    return Digest(
        "daily:2024-12-10",
        "daily",
        NOW - timedelta(days=1),
        NOW,
        (Section("border-security", "Border security", groups),),
    )


def plain_loop(people: list[Subscriber], day: Digest, settings: MailSettings, port: int) -> tuple[float, float]:
    """Mails a second, and mails a second of this process's own work, of the loop that one would write first."""
    environment = Environment(
        loader=FileSystemLoader(packaged_templates()), autoescape=select_autoescape(["html"]), trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters.update(url=sound_url, wrapped=wrapped, starred=starred, bracketed=bracketed)
    html, text, line = (environment.get_template(f"digest.{kind}") for kind in ("html", "txt", "subject.txt"))
    view = view_digest(day, name=settings.from_name, zone=ZoneInfo(settings.timezone))
    started, work = time.perf_counter(), time.process_time()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for person in people:
            words = footer_words(person, settings, {}, day) | {
                "digest": view,
                "language": "en-GB",
                "once": lambda macro, *words: macro(*words),
            }
            mail = EmailMessage(policy=SMTP)
            mail["From"], mail["To"] = settings.from_, person.email
            mail["Subject"] = line.render(**words, lead=view.lead)
            mail["Message-ID"] = message_id(day.period, person.id, settings)
            mail.set_content(text.render(words))
            mail.add_alternative(html.render(words), subtype="html")
            server.send_message(mail)
    return len(people) / (time.perf_counter() - started), len(people) / (time.process_time() - work)


def ours(path: Path, day: Digest, settings: MailSettings, people: int) -> tuple[float, float, float, float]:
    """Mails a second: all of it, planning and rendering, delivering; and all of it by this process's own work."""
    with open_mail(path) as connection:
        settings = replace(settings, secret=read_key(connection, "instance"))
        outbox, fragments, plans = Outbox(connection), Fragments(), []
        started, work = time.perf_counter(), time.process_time()
        for person in Subscribers(connection).each():
            rendered = render_digest(day, person, settings, fragments=fragments)
            mail = compose(rendered, period=day.period, subscriber=person, settings=settings, now=NOW)
            identity = message_id(day.period, person.id, settings)
            entry = PlannedMail(day.period, identity, rendered.subject, rendered.items, mail.message, mail.shared)
            changes = range(1, ITEMS + 1)
            plans.append(Plan(entry, person.id, "daily", NOW, {"border-security": ITEMS}, changes, float(ITEMS)))
            if len(plans) == 100:
                outbox.plan_all(plans, NOW, waits=True)
                plans.clear()
        outbox.plan_all(plans, NOW, waits=True)
        Runs(connection).judge(NOW)
        planned = time.perf_counter()
        room = PostRoom(
            outbox, Brake(connection, 1_000_000), Bounces(connection), lambda: open_transport(settings),
            lambda _delivery: settings.from_address, Limits(LINES),
        )  # fmt: skip
        report = deliver(room, holder="bench", clock=lambda: NOW)
        ended = time.perf_counter()
        assert report.sent == people, report
        work = time.process_time() - work
    return people / (ended - started), people / (planned - started), people / (ended - planned), people / work


def _of_both(first: float, second: float) -> float:
    """The rate of two runs of as many mails."""
    return 2 / (1 / first + 1 / second)


def main() -> None:
    """Measure, and say how many times as fast."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    day = todays()
    with tempfile.TemporaryDirectory() as folder, running_sink() as port:
        path = Path(folder) / "mail.db"
        with open_mail(path) as connection:
            register = Subscribers(connection)
            for number in range(people):
                register.add(
                    f"reader-{number}@example.org", ["border-security"], "daily", now=NOW - timedelta(days=9),
                    covered_to=0, confirmed=True,
                )  # fmt: skip
            smtp = SmtpSettings("127.0.0.1", port, "none", connections=LINES)
            settings = MailSettings(
                "Monitor <alerts@example.org>", transport="smtp", smtp=smtp, secret=read_key(connection, "instance")
            )
            readers = [person for person, _ in zip(register.each(), range(PLAIN), strict=False)]
        first = plain_loop(readers, day, settings, port)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        whole, planning, sending, work = ours(path, day, settings, people)
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        plain, plain_work = map(_of_both, first, plain_loop(readers, day, settings, port))
    print(f"plain loop: {plain:,.0f} mails a second (of {PLAIN})")
    print(
        f"ours: {whole:,.0f} a second = {whole / plain:.1f} times (planned {planning:,.0f}, delivered {sending:,.0f})"
    )
    print(f"by processor time: {plain_work:,.0f} and {work:,.0f} a second = {work / plain_work:.1f} times")
    print(f"memory: {before / 1024:,.0f} MB before, {after / 1024:,.0f} MB at most")


if __name__ == "__main__":
    main()
