"""A million standing queries against one document: `rules.percolator` beside ahocorasick_rs (if installed) and FTS5.

    python -m benchmarks.percolator                    the table, 1,000,000 queries (some minutes, most of them to build)
    python -m benchmarks.percolator --queries 100000   a smaller one

Queries and documents are made from a seed: words as frequent as in English (Zipf), a book of 600,000 set phrases that both
draw from, and the mixture of `_watches.QUERIES`. Every rival runs in a child process of its own. A document is read anew
each time: tokenisation, keys, candidates and evaluation are all within the figure. Times are CPU milliseconds of one core,
the median over documents that differ; memory is the peak of the whole process.
"""

from __future__ import annotations

import argparse
import json
import mmap
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from benchmarks._watches import documents, queries
from monitor.rules.documents import Document, Facets, read_document
from monitor.rules.percolator.building import build_segment
from monitor.rules.percolator.saving import read_segment, segment_bytes
from monitor.rules.percolator.standing import StandingQueries
from monitor.rules.query.evaluating import Reader
from monitor.rules.query.normal import normal_form
from monitor.rules.query.tree import Query, terms

SIZES = {"statement": 1_500, "report": 50_000}
TARGETS = {"statement": 12.0, "report": 120.0, "load": 2_000.0, "add": 1.0, "megabytes": 500.0}


def milliseconds(act: Callable[[], object]) -> float:
    """CPU time of one call."""
    start = time.process_time()
    act()
    return (time.process_time() - start) * 1000


def peak_megabytes() -> float:
    """The most memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def build(count: int, path: Path) -> dict[str, float]:
    """Parse the queries, build a segment, save it."""
    pairs = queries(count)
    start = time.process_time()
    segment = build_segment(pairs)
    took = time.process_time() - start
    with path.open("wb") as file:
        for piece in segment_bytes(segment):
            file.write(piece)
    distinct = len(segment)
    return {
        "seconds": took, "megabytes": peak_megabytes(), "file": path.stat().st_size / 2**20, "distinct": distinct,
        "keys": len(segment.keys), "postings": len(segment.postings),
    }  # fmt: skip


def ours(count: int, path: Path) -> dict[str, float]:
    """Start from the saved form, match, add."""
    found: dict[str, float] = {}
    texts = {name: documents(size, 15) for name, size in SIZES.items()}
    extra = list(islice(queries(500), 500))
    before = peak_megabytes()
    start = time.perf_counter()
    with path.open("rb") as file:
        saved = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    standing = StandingQueries(read_segment(memoryview(saved)))
    found["load"] = (time.perf_counter() - start) * 1000

    def match(title: str, text: str, facets: Facets) -> list[int]:
        return standing.matching(read_document(title=title, text=text, facets=facets))

    for name, given in texts.items():
        times = [milliseconds(lambda one=one: match(*one)) for one in given]  # type: ignore[misc]
        found[name] = statistics.median(times)
        found[f"{name}, first of all"] = times[0]
        reader = Reader(read_document(title=given[0][0], text=given[0][1], facets=given[0][2]))
        found[f"{name}, questions asked"] = standing.asked(reader.document)
        found[f"{name}, different queries"] = sum(1 for _ in standing.found(reader))
        found[f"{name}, queries matching"] = sum(len(ids) for _, ids in standing.found(reader))
    found["add"] = statistics.median(
        milliseconds(lambda one=one: standing.add(count + one[0], one[1])) for one in extra
    )  # type: ignore[misc]
    found["statement, 500 added"] = statistics.median(
        milliseconds(lambda one=one: match(*one)) for one in texts["statement"]
    )  # type: ignore[misc]
    found["megabytes"] = peak_megabytes()
    found["megabytes without queries"] = before
    return found


def aho_corasick(count: int) -> dict[str, float]:
    """One automaton of every form of every term: candidates only, by substring; nothing is evaluated."""
    import ahocorasick_rs

    texts = {name: documents(size, 5) for name, size in SIZES.items()}
    forms: dict[str, None] = {}
    for _, query in queries(count):
        for term in terms(query.root):
            forms[" " + " ".join(element[0][0] for element in term.elements) + ("" if term.prefix else " ")] = None
    start = time.process_time()
    automaton = ahocorasick_rs.AhoCorasick(list(forms), implementation=ahocorasick_rs.Implementation.ContiguousNFA)
    found = {"seconds": time.process_time() - start}
    for name, given in texts.items():
        lines = [" " + " ".join(word for part in _read(one).parts for word in part.words) + " " for one in given]
        found[name] = statistics.median(
            milliseconds(lambda line=line: automaton.find_matches_as_indexes(line, overlapping=True))
            for line in lines  # type: ignore[misc]
        )
    found["megabytes"] = peak_megabytes()
    return found


def fts5(count: int) -> dict[str, float]:
    """The document in a one-row FTS5 table, each query asked of it in turn; on 10,000 of them, times what is left."""
    asked = min(count, 10_000)
    expressions = [_as_fts5(query) for _, query in queries(asked)]
    found: dict[str, float] = {"asked": asked}
    for name, size in SIZES.items():
        title, text, _ = documents(size, 1)[0]
        table = sqlite3.connect(":memory:")
        table.execute("CREATE VIRTUAL TABLE one USING fts5(body)")
        table.execute("INSERT INTO one VALUES (?)", (f"{title}\n{text}",))

        def ask(table: sqlite3.Connection = table) -> None:
            for expression in expressions:
                table.execute("SELECT 1 FROM one WHERE one MATCH ?", (expression,)).fetchone()

        found[name] = milliseconds(ask) * count / asked
    found["megabytes"] = peak_megabytes()
    return found


def _as_fts5(query: Query) -> str:
    """About the same question in FTS5: first spellings only, facets and NOT left out."""
    phrases = ['"' + " ".join(element[0][0] for element in term.elements) + '"' for term in terms(query.root)]
    return (" OR " if " OR " in normal_form(query) else " AND ").join(phrases)


def _read(one: tuple[str, str, Facets]) -> Document:
    return read_document(title=one[0], text=one[1], facets=one[2])


def in_child(*arguments: object) -> dict[str, float]:
    """Run one part in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.percolator", "--part", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"failed": 1.0} if "ModuleNotFoundError" in done.stderr else sys.exit(done.stderr)  # type: ignore[return-value]
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


