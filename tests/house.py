"""A whole monitor in a folder, with a small world around it: what stories are told with.

with House(tmp_path) as house:
    house.world.publish(plan)
    house.run("run", "--once", now=MONDAY)
"""

from __future__ import annotations

import email.policy
import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from io import StringIO
from pathlib import Path
from types import TracebackType
from typing import Any

from monitor.cli import main
from tests.fakes.documents import Document, Organisation
from tests.fakes.parliament import Statement
from tests.fakes.publisher import Publisher
from tests.fakes.world import World
from tests.mail.linter import lint

HOME_OFFICE = Organisation("home-office", "Home Office")
HOME_OFFICE_FEED = "https://www.gov.uk/government/organisations/home-office.atom"
READER = "reader@example.org"

CONFIG = """
[http]
user_agent = "publication-monitor/1.0 (+https://example.org/about; ops@example.org)"
gateway    = "{gateway}"
per_host   = {{ concurrency = 8, per_second = 1000.0 }}
timeout    = "5s"

[[feed]]
name   = "statements"
source = "written_statements"
every  = "10m"

[[feed]]
name   = "home-office"
source = "govuk_atom"
url    = "https://www.gov.uk/government/organisations/home-office.atom"
every  = "15m"

[[watch]]
name     = "border-security"
title    = "Border security"
keywords = ["small boats", "people smuggling", "Calais Group"]

[mail]
from      = "Publication Monitor <alerts@example.org>"
operator  = "ops@example.org"
"""


def at(text: str) -> datetime:
    """`2024-12-10 10:30` as a time."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command answered with."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its result, as scripts read it."""
        assert self.out, f"no result, exit code {self.code}: {self.err}"
        return json.loads(self.out)


class House:
    """A monitor with a config, polling a world through a gateway."""

    def __init__(self, folder: Path, *, config: str = CONFIG, world: World | None = None) -> None:
        self.folder = folder
        self.world = world or World(volatile_links=False)
        self.publisher = Publisher(otherwise=self.world.answer)
        self._config = config

    def __enter__(self) -> House:
        self.publisher.__enter__()
        self.write_config(self._config)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.publisher.__exit__(kind, error, trace)

    def write_config(self, config: str) -> None:
        """Put a config in place; `{gateway}` becomes the address of the world."""
        (self.folder / "config.toml").write_text(config.format(gateway=self.publisher.address), encoding="utf-8")

    def run(self, *arguments: str, now: datetime | None = None) -> Outcome:
        """Run one command, with --json."""
        options = ["--config", str(self.folder / "config.toml"), "--json", *(["--now", now.isoformat()] if now else [])]
        out, err = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            try:
                code = main([*options, *arguments])
            except SystemExit as stop:
                code = int(stop.code or 0)
        return Outcome(code, out.getvalue(), err.getvalue())

    def say(self, *arguments: str, now: datetime | None = None) -> str:
        """What one command says to people."""
        options = ["--config", str(self.folder / "config.toml"), *(["--now", now.isoformat()] if now else [])]
        out = StringIO()
        with redirect_stdout(out), redirect_stderr(StringIO()):
            main([*options, *arguments])
        return out.getvalue()

    def subscribe(self, *watches: str, address: str = READER, every: str = "daily", now: datetime) -> Outcome:
        """Somebody who has said yes."""
        return self.run("subscriber", "add", address, "--watch", *watches, "--every", every, "--confirmed", now=now)

    def mails(self) -> list[EmailMessage]:
        """Everything that was sent, oldest first; each has been through the linter."""
        raw = [path.read_bytes() for path in sorted((self.folder / "var" / "outbox").glob("*.eml"))]
        faults = [fault for mail in raw for fault in lint(mail)]
        assert not faults, faults
        return [message_from_bytes(mail, policy=email.policy.default) for mail in raw]  # type: ignore[misc]

    def digests(self) -> list[EmailMessage]:
        """The mails to subscribers, without those to the operator."""
        return [mail for mail in self.mails() if mail["List-Id"]]

    def notices(self) -> list[str]:
        """The subjects of the mails to the operator, oldest first."""
        return [mail["Subject"] for mail in self.mails() if mail["To"] == "ops@example.org"]


def body_of(mail: EmailMessage) -> str:
    """The words of a mail's text part."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def document(name: str, title: str, html: str, published: str, **more: Any) -> Document:
    """A Home Office policy paper, or another kind."""
    return Document(
        path=f"/government/publications/{name}", title=title, organisation=HOME_OFFICE,
        first_published_at=at(published), public_updated_at=at(published), body_html=html, **more,
    )  # fmt: skip


def statement(number: int, title: str, html: str, made_on: str, **more: Any) -> Statement:
    """A Commons statement of the Home Office."""
    return Statement(
        id=1_000_000 + number, uin=f"HCWS{number}", made_on=at(made_on).date(), department="Home Office", title=title,
        html=html, **more,
    )  # fmt: skip
