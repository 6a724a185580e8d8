"""Labelled promises in, predictions out: one line of JSON each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from monitor.cli.promise_files import extract_file, resolve_file

STATEMENT = {"id": "a", "date": "2025-03-11", "html": "<p>The tidal plan will be published on GOV.UK tomorrow.</p>"}


def write(path: Path, *rows: object) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_statement_gives_its_promises(tmp_path: Path) -> None:
    (line,) = extract_file(write(tmp_path / "statements.jsonl", STATEMENT), pytest.fail)
    answer = json.loads(line)
    assert answer["id"] == "a"
    assert (
        answer["promises"][0].items()
        >= {
            "quote": "The tidal plan will be published on GOV.UK tomorrow.",
            "document": "tidal plan",
            "where": ["gov.uk"],
            "due_from": "2025-03-12",
            "due_by": "2025-03-12",
        }.items()
    )


def test_a_statement_may_stand_in_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "day.xml").write_text('<speech id="s/1" x="y"><p>The tidal plan is laid today.</p></speech>', "utf-8")
    (tmp_path / "list.json").write_text(
        json.dumps({"results": [{"value": {"id": 7, "text": STATEMENT["html"]}}]}), "utf-8"
    )
    rows = [
        {"id": "s/1", "date": "2025-03-11", "file": "day.xml"},
        {"id": "parliament:7", "date": "2025-03-11", "file": "list.json"},
        {"id": "parliament:8", "date": "2025-03-11", "file": "list.json"},
    ]
    found = [
        json.loads(line)["promises"]
        for line in extract_file(write(tmp_path / "labels" / "real.jsonl", *rows), pytest.fail)
    ]
    assert [[promise["document"] for promise in promises] for promises in found] == [["tidal plan"], ["tidal plan"], []]


def test_a_case_gives_a_ranking_and_what_is_kept(tmp_path: Path) -> None:
    candidate = {
        "cid": "c1",
        "title": "Tidal plan",
        "document_type": "policy_paper",
        "organisations": ["Department for Transport"],
        "first_published_at": "2025-03-12T09:30:00Z",
        "public_updated_at": "2025-03-12T09:30:00Z",
        "base_path": "/government/publications/tidal-plan",
        "locale": "en",
        "description": None,
    }
    case = {
        "id": "m",
        "statement": {"date": "2025-03-11", "department": "Transport"},
        "promise": {"document": "tidal plan", "where": ["gov.uk"], "due_from": "2025-03-12", "due_by": "2025-03-12"},
        "candidates": [candidate, {**candidate, "cid": "c2", "title": "Bus fares"}],
    }
    (line,) = resolve_file(write(tmp_path / "cases.jsonl", case), pytest.fail)
    assert json.loads(line) == {"id": "m", "ranking": ["c1", "c2"], "kept": ["c1"], "possible": []}


BAD = (
    (b"{}}", "line 2: no JSON"),
    (b'["id"]', "line 2: not in the form of the labelled files"),
    (b'{"id": "b", "date": "2025-03-11"}', "line 2: 'html' is missing"),
    (b'{"id": "b", "html": "<p>x</p>"}', "line 2: 'date' is missing"),
    (b'{"id": "b", "html": "<p>x</p>", "date": null}', "line 2: not in the form of the labelled files"),
    (b'{"id": "b", "html": "<p>x</p>", "date": "2025-13-01"}', "line 2: month must be in 1..12"),
    (b'{"id": "b", "html": ["x"], "date": "2025-03-11"}', "line 2: not in the form of the labelled files"),
    (b'{"id": "b", "file": "nowhere.json", "date": "2025-03-11"}', "line 2: [Errno 2]"),
    (b"\xff\xfe{", "line 2: no JSON"),
)


@pytest.mark.parametrize(("line", "told"), BAD, ids=[told for _, told in BAD])
def test_a_line_that_cannot_be_read_is_told_and_the_others_are_answered(tmp_path: Path, line: bytes, told: str) -> None:
    path = tmp_path / "some.jsonl"
    good = json.dumps(STATEMENT).encode()
    path.write_bytes(good + b"\n" + line + b"\n\n" + good + b"\n")
    faults: list[str] = []
    assert len(list(extract_file(path, faults.append))) == 2
    assert [told in fault for fault in faults] == [True]


def test_a_case_that_lacks_something_is_told(tmp_path: Path) -> None:
    faults: list[str] = []
    case = {
        "id": "m",
        "statement": {"date": "2025-03-11"},
        "promise": {"document": "plan"},
        "candidates": [{"cid": "c"}],
    }
    assert list(resolve_file(write(tmp_path / "cases.jsonl", case), faults.append)) == []
    assert [fault.partition("line ")[2] for fault in faults] == ["1: 'title' is missing"]


def test_the_text_of_a_statement_will_do_where_it_has_no_html(tmp_path: Path) -> None:
    text = {**STATEMENT, "html": None, "text": "The tidal plan will be published on GOV.UK tomorrow."}
    (line,) = extract_file(write(tmp_path / "statements.jsonl", text), pytest.fail)
    assert [promise["document"] for promise in json.loads(line)["promises"]] == ["tidal plan"]
