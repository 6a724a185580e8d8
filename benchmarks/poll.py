"""What a poll of 200 feeds costs, beside a floor that only asks (one httpx.Client) and reads feeds with feedparser.

    python -m benchmarks.poll              the table
    python -m benchmarks.poll --quick      one repetition of each case

A publisher on 127.0.0.1 stands in for all, in a process of its own. Every run of a case is a fresh process, which reports
the CPU time (user and system) that its poll took, without start-up and imports, and its peak memory. Ours goes through the
front door: `open_app`, a config file with a `gateway`, `App.poll`; everything is recorded in an archive on disk.

*first*: nothing is known. *304*: nothing has changed, and the publisher says so. *same body*: nothing has changed, and the
publisher has no validators. `feed` polls 200 Atom feeds of 20 entries, `rss` the same as RSS 2.0; `govuk_atom` the Atom
feeds, and the 4,000 Content API items that they lead to. The floor makes the same requests, one after the other, and keeps
nothing; at a 304 it reads nothing. It parses no item, so that a second floor stands beside it for `govuk_atom`, which does
the least that a poll is for: it opens the JSON, takes the words out of the HTML, and keeps and indexes them. Its validators
are those of an earlier run, as ours are.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks._floor import FLOORS, KEEPING, cpu_seconds, report, run_floor, run_keeping
from benchmarks._publisher import FEEDS, NOW, SOURCES, feed_url, serve

CONFIG = """
[store]
archive = "archive.db"
mail = "mail.db"
[http]
user_agent = "publication-monitor-benchmark/1.0 (+https://example.org/about; ops@example.org)"
gateway = "{gateway}"
robots = false
allow_hosts = ["www.gov.uk", "*.example.org"]
per_host = {{ concurrency = {concurrency}, per_second = 100000.0 }}
[mail]
from = "Publication Monitor <alerts@example.org>"
operator = "ops@example.org"
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took: CPU seconds, peak memory in MB, and how many requests it made."""

    cpu: float
    peak_mb: float
    requests: int


@contextmanager
def open_publisher(*, etags: bool) -> Iterator[tuple[str, Callable[[], int]]]:
    """Its address, and a function that tells the most requests in flight since it was asked last."""
    command = [sys.executable, "-m", "benchmarks.poll", "serve", *(["--etags"] if etags else [])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin and process.stdout  # noqa: PT018
        stdin, stdout = process.stdin, process.stdout

        def peak() -> int:
            stdin.write("\n")
            stdin.flush()
            return int(stdout.readline())

        yield stdout.readline().strip(), peak
        stdin.close()


# The rivals: each is run in a process of its own and prints its cost


def run_ours(folder: Path) -> None:
    """Poll every feed of the config at once."""
    from monitor.app import open_app, read_config

    config = read_config(folder / "config.toml", cwd=folder, home=folder)
    with open_app(config, clock=lambda: NOW) as app:
        recorded = "SELECT count(*) FROM polls"
        earlier = app.archive.connection.execute(recorded).fetchone()[0]
        before = cpu_seconds()
        done = app.poll(everything=True)
        taken = cpu_seconds() - before
        assert not done.has_failures, next(feed.error for feed in done.feeds if feed.error)
        report(taken, app.archive.connection.execute(recorded).fetchone()[0] - earlier)


def write_config(folder: Path, gateway: str, source: str, concurrency: int) -> None:
    """A config with all the feeds."""
    feeds = "".join(
        f'[[feed]]\nname = "f{number}"\nsource = "{"feed" if source == "rss" else source}"\nurl = "{feed_url(source, number)}"\n'
        for number in range(FEEDS)
    )
    (folder / "config.toml").write_text(CONFIG.format(gateway=gateway, concurrency=concurrency) + feeds)


def measure(rival: str, gateway: str, folder: Path, source: str) -> Cost:
    """Run a rival once, in a fresh process, over what its folder holds from earlier runs."""
    command = [sys.executable, "-m", "benchmarks.poll", "run", rival, gateway, str(folder), source]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{rival} failed:\n{done.stderr}")
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


class Table:
    """Runs cases and prints them, ratios beside their targets. `repetitions` of a first poll, three times as many of others."""

    def __init__(self, source: str, repetitions: int, concurrency: int) -> None:
        self._source = source
        self._repetitions = repetitions
        self._concurrency = concurrency

    def show(self) -> None:
        """First poll, 304, same body."""
        with open_publisher(etags=True) as (gateway, peak):
            ours = self._first("ours", gateway, peak)
            for name, target in zip(FLOORS, (1.3, None), strict=True):
                self._compare(ours, self._first(name, gateway, peak), target)
            if self._source == "govuk_atom":
                self._compare(ours, self._first(KEEPING, gateway, peak), None)
            told, floor = self._again("304", "ours", gateway, peak), self._again("304", "floor", gateway, peak)
            self._compare(told, floor, 1.1)
        with open_publisher(etags=False) as (gateway, peak):
            self._compare(self._again("same body", "ours", gateway, peak), told, 1.2)

    def _first(self, rival: str, gateway: str, peak: Callable[[], int]) -> list[Cost]:
        costs = []
        for _ in range(self._repetitions):
            with self._folder(gateway) as folder:
                costs.append(measure(rival, gateway, folder, self._source))
        return self._line("first", rival, costs, peak())

    def _again(self, case: str, rival: str, gateway: str, peak: Callable[[], int]) -> list[Cost]:
        with self._folder(gateway) as folder:
            measure(rival, gateway, folder, self._source)
            peak()
            costs = [measure(rival, gateway, folder, self._source) for _ in range(self._repetitions * 3)]
        return self._line(case, rival, costs, peak())

    @contextmanager
    def _folder(self, gateway: str) -> Iterator[Path]:
        with tempfile.TemporaryDirectory() as name:
            write_config(Path(name), gateway, self._source, self._concurrency)
            yield Path(name)

    def _line(self, case: str, rival: str, costs: list[Cost], peak: int) -> list[Cost]:
        memory = max(cost.peak_mb for cost in costs)
        run = f"{self._source:10}  {case:9}  {rival:16}  {costs[0].requests:5}"
        print(f"{run}  {_least(costs):7.3f}  {_middle(costs):7.3f}  {memory:5.0f}  {peak:3}", flush=True)
        return costs

    def _compare(self, ours: list[Cost], floor: list[Cost], target: float | None) -> None:
        least, median = _least(ours) / _least(floor), _middle(ours) / _middle(floor)
        aim = f"target {target}: {'met' if least <= target else 'MISSED'}" if target else "(for comparison)"
        print(f"{'':41}ratio  {least:7.2f}  {median:7.2f}   {aim}")


def _least(costs: list[Cost]) -> float:
    return min(cost.cpu for cost in costs)


def _middle(costs: list[Cost]) -> float:
    return statistics.median(cost.cpu for cost in costs)


def main() -> None:
    """The table, or one of the processes that it is made of."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one repetition of each case")
    parser.add_argument(
        "--concurrency", type=int, default=2, help="requests at a time to one host (2 as in a new config)"
    )
    parser.add_argument("--source", choices=SOURCES, action="append", help="this source only")
    modes = parser.add_subparsers(dest="mode")
    modes.add_parser("serve").add_argument("--etags", action="store_true")
    run = modes.add_parser("run")
    run.add_argument("rival", choices=[*FLOORS, KEEPING, "ours"])
    run.add_argument("gateway")
    run.add_argument("folder", type=Path)
    run.add_argument("source")
    chosen = parser.parse_args()
    if chosen.mode == "serve":
        serve(chosen.etags)
    elif chosen.mode == "run" and chosen.rival == "ours":
        run_ours(chosen.folder)
    elif chosen.mode == "run" and chosen.rival == KEEPING:
        run_keeping(chosen.gateway, chosen.folder, chosen.source)
    elif chosen.mode == "run":
        run_floor(chosen.gateway, chosen.folder, chosen.source, FLOORS[chosen.rival])
    else:
        print(
            f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
        )
        print("source      case       rival             asked    least   median     MB  in flight")
        for source in chosen.source or SOURCES:
            Table(source, 1 if chosen.quick else 5, chosen.concurrency).show()


if __name__ == "__main__":
    main()
