"""Every error this program raises on purpose.

    MonitorError
    ├── ConfigError            a mistake in config.toml; carries every Problem found         exit 78
    ├── QueryError             a mistake in a query; shown with a caret and a remedy         exit 2
    ├── UsageError             a command asked for something that cannot be                  exit 2
    ├── SourceError            feed
    │   ├── FetchError         url, status, .transient, .retry_after                         exit 75
    │   │   └── TooLargeError  more bytes than are taken
    │   └── ParseError         source, url                                                   exit 75
    │       └── FeedEndedError the publisher closed the feed
    ├── ExtractError           a stored document cannot be opened, or its reader not run     exit 75
    ├── StoreError             the archive or the mail database cannot be used               exit 75
    │   ├── NotFoundError      nothing has that name                                         exit 3
    │   ├── AmbiguousError     several have that name; carries the candidates                exit 2
    │   ├── MigrationError     the file is newer than this program, or cannot be migrated
    │   └── IntegrityError     what is stored is not what was stored                         exit 5
    ├── WorkerBusyError        another worker holds the lock                                 exit 75
    └── MailError
        ├── RenderError        template, line
        └── DeliveryError      address, code, .transient, .whole_run

`str(error)` is always "message: resource: cause". No foreign exception leaves its room: each room turns what its
libraries raise into one of these. `.transient` alone decides whether to try again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


class MonitorError(Exception):
    """Root of the tree. `exit_code` is what the command line answers with."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, resource: str = "", cause: object = None) -> None:
        self.message = message
        self.resource = resource
        self.cause = cause
        super().__init__(": ".join(str(part) for part in (message, resource, cause) if part))


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a text that a person wrote, placed so that they can find it (lines and columns from 1)."""

    path: str
    line: int
    column: int
    where: str
    message: str
    help: str = ""
    source_line: str = ""

    def __str__(self) -> str:
        lines = [f"{self.path}:{self.line}:{self.column}: {self.where}: {self.message}"]
        if self.source_line:
            lines += [f"  {self.source_line}", "  " + " " * (self.column - 1) + "^"]
        if self.help:
            lines.append(f"help: {self.help}")
        return "\n".join(lines)


class ConfigError(MonitorError):
    """config.toml cannot be used; `problems` lists every mistake in it."""

    exit_code = 78

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class QueryError(MonitorError):
    """A query cannot be read; `problem` says where and what to write instead."""

    exit_code = 2

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


class UsageError(MonitorError):
    """A command was asked for something that does not exist or cannot be done."""

    exit_code = 2


class SourceError(MonitorError):
    """Something went wrong between us and a publisher."""


class FetchError(SourceError):
    """An address could not be fetched. `status` is 0 where no answer came; `retry_after` is in seconds."""

    exit_code = 75

    def __init__(
        self,
        message: str,
        *,
        url: str,
        status: int = 0,
        transient: bool = True,
        retry_after: float | None = None,
        cause: object = None,
    ) -> None:
        self.url = url
        self.status = status
        self.transient = transient
        self.retry_after = retry_after
        super().__init__(message, resource=url, cause=cause)


class TooLargeError(FetchError):
    """An answer has more bytes than are taken, as it came or inflated. To ask again is of no use."""


class ParseError(SourceError):
    """An answer came, but it is not what its source promises."""

    exit_code = 75

    def __init__(self, message: str, *, source: str, url: str, cause: object = None) -> None:
        self.source = source
        self.url = url
        super().__init__(message, resource=f"{source} {url}", cause=cause)


class FeedEndedError(ParseError):
    """The publisher says that a feed has ended."""


class ExtractError(MonitorError):
    """Text could not be sought at all. What is wrong with a document itself is no error but a state of its text."""

    exit_code = 75


class StoreError(MonitorError):
    """A database or a folder of captured bytes cannot be used."""

    exit_code = 75


class NotFoundError(StoreError):
    """Nothing in the archive has that name."""

    exit_code = 3


class AmbiguousError(StoreError):
    """Several things have that name; `candidates` are the names that tell them apart."""

    exit_code = 2

    def __init__(self, message: str, *, resource: str, candidates: Sequence[str]) -> None:
        self.candidates = tuple(candidates)
        super().__init__(message, resource=resource, cause="did you mean " + ", ".join(candidates) + "?")


class MigrationError(StoreError):
    """A database is newer than this program, or one of its migrations failed."""


class IntegrityError(StoreError):
    """What is stored is not what was stored."""

    exit_code = 5


class WorkerBusyError(MonitorError):
    """Another worker is running on this store."""

    exit_code = 75


class MailError(MonitorError):
    """A mail could not be made or handed over."""


class RenderError(MailError):
    """A template could not be rendered."""

    def __init__(self, message: str, *, template: str, line: int = 0, cause: object = None) -> None:
        self.template = template
        self.line = line
        super().__init__(message, resource=f"{template}:{line}" if line else template, cause=cause)


class DeliveryError(MailError):
    """A mail was not accepted. `transient`: try later. `whole_run`: the fault is ours, so stop sending to anyone; whose
    mail it was does not matter then, and its words name nobody, for they are told to the operator and may be logged.

    `unsure`: it may have been accepted all the same. `bad_recipient`: it was the address that was refused.
    """

    exit_code = 75

    def __init__(
        self,
        message: str,
        *,
        address: str,
        code: int = 0,
        transient: bool = True,
        whole_run: bool = False,
        unsure: bool = False,
        bad_recipient: bool = False,
        cause: object = None,
    ) -> None:
        self.address = address
        self.code = code
        self.transient = transient
        self.whole_run = whole_run
        self.unsure = unsure
        self.bad_recipient = bad_recipient
        if whole_run and address and cause is not None:
            cause = re.sub(re.escape(address), "(the address)", str(cause), flags=re.IGNORECASE)
        super().__init__(message, resource="" if whole_run else address, cause=cause)
