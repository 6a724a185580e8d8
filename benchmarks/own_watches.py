"""Subscribers' own watches in a mail.db: the first start, the start from their saved form, and edits taken in one at a time.

    python -m benchmarks.own_watches                      100,000 of them (a minute)
    python -m benchmarks.own_watches --queries 1000000    as many as the design is for (six minutes, most of them the first start)

The queries are those of `_watches`, in the tables that subscribers' watches lie in; `OwnBook` is what the worker holds. The floor
of a start is to read every query from its text, which is what the first one does. Each part runs in a process of its own; CPU
milliseconds of one core, edits the median of a hundred; memory is the peak of the whole process.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from benchmarks._watches import documents, queries
from benchmarks.percolator import Figures, milliseconds, peak_megabytes
from monitor.mail.own_watches import OwnWatches
from monitor.mail.room import open_mail
from monitor.mail.subscribers import Subscribers
from monitor.pipeline.own_matching import OwnBook
from monitor.rules.documents import read_document

NOW = datetime(2025, 1, 1, tzinfo=UTC)
_EDITS = 100
_ADD = "INSERT INTO own_watches (subscriber_id, title, query, created_at) VALUES (1, 'x', ?, '2025-01-01T00:00:00Z')"


def fill(path: Path, count: int) -> Figures:
    """A subscriber with so many watches."""
    with open_mail(path) as mail:
        Subscribers(mail).add("reader@example.org", [], "daily", now=NOW, covered_to=0, confirmed=True)
        mail.execute("BEGIN")
        mail.executemany(_ADD, ((text,) for text in queries(count)))
        mail.execute("COMMIT")
    return {}


def start(path: Path, _count: int) -> Figures:
    """What the worker does first: every query from its text, or from the saved form where there is one."""
    with open_mail(path) as mail:
        book = OwnBook.of(mail)
        wall = time.perf_counter()
        took = milliseconds(book.catch_up)
        return {"CPU": took, "by the clock": (time.perf_counter() - wall) * 1000, "megabytes": peak_megabytes()}


def work(path: Path, count: int) -> Figures:
    """A statement held against them, edits, and the saved form made anew."""
    texts = documents(1_500, 9)
    with open_mail(path) as mail:
        book = OwnBook.of(mail)
        book.catch_up()
        matched: list[int] = []

        def read(title: str, text: str) -> None:
            matched.append(len(book.news(read_document(title=title, text=text))))

        found = {
            "a statement, with its matches": statistics.median(milliseconds(partial(read, *one[:2])) for one in texts)
        }
        found["matches"] = statistics.median(matched)
        found["adding one"] = _edits(book, [partial(mail.execute, _ADD, (text,)) for text in queries(_EDITS, seed=3)])
        gone = range(1, count, count // _EDITS)
        found["removing one"] = _edits(
            book, [partial(mail.execute, "DELETE FROM own_watches WHERE id = ?", (id,)) for id in gone]
        )
        OwnWatches(mail).drop_index()
        found["saved anew"] = milliseconds(book.catch_up)
        found["megabytes"] = peak_megabytes()
    return found


def _edits(book: OwnBook, edits: list[Callable[[], object]]) -> float:
    """The median of taking in one edit."""
    taken = []
    for edit in edits:
        edit()
        taken.append(milliseconds(book.catch_up))
    return statistics.median(taken)


PARTS: dict[str, tuple[Callable[[Path, int], Figures], str]] = {
    "filled": (fill, ""),
    "first start": (start, "the floor"),
    "start from the saved form": (start, "target 2,000"),
    "at work": (work, "target for an edit 1"),
}


def main() -> None:
    """Run every part, and print what each measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--queries", type=int, default=100_000)
    parser.add_argument("--part", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.part:
        name, path = given.part
        print(json.dumps(PARTS[name][0](Path(path), given.queries)))
        return
    print(f"{given.queries:,} own watches; CPU milliseconds, where nothing else is said", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, (_, note) in PARTS.items():
            command = [sys.executable, "-m", "benchmarks.own_watches", "--queries", str(given.queries), "--part", name]
            done = subprocess.run([*command, f"{folder}/mail.db"], stdout=subprocess.PIPE, text=True, check=True)
            figures: Figures = json.loads(done.stdout)
            print(f"{name}   {note}".rstrip())
            for what, figure in figures.items():
                print(f"  {what:32}{figure:14,.2f}", flush=True)


if __name__ == "__main__":
    main()
