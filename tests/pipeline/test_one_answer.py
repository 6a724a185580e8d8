"""Live matching, back-test, explain and search give one answer for the same query and text: that of the evaluator."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.model.paper import Paper, PaperText
from monitor.model.publication import Attachment
from monitor.model.watch import Watch
from monitor.pipeline.backtest import back_test
from monitor.pipeline.finding import find
from monitor.pipeline.match import match
from monitor.pipeline.sifting import sift
from monitor.rules.departments import same_department
from monitor.rules.documents import Document, read_record
from monitor.rules.query.normal import normal_form
from monitor.rules.watching import ask, compile_watches, query_of
from monitor.store.archive import Archive
from monitor.store.search import Facets
from tests.rules.query import wild
from tests.rules.query.reference import means
from tests.store.shelf import MONDAY, NEW, accession, keep, open_shelf, plan

EARLY, LATE = date(1999, 1, 1), date(2030, 1, 1)


def fill(archive: Archive, dice: Random, count: int) -> None:
    """Some publications of the wild, every third with a file."""
    for number in range(count):
        facets = wild.facets(dice)
        file = Attachment("1", f"https://assets.publishing.service.gov.uk/media/{number}.pdf", "A file")
        publication = plan(
            key=f"govuk:{number}:en", title=wild.words(dice, 4), summary=wild.words(dice, 6), text=wild.words(dice, 40),
            url=f"https://www.gov.uk/{number}", publisher=facets.sources[0], document_type=facets.type,
            identifier=facets.ids[0], department=facets.department or None, minister=facets.minister or None,
            house=facets.house or None, dated_on=facets.date, status=facets.status, language=facets.language,
            attachments=(file,) if number % 3 == 0 else (),
        )  # fmt: skip
        keep(archive, accession(publication, NEW))
        if publication.attachments:
            archive.papers.record(Paper(file.url, "extracted", sha256=f"{number:064}"), PaperText(wild.words(dice, 20)))


def documents(archive: Archive) -> dict[str, Document]:
    """Every publication as explain reads it, by its key."""
    records = [record for _, record in archive.library.dated_since(EARLY)]
    return {one.key: read_record(one, attachments=archive.papers.texts_of(one.key, one.version)) for one in records}


def keys_of(archive: Archive, watch: Watch) -> set[str]:
    """What a search for the query of a watch finds."""
    return {one.record.key for one in find(archive, watch.query or "", Facets(), limit=1_000)[1]}


def answers(archive: Archive, watches: list[Watch]) -> dict[str, list[dict[str, set[str]]]]:
    """For each watch the keys that it matches, as each of them says."""
    unindexed = [keys_of(archive, watch) for watch in watches]
    match(archive, compile_watches(watches), now=MONDAY)
    made = archive.matches.between(0, archive.matches.head(), [watch.name for watch in watches])
    trials = list(sift(archive, [query_of(watch) for watch in watches]))
    read = documents(archive)
    found: dict[str, list[dict[str, set[str]]]] = {}
    for place, watch in enumerate(watches):
        assert watch.query is not None
        found[watch.query] = [
            {"live": {match.change.key for match in made if match.watch == watch.name}},
            {"trial": {sifted.head.record.key for sifted in trials if place in sifted.queries}},
            {"search": keys_of(archive, watch)},
            {"search before the words were indexed": unindexed[place]},
            {"explain": {key for key, document in read.items() if ask(watch, document).matched}},
            {
                "plainly": {
                    key for key, document in read.items() if means(query_of(watch).root, document, same_department)
                }
            },
        ]
    return found


@given(st.integers(0, 2**64 - 1))
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_all_of_them_say_what_the_plainest_reading_says(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    dice = Random(seed)
    watches = [Watch(str(number), "", query=normal_form(wild.readable_query(dice))) for number in range(30)]
    with open_shelf(tmp_path_factory.mktemp("archive")) as archive:
        fill(archive, dice, 20)
        for query, said in answers(archive, watches).items():
            assert len({frozenset(keys) for one in said for keys in one.values()}) == 1, (query, said)


def test_a_back_test_counts_what_they_find(tmp_path: Path) -> None:
    dice = Random(8)
    with open_shelf(tmp_path) as archive:
        fill(archive, dice, 30)
        for query in ("prison OR boat*", "policy NOT prison", "in:attachment (prison OR child)"):
            watch = Watch("w", "", query=query)
            assert back_test(archive, watch, EARLY, LATE).volume.total == find(archive, query, Facets())[0]
