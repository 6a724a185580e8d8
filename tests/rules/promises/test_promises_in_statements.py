"""Whole statements with all that stands between their promises, and whole cases: nothing that was once right may be lost."""

from __future__ import annotations

from benchmarks._cases import case_batches, settle_all
from benchmarks._statements import batches, score_all


def test_what_whole_statements_promise_is_found_and_little_else() -> None:
    total = score_all(statement for _, statements in batches() for statement in statements)
    assert total.precision >= 0.98, total.errors
    assert total.recall >= 0.92, total.errors
    assert total.placed >= 0.97 * total.met, total.errors
    assert total.timed >= 0.95 * total.met, total.errors


def test_what_keeps_a_promise_is_called_so_and_hardly_anything_else() -> None:
    settled = settle_all(case for _, cases in case_batches() for case in cases)
    assert settled.precision >= 0.98, settled.errors
    assert settled.recall >= 0.65, settled.errors
