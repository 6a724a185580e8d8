"""The linter finds what it is for: each rule, in a mail that breaks it and nothing else."""

from __future__ import annotations

import pytest

from monitor.mail.message import compose
from monitor.mail.render import render_digest
from tests.mail.linter import lint
from tests.mail.samples import NOW, mail_settings
from tests.mail.situations import TITLES, all_days

WRONG = {
    "a line over 998 characters": (b"\r\nPrecedence:", b"\r\nX-Long: " + b"x" * 999 + b"\r\nPrecedence:"),
    "could be folded": (b"\r\nPrecedence:", b"\r\nX-Long: " + b"word " * 20 + b"end\r\nPrecedence:"),
    "folded into a line of white space": (b"\r\nPrecedence: bulk", b"\r\nPrecedence: bulk\r\n  \r\n bulk"),
    "is no header field": (b"\r\nPrecedence: bulk", b"\r\nPrece dence: bulk"),
    "not all is ASCII": (b"Precedence: bulk", "Precedence: bülk".encode()),
    "there is a Bcc": (b"\r\nTo:", b"\r\nBcc: x@example.org\r\nTo:"),
    "there is a Sender": (b"\r\nTo:", b"\r\nSender: x@example.org\r\nTo:"),
    "Date stands 0 times": (b"\r\nDate:", b"\r\nX-Date:"),
    "Date stands 2 times": (b"\r\nDate:", b"\r\nDate: Tue, 10 Dec 2024 07:30:00 +0000\r\nDate:"),
    "Date is no date": (b"Tue, 10 Dec 2024 07:30:00 +0000", b"2024-12-10"),
    "Date has the wrong form": (b"Tue, 10 Dec 2024", b"Wed, 10 Dec 2024"),
    "or no zone": (b"07:30:00 +0000", b"07:30:00"),
    "Message-ID has the wrong form": (b"Message-ID: <", b"Message-ID: <two words"),
    "From has the wrong form": (b"From: Publication Monitor <", b"From: Monitor, Publication <"),
    "To has the wrong form": (b"To: ada@example.org", b"To: ada@example.org, bob@example.org"),
    "To has an address that is too long": (b"To: ada@", b"To: " + b"a" * 65 + b"@"),
    "MIME-Version has the wrong form": (b"MIME-Version: 1.0", b"MIME-Version: 1.1"),
    "Auto-Submitted has the wrong form": (b"auto-generated", b"no"),
    "Auto-Submitted is missing": (b"\r\nAuto-Submitted", b"\r\nX-Submitted"),
    "Content-Language has the wrong form": (b"Content-Language: en-GB", b"Content-Language: British English"),
    "List-Id has the wrong form": (b"<daily.example.org>", b"<daily>"),
    "List-Unsubscribe has the wrong form": (b"<mailto:", b"<mail to:"),
    "names no way out": (b"<mailto:", b"<ftp:"),
    "one-click is promised": (b"\r\nPrecedence", b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\nPrecedence"),
    "one-click needs exactly one": (b"\r\nList-Unsubscribe: ", b"\r\nList-Unsubscribe: <https://example.org/stop>, "),
    "there is a way out of no list": (b"\r\nList-Id", b"\r\nX-Id"),
    "does not end with what it answers": (b"\r\nTo:", b"\r\nIn-Reply-To: <1@x>\r\nReferences: <2@x>\r\nTo:"),
    "an encoded word over 75 characters": (b"Subject: ", b"Subject: =?utf-8?q?" + b"a" * 64 + b"?="),
    "an encoded word over 76 characters": (b"Subject: ", b"Subject: =?utf-8?q?" + b"a" * 58 + b"?= "),
    "that does not stand alone": (b"Subject: ", b"Subject: pre=?utf-8?q?fix?= "),
    "that is not whole by itself": (b"Subject: ", b"Subject: =?utf-8?q?=E2=80?= "),
    "where none may stand": (b"To: ada@example.org", b"To: =?utf-8?q?ada?= <ada@example.org>"),
    "Subject is": (b"Subject: 1 new", b"Subject: 1 new\r\n and much, much, much, much, much, much, much more"),
    "has a control character": (b"Subject: ", b"Subject: =?utf-8?q?=07?= "),
    "not alternatives": (b"multipart/alternative", b"multipart/mixed"),
    "the parts are": (b"Content-Type: text/html", b"Content-Type: text/calendar"),
    "Content-Type has the wrong form": (b"text/plain; charset=utf-8", b"text/plain; charset=utf-8; format"),
    "encoded as a whole": (b"\r\nMIME-Version", b"\r\nContent-Transfer-Encoding: base64\r\nMIME-Version"),
    "not UTF-8 in quoted-printable": (b"charset=utf-8", b"charset=latin-1"),
    "the boundary does not part": (b"PUBLICATION MONITOR", b"--%(boundary)s and more"),
    "the boundary stands in a part": (b"PUBLICATION MONITOR", b"x %(boundary)s"),
    "a quoted-printable line over 76": (b"PUBLICATION MONITOR", b"x" * 77),
    "white space at the end": (b"PUBLICATION MONITOR", b"PUBLICATION MONITOR "),
    "a line that is not quoted-printable": (b"PUBLICATION MONITOR", b"PUBLICATION=3dMONITOR"),
    "a line of text over 76 columns": (b"PUBLICATION MONITOR", b"x" * 70 + b"=\r\n" + b"x" * 7),
    "links in one part only": (b"https://www.gov.uk/government/publications/example-1", b"https://www.gov.uk/x"),
    "HTML that fetches": (b"<h1", b"<script></script><h1"),
    "tags that never close": (b"</html>", b"</html><p>"),
}  # fmt: skip


def sound() -> bytes:
    """A mail that nothing is wrong with."""
    day, person = all_days()["one-item"]
    words = render_digest(day, person, mail_settings(), titles=TITLES)
    return compose(words, period="daily:1", subscriber=person, settings=mail_settings(), now=NOW).message


@pytest.mark.parametrize("said", WRONG)
def test_each_rule_finds_what_breaks_it(said):
    raw = sound()
    old, new = WRONG[said]
    boundary = raw.partition(b'boundary="')[2].partition(b'"')[0]
    changed = raw.replace(old, new.replace(b"%(boundary)s", boundary), 1)
    assert changed != raw
    assert any(said in fault for fault in lint(changed)), lint(changed)


def test_line_ends_of_another_system_are_found_and_a_mail_that_is_cut_off():
    assert "the last line does not end" in lint(sound()[:-2])
    assert "a bare CR or LF" in lint(sound().replace(b"\r\n", b"\n"))


def test_nothing_is_found_in_a_sound_mail():
    assert lint(sound()) == []
