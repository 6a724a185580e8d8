"""Real defects of comparable mailers, one test each, against a mail server that answers as it is told."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from tests.child import start
from tests.fakes.smtp_server import Script, free_port, smtp_server
from tests.house import CONFIG, HOME_OFFICE_FEED, House, at, document

MONDAY = at("2024-12-09 10:00")
TUESDAY = at("2024-12-10 08:00")
PLAN = document("plan", "Calais Group plan", "<p>Together against small boats.</p>", "2024-12-09 11:30")
READERS = [f"reader-{number}@example.org" for number in range(30)]


def with_smtp(port: int) -> str:
    """The config, with mail going to a server on this port."""
    transport = (
        f'transport = "smtp"\n\n[mail.smtp]\nhost = "127.0.0.1"\nport = {port}\ntls = "none"\nper_second = 100.0\n'
    )
    return f"{CONFIG}{transport}"


@pytest.fixture
def port() -> int:
    """Where the mail server will listen."""
    return free_port()


@pytest.fixture
def house(tmp_path: Path, port: int) -> Iterator[House]:
    """Thirty subscribers, each with a mail waiting in the outbox."""
    with House(tmp_path, config=with_smtp(port)) as house:
        for reader in READERS:
            house.subscribe("border-security", address=reader, now=MONDAY)
        house.run("poll", now=MONDAY)
        house.world.publish(PLAN)
        for verb in (["poll"], ["match"], ["digest", "send"]):
            assert house.run(*verb, now=TUESDAY).code == 0
        yield house


def copies(script: Script) -> Counter[str]:
    """How many copies each reader was given."""
    return Counter(recipient for _, recipients, _ in script.got for recipient in recipients)


def message_ids(script: Script) -> dict[str, set[str]]:
    """The Message-IDs that each reader was given."""
    found: dict[str, set[str]] = {}
    for _, recipients, body in script.got:
        found.setdefault(recipients[0], set()).add(str(message_from_bytes(body)["Message-ID"]))
    return found


def test_a_mail_server_that_is_down_when_the_change_is_found_costs_nobody_the_news(house: House, port: int) -> None:
    down = house.run("deliver", now=TUESDAY)
    assert down.code == 75
    script = Script()
    with smtp_server(script, port=port):
        for minutes in (5, 10, 30, 60, 120, 300):
            house.run("run", "--once", now=TUESDAY + timedelta(minutes=minutes))
    assert copies(script) == Counter(READERS)


def test_a_sender_killed_among_its_mails_repeats_at_most_those_in_flight(house: House, port: int) -> None:
    script = Script()
    with smtp_server(script, port=port):
        child = start(house, "deliver", now=TUESDAY)
        tenth = threading.Event()
        while len(script.got) < 10 and child.process.poll() is None:
            tenth.wait(0.001)
        child.kill()
        before = len(script.got)
        for minutes in (1, 20, 40):
            house.run("deliver", now=TUESDAY + timedelta(minutes=minutes))
    assert 10 <= before < 30
    assert set(copies(script)) == set(READERS)
    assert len(script.got) - len(READERS) <= 8
    assert all(len(ids) == 1 for ids in message_ids(script).values())


def test_an_answer_that_is_lost_after_the_mail_was_taken_brings_the_same_mail_again(house: House, port: int) -> None:
    script = Script(lose_answer=True)
    with smtp_server(script, port=port):
        assert house.run("deliver", now=TUESDAY).code == 75
        for minutes in (5, 11, 30):
            house.run("deliver", now=TUESDAY + timedelta(minutes=minutes))
    assert set(copies(script)) == set(READERS)
    assert len(script.got) == 31
    assert all(len(ids) == 1 for ids in message_ids(script).values())


@pytest.mark.parametrize(("answer", "reached"), [("550 5.1.1 no such person", 29), ("450 4.2.1 come again", 30)])
def test_one_bad_address_does_not_keep_the_others_from_their_mail(
    house: House, port: int, answer: str, reached: int
) -> None:
    script = Script(rcpt=answer, once=True)
    with smtp_server(script, port=port):
        assert house.run("deliver", now=TUESDAY).code == 75
        assert len(script.got) == 29
        for minutes in (5, 30):
            house.run("deliver", now=TUESDAY + timedelta(minutes=minutes))
    assert len(copies(script)) == len(script.got) == reached


def test_a_backlog_alone_is_no_fault(house: House, port: int) -> None:
    house.write_config(with_smtp(port).replace("[mail.smtp]", "per_hour = 10\n\n[mail.smtp]"))
    script = Script()
    with smtp_server(script, port=port):
        report = house.run("run", "--once", now=TUESDAY).json
    assert (report["deliver"]["sent"], len(script.got)) == (10, 10)
    status = house.run("status", now=TUESDAY).json
    assert (status["outbox"]["todo"], status["faults"]) == (20, [])


def test_a_bounce_counts_whatever_else_is_wrong_with_its_subscriber(tmp_path: Path, port: int) -> None:
    ports = '[[watch]]\nname = "ports"\nkeywords = ["ports"]\n\n[mail]'
    with House(tmp_path, config=with_smtp(port).replace("[mail]", ports, 1)) as house:
        house.subscribe("border-security", "ports", now=MONDAY)
        house.run("poll", now=MONDAY)
        house.write_config(with_smtp(port))  # the watch is gone, and the subscription to it stands
        for day in (10, 11):
            news = document(f"plan-{day}", f"Calais Group plan {day}", "<p>On boats.</p>", f"2024-12-{day} 07:00")
            house.world.publish(news)
            with smtp_server(Script(rcpt="550 5.1.1 no such person"), port=port):
                house.run("run", "--once", now=at(f"2024-12-{day} 08:00"))
        [person] = house.run("subscriber", "list").json["subscribers"]
        assert person["state"] == "suspended"


def test_a_mail_that_belongs_to_no_subscription_has_no_header_of_one(tmp_path: Path) -> None:
    with House(tmp_path) as house:
        house.publisher.set(HOME_OFFICE_FEED, b"down", status=503)
        for hour in (10, 12, 14, 16):
            house.run("run", "--once", now=at(f"2024-12-09 {hour}:00"))
        [notice] = house.mails()
        assert notice["To"] == "ops@example.org"
        assert {"List-Id", "List-Unsubscribe", "List-Unsubscribe-Post"}.isdisjoint(notice.keys())
