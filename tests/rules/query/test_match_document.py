"""Which watches an update is for: what newly matches, and what the changed passages match; otherwise silence."""

from __future__ import annotations

from monitor.rules.documents import Document, read_document
from monitor.rules.percolator.building import build_segment
from monitor.rules.percolator.news import changed_document, match_document
from monitor.rules.percolator.standing import StandingQueries
from monitor.rules.query.evaluating import Evaluation
from monitor.rules.query.parsing import parse_query


def told(query: str, after: Document, before: Document | None = None, passages: str | None = None) -> Evaluation | None:
    """What a watch with this query is told of a change."""
    standing = StandingQueries(build_segment([(7, parse_query(query))]))
    changed = changed_document(before, after, passages) if before else None
    return match_document(standing, after, before=before, changed=changed).get(7)


def page(text: str, title: str = "Plan", attachments: tuple[tuple[str, str], ...] = ()) -> Document:
    return read_document(title=title, text=text, attachments=attachments)


def test_a_new_document_is_for_every_watch_it_matches_with_the_hits() -> None:
    evaluation = told("prison", page("A prison"))
    assert evaluation is not None
    assert [(hit.field, hit.start, hit.end) for hit in evaluation.hits] == [("text", 2, 8)]
    assert told("hospital", page("A prison")) is None


def test_an_update_that_newly_matches_is_told() -> None:
    assert told("prison", page("A prison"), page("A hospital"), "A prison\nA hospital")
    assert told("prison NOT pay", page("A prison"), page("A prison. Pay."), "Pay.")


def test_an_update_whose_changed_passages_match_is_told() -> None:
    assert told("prison", page("A prison\nNew prison"), page("A prison\nOld"), "New prison\nOld")


def test_an_update_elsewhere_in_a_document_that_matched_before_is_silent() -> None:
    assert told("prison", page("A prison\nNew"), page("A prison\nOld"), "New\nOld") is None


def test_words_taken_out_are_told_without_hits() -> None:
    evaluation = told("prison", page("Nothing"), page("A prison"), "Nothing\nA prison")
    assert evaluation is not None
    assert (evaluation.matched, evaluation.hits) == (False, ())


def test_passages_that_match_alone_do_not_make_a_document_match_that_never_did() -> None:
    assert told("prison NOT hospital", page("A hospital\nNew prison"), page("A hospital\nOld"), "New prison") is None


def test_a_changed_title_counts_as_title() -> None:
    assert told("title:prison", page("x", "Prison plan"), page("x", "Prison scheme"), "")
    assert told("title:prison", page("x", "Prison plan"), page("y", "Prison plan"), "x\ny") is None


def test_a_new_attachment_counts_and_one_that_stayed_does_not() -> None:
    before, after = page("x", attachments=(("a", "prison"),)), page("x", attachments=(("a", "prison"), ("b", "parole")))
    assert told("parole in:attachment", after, before, "")
    assert told("prison", after, before, "") is None


def test_without_passages_a_text_that_changed_counts_as_a_whole() -> None:
    assert told("prison", page("A prison\nNew"), page("A prison\nOld"))
    assert told("prison", page("A prison"), page("A prison")) is None


def test_watches_with_the_same_query_are_told_the_same() -> None:
    standing = StandingQueries(build_segment([(1, parse_query("prison")), (2, parse_query("prison"))]))
    found = match_document(standing, page("A prison"))
    assert found[1] == found[2]
