"""Mails that are no digests: the question whether somebody wants to be written to, and faults told to the operator."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from monitor.mail import wording
from monitor.mail.consents import WORDING
from monitor.mail.headers import plain
from monitor.mail.message import compose_letter, message_id
from monitor.mail.plans import PlannedMail
from monitor.mail.render import Rendered, render_letter
from monitor.mail.settings import MailSettings
from monitor.mail.tokens import CONFIRM_DAYS, confirm_address, sign_consent
from monitor.model.subscriber import Subscriber

_LONGEST = 300


@dataclass(frozen=True, slots=True)
class FaultWords:
    """A fault as the operator reads it."""

    name: str
    detail: str
    since: str


def question(person: Subscriber, titles: Mapping[str, str], settings: MailSettings, now: datetime) -> PlannedMail:
    """Ask somebody whether they want what was asked for in their name. One a day at most: its period is the day."""
    rendered = render_question(person, titles, settings, now)
    period = f"question:{now:%Y-%m-%d}"
    identity = message_id(period, person.id, settings)
    message = compose_letter(rendered, identity=identity, recipient=person.email, settings=settings, now=now)
    return PlannedMail(period, identity, rendered.subject, 0, message)


def render_question(person: Subscriber, titles: Mapping[str, str], settings: MailSettings, now: datetime) -> Rendered:
    """The question in words."""
    token = sign_consent(settings.secret, person.id, person.edition, now)
    until = (now + timedelta(days=CONFIRM_DAYS)).astimezone(ZoneInfo(settings.timezone)).date()
    return render_letter(
        "confirm",
        settings,
        wishes=[
            (plain(titles.get(one.watch, one.watch), 120), wording.EVERY_WORDS[one.every])
            for one in person.subscriptions
        ],
        yes=confirm_address(settings, token),
        token=token,
        until=wording.long_day(until),
        wording=WORDING,
    )


def fault_words(name: str, detail: str, since: datetime, settings: MailSettings) -> FaultWords:
    """A fault in words that are safe to print, whatever a publisher answered."""
    at = wording.moment(since, ZoneInfo(settings.timezone))
    return FaultWords(plain(name, _LONGEST), plain(detail, _LONGEST), at)


def render_faults(
    faults: Sequence[FaultWords], recovered: Sequence[FaultWords], settings: MailSettings, now: datetime
) -> Rendered:
    """What is newly wrong, and what is well again, in words."""
    parts = [f"{wording.counted(len(faults), 'fault')}"] if faults else []
    parts += [f"{len(recovered)} recovered"] if recovered else []
    first = (faults or recovered)[0].name
    headline = f"Monitor: {', '.join(parts)}: {first}"
    at = wording.moment(now, ZoneInfo(settings.timezone))
    return render_letter("fault", settings, headline=headline, at=at, faults=faults, recovered=recovered)


def notice(rendered: Rendered, name: str, settings: MailSettings, now: datetime) -> PlannedMail:
    """A rendered notice, ready for the outbox; the same `name` is never posted twice."""
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4])
    identity = message_id(f"notice:{name}", number, settings)
    message = compose_letter(rendered, identity=identity, recipient=settings.contact, settings=settings, now=now)
    return PlannedMail(f"notice:{name}", identity, rendered.subject, 0, message)
