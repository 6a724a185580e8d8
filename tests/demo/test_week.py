"""The demonstration is the whole program on a recorded week: everything the script foretells is seen, and mailed once."""

from __future__ import annotations

import email.policy
import json
import re
from email import message_from_bytes
from pathlib import Path

import pytest

from monitor.cli import main
from monitor.demo.script import read_script
from monitor.demo.week import Week


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Week:
    week = Week(tmp_path_factory.mktemp("demo"))
    week.happenings = list(week.run())  # type: ignore[attr-defined]
    return week


def mails(week: Week, day: str, to: str) -> list[str]:
    paths = sorted((week.folder / "var" / "outbox").glob(f"{day}*.eml"))
    found = [message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in paths]
    return [str(one.get_body(("plain",)).get_content()) for one in found if one["To"] == to]  # type: ignore[attr-defined]


def test_everything_the_script_foretells_is_seen(week: Week) -> None:
    assert week.missed == []


def test_the_digest_of_the_tenth_holds_the_statement_its_twin_and_both_documents(week: Week) -> None:
    [words] = mails(week, "2024-12-10", "borders@example.org")
    for name in ("HCWS293", "HLWS9001", "Calais Group priority plan", "Delivering border security"):
        assert name in words


def test_promised_documents_stand_under_their_statement_with_how_long_they_took(week: Week) -> None:
    [words] = mails(week, "2024-12-10", "borders@example.org")
    folded = " ".join(words.split())
    assert "Calais Group priority plan (Policy paper" in folded
    assert "found 6 h 35 min after the statement" in folded
    assert "found 6 h 50 min after the statement" in folded
    assert words.count("Calais Group priority plan") == 1
    assert "Also made in the other House as HLWS9001." in folded


def test_a_consultation_that_was_promised_by_no_other_name_arrives(week: Week) -> None:
    [words] = mails(week, "2024-12-09", "everything@example.org")
    assert "ARRIVED: Assessment of shorter apprenticeships" in " ".join(words.split())


def test_the_ledger_of_the_week_begins_with_what_needs_somebody(week: Week, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--config", str(week.folder / "config.toml"), "--json", "promises", "list"]) == 0
    ledger = json.loads(capsys.readouterr().out)["promises"]
    assert [(one["status"], one["identifier"]) for one in ledger] == [
        ("overdue", "HCWS9004"), ("open", "HCWS9008"), ("kept", "HCWS293"), ("kept", "HCWS293"), ("kept", "HLWS9001"),
        ("kept", "HLWS9001"), ("kept", "HCWS9003"),
    ]  # fmt: skip


def test_a_promise_that_is_not_kept_becomes_overdue_and_is_told_once(week: Week) -> None:
    [words] = mails(week, "2024-12-13", "floods@example.org")
    assert "PROMISED, 1 day late: flood defence condition report" in " ".join(words.split())
    assert mails(week, "2024-12-12", "floods@example.org") == []


def test_the_quiet_edit_is_shown_word_by_word_and_called_unannounced(week: Week) -> None:
    [words] = mails(week, "2024-12-11", "borders@example.org")
    assert "UPDATED, UNANNOUNCED" in words
    assert "[-48-] {+24+}" in words


def test_the_withdrawal_is_told_to_those_who_watch_it(week: Week) -> None:
    [words] = mails(week, "2024-12-12", "borders@example.org")
    assert "WITHDRAWN: Keep your boat secure" in words


def test_the_hours_in_which_a_feed_failed_are_named(week: Week) -> None:
    [words] = mails(week, "2024-12-11", "floods@example.org")
    assert "cabinet-office could not be read" in words


def test_no_publication_is_told_as_new_twice_to_anyone(week: Week) -> None:
    for reader in read_script().readers:
        told = "\n".join(
            words for day in week.script.digest_at for words in mails(week, f"{day:%Y-%m-%d}", reader.email)
        )
        copies = [told[at.end() :].split(maxsplit=1)[0] for at in re.finditer("NEW: .*?monitor show ", told, re.DOTALL)]
        assert len(copies) == len(set(copies)) > 0


def test_the_notice_says_what_is_real_and_what_is_not(week: Week) -> None:
    assert "HCWS293 are real" in week.script.notice
    [words] = mails(week, "2024-12-13", "everything@example.org")
    assert "Technical education" in words


def test_the_archive_of_the_week_can_be_asked(week: Week, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--config", str(week.folder / "config.toml"), "--json", "show", "HCWS293"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["minister"] == "Yvette Cooper"
    assert "dangerous people smuggling networks" in shown["text"]


def test_two_replays_of_the_week_come_to_the_same_mails(week: Week, tmp_path: Path) -> None:
    again = Week(tmp_path / "again")
    seen = sorted((one.at, one.text) for one in again.run())
    assert seen == sorted((one.at, one.text) for one in week.happenings)  # type: ignore[attr-defined]