def main() -> None:
    """Run what the command line asks for."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--queries", type=int, default=1_000_000)
    arguments.add_argument("--part", nargs="+", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.part:
        name, count, *path = given.part
        parts: dict[str, Callable[..., dict[str, float]]] = {
            "build": build,
            "ours": ours,
            "aho": aho_corasick,
            "fts5": fts5,
        }
        print(json.dumps(parts[name](int(count), *map(Path, path))))
        return
    table(given.queries)


def table(count: int) -> None:
    """Print what was measured, one line a rival and one a target."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "standing.bin"
        built = in_child("build", count, path)
        print(f"{count:,} standing queries, {built['distinct']:,.0f} different, {built['keys']:,.0f} keys,", end=" ")
        print(
            f"{built['postings']:,.0f} postings; built in {built['seconds']:.0f} s, {built['megabytes']:.0f} MB;",
            end=" ",
        )
        print(f"saved in {built['file']:.0f} MB")
        found = in_child("ours", count, path)
    for name, figure in found.items():
        target = f"   target {TARGETS[name]:>7,.0f}" if name in TARGETS else ""
        print(f"  {name:28}{figure:12,.2f}{target}")
    for rival, name in (("ahocorasick_rs (candidates only)", "aho"), ("FTS5, query by query", "fts5")):
        answer = in_child(name, count)
        told = (
            "is not installed"
            if "failed" in answer
            else "  ".join(f"{key} {value:,.1f}" for key, value in answer.items())
        )
        print(f"{rival}: {told}", flush=True)


if __name__ == "__main__":
    main()
