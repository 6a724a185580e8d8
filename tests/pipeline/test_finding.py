"""A search finds what a watch with the same query would, on pages and in files, and shows where."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import QueryError
from monitor.model.paper import Paper, PaperText
from monitor.model.publication import Attachment
from monitor.model.watch import Watch
from monitor.pipeline.finding import Found, find
from monitor.pipeline.match import match
from monitor.pipeline.sifting import fill_index
from monitor.rules.watching import compile_watches
from monitor.store.archive import Archive
from monitor.store.search import Facets
from tests.store.shelf import MONDAY, NEW, TUESDAY, UPDATED, accession, keep, open_shelf, plan, statement

ANY = Facets()


@pytest.fixture(scope="module", params=["indexed", "not indexed yet"])
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with open_shelf(tmp_path_factory.mktemp("search")) as archive:
        first = plan(summary="What we do about re-offending.", department="Home Office", dated_on=MONDAY.date())
        keep(archive, accession(first, NEW), accession(statement(department="Ministry of Justice"), NEW))
        keep(archive, accession(plan(key="govuk:old:en", text="Dinghies were stopped.", dated_on=MONDAY.date()), NEW))
        if request.param == "indexed":
            fill_index(archive)
        edited = plan(key="govuk:old:en", text="Ferries are running.", dated_on=MONDAY.date())
        keep(archive, accession(edited, UPDATED), now=TUESDAY)
        if request.param == "indexed":
            fill_index(archive)
        yield archive


def found(archive: Archive, query: str, facets: Facets = ANY, department: str | None = None) -> list[str]:
    total, page = find(archive, query, facets, department=department)
    assert total == len(page)
    return [one.record.key for one in page]


@pytest.mark.parametrize(
    "query",
    [
        "small boats", "SMALL", '"small boats"', "re-offending", "reoffending", "boats small", "boat NEAR/2 small",
        "title:border boats", 'boats dept:"home office"', "boats date:2024-12-09", "small* NOT ferries",
        "summary:re-offend*", "boats -dept:moj", "(dinghies OR boats) in:page", "boats type:policy_paper source:govuk",
    ],
)  # fmt: skip
def test_a_query_finds_what_it_asks_for(archive: Archive, query: str) -> None:
    assert found(archive, query) == ["govuk:plan:en"]


@pytest.mark.parametrize("query", ['"boats small"', "boats lorries", "xyzzy", "boats in:attachment", "house:lords"])
def test_and_nothing_else(archive: Archive, query: str) -> None:
    assert found(archive, query) == []


def test_the_latest_version_is_found_and_its_forerunner_is_not(archive: Archive) -> None:
    assert found(archive, "ferries") == ["govuk:old:en"]
    assert found(archive, "dinghies") == []


def test_facets_alone_are_a_query(archive: Archive) -> None:
    assert found(archive, "type:policy_paper") == ["govuk:old:en", "govuk:plan:en"]
    assert found(archive, "house:commons OR xyzzy") == ["parliament:1"]
    assert found(archive, "id:hcws293 NOT boats") == ["parliament:1"]
    assert found(archive, "date:2024-12-10") == found(archive, "house:commons type:wms") == ["parliament:1"]
    assert found(archive, "date:..2024-12-09 dept:home-office") == ["govuk:plan:en"]
    assert found(archive, "date:0001..9999 status:live") == ["parliament:1", "govuk:old:en", "govuk:plan:en"]
    assert found(archive, "NOT dept:moj type:policy_paper") == ["govuk:old:en", "govuk:plan:en"]


def test_a_time_shortly_before_midnight_is_of_the_day_in_london(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        late = datetime(2024, 7, 1, 23, 30, tzinfo=UTC)
        keep(archive, accession(plan(published_at=late), NEW))
        assert found(archive, "date:2024-07-02 boats") == found(archive, "date:2024-07-02") == ["govuk:plan:en"]
        assert found(archive, "date:2024-07-01") == []


def test_a_title_comes_before_other_words_and_the_newest_before_the_older(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        for day, key, title in ((1, "govuk:a:en", "Plan"), (2, "govuk:b:en", "Plan"), (3, "govuk:c:en", "Calais plan")):
            keep(
                archive, accession(plan(key=key, title=title, text="On Calais.", dated_on=date(2024, 1, 4 - day)), NEW)
            )
        assert found(archive, "calais") == ["govuk:c:en", "govuk:a:en", "govuk:b:en"]


def test_without_words_the_newest_are_listed(archive: Archive) -> None:
    assert found(archive, " ") == ["parliament:1", "govuk:old:en", "govuk:plan:en"]


def test_options_narrow_the_search(archive: Archive) -> None:
    assert found(archive, "", department="home") == ["govuk:plan:en"]
    assert found(archive, "", department="MoJ") == ["parliament:1"]
    assert found(archive, "", Facets(house="commons")) == ["parliament:1"]
    assert found(archive, "", Facets(document_type="written_statement")) == ["parliament:1"]
    assert found(archive, "", Facets(since=TUESDAY.date())) == ["parliament:1"]
    assert found(archive, "", Facets(until=MONDAY.date())) == ["govuk:old:en", "govuk:plan:en"]
    assert found(archive, "", Facets(kind="updated")) == ["govuk:old:en"]
    assert found(archive, "boats", Facets(status="gone")) == []
    assert found(archive, "boats", Facets(status="live")) == ["govuk:plan:en"]
    assert found(archive, "boats", department="treasury") == []


def test_what_a_watch_has_matched_can_be_searched(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(plan(), NEW), accession(statement(), NEW))
        match(archive, compile_watches([Watch("boats", "Boats", ("small boats",))]), now=MONDAY)
        assert found(archive, "", Facets(watch="boats")) == ["govuk:plan:en"]
        assert found(archive, "calais", Facets(watch="boats")) == []


def test_the_words_found_are_marked_in_the_snippet(archive: Archive) -> None:
    _, (one,) = find(archive, "ferries", ANY)
    assert [(span.text, span.marked) for span in one.snippet] == [("Ferries", True), (" are running.", False)]


def test_a_page_is_a_part_of_the_whole(archive: Archive) -> None:
    for query in ("", "the OR plan OR boats"):
        whole = found(archive, query)
        total, page = find(archive, query, ANY, limit=1, offset=1)
        assert (total, [one.record.key for one in page]) == (3, whole[1:2])
    assert find(archive, "the OR boats OR ferries", ANY, limit=0)[1] == ()


def test_a_mistake_is_told_with_its_place(archive: Archive) -> None:
    with pytest.raises(QueryError) as caught:
        find(archive, "boats AND", ANY)
    assert caught.value.problem.column == 10


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\"'*()^:{}+-~ \x00ANDORNET£"))))
def test_any_text_is_searched_or_refused_with_a_remedy(archive: Archive, query: str) -> None:
    try:
        total, page = find(archive, query, ANY)
    except QueryError as error:
        total, page, remedy = 0, (), error.problem.help
    else:
        remedy = "none is needed"
    assert remedy
    assert 0 <= len(page) <= total <= 3


def with_file(archive: Archive, key: str, text: str, *positions: tuple[int, str], sha256: str = "a" * 64) -> None:
    """A publication whose page says little, and a file attached to it that has been read."""
    url = f"https://assets.publishing.service.gov.uk/media/{key}/plan.pdf"
    file = Attachment("1", url, "The plan (PDF)")
    keep(archive, accession(plan(key=key, title="A plan", text="See the file.", attachments=(file,)), NEW))
    archive.papers.record(Paper(url, "extracted", sha256=sha256), PaperText(text, positions))


@pytest.mark.parametrize("is_indexed", [True, False])
def test_words_in_an_attached_file_are_found_with_the_file_and_its_page(tmp_path: Path, is_indexed: bool) -> None:
    def first(query: str) -> Found:
        _, (one,) = find(archive, query, ANY)
        return one

    with open_shelf(tmp_path) as archive:
        text = "Foreword\nMasts will stand on the coast.\n| Radar | 12 |"
        with_file(archive, "govuk:a:en", text, (0, "page 1"), (1, "page 2"), (2, "page 4"))
        if is_indexed:
            fill_index(archive)
        for query in ("mast", "mast in:attachment", "masts NEAR/3 stand", "plan mast", "type:policy_paper mast*"):
            one = first(query)
            assert one.attachment is not None, query
            assert (one.attachment.title, one.attachment.place) == ("The plan (PDF)", "page 2")
        assert "Masts" in [span.text for span in first("mast").snippet if span.marked]
        other = first("radar 12")
        assert other.attachment is not None
        assert other.attachment.place == "page 4"
        assert found(archive, "mast in:page") == []
        assert found(archive, "see in:attachment") == []


def test_a_file_that_was_replaced_is_not_found_any_more(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        with_file(archive, "govuk:a:en", "dinghies")
        fill_index(archive)
        keep(archive, accession(plan(key="govuk:a:en", text="See the other file."), UPDATED), now=TUESDAY)
        assert found(archive, "dinghies") == []
