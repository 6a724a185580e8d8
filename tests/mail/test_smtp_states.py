"""Every reply code at every stage, and a cut at every byte of a dialogue: the mail is left in the right state."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import DeliveryError
from monitor.mail.bounces import Bounces
from monitor.mail.brake import Brake
from monitor.mail.outbox import Outbox
from monitor.mail.plans import Plan, PlannedMail
from monitor.mail.room import open_mail
from monitor.mail.settings import SmtpSettings
from monitor.mail.smtp import SmtpTransport
from monitor.mail.subscribers import Subscribers
from monitor.pipeline.deliver import PostRoom, deliver
from tests.fakes.mail_dialogue import LINES, STAGES, Dialogue, listening
from tests.mail.outboxes import NOW

CODES = (
    200, 211, 214, 220, 221, 235, 250, 251, 252, 334, 354, 421, 422, 430, 432, 441, 442, 446, 447, 450, 451, 452, 454, 455,
    471, 500, 501, 502, 503, 504, 510, 511, 512, 521, 523, 530, 534, 535, 538, 541, 550, 551, 552, 553, 554, 555, 556,
)  # fmt: skip
TEXTS = ("said in passing", "5.7.1 you are on a list")
AT_ONCE = {"hello": b"250-mx.example.org\r\n250 PIPELINING\r\n"}
MESSAGE = b"Subject: 1 new\r\nMessage-ID: <1@example.org>\r\n\r\n.dots\r\nare stuffed\r\n"


class Desk:
    """One mail after another, each handed to a server that follows a dialogue of its own."""

    def __init__(self, connection: sqlite3.Connection, port: int, dialogues: list[Dialogue]) -> None:
        self._connection = connection
        self._settings = SmtpSettings("127.0.0.1", port, "none", timeout=timedelta(seconds=0.5))
        self._dialogues = dialogues
        self._number = 0

    def state_after(self, dialogue: Dialogue) -> str:
        """What became of a fresh mail."""
        self._number += 1
        identity, outbox = f"<{self._number}@example.org>", Outbox(self._connection)
        email = f"reader-{self._number}@example.org"
        person = Subscribers(self._connection).add(email, ["boats"], "daily", now=NOW, covered_to=0, confirmed=True)
        entry = PlannedMail("daily:1", identity, "1 new", 1, MESSAGE)
        outbox.plan_all([Plan(entry, person.id, "daily", NOW, {}, ())], NOW)
        self._dialogues.append(dialogue)
        way = closing(SmtpTransport(self._settings))
        room = PostRoom(
            outbox, Brake(self._connection), Bounces(self._connection), lambda: way, lambda _delivery: "a@example.org"
        )
        deliver(room, holder="one", clock=lambda: NOW, insist=True)
        row = self._connection.execute("SELECT id, state FROM outbox WHERE message_id = ?", (identity,)).fetchone()
        with self._connection:
            self._connection.execute("UPDATE outbox SET next_at = '9' WHERE id = ?", (row["id"],))
        return str(row["state"])


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_mail(tmp_path / "mail.db") as connection, listening() as (port, dialogues):
        yield Desk(connection, port, dialogues)


def right_state(stage: str, code: int, text: str) -> str:
    """By RFC 5321 §4.2.1 and docs/mail.md, told once more and otherwise than the program tells it."""
    first = code // 100
    if stage == "greeting":
        return "sent" if code == 220 else "todo"
    if stage == "hello":
        return "sent" if first == 2 else "todo"
    if stage == "dot" and first not in (2, 4, 5):
        return "unsure"
    if code == 354 if stage == "data" else first == 2:
        return "sent"
    if first < 5:
        return "deferred"
    return "todo" if stage == "mail" or text.startswith("5.7.") else "failed"


def handed_over(transport: SmtpTransport) -> int:
    """The code with which a mail was taken, or was not."""
    try:
        return int(transport.send(sender="a@example.org", recipient="ada@example.org", message=MESSAGE)[:3])
    except DeliveryError as error:
        return error.code


@pytest.mark.parametrize("stage", ["mail", "rcpt"])
def test_where_the_server_takes_several_commands_at_once_each_answer_is_taken_for_its_own(desk, stage):
    states = {code: desk.state_after(Dialogue(AT_ONCE | {stage: b"%d said in passing\r\n" % code})) for code in CODES}
    assert states == {code: right_state(stage, code, "") for code in CODES}


@pytest.mark.parametrize("hello", [{}, AT_ONCE], ids=["one by one", "at once"])
def test_on_a_kept_connection_no_answer_is_taken_for_one_to_the_mail_before(hello):
    with listening() as (port, dialogues):
        dialogues.append(Dialogue(hello))
        with closing(SmtpTransport(SmtpSettings("127.0.0.1", port, "none", timeout=timedelta(seconds=5)))) as transport:
            for stage, code in (("mail", 450), ("mail", 250), ("rcpt", 551), ("mail", 550), ("dot", 452), ("dot", 250)):
                dialogues[0].instead = hello | {stage: b"%d so it is\r\n" % code}
                assert handed_over(transport) == code
        assert len(dialogues) == 1
        assert dialogues[0].took == 3


@pytest.mark.parametrize("stage", STAGES)
def test_each_reply_code_at_each_stage_leaves_the_mail_in_its_state(desk, stage):
    wrong = []
    for code in CODES:
        for text in TEXTS:
            said = f"{code} {text}\r\n".encode()
            state = desk.state_after(Dialogue({stage: said}))
            if state != right_state(stage, code, text):
                wrong.append((code, text, state, right_state(stage, code, text)))
    assert wrong == []


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("said", [b"what?\r\n", b"\r\n", b"25\r\n", b"250\xff\xfe\r\n" * 2, b"2" * 9000 + b"\r\n"])
def test_nonsense_at_any_stage_neither_loses_nor_settles_the_mail(desk, stage, said):
    state = desk.state_after(Dialogue({stage: said}))
    assert state in (("unsure", "sent") if stage == "dot" else ("todo", "deferred", "unsure", "sent"))
    assert state != "sent" or said.startswith(b"250")


def test_whatever_a_server_says_is_told_on_one_line_without_controls():
    with listening() as (port, dialogues):

        @given(st.binary(max_size=80) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace")))
        @settings(max_examples=40, deadline=None)
        def is_told(said):
            dialogues.append(Dialogue({"rcpt": b"554 5.7.1 " + b" ".join(said.split()) + b"\r\n"}))
            transport = SmtpTransport(SmtpSettings("127.0.0.1", port, "none", timeout=timedelta(seconds=5)))
            with closing(transport), pytest.raises(DeliveryError) as caught:
                transport.send(sender="a@example.org", recipient="ada@example.org", message=MESSAGE)
            assert not {category(char) for char in str(caught.value)} & {"Cc", "Cs", "Zl", "Zp"}

        is_told()


@pytest.mark.parametrize("instead", [{}, AT_ONCE], ids=["one by one", "at once"])
def test_a_cut_after_every_byte_the_server_says(desk, instead):
    spoken = [(LINES | instead)[stage] for stage in STAGES]
    whole = sum(map(len, spoken))
    before_answer = whole - len(spoken[-1])
    for cut in range(whole):
        dialogue = Dialogue(instead, cut_said=cut)
        state = desk.state_after(dialogue)
        if dialogue.took:
            # "250" was heard, even if the rest of the line was not.
            assert state == ("sent" if cut >= before_answer + 3 else "unsure"), cut
        else:
            assert state in ("todo", "deferred", "unsure"), cut
            assert state != "unsure" or cut >= before_answer - len(spoken[-2]) + 3, cut


@pytest.mark.parametrize("instead", [{}, AT_ONCE], ids=["one by one", "at once"])
def test_a_cut_after_every_byte_the_server_hears(desk, instead):
    full = Dialogue(instead)
    assert desk.state_after(full) == "sent"
    cuts = range(full.heard - len(b"quit\r\n"))
    for cut in cuts:
        dialogue = Dialogue(instead, cut_heard=cut)
        state = desk.state_after(dialogue)
        assert dialogue.took == 0
        assert state in ("todo", "deferred", "unsure"), cut
