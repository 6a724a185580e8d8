"""How a person wants to be written to, beyond which watches and how often."""

from __future__ import annotations

import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from monitor.errors import UsageError
from monitor.model.subscriber import MailFormat

# The shape of a tag as people write it (RFC 5646): cy, en-GB, zh-Hant-HK.
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-[A-Za-z]{2})?")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is None stays as it is. An empty `timezone` means the config's."""

    format: MailFormat | None = None
    timezone: str | None = None
    language: str | None = None
    working_days: bool | None = None
    heartbeat: bool | None = None

    @property
    def named(self) -> dict[str, object]:
        """Those that are not None, by the names of their columns."""
        words = {"format": self.format, "language": self.language, "working_days": self.working_days}
        known: dict[str, object] = {name: value for name, value in words.items() if value is not None}
        if self.heartbeat is not None:
            known["heartbeat"] = self.heartbeat
        if self.timezone is not None:
            known["timezone"] = self.timezone or None
        return known

    @property
    def said(self) -> str:
        """The same in words, for the record."""
        plain: dict[object, str] = {True: "yes", False: "no", None: "as the config says"}
        return ", ".join(f"{name.replace('_', ' ')} {plain.get(value, value)}" for name, value in self.named.items())


def check_wishes(wishes: Wishes) -> Wishes:
    """The same wishes, if they can be granted. Raises UsageError."""
    if wishes.format not in (None, "html", "text"):
        raise UsageError("a mail is html or text", resource=wishes.format)
    if wishes.timezone:
        try:
            ZoneInfo(wishes.timezone)
        except (KeyError, ValueError, OSError) as cause:
            raise UsageError(
                "no time zone has this name; write one such as Europe/London", resource=wishes.timezone
            ) from cause
    if wishes.language is not None and not _TAG.fullmatch(wishes.language):
        raise UsageError("this is not a language tag; write one such as en-GB or cy", resource=wishes.language)
    return wishes
