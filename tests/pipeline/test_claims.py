"""What harvests share: an item has one reader."""

from __future__ import annotations

import pytest

from monitor.model.exchange import Request
from monitor.pipeline.claims import Claims


@pytest.mark.parametrize("stamp", [None, "2024"])
def test_an_item_has_one_reader(stamp: str | None) -> None:
    claims, request = Claims(), Request("https://example.org/a", "feed", stamp=stamp)
    assert [claims.take(request), claims.take(request)] == [True, False]
