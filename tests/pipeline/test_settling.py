"""Settling reads the promises that a day's news may keep, and comes to what reading all of them would."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model.ledger import Promise
from monitor.model.promise import PromiseDraft, Verdict
from monitor.model.publication import Attachment, Publication
from monitor.pipeline.naming import DepartmentNames
from monitor.pipeline.prospecting import keep_lookouts, promises_near
from monitor.pipeline.settling import open_promises, refuse_promise, settle_promises
from monitor.rules.keeping.context import search_words
from monitor.rules.keeping.resolution import resolve_promise
from monitor.store.archive import Archive
from tests.store.shelf import MONDAY, NEW, TUESDAY, UPDATED, WEDNESDAY, accession, keep, open_shelf, plan, statement

TODAY = TUESDAY.date()
WORDS = st.sampled_from("border security rail freight review strategy plan consultation response impact annual".split())
NAMES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)


def draft(name: str, due_by: date | None = None, quote: str = "") -> PromiseDraft:
    return PromiseDraft(quote or f"I will publish the {name}.", name, ("gov.uk",), None, due_by, due_by, "future", 0)


def promise_all(archive: Archive, *drafts: PromiseDraft, now: datetime = TUESDAY) -> None:
    """A statement of Tuesday that promises all this."""
    keep(
        archive,
        accession(statement(text="No promise is found in these words.", department="Home Office"), NEW),
        now=now,
    )
    archive.promises.open(archive.library.record("parliament:1"), drafts, now)


def document(number: int, title: str, at: datetime, **told: object) -> Publication:
    department = told.pop("department", "Home Office")
    key = f"govuk:{number}:en"
    return plan(key=key, url=f"/{number}", title=title, department=department, published_at=at, updated_at=at, **told)


def settle(archive: Archive, now: datetime) -> None:
    settle_promises(archive, now, now.date())


def against_all(archive: Archive, after_version: int) -> dict[int, Verdict]:
    """The best verdict on every promise of the ledger, each held against all that came."""
    archive.arrivals.lay_out(after_version, None)
    best = {}
    for promise in archive.promises.unsettled():
        words = search_words(promise.expected, promise.about)
        found = archive.arrivals.like(words, promise.made_on - timedelta(days=1), after_version=after_version)
        verdicts = resolve_promise(
            promise.draft, found, made_on=promise.made_on, department=promise.department or "", about=promise.about
        )
        if verdicts and verdicts[0].decision != "refused":
            best[promise.id] = verdicts[0]
    return best


LISTS = st.lists(NAMES, min_size=1, max_size=6, unique=True)


@settings(max_examples=40, deadline=None)
@given(LISTS, LISTS, st.sampled_from([1, 300, 900]))
def test_settling_by_lookouts_comes_to_what_settling_against_all_does(
    names: list[str], titles: list[str], days: int
) -> None:
    later = TUESDAY + timedelta(days=days)
    with TemporaryDirectory() as folder, open_shelf(Path(folder)) as archive:
        promise_all(archive, *(draft(name, TODAY) for name in names))
        settle(archive, TUESDAY)
        seen_to = archive.promises.newest_version()
        came = [document(number, title.capitalize(), later) for number, title in enumerate(titles)]
        keep(archive, *(accession(one, NEW) for one in came), now=later)
        expected = against_all(archive, seen_to)
        settle(archive, later)
        found = {one.id: (one.status, one.kept_by, one.score) for one in archive.promises.listed() if one.kept_by}
        assert found == {number: (one.decision, one.key, one.score) for number, one in expected.items()}


def the_promise(archive: Archive) -> Promise:
    [promise] = archive.promises.listed()
    return promise


def test_a_promise_that_shares_no_word_with_what_came_is_not_read(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        promise_all(archive, draft("border security plan"), draft("rail freight strategy"))
        settle(archive, TUESDAY)
        seen_to = archive.promises.newest_version()
        keep(archive, accession(document(1, "Border security plan", WEDNESDAY), NEW), now=WEDNESDAY)
        assert [one.expected for one in promises_near(archive, DepartmentNames({}), seen_to)] == [
            "border security plan"
        ]
        settle(archive, WEDNESDAY)
        assert promises_near(archive, DepartmentNames({}), seen_to) == ()


def test_what_came_before_a_promise_was_made_of_it_keeps_it_all_the_same(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(document(1, "Border security plan", TUESDAY), NEW))
        settle(archive, MONDAY)
        promise_all(archive, draft("border security plan", TODAY))
        settle(archive, TUESDAY)
        assert the_promise(archive).kept_by == "govuk:1:en"


def test_a_promise_made_long_ago_is_held_against_everything_since(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(document(1, "Border security plan", TUESDAY), NEW))
        settle(archive, MONDAY)
        years_later = TUESDAY + timedelta(days=800)
        promise_all(archive, draft("border security plan", TODAY), now=years_later)
        settle(archive, years_later)
        assert the_promise(archive).kept_by == "govuk:1:en"


def test_a_run_that_was_killed_between_entering_and_settling_is_made_up_for(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(document(1, "Border security plan", TUESDAY), NEW))
        settle(archive, MONDAY)
        promise_all(archive, draft("border security plan", TODAY))
        settle(archive, WEDNESDAY)
        assert the_promise(archive).status == "kept"


def test_a_number_finds_its_promise_whatever_the_title(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        promise_all(archive, draft("border plan", quote="I will publish the border plan (CP 1210)."))
        settle(archive, TUESDAY)
        paper = Attachment("a", "https://example.org/a.pdf", "A", paper_number="CP 1210")
        keep(archive, accession(document(1, "Nothing alike", WEDNESDAY, attachments=(paper,)), NEW), now=WEDNESDAY)
        settle(archive, WEDNESDAY)
        assert the_promise(archive).kept_by == "govuk:1:en"


def test_what_an_operator_refuses_leaves_its_promise_to_be_found_again(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        promise_all(archive, draft("border security plan", TODAY))
        settle(archive, TUESDAY)
        keep(archive, accession(document(1, "Border security plan", TUESDAY), NEW), now=TUESDAY)
        settle(archive, WEDNESDAY)
        refuse_promise(archive, 1, WEDNESDAY)
        keep(archive, accession(document(2, "Border security plan", WEDNESDAY), NEW), now=WEDNESDAY)
        settle(archive, WEDNESDAY + timedelta(hours=1))
        assert the_promise(archive).kept_by == "govuk:2:en"


def test_a_statement_under_a_new_title_has_its_bare_promises_found_by_that(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        promise_all(archive, draft("consultation"))
        settle(archive, TUESDAY)
        renamed = statement(title="Rail freight", text="No promise is found in these words.")
        keep(archive, accession(renamed, UPDATED), now=WEDNESDAY)
        open_promises(archive, WEDNESDAY)
        keep_lookouts(archive)
        assert {posted.word for posted in archive.lookouts.having(["rail", "freight", "group"])} == {"rail", "freight"}


def test_promises_of_an_older_archive_get_their_lookouts_at_the_next_run(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        promise_all(archive, draft("border security plan"))
        settle(archive, TUESDAY)
        archive.connection.executescript("DELETE FROM lookouts; UPDATE promises SET lookout = 0")
        keep(archive, accession(document(1, "Border security plan", WEDNESDAY), NEW), now=WEDNESDAY)
        settle(archive, WEDNESDAY)
        assert the_promise(archive).kept_by == "govuk:1:en"
