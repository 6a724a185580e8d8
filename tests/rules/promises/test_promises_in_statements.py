"""Whole statements with all that stands between their promises: nothing that was once found may be lost again."""

from __future__ import annotations

from benchmarks._statements import batches, score_all


def test_what_whole_statements_promise_is_found_and_little_else() -> None:
    total = score_all(statement for _, statements in batches() for statement in statements)
    assert total.precision >= 0.98, total.errors
    assert total.recall >= 0.92, total.errors
    assert total.placed >= 0.97 * total.met, total.errors
    assert total.timed >= 0.95 * total.met, total.errors
