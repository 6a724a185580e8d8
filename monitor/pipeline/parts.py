"""The rooms' own settings, made from the config: how publishers are asked, how mail goes out, when digests are due."""

from __future__ import annotations

import os

from monitor.config import Config
from monitor.fetch.settings import HttpSettings, Pace
from monitor.mail.settings import MailSettings, SmtpSettings
from monitor.mail.tokens import envelope_sender
from monitor.mail.transport import open_transport
from monitor.pipeline.deliver import Limits, PostRoom
from monitor.pipeline.turns import Readership
from monitor.rules.schedule import Schedule


def http_settings(config: Config) -> HttpSettings:
    """How publishers are asked."""
    http = config.http
    return HttpSettings(
        user_agent=http.user_agent,
        allow_hosts=http.allow_hosts,
        pace=Pace(http.per_host.concurrency, http.per_host.per_second),
        hosts={host: Pace(http.limits(host).concurrency, http.limits(host).per_second) for host in http.host},
        timeout=http.timeout,
        deadline=http.deadline,
        max_body=http.max_body,
        gateway=http.gateway,
        robots=http.robots,
    )


def mail_settings(config: Config, secret: bytes) -> MailSettings:
    """How mail is made and leaves the house. Raises ConfigError where the password cannot be had."""
    mail = config.mail
    smtp = None
    if mail.transport == "smtp" and mail.smtp is not None:
        password = mail.smtp.password.read(os.environ) if mail.smtp.password else None
        smtp = SmtpSettings(
            mail.smtp.host, mail.smtp.port, mail.smtp.tls, mail.smtp.username, password,
            connections=mail.smtp.connections, per_second=mail.smtp.per_second,
        )  # fmt: skip
    return MailSettings(
        from_=mail.from_,
        operator=mail.operator,
        bounces=mail.bounces or "",
        per_hour=mail.per_hour,
        base_url=mail.base_url,
        transport=mail.transport,
        folder=mail.folder,
        smtp=smtp,
        timezone=config.schedule.timezone.key,
        templates_dir=config.templates_dir,
        secret=secret,
    )


def schedule_of(config: Config) -> Schedule:
    """When digests are due."""
    written = config.schedule
    return Schedule(written.timezone, written.daily, written.weekly.weekday, written.weekly.at)


def post_room(readership: Readership) -> PostRoom:
    """All that sending needs."""
    settings, smtp = readership.settings, readership.settings.smtp
    limits = Limits(smtp.connections, smtp.per_second) if smtp else Limits()
    return PostRoom(
        readership.outbox, readership.brake, readership.bounces,
        open_way=lambda: open_transport(settings),
        sender_of=lambda delivery: settings.from_address
        if delivery.kind == "notice"
        else envelope_sender(settings, delivery.id),
        limits=limits,
    )  # fmt: skip
