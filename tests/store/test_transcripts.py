"""Transcripts: every state of Hansard's print once, joined with its statement whichever came first."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.model.record import Capture
from monitor.model.transcript import Transcript
from monitor.store.archive import Archive
from tests.store.shelf import MONDAY, NEW, TUESDAY, WEDNESDAY, accession, keep, open_shelf, rows, statement

PRINTED = Transcript(
    identifier="HCWS293", dated_on=TUESDAY.date(), house="Commons", title="Calais Group", text="The group co-operated.",
    ext_id="AB-12", url="https://hansard.parliament.uk/Commons/2024-12-10/debates/AB-12/CalaisGroup", volume=758,
    column="29WS", updated_at=WEDNESDAY,
)  # fmt: skip


def record(archive: Archive, transcript: Transcript, now: datetime = WEDNESDAY) -> int:
    body = repr(transcript).encode()
    capture = Capture(hashlib.sha256(body).hexdigest(), body, "application/json")
    with archive.transaction():
        archive.recorder.keep_captures([capture], now)
        return archive.transcripts.record([(transcript, capture.sha256)], now)


def cited(archive: Archive) -> list[tuple[Any, ...]]:
    return rows(archive, "SELECT identifier, volume, column_label, hansard_url FROM citations ORDER BY identifier")


def test_a_state_is_kept_once_however_often_it_is_read(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        assert record(archive, PRINTED) == 1
        touched = replace(PRINTED, updated_at=datetime(2025, 1, 6, tzinfo=UTC), ext_id="ab-12", url=PRINTED.url + "s")
        assert record(archive, touched) == 0
        assert len(archive.transcripts.of("hcws293", TUESDAY.date())) == 1


@pytest.mark.parametrize("change", [{"text": "The group cooperated."}, {"column": "31WS"}, {"volume": 759}])
def test_words_and_citation_make_a_new_state_and_the_old_one_stays(tmp_path: Path, change: dict[str, Any]) -> None:
    with open_shelf(tmp_path) as archive:
        record(archive, PRINTED)
        record(archive, replace(PRINTED, **change))
        first, second = archive.transcripts.of("HCWS293", TUESDAY.date())
        assert (first.transcript, first.retrieved_at) == (PRINTED, WEDNESDAY)
        assert second.transcript == replace(PRINTED, **change)


def test_a_statement_is_cited_by_its_newest_print_whichever_came_first(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        record(archive, PRINTED)
        keep(archive, accession(statement(), NEW), now=MONDAY)
        record(archive, replace(PRINTED, volume=759, column="31WS"))
        assert cited(archive) == [("HCWS293", 759, "31WS", PRINTED.url)]


def test_a_number_that_comes_back_in_another_session_is_another_statement(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        record(archive, PRINTED)
        keep(archive, accession(statement(key="parliament:2", dated_on=MONDAY.date()), NEW))
        assert cited(archive) == [("HCWS293", None, None, None)]
        assert archive.transcripts.of("HCWS293", MONDAY.date()) == ()
        assert archive.transcripts.of(None, MONDAY.date()) == ()


@pytest.mark.parametrize("sql", ["UPDATE transcripts SET text = ''", "DELETE FROM transcripts"])
def test_transcripts_are_append_only(tmp_path: Path, sql: str) -> None:
    with open_shelf(tmp_path) as archive:
        record(archive, PRINTED)
        with pytest.raises(sqlite3.IntegrityError, match="transcripts are append-only"):
            archive.connection.execute(sql)
