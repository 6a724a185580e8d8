"""A link has one form, however it is written."""

from __future__ import annotations

import pytest

from monitor.pipeline.linking import one_form


@pytest.mark.parametrize(
    ("url", "form"),
    [
        ("http://gov.uk/government/publications/plan/#annex", "https://www.gov.uk/government/publications/plan"),
        ("https://www.gov.uk/government/publications/plan?x=1", "https://www.gov.uk/government/publications/plan"),
        (
            "https://questions-statements.parliament.uk/Written-Statements/detail/2024-12-10/HCWS293/",
            "https://questions-statements.parliament.uk/written-statements/detail/2024-12-10/hcws293",
        ),
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c"),
    ],
)
def test_one_form(url: str, form: str) -> None:
    assert one_form(url) == form
