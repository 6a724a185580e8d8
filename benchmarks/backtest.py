"""A hundred watches tried on a hundred thousand stored publications: `pipeline.sifting` beside reading every one of them.

    python -m benchmarks.backtest                           100 watches, 100,000 publications (minutes, most of them to build)
    python -m benchmarks.backtest --publications 10000      a smaller archive

The archive is a real one in a temporary folder: versions, full-text and word index as the recorder and `match` make them.
Publications are made from a seed by `_watches`, of 150 to 2,000 words, 700 in the mean, and the watches are of its mixture: each
matches about one publication in 1,500. The floor reads every publication and asks it all watches; it is taken from the 2,000
newest and multiplied. A search of one query is timed in the same archive. CPU seconds of one core, the least of three.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path

from benchmarks._watches import World
from monitor.model.publication import Publication
from monitor.model.record import Capture, ChangeDraft, Finding
from monitor.pipeline.finding import find
from monitor.pipeline.sifting import fill_index, sift
from monitor.rules.departments import same_department
from monitor.rules.documents import read_record
from monitor.rules.percolator.building import build_segment
from monitor.rules.percolator.standing import StandingQueries
from monitor.rules.query.normal import normal_form
from monitor.rules.query.parsing import parse_query
from monitor.rules.query.tree import Query
from monitor.store.accession import Accession
from monitor.store.archive import Archive, open_archive
from monitor.store.search import Facets

NOW = datetime(2025, 1, 1, tzinfo=UTC)
TARGET = 10.0
_BATCH, _SAMPLE = 1_000, 2_000


def seconds(act: Callable[[], object], times: int = 3) -> float:
    """CPU time of one call, the least of several."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        act()
        taken.append(time.process_time() - start)
    return min(taken)


def publication(world: World, number: int) -> Publication:
    """One publication, its day one of the last two thousand."""
    size = int(150 * (2_000 / 150) ** world.dice.random())
    title, text, facets = world.document(size)
    return Publication(
        key=f"govuk:{number}:en", url=f"https://www.gov.uk/{number}", title=title, document_type="policy_paper",
        publisher="govuk", text=text, department=facets.department, house=facets.house,
        dated_on=date(2025, 1, 1) - timedelta(days=world.dice.randrange(2_000)),
    )  # fmt: skip


def accession(one: Publication) -> Accession:
    """A publication on its way in."""
    sha256 = hashlib.sha256(one.key.encode()).hexdigest()
    finding = Finding(one, f"1:{sha256}", True, (ChangeDraft("new"),))
    return Accession(finding, Capture(sha256, b"", "text/html"), "feed", None)


def build(archive: Archive, world: World, count: int) -> float:
    """Fill the archive; returns the CPU seconds that the word index took."""
    indexing = 0.0
    for first in range(0, count, _BATCH):
        found = [accession(publication(world, number)) for number in range(first, min(count, first + _BATCH))]
        with archive.transaction():
            archive.recorder.record(found, NOW)
        indexing += seconds(lambda: fill_index(archive), times=1)
    return indexing


def floor(archive: Archive, queries: list[Query]) -> int:
    """Read the newest publications and ask each all queries; returns how many there were."""
    standing = StandingQueries(build_segment(enumerate(queries)))
    records = list(islice((record for _, record in archive.library.dated_since(date(2024, 1, 1))), _SAMPLE))
    for record in records:
        attachments = archive.papers.texts_of(record.key, record.version)
        standing.matching(read_record(record, attachments=attachments), same_department=same_department)
    return len(records)


def main() -> None:
    """Build, measure, print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--publications", type=int, default=100_000)
    arguments.add_argument("--watches", type=int, default=100)
    given = arguments.parse_args()
    world = World()
    queries = [parse_query(world.query()) for _ in range(given.watches)]
    world.dice.seed(2)
    with tempfile.TemporaryDirectory() as folder, open_archive(Path(folder) / "archive.db") as archive:
        indexing = build(archive, world, given.publications)
        size = sum(path.stat().st_size for path in Path(folder).iterdir()) / 2**20
        words = archive.connection.execute("SELECT avg(words) FROM versions").fetchone()[0]
        print(f"{given.publications:,} publications of {words:,.0f} words in the mean, {size:,.0f} MB;", end=" ")
        print(f"the word index took {indexing:,.1f} s to fill", flush=True)
        found = list(sift(archive, queries))
        pairs = sum(len(each.queries) for each in found)
        print(f"{given.watches} watches match {len(found):,} publications, {pairs:,} times")
        ours = seconds(lambda: list(sift(archive, queries)))
        print(f"  all watches, sifted         {ours:10,.2f} s   target {TARGET:g} s")
        sample: list[int] = []
        theirs = seconds(lambda: sample.append(floor(archive, queries)), times=1)
        print(f"  all watches, all read       {theirs * given.publications / sample[0]:10,.2f} s   the floor")
        everyday = f"{world.words[300]} {world.words[400]}"
        for text in [*map(normal_form, queries[:3]), everyday, f"{everyday} NEAR/5 {world.words[500]}"]:
            took = seconds(lambda text=text: find(archive, text, Facets()))  # type: ignore[misc]
            total = find(archive, text, Facets())[0]
            print(
                f"  search, {total:6,} found        {took * 1000:10,.0f} ms  {json.dumps(text[:60], ensure_ascii=False)}"
            )
        took = seconds(lambda: find(archive, 'date:2024-06 dept:"department 3"', Facets()))
        print(f"  search by facets alone      {took * 1000:10,.0f} ms")


if __name__ == "__main__":
    main()
