"""The search box finds the latest words, and takes any input."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model.paper import Paper, PaperText
from monitor.model.publication import Attachment
from monitor.store.archive import Archive
from monitor.store.search import Facets, search
from tests.store.shelf import MONDAY, NEW, TUESDAY, UPDATED, accession, keep, open_shelf, plan, statement

ANY = Facets()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with open_shelf(tmp_path_factory.mktemp("search")) as archive:
        first = plan(summary="What we do about re-offending.", department="Home Office", dated_on=MONDAY.date())
        keep(archive, accession(first, NEW), accession(statement(department="Home Office"), NEW))
        keep(archive, accession(plan(key="govuk:old:en", text="Dinghies were stopped.", dated_on=MONDAY.date()), NEW))
        edited = plan(key="govuk:old:en", text="Ferries are running.", dated_on=MONDAY.date())
        keep(archive, accession(edited, UPDATED), now=TUESDAY)
        yield archive


def found(archive: Archive, query: str, facets: Facets = ANY) -> list[str]:
    total, page = search(archive.connection, query, facets)
    assert total == len(page)
    return [one.record.key for one in page]


@pytest.mark.parametrize("query", ["small boats", "SMALL", '"small boats"', "re-offending", "boats small"])
def test_words_and_phrases_are_found(archive: Archive, query: str) -> None:
    assert found(archive, query) == ["govuk:plan:en"]


@pytest.mark.parametrize("query", ['"boats small"', "boats lorries", "xyzzy"])
def test_all_words_and_whole_phrases_must_occur(archive: Archive, query: str) -> None:
    assert found(archive, query) == []


def test_the_latest_version_is_found_and_its_forerunner_is_not(archive: Archive) -> None:
    assert found(archive, "ferries") == ["govuk:old:en"]
    assert found(archive, "dinghies") == []


def test_a_title_counts_for_more_than_the_text(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        in_text = plan(key="govuk:text:en", title="Another plan", text="Calais is a town.")
        keep(archive, accession(in_text, NEW), accession(plan(title="Calais plan"), NEW))
        assert found(archive, "calais") == ["govuk:plan:en", "govuk:text:en"]


def test_without_words_the_newest_are_listed(archive: Archive) -> None:
    assert found(archive, " ") == ["parliament:1", "govuk:old:en", "govuk:plan:en"]


def test_facets_narrow_the_search(archive: Archive) -> None:
    assert found(archive, "", Facets(department="home")) == ["parliament:1", "govuk:plan:en"]
    assert found(archive, "", Facets(house="commons")) == ["parliament:1"]
    assert found(archive, "", Facets(document_type="written_statement")) == ["parliament:1"]
    assert found(archive, "", Facets(since=TUESDAY.date())) == ["parliament:1"]
    assert found(archive, "", Facets(until=MONDAY.date())) == ["govuk:old:en", "govuk:plan:en"]
    assert found(archive, "boats", Facets(status="gone")) == []
    assert found(archive, "boats", Facets(status="live")) == ["govuk:plan:en"]


def test_the_words_found_are_marked_in_the_snippet(archive: Archive) -> None:
    _, (one,) = search(archive.connection, "ferries", ANY)
    assert one.snippet == "\x02Ferries\x03 are running."


def test_a_page_is_a_part_of_the_whole(archive: Archive) -> None:
    total, page = search(archive.connection, "", ANY, limit=1, offset=1)
    assert (total, [one.record.key for one in page]) == (3, ["govuk:old:en"])


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\"'*()^:{}+-~ \x00ANDORNET£"))))
def test_no_input_is_an_error(archive: Archive, query: str) -> None:
    total, page = search(archive.connection, query, ANY)
    assert 0 <= len(page) <= total <= 3


def with_file(archive: Archive, key: str, text: str, *positions: tuple[int, str], sha256: str = "a" * 64) -> None:
    """A publication whose page says little, and a file attached to it that has been read."""
    url = f"https://assets.publishing.service.gov.uk/media/{key}/plan.pdf"
    file = Attachment("1", url, "The plan (PDF)")
    keep(archive, accession(plan(key=key, title="A plan", text="See the file.", attachments=(file,)), NEW))
    archive.papers.record(Paper(url, "extracted", sha256=sha256), PaperText(text, positions))


def test_words_in_an_attached_file_are_found_with_the_file_and_its_page(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        text = "Foreword\nMasts will stand on the coast.\n| Radar | 12 |"
        with_file(archive, "govuk:a:en", text, (0, "page 1"), (1, "page 2"), (2, "page 4"))
        _, (one,) = search(archive.connection, "mast", ANY)
        assert one.attachment is not None
        assert (one.attachment.title, one.attachment.place) == ("The plan (PDF)", "page 2")
        assert "\x02Masts\x03 will stand" in one.snippet
        _, (other,) = search(archive.connection, "radar 12", ANY)
        assert other.attachment is not None
        assert other.attachment.place == "page 4"


def test_a_page_that_has_the_words_comes_before_a_file_and_no_publication_twice(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        with_file(archive, "govuk:a:en", "radar radar radar plan")
        keep(archive, accession(plan(key="govuk:b:en", title="Radar", text="A radar."), NEW))
        assert found(archive, "radar") == ["govuk:b:en", "govuk:a:en"]
        assert found(archive, "plan") == ["govuk:a:en"]
        assert found(archive, "radar", Facets(status="gone")) == []
        total, page = search(archive.connection, "radar", ANY, limit=1, offset=1)
        assert (total, [one.record.key for one in page]) == (2, ["govuk:a:en"])


def test_a_file_that_was_replaced_is_not_found_any_more(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        with_file(archive, "govuk:a:en", "dinghies")
        keep(archive, accession(plan(key="govuk:a:en", text="See the other file."), UPDATED), now=TUESDAY)
        assert found(archive, "dinghies") == []
