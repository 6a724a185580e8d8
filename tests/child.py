"""The monitor as a process of its own: to be killed, starved of disk, or told to stop."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tests.house import House, Outcome

ROOT = Path(__file__).resolve().parents[1]
_START = "import sys; from monitor.cli import main; sys.exit(main())"
_STARVED = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0})); "


@dataclass(frozen=True, slots=True)
class Child:
    """A running monitor."""

    process: subprocess.Popen[str]

    def wait(self, seconds: float = 20.0) -> Outcome:
        """Its end, within so many seconds."""
        try:
            out, err = self.process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise
        return Outcome(self.process.returncode, out, err)

    def kill(self) -> None:
        """SIGKILL, wherever it stands."""
        self.process.kill()
        self.process.communicate()


def start(house: House, *arguments: str, now: datetime | None = None, largest_file: int | None = None) -> Child:
    """Start a command, with --json. `largest_file` is how many bytes any file may have before its disk is full."""
    options = ["--config", str(house.folder / "config.toml"), "--json", *(["--now", now.isoformat()] if now else [])]
    limit = _STARVED.format(largest_file) if largest_file is not None else ""
    return _start(house, "-c", limit + _START, *options, *arguments)


def start_jobs(house: House) -> Child:
    """Start the worker by its package, as a service manager would."""
    return _start(house, "-m", "jobs")


def _start(house: House, *arguments: str) -> Child:
    return Child(
        subprocess.Popen(
            [sys.executable, *arguments],
            env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=house.folder,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
    )  # fmt: skip
