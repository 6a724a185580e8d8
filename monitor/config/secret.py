"""A password that config.toml points at and never holds: in the environment, in a file, or printed by a command."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, model_validator

from monitor.config.values import FilePath, Text, describe, mistake
from monitor.errors import ConfigError, Problem

_COMMAND_SECONDS = 20
_HELP = 'say where it is kept: { env = "NAME" }, { file = "path" } or { command = ["pass", "show", "smtp"] }'


class Secret(BaseModel):
    """Where a password is. It is read when it is needed (`read`), not when the config is, and never shown."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    env: Text | None = Field(default=None, examples=['"MONITOR_SMTP_PASSWORD"'])
    file: FilePath | None = Field(default=None, examples=['"/run/secrets/smtp-password"'])
    command: tuple[Text, ...] | None = Field(default=None, min_length=1, examples=['["pass", "show", "smtp"]'])

    _stands_at: Problem = PrivateAttr(default=Problem("config.toml", 1, 1, "mail › smtp › password", ""))

    @model_validator(mode="before")
    @classmethod
    def _refuse_the_password_itself(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            found = (
                "a password must not stand in this file"
                if isinstance(value, str)
                else f"not a password: {describe(value)}"
            )
            raise mistake(found, _HELP)
        return value

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if sum(place is not None for place in (self.env, self.file, self.command)) != 1:
            raise mistake("exactly one of env, file and command is needed", _HELP)
        return self

    def model_post_init(self, context: Any, /) -> None:
        """Remember the line of config.toml, so that a password that cannot be read is reported there."""
        if context:
            self._stands_at = context["password_at"]

    def read(self, environ: Mapping[str, str]) -> str:
        """The password, without the line end that files and commands add. Raises ConfigError, which names the place."""
        if self.env is not None:
            password = environ.get(self.env, "")
            fault, remedy = (
                f"the environment variable {self.env} is not set",
                f"set {self.env} for the user that runs monitor",
            )
        elif self.file is not None:
            password, fault = _from_file(self.file)
            remedy = "one line in a file that only the user who runs monitor may read"
        else:
            password, fault = _from_command(self.command or ())
            remedy = "the command prints the password, and nothing else, within 20 seconds"
        if not password:
            raise self._error(fault, remedy)
        if any(ord(char) < 32 for char in password):
            raise self._error("the password has more than one line or a control character in it", remedy)
        return password

    def _error(self, message: str, remedy: str) -> ConfigError:
        place = self._stands_at
        return ConfigError(
            [Problem(place.path, place.line, place.column, place.where, message, remedy, place.source_line)]
        )


def _from_file(file: Path) -> tuple[str, str]:
    """The text of the file and, for the case that there is none, why."""
    try:
        return file.read_text(encoding="utf-8").rstrip("\r\n"), f"the file {file} is empty"
    except OSError as error:
        return "", f"the file {file} cannot be read: {error.strerror}"
    except UnicodeDecodeError:
        return "", f"the file {file} is not text"


def _from_command(command: tuple[str, ...]) -> tuple[str, str]:
    """What the command printed and, for the case that it printed nothing, why."""
    name = command[0]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_COMMAND_SECONDS,
            check=False,
        )
    except OSError as error:
        return "", f"the command {name} cannot be run: {error.strerror}"
    except (subprocess.TimeoutExpired, UnicodeDecodeError):
        return "", f"the command {name} did not print a password"
    if done.returncode:
        return "", f"the command {name} failed with exit code {done.returncode}"
    return done.stdout.rstrip("\r\n"), f"the command {name} printed nothing"
