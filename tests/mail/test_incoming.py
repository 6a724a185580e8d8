"""What comes back: bounces and complaints count only with their token; a yes or a stop only from a person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.mail.incoming import Nothing, Returned, Stop, Yes, read_incoming
from monitor.mail.letters import render_question
from monitor.mail.tokens import Wish, envelope_sender, sign, sign_consent
from tests.mail.samples import SECRET, mail_settings, subscriber

NOW = datetime(2024, 12, 10, 7, 30, tzinfo=UTC)
SETTINGS = mail_settings(bounces="bounces@example.org")
OURS = envelope_sender(SETTINGS, 42)


def dsn(status="5.1.1", action="failed", to=OURS) -> bytes:
    """RFC 3464, as Postfix writes it."""
    return f"""Return-Path: <>
From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

This is the mail system. I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net
Arrival-Date: Tue, 10 Dec 2024 07:31:02 +0000

Final-Recipient: rfc822; ada@example.net
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no such user

--b
Content-Type: text/rfc822-headers

Subject: 1 new
--b--
""".encode()


def complaint(to=OURS) -> bytes:
    """RFC 5965."""
    return f"""From: <feedback@mx.example.net>
To: {to}
Subject: FW: 1 new
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

This is an email abuse report.
--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: SomeGenerator/1.0
Version: 1

--b
Content-Type: message/rfc822

Subject: 1 new

Hello
--b--
""".encode()


def qmail(to=OURS) -> bytes:
    """One of the odd forms: no report, only words."""
    return f"""Return-Path: <>
From: MAILER-DAEMON@mx.example.net
To: {to}
Subject: failure notice

Hi. This is the qmail-send program at mx.example.net.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<ada@example.net>:
192.0.2.1 does not like recipient.
Remote host said: 550 5.1.1 unknown user
Giving up on 192.0.2.1.

--- Below this line is a copy of the message.

Subject: 1 new
""".encode()


def letter(subject="", body="", **headers) -> bytes:
    lines = {"From": "Ada <ada@example.net>", "To": "ops@example.org", "Subject": subject, **headers}
    head = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in lines.items())
    return f"{head}\n{body}\n".encode()


def read(raw: bytes, now=NOW):
    return read_incoming(raw, SETTINGS, now)


@pytest.mark.parametrize(
    ("status", "action", "kind"),
    [
        ("5.1.1", "failed", "hard"), ("5.1.10", "failed", "hard"), ("5.2.1", "failed", "hard"), ("5.2.2", "failed", "soft"),
        ("4.4.1", "failed", "soft"), ("4.4.1", "delayed", "soft"), ("5.7.1", "failed", "ours"), ("5.7.26", "failed", "ours"),
        ("rubbish", "failed", "soft"),
    ],
)  # fmt: skip
def test_a_report_is_read_by_its_status(status, action, kind):
    assert read(dsn(status, action)) == Returned(42, kind, status)


def test_a_report_of_success_is_no_bounce():
    assert isinstance(read(dsn("2.0.0", "delivered")), Nothing)


def test_the_odd_forms_are_read_as_well():
    assert read(qmail()) == Returned(42, "hard", "5.1.1")


def test_a_complaint_is_known():
    assert read(complaint()) == Returned(42, "complaint", "abuse")


def test_mail_servers_may_fold_the_case_of_the_address():
    assert read(dsn(to=OURS.upper())) == Returned(42, "hard", "5.1.1")


@pytest.mark.parametrize("make", [dsn, complaint, qmail])
@pytest.mark.parametrize(
    "to",
    [
        "bounces@example.org", "bounces+42@example.org", "bounces+43." + OURS.split(".", 1)[1], OURS.replace("+42.", "+42.a"),
        "bounces+" + sign(SECRET, "unsubscribe", Wish(42, None)) + "@example.org", OURS[:-14] + "a@example.org",
    ],
)  # fmt: skip
def test_a_forged_one_is_rejected(make, to):
    assert read(make(to=to)) == Nothing("no token of ours") or isinstance(read(make(to=to)), Nothing)


def test_a_yes_comes_by_the_link_or_by_a_plain_reply_that_quotes_the_question():
    person = subscriber(state="pending", confirmed_at=None, edition=3)
    token = sign_consent(SECRET, 7, 3, NOW)
    assert read(letter(f"confirm {token}")) == Yes(7, 3)
    asked = render_question(person, {}, SETTINGS, NOW).text
    quoted = "\n".join(f"> {line}" for line in asked.splitlines())
    assert read(letter("Re: Please confirm: Publication Monitor", f"Yes please!\n\n{quoted}")) == Yes(7, 3)
    assert read(letter("Re: Please confirm", f"Yes\n\n> send the mail that this opens\n> Your token: {token}")) == Yes(
        7, 3
    )


def test_a_holiday_notice_that_quotes_the_question_is_nobodys_yes():
    token = sign_consent(SECRET, 7, 1, NOW)
    for marks in (
        {"Auto_Submitted": "auto-replied"}, {"Precedence": "auto_reply"}, {"Return_Path": "<>"}, {"X_Autoreply": "yes"},
    ):  # fmt: skip
        assert isinstance(read(letter("Re: out of office", f"confirm {token}", **marks)), Nothing)


def test_a_yes_is_good_for_seven_days():
    token = sign_consent(SECRET, 7, 1, NOW)
    assert read(letter(f"confirm {token}"), NOW + timedelta(days=7)) == Yes(7, 1)
    assert read(letter(f"confirm {token}"), NOW + timedelta(days=8)) == Nothing("no token of ours")


def test_a_stop_is_good_for_ever_and_for_its_own_purpose_only():
    token = sign(SECRET, "unsubscribe", Wish(7, "border-security"))
    assert read(letter(f"unsubscribe {token}"), NOW + timedelta(days=4000)) == Stop(Wish(7, "border-security"))
    assert read(letter(f"confirm {token}")) == Nothing("no token of ours")
    assert read(letter(f"unsubscribe {token[:-1]}2")) == Nothing("no token of ours")


@given(st.binary(max_size=2000))
def test_no_bytes_can_stop_the_reading(raw):
    assert isinstance(read(raw), Nothing)


@given(st.binary(max_size=300), st.integers(0, 1600), st.integers(0, 300))
def test_no_damage_to_a_report_makes_it_anybody_elses(noise, at, gone):
    found = read(dsn()[:at] + noise + dsn()[at + gone :])
    assert not isinstance(found, Returned) or found.outbox_id == 42
