"""The tables of config.toml, as frozen models: what each key is called, means and takes, and what it is where it is absent.

The example of each field is TOML; it is shown where a key is missing or wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainValidator

from monitor.config.addresses import BaseUrl, Email, Gateway, Host, Mailbox, UserAgent
from monitor.config.secret import Secret
from monitor.config.values import (
    Clock,
    Count,
    Duration,
    FilePath,
    Flag,
    Many,
    Name,
    Port,
    Rate,
    Size,
    Text,
    Weekly,
    Zone,
    choose,
    mistake,
    read_name,
    read_text,
)
from monitor.model.watch import WATCHABLE
from monitor.text import tokens

STRICT = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


def _one_of(options: tuple[str, ...], noun: str) -> Callable[[object], str]:
    def read(value: object) -> str:
        text = read_text(value)
        if text not in options:
            raise mistake(f"'{text}' is not one of the {noun}", choose(text, options, noun))
        return text

    return read


def _read_keyword(value: object) -> str:
    text = read_text(value)
    if not any(True for _ in tokens(text)):
        raise mistake(f"'{text}' has no word in it that could be found", "a keyword is a word or a phrase of words")
    return text


Transport = Annotated[
    Literal["folder", "smtp", "sendmail", "stdout"],
    PlainValidator(_one_of(("folder", "smtp", "sendmail", "stdout"), "transports")),
]
Tls = Annotated[
    Literal["starttls", "implicit", "none"], PlainValidator(_one_of(("starttls", "implicit", "none"), "forms of TLS"))
]
Watchable = Annotated[str, PlainValidator(_one_of(WATCHABLE, "kinds of change"))]
Keyword = Annotated[str, PlainValidator(_read_keyword)]


OldName = Annotated[str, PlainValidator(lambda value: "" if value == "" else read_name(value))]


class Store(BaseModel):
    """`[store]`: where things are kept. `archive` may be published; `mail` holds personal data; `files` captured bytes."""

    model_config = STRICT

    archive: FilePath = Field(default="var/archive.db", validate_default=True, examples=['"var/archive.db"'])
    mail: FilePath = Field(default="var/mail.db", validate_default=True, examples=['"var/mail.db"'])
    files: FilePath = Field(default="var/files", validate_default=True, examples=['"var/files"'])


class PerHost(BaseModel):
    """How many requests to one host at a time, and how many may begin in a second."""

    model_config = STRICT

    concurrency: Count = Field(default=2, examples=["2"])
    per_second: Rate = Field(default=2.0, examples=["2.0"])


class HostOverride(BaseModel):
    """`[http.host."www.gov.uk"]`: what is different for one host; None where it is as for all."""

    model_config = STRICT

    concurrency: Count | None = Field(default=None, examples=["4"])
    per_second: Rate | None = Field(default=None, examples=["5.0"])


class Http(BaseModel):
    """`[http]`: how publishers are asked. `timeout` is for each step, `deadline` for a whole answer; `max_body` is bytes."""

    model_config = STRICT

    user_agent: UserAgent = Field(examples=['"publication-monitor/1.0 (+https://example.org/about; ops@example.org)"'])
    allow_hosts: tuple[Host, ...] = Field(
        default=("www.gov.uk", "assets.publishing.service.gov.uk", "*.parliament.uk"),
        min_length=1,
        examples=['["www.gov.uk", "*.parliament.uk"]'],
    )
    per_host: PerHost = Field(default=PerHost(), examples=["{ concurrency = 2, per_second = 2.0 }"])
    timeout: Duration = Field(default="20s", validate_default=True, examples=['"20s"'])
    deadline: Duration = Field(default="2m", validate_default=True, examples=['"2m"'])
    max_body: Size = Field(default="60MB", validate_default=True, examples=['"60MB"'])
    gateway: Gateway | None = Field(default=None, examples=['"http://127.0.0.1:8080"'])
    robots: Flag = Field(default=True, examples=["true"])
    host: Mapping[Host, HostOverride] = Field(default={}, examples=["{ per_second = 5.0 }"])

    def limits(self, host: str) -> PerHost:
        """What holds for one host: its own override, else `per_host`."""
        own = self.host.get(host, HostOverride())
        return PerHost(
            concurrency=own.concurrency or self.per_host.concurrency,
            per_second=own.per_second or self.per_host.per_second,
        )


class Schedule(BaseModel):
    """`[schedule]`: when digests go out, in local time of `timezone`."""

    model_config = STRICT

    timezone: Zone = Field(default="Europe/London", validate_default=True, examples=['"Europe/London"'])
    daily: Clock = Field(default="07:30", validate_default=True, examples=['"07:30"'])
    weekly: Weekly = Field(default="Sat 08:30", validate_default=True, examples=['"Sat 08:30"'])


class Smtp(BaseModel):
    """`[mail.smtp]`: the server that takes our mail, for `transport = "smtp"`."""

    model_config = STRICT

    host: Text = Field(examples=['"smtp.example.org"'])
    port: Port = Field(default=587, examples=["587"])
    tls: Tls = Field(default="starttls", examples=['"starttls"'])
    username: Text | None = Field(default=None, examples=['"monitor"'])
    password: Secret | None = Field(default=None, examples=['{ env = "MONITOR_SMTP_PASSWORD" }'])
    connections: Count = Field(default=4, examples=["4"])
    per_second: Rate = Field(default=20.0, examples=["20.0"])


class Mail(BaseModel):
    """`[mail]`: who sends, who is told of faults, and how mail leaves the house."""

    model_config = STRICT

    from_: Mailbox = Field(alias="from", examples=['"Publication Monitor <alerts@example.org>"'])
    operator: Email = Field(examples=['"ops@example.org"'])
    bounces: Email | None = Field(default=None, examples=['"bounces@example.org"'])
    per_hour: Many = Field(default=20000, examples=["20000"])
    base_url: BaseUrl | None = Field(default=None, examples=['"https://alerts.example.org"'])
    transport: Transport = Field(default="folder", examples=['"folder"'])
    folder: FilePath = Field(default="var/outbox", validate_default=True, examples=['"var/outbox"'])
    smtp: Smtp | None = Field(default=None)


class FeedTable(BaseModel):
    """One `[[feed]]`. What it holds beside these keys is for its source (`model_extra`), and is checked against it."""

    model_config = ConfigDict(extra="allow", frozen=True, hide_input_in_errors=True)

    name: Name = Field(examples=['"home-office"'])
    source: Text = Field(examples=['"govuk_atom"'])
    every: Duration = Field(default="15m", validate_default=True, examples=['"15m"'])


class WatchTestTable(BaseModel):
    """One `[[watch.test]]`: keys, numbers or addresses that the watch above it must and must not match."""

    model_config = STRICT

    match: tuple[Text, ...] = Field(default=(), examples=['["HCWS293"]'])
    no_match: tuple[Text, ...] = Field(default=(), examples=['["HCWS300"]'])


class WatchTable(BaseModel):
    """One `[[watch]]`: words to look for, and the kinds of change to hear of."""

    model_config = STRICT

    name: Name = Field(examples=['"border-security"'])
    title: Text | None = Field(default=None, examples=['"Border security"'])
    keywords: tuple[Keyword, ...] = Field(default=(), examples=['["small boats", "people smuggling"]'])
    query: Text | None = Field(default=None, examples=["'\"small boats\" OR (smuggling AND dept:home-office)'"])
    on: tuple[Watchable, ...] = Field(default=WATCHABLE, min_length=1, examples=['["new", "updated", "withdrawn"]'])
    alert_if_silent: Duration | None = Field(default=None, examples=['"21d"'])
    alert_if_more_than: Many | None = Field(default=None, examples=["40"])
    renamed_from: OldName | None = Field(default=None, examples=['"small-boats"'])
    test: tuple[WatchTestTable, ...] = Field(default=())


class Document(BaseModel):
    """The whole file, as it is written."""

    model_config = STRICT

    templates_dir: FilePath | None = Field(default=None, examples=['"templates"'])
    store: Store = Field(default={}, validate_default=True)
    http: Http
    schedule: Schedule = Field(default={}, validate_default=True)
    feed: tuple[FeedTable, ...] = Field(default=())
    watch: tuple[WatchTable, ...] = Field(default=())
    mail: Mail


def known_keys(table: type[BaseModel]) -> dict[str, Any]:
    """The keys of a table as they are written, each with its pydantic field."""
    return {field.alias or name: field for name, field in table.model_fields.items()}
