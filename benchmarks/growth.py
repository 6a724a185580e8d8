"""What a cycle costs as the archive grows: with a thousand publications in it, a hundred thousand, a million.

    python -m benchmarks.growth                       the table
    python -m benchmarks.growth --size 1000           one size; may be given several times

200 GOV.UK feeds of 5 entries from a publisher on 127.0.0.1, 20 watches, 20 subscribers. The archive is made old by SQL
(`_years`). Every cycle (poll, resolve, match, digest, deliver) is a fresh process that reports its CPU seconds, without
start-up and imports; the least of several is shown.

*nothing new*: no list has changed. *news*: 20 new publications and 20 edits, found, linked, settled and matched, on a day
that has had its digest. *morning*: the same, and a digest to each subscriber. *day*: nothing new, and the day's
reconciliation. What grows with the archive here would grow in every cycle for ever; the table says how much dearer each is
than with the smallest archive.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks._floor import cpu_seconds, report
from benchmarks._years import age, make_sentences

SIZES = (1_000, 100_000, 1_000_000)
FEEDS, ENTRIES, WATCHES, READERS = 200, 5, 20, 20
NEWS = 20
NOW = datetime(2024, 12, 9, 9, 0, tzinfo=UTC)
CASES = ("nothing new", "news", "morning", "day")
CONFIG = """
[store]
archive = "archive.db"
mail = "mail.db"
[http]
user_agent = "publication-monitor-benchmark/1.0 (+https://example.org/about; ops@example.org)"
gateway = "{gateway}"
robots = false
per_host = {{ concurrency = 2, per_second = 100000.0 }}
[mail]
from = "Publication Monitor <alerts@example.org>"
operator = "ops@example.org"
"""


def serve() -> None:
    """Be the publisher until standard input ends. A line is a moment, at which there is news."""
    from tests.fakes.documents import Document, Organisation
    from tests.fakes.press import Press
    from tests.fakes.publisher import Publisher

    chance, sentences = random.Random(5), make_sentences()

    def paper(number: int, name: str, at: datetime) -> Document:
        return Document(
            path=f"/government/publications/d{number}-{name}", title=chance.choice(sentences)[:80], first_published_at=at,
            body_html=f"<p>On matter w{number % WATCHES}. {' '.join(chance.choices(sentences, k=5))}</p>",
            public_updated_at=at, updated_at=at,
            organisation=Organisation(f"department-{number}", f"Department {number}"),
        )  # fmt: skip

    press, old = Press(), NOW - timedelta(days=60)
    for number in range(FEEDS):
        for place in range(ENTRIES):
            press.put(paper(number, f"old{place}", old + place * timedelta(minutes=1)))
    with Publisher(otherwise=press.answer) as publisher:
        print(publisher.address, flush=True)
        for batch, line in enumerate(sys.stdin):
            at = datetime.fromisoformat(line.strip())
            for number in range(batch, batch + NEWS):
                press.put(paper(number, f"new{batch}", at))
                before = press.documents[f"/government/publications/d{number}-old{batch % ENTRIES}"]
                words = f"{before.body_html}<p>More of w{number % WATCHES}, {batch}.</p>"
                notes = ((at, "More on it."), *before.change_history)
                press.edit(before.path, body_html=words, change_history=notes, public_updated_at=at, updated_at=at)
            print("done", flush=True)


@contextmanager
def open_publisher() -> Iterator[subprocess.Popen[str]]:
    """The publisher, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.growth", "serve"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        assert process.stdin
        process.stdin.close()


def write_config(folder: Path, gateway: str) -> None:
    """Feeds and watches."""
    feeds = "".join(
        f'[[feed]]\nname = "f{number}"\nsource = "govuk_atom"\nevery = "10m"\n'
        f'url = "https://www.gov.uk/government/organisations/department-{number}.atom"\n'
        for number in range(FEEDS)
    )
    watches = "".join(f'[[watch]]\nname = "w{number}"\nkeywords = ["w{number}"]\n' for number in range(WATCHES))
    (folder / "config.toml").write_text(CONFIG.format(gateway=gateway) + feeds + watches)


def run_cycle(folder: Path, now: datetime) -> None:
    """One cycle in this process; prints what it cost and what it came to."""
    from monitor.app import open_app, read_config

    config = read_config(folder / "config.toml", cwd=folder, home=folder)
    with open_app(config, clock=lambda: now) as app:
        before = cpu_seconds()
        done = app.run_once()
        taken = cpu_seconds() - before
        assert not done.poll.has_failures, next(feed.error for feed in done.poll.feeds if feed.error)
        report(taken, len(done.poll.changes))
        found = {"changes": len(done.poll.changes), "mails": done.digest.planned, "days": len(done.poll.reconciled)}
        print(json.dumps(found))


