"""Files that are broken or built to harm go through the whole monitor: each has its state, and the monitor stays small."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fakes.attachments import ATTACHMENTS
from tests.fakes.documents import FileAttachment
from tests.house import House, at, document

TOP = Path(__file__).resolve().parents[2]
CYCLE = """
import sys
from monitor.cli import main
code = main(sys.argv[1:])
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
sys.exit(code)
"""


@dataclass(frozen=True, slots=True)
class Cycle:
    """How one cycle ended, and the most memory its process had, in MB; children have their own."""

    code: int
    peak_mb: float


def cycle(house: House) -> Cycle:
    config = str(house.folder / "config.toml")
    options = ["--config", config, "-q", "--now", "2024-12-10T12:00:00Z", "run", "--once"]
    environment = os.environ | {"PYTHONPATH": str(TOP)}
    command = [sys.executable, "-c", CYCLE, *options]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=500, check=False)
    return Cycle(done.returncode, int(done.stdout.split()[-1]) / 1024)


@pytest.mark.torture
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of a process is read from /proc (Linux)")
def test_each_has_its_state_and_no_process_of_ours_grows_beyond_300_mb(tmp_path: Path) -> None:
    files = [
        FileAttachment(
            f"f{number}", each.name, each.name.replace(" ", "-"), f"5f00000000000000000{number:05d}", each.make(),
            content_type=each.claimed_type or "application/octet-stream",
        )
        for number, each in enumerate(ATTACHMENTS)
    ]  # fmt: skip
    with House(tmp_path) as house:
        house.run("run", "--once", now=at("2024-12-09 10:00"))
        for number, file in enumerate(files):
            html = "<p>On small boats.</p>"
            house.world.publish(document(f"paper-{number}", f"Paper {number}", html, "2024-12-10 09:00", files=(file,)))
        house.world.publish(
            document("all", "All of them", "<p>On small boats.</p>", "2024-12-10 10:00", files=tuple(files))
        )
        cycles = [cycle(house), cycle(house)]
        assert [each.code for each in cycles] == [0, 0]
        assert max(each.peak_mb for each in cycles) < 300
        shown = house.run("show", "https://www.gov.uk/government/publications/all").json["attachments"]
    found = {one["title"]: (one["text_state"], one["reason"]) for one in shown}
    assert {name: state for name, (state, _) in found.items()} == {each.name: each.state for each in ATTACHMENTS}
    assert all(reason for state, reason in found.values() if state != "extracted")
