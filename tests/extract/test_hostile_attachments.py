"""More than fifty attachments, broken or built to do harm: each ends in its state and in time, and the parent stays small."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from monitor.extract.extraction import Limits
from tests.fakes.attachments import ATTACHMENTS, Attachment

TOP = Path(__file__).resolve().parents[2]
SECONDS = 20.0
PARENT = """
import json, os, pathlib, resource, sys, time
from monitor.extract.extraction import Limits
from monitor.extract.extractor import open_extractor

folder, seconds = pathlib.Path(sys.argv[1]), float(sys.argv[2])
found = {}
with open_extractor(Limits(seconds=seconds)) as extractor:
    for number, (name, claimed) in enumerate(json.loads(sys.stdin.read())):
        start = time.monotonic()
        body = folder / str(number)
        done = extractor.extract(body if number % 2 else body.read_bytes(), name=name, claimed_type=claimed)
        took = time.monotonic() - start
        found[name] = [done.state, done.reason, done.text[:200_000], len(done.text.encode()), took, done.media_type]
# VmHWM and not ru_maxrss, which a process inherits from the one that started it.
lines = open("/proc/self/status").read().splitlines() if os.path.exists("/proc/self/status") else []
peaks = [int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")]
peak = peaks[0] if peaks else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024)
loaded = sorted({"pypdfium2", "pypdfium2_raw", "zipfile", "csv"} & set(sys.modules))
print(json.dumps({"found": found, "peak_mb": peak, "loaded": loaded}))
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one attachment, and the seconds it took."""

    state: str
    reason: str
    text: str
    text_bytes: int
    took: float
    media_type: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a process that extracts all of them says of itself."""

    found: dict[str, Outcome]
    peak_mb: float
    loaded: list[str]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("attachments")
    for number, attachment in enumerate(ATTACHMENTS):
        (folder / str(number)).write_bytes(attachment.make())
    done = subprocess.run(
        [sys.executable, "-c", PARENT, str(folder), str(SECONDS)],
        input=json.dumps([(each.name, each.claimed_type) for each in ATTACHMENTS]),
        capture_output=True,
        text=True,
        cwd=TOP,
        env=os.environ | {"PYTHONPATH": str(TOP)},
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    outcomes = {name: Outcome(*outcome) for name, outcome in said["found"].items()}
    return Report(outcomes, said["peak_mb"], said["loaded"])


@pytest.mark.parametrize("attachment", ATTACHMENTS, ids=lambda each: each.name)
def test_each_ends_in_its_state_with_its_reason(report: Report, attachment: Attachment) -> None:
    outcome = report.found[attachment.name]
    assert (outcome.state, outcome.reason) == (attachment.state, outcome.reason)
    assert attachment.because in outcome.reason
    assert attachment.keeps in outcome.text
    assert bool(outcome.reason) or outcome.state == "extracted", "every other state is explained"


def test_there_are_forty_of_them_at_least_under_names_of_their_own(report: Report) -> None:
    assert len(report.found) == len(ATTACHMENTS) >= 40


def test_none_goes_beyond_its_deadline(report: Report) -> None:
    assert {name: each.took for name, each in report.found.items() if each.took > SECONDS} == {}


def test_the_process_that_asked_stays_under_300_mb(report: Report) -> None:
    assert report.peak_mb < 300


def test_no_text_is_longer_than_its_limit(report: Report) -> None:
    assert max(each.text_bytes for each in report.found.values()) <= Limits().text


def test_the_process_that_asked_never_loads_the_library_that_reads_pdf(report: Report) -> None:
    assert report.loaded == []


def test_names_inside_an_archive_are_never_used_as_paths(report: Report) -> None:
    assert report.found["climbing-names.docx"].state == "extracted"
    assert not Path("/tmp/evil").exists()
    assert not Path("/etc/cron.d/evil").exists()