class Growth:
    """Grows an archive and measures."""

    def __init__(self, folder: Path, publisher: subprocess.Popen[str], repetitions: int) -> None:
        assert publisher.stdin and publisher.stdout  # noqa: PT018
        self._folder = folder
        self._stdin, self._stdout = publisher.stdin, publisher.stdout
        self._repetitions = repetitions
        write_config(folder, self._stdout.readline().strip())
        self._now = NOW

    def begin(self) -> None:
        """The first poll, and somebody to write to."""
        self._cycle()
        for reader in range(READERS):
            watches = [f"w{number % WATCHES}" for number in range(reader, reader + 4)]
            self._monitor(
                "subscriber", "add", f"r{reader}@example.org", "--watch", *watches, "--every", "daily", "--confirmed"
            )

    def grow(self, size: int) -> None:
        """Let years pass in an instant, in which everybody was told everything."""
        told = age(self._folder / "archive.db", size, WATCHES)
        mail = sqlite3.connect(self._folder / "mail.db", isolation_level=None)
        mail.execute("UPDATE subscriptions SET covered_to = ?", (told,))
        mail.execute("ATTACH ? AS archive", (str(self._folder / "archive.db"),))
        for tray, verb in (("changes", "match"), ("papers", "match-papers")):
            read_to = "SELECT at FROM archive.progress WHERE verb = ?"
            mail.execute(f"UPDATE own_progress SET at = ({read_to}) WHERE tray = ?", (verb, tray))
        mail.close()

    def measure(self) -> dict[str, float]:
        """The least cost of each case; days go by."""
        costs: dict[str, list[float]] = {case: [] for case in CASES}
        for _ in range(self._repetitions):
            self._go_to(self._now.replace(hour=9, minute=0) + timedelta(days=1))
            costs["day"].append(self._cycle(days=FEEDS))
            self._go_to(self._now + timedelta(minutes=20))
            costs["nothing new"].append(self._cycle())
            self._go_to(self._now + timedelta(minutes=20))
            self._publish()
            costs["news"].append(self._cycle(changes=2 * NEWS))
            self._go_to(self._now.replace(hour=8, minute=0) + timedelta(days=1))
            self._publish()
            costs["morning"].append(self._cycle(changes=2 * NEWS, mails=READERS))
        return {case: min(taken) for case, taken in costs.items()}

    def _go_to(self, moment: datetime) -> None:
        self._now = moment

    def _publish(self) -> None:
        self._stdin.write(f"{(self._now - timedelta(minutes=5)).isoformat()}\n")
        self._stdin.flush()
        self._stdout.readline()

    def _cycle(self, **expected: int) -> float:
        command = [sys.executable, "-m", "benchmarks.growth", "cycle", str(self._folder), self._now.isoformat()]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"a cycle failed:\n{done.stderr}")
        cost, found = (json.loads(line) for line in done.stdout.splitlines()[-2:])
        for what, number in expected.items():
            assert found[what] == number, f"{what}: {found[what]}, where {number} were expected"
        return float(cost["cpu"])

    def _monitor(self, *arguments: str) -> None:
        command = [
            sys.executable,
            "-m",
            "monitor",
            "--config",
            str(self._folder / "config.toml"),
            "--now",
            self._now.isoformat(),
        ]
        subprocess.run([*command, *arguments], capture_output=True, check=True)


def main() -> None:
    """The table, or one of the processes that it is made of."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, action="append", help="so many publications; again for more sizes")
    parser.add_argument("--repetitions", type=int, default=3)
    modes = parser.add_subparsers(dest="mode")
    modes.add_parser("serve")
    cycle = modes.add_parser("cycle")
    cycle.add_argument("folder", type=Path)
    cycle.add_argument("now", type=datetime.fromisoformat)
    chosen = parser.parse_args()
    if chosen.mode == "serve":
        serve()
    elif chosen.mode == "cycle":
        run_cycle(chosen.folder, chosen.now)
    else:
        _show(sorted(chosen.size or SIZES), chosen.repetitions)


def _show(sizes: list[int], repetitions: int) -> None:
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )
    print(f"{'publications':>12}  {'MB':>6}  " + "  ".join(f"{case:>18}" for case in CASES))
    smallest: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name, open_publisher() as publisher:
        growth = Growth(Path(name), publisher, repetitions)
        growth.begin()
        for size in sizes:
            growth.grow(size)
            costs = growth.measure()
            smallest = smallest or costs
            line = "  ".join(f"{costs[case]:8.3f} s  {costs[case] / smallest[case]:5.2f} ×" for case in CASES)
            print(f"{size:>12,}  {(Path(name) / 'archive.db').stat().st_size / 1e6:6.0f}  {line}", flush=True)


if __name__ == "__main__":
    main()
