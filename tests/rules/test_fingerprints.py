"""What counts as content: edits of it move the fingerprint, everything else leaves it where it is."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model.publication import Attachment, ChangeNote, Hyperlink, Publication, Relation
from monitor.rules.fingerprints import SCHEME, fingerprint, whole_text

AT = datetime(2024, 12, 9, 17, tzinfo=UTC)
FILE = Attachment("1", "https://assets.publishing.service.gov.uk/media/1/plan.pdf", "The plan")
PLAN = Publication(
    "govuk:1:en", "https://www.gov.uk/plan", "The plan", "policy_paper", "govuk", summary="What we will do.",
    text="# Aims\nStop small boats.\n- Meet in March", department="Home Office", minister="Ada Lovelace",
    attachments=(FILE,), updated_at=AT,
)  # fmt: skip

CONTENT: list[dict[str, Any]] = [
    {"title": "The plan for 2025"}, {"summary": "What we did."}, {"text": PLAN.text + "\nAnd in April."},
    {"text": PLAN.text.replace("\n", " ")}, {"text": PLAN.text.replace("small", "Small")}, {"department": "Treasury"},
    {"minister": None}, {"status": "withdrawn"}, {"notice": "Replaced."}, {"attachments": ()},
    {"attachments": (replace(FILE, url="https://assets.publishing.service.gov.uk/media/2/plan.pdf"),)},
    {"attachments": (replace(FILE, title="The old plan"),)}, {"attachments": (FILE, replace(FILE, id="2"))},
    {"title": "", "summary": "The planWhat we will do."},
]  # fmt: skip
CIRCUMSTANCES: list[dict[str, Any]] = [
    {"url": "https://www.gov.uk/elsewhere"}, {"updated_at": None}, {"published_at": AT}, {"dated_on": date(2024, 1, 1)},
    {"hyperlinks": (Hyperlink("https://www.gov.uk/x", "x", 0),)}, {"relations": (Relation("part", "govuk:2:en"),)},
    {"notes": (ChangeNote(AT, "First published."),)}, {"role": "Minister"}, {"identifier": "CP 1"}, {"language": "cy"},
    {"document_type": "guidance"}, {"attachments": (replace(FILE, size=5, pages=2, media_type="application/pdf"),)},
]  # fmt: skip


@pytest.mark.parametrize("edit", CONTENT, ids=str)
def test_an_edit_of_content_moves_it(edit: dict[str, Any]) -> None:
    assert fingerprint(replace(PLAN, **edit)) != fingerprint(PLAN)


@pytest.mark.parametrize("edit", CIRCUMSTANCES, ids=str)
def test_circumstances_leave_it(edit: dict[str, Any]) -> None:
    assert fingerprint(replace(PLAN, **edit)) == fingerprint(PLAN)


@settings(deadline=None)
@given(st.randoms(use_true_random=False))
def test_white_space_leaves_it(dice: Any) -> None:
    def spread(text: str) -> str:
        return re.sub(r" ", lambda _: dice.choice([" ", "  ", "\t", "\u00a0", " \u2009"]), text)

    spread_out = replace(PLAN, title=f" {spread(PLAN.title)}  ", summary=spread(PLAN.summary), text=spread(PLAN.text))
    assert fingerprint(spread_out) == fingerprint(PLAN)


@settings(deadline=None)
@given(st.text("ab", min_size=1), st.text("ab"))
def test_words_do_not_run_from_one_field_into_another(title: str, summary: str) -> None:
    one = replace(PLAN, title="a" + title, summary=summary)
    two = replace(PLAN, title="a", summary=title + summary)
    assert fingerprint(one) != fingerprint(two)


def test_it_names_its_recipe_and_bears_any_text() -> None:
    assert re.fullmatch(rf"{SCHEME}:[0-9a-f]{{64}}", fingerprint(replace(PLAN, text="\ud800 \x00 \U0001f984")))


def test_title_summary_and_text_are_compared_as_one() -> None:
    assert whole_text("T", "S", "one\ntwo") == "# T\nS\none\ntwo"
    assert whole_text("T", "", "") == "# T"
