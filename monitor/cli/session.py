"""One run of the command line: the global options, and where results and messages go."""

from __future__ import annotations

import json
import os
import shutil
import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from monitor.errors import UsageError
from monitor.times import parse_time

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from monitor.app import App, Clock
    from monitor.config import Config
    from monitor.pipeline.turns import Readership
    from monitor.store.archive import Archive


@dataclass(frozen=True, slots=True)
class Session:
    """What every command may ask for. Results go to `out`, messages to `err`; `now` is None for the machine's clock."""

    config_path: Path | None
    now: datetime | None
    replay: Path | None
    wants_json: bool
    is_verbose: bool
    is_quiet: bool
    out: TextIO
    err: TextIO

    @classmethod
    def from_options(cls, options: Namespace) -> Session:
        """The session of some global options. Raises UsageError."""
        now = None
        if options.now:
            try:
                now = parse_time(options.now)
            except ValueError as cause:
                raise UsageError("--now takes a time such as 2024-12-10T07:30Z", resource=options.now) from cause
        return cls(
            config_path=Path(options.config) if options.config else None,
            now=now,
            replay=Path(options.replay) if options.replay else None,
            wants_json=options.json,
            is_verbose=options.verbose,
            is_quiet=options.quiet,
            out=sys.stdout,
            err=sys.stderr,
        )

    @property
    def clock(self) -> Clock:
        """The machine's clock, or one that stands at --now."""
        from monitor.app import system_clock

        now = self.now
        return (lambda: now) if now is not None else system_clock

    @property
    def today(self) -> date:
        """The day in London, by which promises are due."""
        from monitor.cli.output import LONDON

        return self.clock().astimezone(LONDON).date()

    def read_config(self, path: Path | None = None) -> Config:
        """The config that holds, or the one in a file. Raises ConfigError."""
        from monitor.app import read_config

        return read_config(path or self.config_path, cwd=Path.cwd(), home=Path.home())

    def open_app(self, is_stopping: Callable[[], bool] = lambda: False) -> AbstractContextManager[App]:
        """The program, to write with."""
        from monitor.app import open_app

        return open_app(self.read_config(), clock=self.clock, replay=self.replay, is_stopping=is_stopping)

    def open_archive(self) -> AbstractContextManager[Archive]:
        """The archive, to read in."""
        from monitor.pipeline.opening import open_reading_room

        return open_reading_room(self.read_config())

    def open_readership(self) -> AbstractContextManager[Readership]:
        """Subscribers and outbox, also beside a running worker."""
        from monitor.pipeline.opening import open_readership

        return open_readership(self.read_config())

    def show(self, shape: object, lines: Callable[[], list[str]]) -> None:
        """Print a result: as one JSON document, or as lines for people."""
        if self.wants_json:
            json.dump(shape, self.out, ensure_ascii=False, indent=2)
            self.out.write("\n")
        elif not self.is_quiet:
            self.out.write("\n".join([*lines(), ""]))

    def say(self, message: str) -> None:
        """A message beside the result."""
        if not self.is_quiet:
            print(message, file=self.err)

    @property
    def may_colour(self) -> bool:
        """Whether colours help: on a terminal, unless NO_COLOR is set (no-color.org)."""
        return self.out.isatty() and not os.environ.get("NO_COLOR")

    @property
    def width(self) -> int:
        """How many columns a line may have."""
        return shutil.get_terminal_size((100, 24)).columns
