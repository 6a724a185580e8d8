"""A million standing queries against one document: `rules.percolator` beside ahocorasick_rs (if installed) and FTS5.

    python -m benchmarks.percolator                    the table, 1,000,000 queries (ten minutes, most of them to build)
    python -m benchmarks.percolator --queries 100000   a smaller one

Queries and documents are made from a seed: words as frequent as in English (Zipf), a book of 600,000 set phrases that both
draw from, and the mixture of `_watches.QUERIES`. Every rival runs in a child process of its own, one after another. A document
is read anew each time: tokenisation, keys, candidates and evaluation are all within the figure. Times are CPU milliseconds of
one core, the median over documents that differ; memory is the peak of the whole process.
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
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from benchmarks._watches import documents, queries
from monitor.rules.documents import Document, Facets, read_document
from monitor.rules.percolator.building import build_segment
from monitor.rules.percolator.saving import read_segment, segment_bytes
from monitor.rules.percolator.standing import StandingQueries
from monitor.rules.query.evaluating import Reader
from monitor.rules.query.normal import normal_form
from monitor.rules.query.parsing import parse_query
from monitor.rules.query.tree import Query, terms

SIZES = {"statement": 1_500, "report": 50_000}
TARGETS = {"statement": 12.0, "report": 120.0, "load": 2_000.0, "add": 1.0, "remove": 1.0, "megabytes": 500.0}
Figures = dict[str, float]


def milliseconds(act: Callable[[], object]) -> float:
    """CPU time of one call."""
    start = time.process_time()
    act()
    return (time.process_time() - start) * 1000


def median_milliseconds(acts: Iterable[Callable[[], object]]) -> float:
    """The median CPU time of calls that differ."""
    return statistics.median(map(milliseconds, acts))


def peak_megabytes() -> float:
    """The most memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def write_queries(folder: Path, count: int) -> Figures:
    """The texts of the queries, one a line."""
    with (folder / "queries").open("w") as file:
        file.writelines(f"{text}\n" for text in queries(count))
    return {}


def build(folder: Path, _count: int) -> Figures:
    """Read the queries, build a segment, save it."""
    with (folder / "queries").open() as file:
        start = time.process_time()
        segment = build_segment((id, parse_query(line)) for id, line in enumerate(file))
        took = time.process_time() - start
    with (folder / "saved").open("wb") as saved:
        saved.writelines(segment_bytes(segment))
    return {
        "CPU seconds": took, "megabytes": peak_megabytes(), "megabytes saved": (folder / "saved").stat().st_size / 2**20,
        "queries that differ": len(segment), "keys": len(segment.keys), "postings": len(segment.postings),
    }  # fmt: skip


def open_saved(folder: Path) -> StandingQueries:
    """Start from the saved form."""
    with (folder / "saved").open("rb") as file:
        return StandingQueries(read_segment(memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))))


