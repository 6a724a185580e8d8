"""examine: is what the monitor relies on there? Feeds, clock, disk, SQLite; `mail` has a doctor of its own."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from monitor.errors import SourceError
from monitor.fetch.dates import skew_of
from monitor.model.exchange import Validators
from monitor.model.feed import Feed
from monitor.model.finding import Finding
from monitor.pipeline.check import Machine
from monitor.pipeline.publishers import Publishers
from monitor.rules.health import clock_faults, disk_faults, sqlite_note

_SHARED = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "fuse.sshfs", "fuse.glusterfs"}
)
"""File systems that lie on another machine, and lock unreliably."""


def examine_feeds(publishers: Publishers, *, now: datetime, today: date) -> list[Finding]:
    """Ask each feed once, at the pace of its host, and hold our clock against theirs. Nothing is kept."""
    findings: list[Finding] = []
    skews: list[timedelta] = []
    for feed in publishers.feeds:
        try:
            said, skew = _ask(publishers, feed, now, today)
        except SourceError as error:
            findings.append(Finding(feed.name, "wrong", str(error)))
            continue
        findings.append(Finding(feed.name, "well" if said.startswith("200") else "wrong", said))
        if skew is not None:
            skews.append(skew)
    return [*findings, _clock(min(skews, key=abs, default=None), now)]


def _ask(publishers: Publishers, feed: Feed, now: datetime, today: date) -> tuple[str, timedelta | None]:
    source = publishers.sources[feed.source]
    request = next(iter(source.requests(feed, today=today)))
    response = publishers.fetcher.fetch(request, Validators())
    skew = skew_of(response.headers, now)
    if response.status != 200:
        return f"{response.status} from {response.final_url}", skew
    page = publishers.reader.read(response)
    return f"200, {page.entries} listed, {len(response.body):,} bytes in {response.elapsed_ms:,} ms", skew


def _clock(skew: timedelta | None, now: datetime) -> Finding:
    if skew is None:
        return Finding("clock", "unknown", "no answer says what time it is")
    for fault in clock_faults(None, skew, now):
        return Finding("clock", "wrong", f"{fault.detail}; digests go out by it: let NTP set it")
    return Finding("clock", "well", f"within {abs(round(skew.total_seconds()))} s of those of publishers")


def examine_machine(
    folder: Path, machine: Machine, *, mounts: str, sqlite_version: tuple[int, ...], now: datetime
) -> list[Finding]:
    """The ground we stand on. `folder` is that of the databases, `mounts` the kernel's table (proc(5), mountinfo)."""
    low = disk_faults(machine.free, machine.total, now)
    room = f"{low[0].detail}; make room before it is full" if low else f"{machine.free // 1_000_000:,} MB free"
    findings = [Finding("disk", "wrong" if low else "well", f"{folder}: {room}")]
    system = _file_system(folder, mounts)
    if system in _SHARED:
        said = f"{folder} lies on {system}, which locks unreliably: put the databases on a disk of this machine"
        findings.append(Finding("file system", "wrong", said))
    elif system:
        findings.append(Finding("file system", "well", f"{folder} lies on {system}"))
    note = sqlite_note(sqlite_version)
    version = ".".join(map(str, sqlite_version))
    return [*findings, Finding("SQLite", "doubtful" if note else "well", note or version)]


def _file_system(folder: Path, mounts: str) -> str:
    """The kind of file system a folder lies on; empty where the kernel does not say."""
    found, longest = "", -1
    for line in mounts.splitlines():
        fields, _, rest = line.partition(" - ")
        place = fields.split(" ")[4].replace("\\040", " ") if fields.count(" ") >= 5 else ""
        if place and folder.is_relative_to(place) and len(place) > longest:
            found, longest = rest.partition(" ")[0], len(place)
    return found
