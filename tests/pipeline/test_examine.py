"""The ground the monitor stands on, examined."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.pipeline.check import Machine
from monitor.pipeline.examine import examine_machine

NOW = datetime(2024, 12, 10, 8, 0, tzinfo=UTC)
PLENTY = Machine(80_000_000_000, 100_000_000_000)
MOUNTS = """22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
31 22 0:44 / /srv rw - nfs4 server:/export rw
32 31 8:2 / /srv/fast\\040disk rw - xfs /dev/sdb rw
not a line of it
"""


def verdicts(folder: str, machine: Machine = PLENTY, version: tuple[int, ...] = (3, 52, 0)) -> dict[str, str]:
    found = examine_machine(Path(folder), machine, mounts=MOUNTS, sqlite_version=version, now=NOW)
    return {one.subject: one.verdict for one in found}


def test_a_sound_machine_is_well() -> None:
    assert verdicts("/var/lib/monitor") == {"disk": "well", "file system": "well", "SQLite": "well"}


@pytest.mark.parametrize(
    ("folder", "verdict"), [("/srv/monitor", "wrong"), ("/srv/fast disk/monitor", "well"), ("/srvother", "well")]
)
def test_databases_on_a_network_file_system_are_wrong(folder: str, verdict: str) -> None:
    assert verdicts(folder)["file system"] == verdict


def test_a_full_disk_is_wrong_and_an_old_sqlite_doubtful() -> None:
    assert verdicts("/var", Machine(1_000_000, 100_000_000_000))["disk"] == "wrong"
    assert verdicts("/var", version=(3, 40, 1))["SQLite"] == "doubtful"


def test_where_the_kernel_says_nothing_nothing_is_said_of_file_systems() -> None:
    found = examine_machine(Path("/var"), PLENTY, mounts="", sqlite_version=(3, 52, 0), now=NOW)
    assert [one.subject for one in found] == ["disk", "SQLite"]