def ours(folder: Path, count: int) -> Figures:
    """Start from the saved form, match, add, remove."""
    texts = {name: documents(size, 15) for name, size in SIZES.items()}
    more = list(enumerate(queries(500, seed=3), start=count))
    found: Figures = {"megabytes without queries": peak_megabytes()}
    start = time.perf_counter()
    standing = open_saved(folder)
    found["load"] = (time.perf_counter() - start) * 1000

    def match(one: tuple[str, str, Facets]) -> list[int]:
        return standing.matching(_read(one))

    def add(id: int, text: str) -> None:
        standing.add(id, parse_query(text))

    for name, given in texts.items():
        found[f"{name}, first of all"] = milliseconds(partial(match, given[0]))
        found[name] = median_milliseconds(partial(match, one) for one in given)
        reader = Reader(_read(given[0]))
        found[f"{name}, questions asked"] = standing.asked(reader.document)
        found[f"{name}, queries that match"] = sum(len(ids) for _, ids in standing.found(reader))
    found["add"] = median_milliseconds(partial(add, *one) for one in more)
    found["statement, 500 added"] = median_milliseconds(partial(match, one) for one in texts["statement"])
    found["remove"] = median_milliseconds(partial(standing.remove, id) for id in range(0, count, count // 500))
    found["megabytes"] = peak_megabytes()
    return found


def edits(folder: Path, count: int) -> Figures:
    """Take up as many edits as are taken before the saved form is made anew: one in a hundred."""
    standing = open_saved(folder)
    many = count // 200
    for id, text in enumerate(queries(many, seed=4), start=count):
        standing.add(id, parse_query(text))
        standing.remove(id - count)
    start = time.process_time()
    segment = standing.compacted()
    return {
        "edits": 2 * many,
        "CPU seconds": time.process_time() - start,
        "megabytes": peak_megabytes(),
        "left": len(segment),
    }


def aho_corasick(folder: Path, _count: int) -> Figures:
    """One automaton of the written form of every term: candidates only, by substring; nothing is evaluated."""
    import ahocorasick_rs

    with (folder / "queries").open() as file:
        written = {form for line in file for form in _terms_of(line)}
    start = time.process_time()
    automaton = ahocorasick_rs.AhoCorasick(written, implementation=ahocorasick_rs.Implementation.ContiguousNFA)
    found = {"CPU seconds": time.process_time() - start}
    for name, size in SIZES.items():
        lines = [
            " " + " ".join(word for part in _read(one).parts for word in part.words) + " " for one in documents(size, 5)
        ]
        found[name] = median_milliseconds(
            partial(automaton.find_matches_as_indexes, line, overlapping=True) for line in lines
        )
    found["megabytes"] = peak_megabytes()
    return found


def _terms_of(text: str) -> list[str]:
    """The terms of a query of the mixture as they are written, a word between spaces; cut by hand, as reading takes minutes."""
    plain = text.replace("(", " ").replace(")", " ").replace("-", " ")
    phrases, rest = plain.split('"')[1::2], " ".join(part.lstrip("~") for part in plain.split('"')[::2])
    single = [word for word in rest.split() if not word.isupper() and ":" not in word and not word.startswith("NEAR/")]
    return [f" {word[:-1]}" if word[-1] == "*" else f" {word} " for word in (*phrases, *single)]


def fts5(folder: Path, count: int) -> Figures:
    """The document in a one-row FTS5 table, each query asked of it in turn; on 10,000 of them, times what is left."""
    with (folder / "queries").open() as file:
        expressions = [_as_fts5(parse_query(line)) for line in islice(file, 10_000)]
    found: Figures = {"queries asked": len(expressions)}
    for name, size in SIZES.items():
        title, text, _ = documents(size, 1)[0]
        table = sqlite3.connect(":memory:")
        table.execute("CREATE VIRTUAL TABLE one USING fts5(body)")
        table.execute("INSERT INTO one VALUES (?)", (f"{title}\n{text}",))

        def ask(table: sqlite3.Connection = table) -> None:
            for expression in expressions:
                table.execute("SELECT 1 FROM one WHERE one MATCH ?", (expression,)).fetchone()

        found[name] = milliseconds(ask) * count / len(expressions)
    found["megabytes"] = peak_megabytes()
    return found


def _as_fts5(query: Query) -> str:
    """About the same question in FTS5: first spellings only, facets and NOT left out."""
    phrases = ['"' + " ".join(element[0][0] for element in term.elements) + '"' for term in terms(query.root)]
    return (" OR " if " OR " in normal_form(query) else " AND ").join(phrases)


def _read(one: tuple[str, str, Facets]) -> Document:
    return read_document(title=one[0], text=one[1], facets=one[2])


PARTS: dict[str, Callable[[Path, int], Figures]] = {
    "queries, written": write_queries,
    "ours, built": build,
    "ours": ours,
    "ours, saved anew after edits": edits,
    "ahocorasick_rs, candidates only": aho_corasick,
    "FTS5, query by query": fts5,
}


def in_child(name: str, folder: Path, count: int) -> Figures:
    """Run one part in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.percolator", "--queries", str(count), "--part", name, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"not installed": 1.0} if "ModuleNotFoundError" in done.stderr else sys.exit(done.stderr)  # type: ignore[return-value]
    answer: Figures = json.loads(done.stdout)
    return answer


def main(arguments: Sequence[str] | None = None) -> None:
    """Run every part, and print what each measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--queries", type=int, default=1_000_000)
    parser.add_argument("--part", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.part:
        name, folder = given.part
        print(json.dumps(PARTS[name](Path(folder), given.queries)))
        return
    print(f"{given.queries:,} standing queries; milliseconds, where nothing else is said", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in PARTS:
            figures = in_child(name, Path(folder), given.queries)
            print(name)
            for what, figure in figures.items():
                target = f"   target {TARGETS[what]:>7,.0f}" if name == "ours" and what in TARGETS else ""
                print(f"  {what:28}{figure:14,.2f}{target}", flush=True)


if __name__ == "__main__":
    main()
