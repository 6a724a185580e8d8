"""What the operator says about mail, as `monitor.config` hands it over."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parseaddr
from functools import lru_cache
from pathlib import Path
from typing import Literal

from monitor.mail.address import ascii_address

TransportName = Literal["folder", "smtp", "sendmail", "stdout"]
Tls = Literal["starttls", "implicit", "none"]


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """A mail server. `timeout` holds for each step; `answer_timeout` for the answer to a whole message (RFC 5321 §4.5.3.2.6).

    `connections` are kept open side by side; `per_second` is for all of them together (0: as fast as they can).
    """

    host: str
    port: int = 587
    tls: Tls = "starttls"
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout: timedelta = timedelta(seconds=60)
    answer_timeout: timedelta = timedelta(minutes=10)
    connections: int = 4
    per_second: float = 0.0


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The `[mail]` section. `secret` is no setting: it is read from mail.db with `room.read_key(connection, "instance")`.

    `from_` may carry a display name; `operator` is where faults and requests to stop are sent (`from_` where empty).
    `bounces` is the mailbox that undeliverable mail comes back to, with a token after a plus sign (empty: to `from_`,
    without one); `per_hour` is how many mails may go out in an hour (0: any number). `base_url` is the web face's; while
    none runs, no mail links to it. `timezone` is the one in which times are shown; templates in `templates_dir` go before
    the packaged ones.
    """

    from_: str
    operator: str = ""
    bounces: str = ""
    per_hour: int = 0
    base_url: str | None = None
    transport: TransportName = "folder"
    folder: Path = Path("var/outbox")
    smtp: SmtpSettings | None = None
    sendmail: Path = Path("/usr/sbin/sendmail")
    timezone: str = "Europe/London"
    templates_dir: Path | None = None
    secret: bytes = field(default=b"", repr=False)

    @property
    def from_name(self) -> str:
        """The display name in front of the From address."""
        return _parts(self.from_)[0].strip() or "Publication Monitor"

    @property
    def from_address(self) -> str:
        """The bare From address, also the envelope sender."""
        return ascii_address(_parts(self.from_)[1])

    @property
    def contact(self) -> str:
        """The bare address that people may write to."""
        return ascii_address(_parts(self.operator)[1]) or self.from_address

    @property
    def domain(self) -> str:
        """The domain of the From address: Message-IDs and List-Ids are made in it."""
        return self.from_address.rpartition("@")[2]


@lru_cache(maxsize=16)
def _parts(mailbox: str) -> tuple[str, str]:
    """Display name and address; the settings are asked for them in every mail."""
    return parseaddr(mailbox)
