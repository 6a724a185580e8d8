"""Links are seen from both ends, whatever they name: an address, a key, a number, a column of Hansard."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from monitor.model.citation import Citation
from monitor.model.publication import Attachment, Hyperlink, Publication, Relation
from monitor.model.transcript import Transcript
from monitor.store.archive import Archive
from monitor.store.links import Link
from tests.store.shelf import MONDAY, NEW, TUESDAY, UPDATED, accession, capture_of, keep, open_shelf, plan, statement

ASSET = "https://assets.publishing.service.gov.uk/media/1/plan.pdf"


def names(archive: Archive, publication: Publication, number: str, day: date | None = None) -> Link:
    """A publication that names something by number; the link that it makes."""
    keep(archive, accession(publication, NEW))
    record = archive.library.record(publication.key)
    archive.links.record(record, [Citation(f"the {number}", number, number, f"See {number}.", 0.8, day)])
    return next(link for link in archive.links.of(publication.key) if link.method == "identifier")


def test_a_hyperlink_and_a_tie_are_seen_from_both_ends(tmp_path: Path) -> None:
    citing = statement(
        hyperlinks=(Hyperlink(plan().url, "the plan", 0),), relations=(Relation("joint-statement", "parliament:2"),)
    )
    twin = statement(key="parliament:2", identifier="HLWS1", url="https://example.org/hlws1")
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(plan(), NEW), accession(citing, NEW), accession(twin, NEW))
        cites = Link("parliament:1", "govuk:plan:en", plan().url, "cites", "hyperlink", 1.0, "the plan", plan().url)
        joint = Link("parliament:1", "parliament:2", None, "joint-statement", "publisher", 1.0, "", "parliament:2")
        assert archive.links.of("parliament:1") == (cites, joint)
        assert archive.links.of("govuk:plan:en") == (cites,)
        assert archive.links.of("parliament:2") == (joint,)
        assert archive.links.of("nobody") == ()


def test_a_hyperlink_that_is_written_in_another_way_leads_to_the_same_page(tmp_path: Path) -> None:
    url = "http://www.gov.uk/government/publications/plan/#annex"
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(plan(), NEW), accession(statement(hyperlinks=(Hyperlink(url, "annex", 0),)), NEW))
        assert archive.links.hyperlinks("parliament:1") == ((url, "annex"),)
        archive.links.complete("parliament:1", [(url, plan().url, "See the annex.")])
        (link,) = archive.links.of("govuk:plan:en")
        assert (link.from_key, link.to_key, link.url, link.sentence) == (
            "parliament:1", "govuk:plan:en", url, "See the annex.",
        )  # fmt: skip
        assert archive.links.hyperlinks("parliament:1") == ()


def test_an_attachment_is_a_link_and_a_hyperlink_to_its_file_leads_to_its_publication(tmp_path: Path) -> None:
    carrier = plan(attachments=(Attachment("1", ASSET, "The plan (PDF)"),))
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(carrier, NEW), accession(statement(hyperlinks=(Hyperlink(ASSET, "PDF", 0),)), NEW))
        assert [(link.rel, link.url, link.to_key, link.anchor) for link in archive.links.of("govuk:plan:en")] == [
            ("attachment", ASSET, None, "The plan (PDF)"),
            ("cites", ASSET, "govuk:plan:en", "PDF"),
        ]


def test_of_statements_with_one_number_the_nearest_in_time_is_meant(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        old = statement(key="parliament:0", dated_on=date(2021, 2, 1), url="https://example.org/old")
        keep(archive, accession(old, NEW), accession(statement(), NEW))
        near = names(archive, statement(key="parliament:9", identifier="HCWS300"), "HCWS293")
        far = names(
            archive, statement(key="parliament:8", identifier="HCWS301"), "HCWS293", day=date(2021, 2, 1)
        )  # fmt: skip
        assert (near.to_key, near.sentence, near.confidence) == ("parliament:1", "See HCWS293.", 0.8)
        assert far.to_key == "parliament:0"
        assert [link.from_key for link in archive.links.of("parliament:0")] == ["parliament:8"]


def test_a_paper_number_and_an_isbn_lead_to_the_publication_that_carries_them(tmp_path: Path) -> None:
    paper = Attachment("1", ASSET, "The plan", paper_number="CP 1210", isbn="978-1-5286-5290-2")
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(plan(attachments=(paper,)), NEW))
        assert names(archive, statement(), "CP 1210").to_key == "govuk:plan:en"
        assert names(archive, statement(key="parliament:2"), "9781528652902").to_key == "govuk:plan:en"
        assert {link.from_key for link in archive.links.of("govuk:plan:en")} == {
            "govuk:plan:en", "parliament:1", "parliament:2",
        }  # fmt: skip


def test_a_column_of_hansard_leads_to_the_statement_printed_there(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(statement(), NEW))
        printed = Transcript("HCWS293", TUESDAY.date(), "Commons", "Calais Group", "Words.", "x", "u", 758, "13WS")
        archive.recorder.keep_captures([capture_of(statement())], MONDAY)
        archive.transcripts.record([(printed, capture_of(statement()).sha256)], MONDAY)
        there = names(
            archive, statement(key="parliament:2", identifier="HCWS300"), "column 14WS", day=TUESDAY.date()
        )  # fmt: skip
        elsewhere = names(
            archive, statement(key="parliament:3", identifier="HCWS301"), "Lords column 14WS", day=TUESDAY.date()
        )  # fmt: skip
        undated = names(archive, statement(key="parliament:4", identifier="HCWS302"), "column 14WS")
        assert (there.to_key, elsewhere.to_key, undated.to_key) == ("parliament:1", None, None)
        assert [link.from_key for link in archive.links.of("parliament:1")] == ["parliament:2"]


def test_what_a_later_version_names_again_is_one_link(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        names(archive, statement(), "CP 1")
        keep(archive, accession(statement(text="Again CP 1."), UPDATED), now=TUESDAY)
        assert [number for number, _ in archive.links.versions_after(0, 10)] == [1, 2]
        archive.links.record(archive.library.record("parliament:1"), [Citation("the CP 1", "CP 1", "CP 1", "Again.")])
        (link,) = archive.links.of("parliament:1")
        assert link.sentence == "See CP 1."
