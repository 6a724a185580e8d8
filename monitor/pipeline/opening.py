"""The rooms that may be opened beside a running worker, from the config: the people and their mails, the archive to read in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from monitor.config import Config
from monitor.errors import NotFoundError
from monitor.mail.bounces import Bounces
from monitor.mail.brake import Brake
from monitor.mail.holidays import Calendar
from monitor.mail.outbox import Outbox
from monitor.mail.room import open_mail, read_key
from monitor.mail.runs import Runs
from monitor.mail.subscribers import Subscribers
from monitor.pipeline.parts import mail_settings, schedule_of
from monitor.pipeline.turns import Readership
from monitor.store.archive import Archive, open_archive


@contextmanager
def open_readership(config: Config) -> Iterator[Readership]:
    """The people and their mails. May be open beside a running worker."""
    with open_mail(config.store.mail) as connection:
        settings = mail_settings(config, read_key(connection, "instance"))
        outbox, brake = Outbox(connection), Brake(connection, settings.per_hour)
        yield Readership(
            Subscribers(connection), outbox, Runs(connection), brake, Bounces(connection), settings,
            schedule_of(config), Calendar(connection).holidays(),
        )  # fmt: skip


def open_reading_room(config: Config) -> AbstractContextManager[Archive]:
    """The archive to read in, also while a worker writes. Raises NotFoundError where there is none yet."""
    if not config.store.archive.exists():
        raise NotFoundError(
            "there is no archive yet; `monitor run --once` makes one", resource=str(config.store.archive)
        )
    return open_archive(config.store.archive, read_only=True)
