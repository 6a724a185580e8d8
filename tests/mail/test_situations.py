"""Golden mails for each situation, and every mail of the suite through the linter and a browser's eye for access."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import MailError, UsageError
from monitor.mail.letters import fault_words, notice, question, render_faults
from monitor.mail.message import compose
from monitor.mail.render import render_digest
from tests.mail.linter import lint
from tests.mail.samples import NOW, digest, item, mail_settings, section, subscriber
from tests.mail.situations import TITLES, all_days, situations

DAYS = situations()
ALL = all_days()
SETTINGS = mail_settings()


@pytest.mark.parametrize("name", DAYS)
def test_each_situation_has_its_golden_mail(name, golden):
    day, person = DAYS[name]
    words = render_digest(day, person, SETTINGS, titles=TITLES)
    golden(f"mail/{name}.txt", f"Subject: {words.subject}\n\n{words.text}")
    if words.html:
        golden(f"mail/{name}.html", words.html)


@pytest.mark.parametrize("name", ALL)
def test_every_digest_passes_the_linter(name):
    day, person = ALL[name]
    words = render_digest(day, person, SETTINGS, titles=TITLES)
    assert lint(compose(words, period=day.period, subscriber=person, settings=SETTINGS, now=NOW).message) == []


def test_questions_and_notices_pass_the_linter_and_have_golden_mails(golden):
    person = subscriber("border-security", "prisons", state="pending", confirmed_at=None)
    asked = question(person, {"border-security": "Border security – Ŵyn"}, SETTINGS, NOW)
    faults = [fault_words("feed home-office failing", "9 times: 503", NOW - timedelta(hours=2), SETTINGS)]
    told = notice(render_faults(faults, faults, SETTINGS, NOW), "faults", SETTINGS, NOW)
    for name, letter in (("question", asked), ("notice", told)):
        assert lint(letter.message) == []
        golden(f"mail/{name}.eml", letter.message.decode("ascii"))


def test_a_correction_stands_in_the_thread_of_the_mail_it_corrects():
    day, person = DAYS["correction"]
    words = render_digest(day, person, SETTINGS, titles=TITLES)
    earlier = ["<1@example.org>", "<2@example.org>"]
    raw = compose(words, period=day.period, subscriber=person, settings=SETTINGS, now=NOW, answers=earlier).message
    assert lint(raw) == []
    assert b"In-Reply-To: <2@example.org>\r\nReferences: <1@example.org>\r\n <2@example.org>\r\n" in raw


HOSTILE = st.text(max_size=120) | st.sampled_from(
    ["=?utf-8?q?hi=0D=0ABcc:_evil=40x=0D=0A=0D=0A<h1>?=", "\r\nBcc: evil@x.org\r\n\r\n", "--=_", "<script>x</script>",
     "javascript:alert(1)", "{{ 7*7 }}", "\u202egnp.exe", "\x00\x1b[31m", "a" * 3000, "](http://evil.example)"],
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
def test_no_feed_text_breaks_a_mail(title, note, department, url):
    day = digest(section(item(title, "updated", note=note, department=department, url=url, minister=title), title=note))
    person = subscriber()
    words = render_digest(day, person, SETTINGS, titles=TITLES)
    assert lint(compose(words, period=day.period, subscriber=person, settings=SETTINGS, now=NOW).message) == []
    assert "<script" not in words.html


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_no_address_brings_a_header_of_its_own(text):
    person, day = subscriber(email=f"{text}@example.org"), digest()
    words = render_digest(day, person, SETTINGS, titles=TITLES)
    try:
        raw = compose(words, period=day.period, subscriber=person, settings=SETTINGS, now=NOW).message
    except (MailError, UsageError):
        return
    assert lint(raw) == []


@settings(max_examples=80, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=220)
    | st.text("ŵ中a ", max_size=200)
    | st.text('a"\\ ,;<>@()', max_size=200)
)
def test_no_sender_name_breaks_a_mail(name):
    day, person = ALL["one-item"]
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    mine = replace(SETTINGS, from_=f'"{quoted}" <alerts@example.org>')
    words = render_digest(day, person, mine, titles=TITLES)
    assert lint(compose(words, period=day.period, subscriber=person, settings=mine, now=NOW).message) == []


TEMPLATE = st.lists(
    st.sampled_from(
        ["\r\nBcc: evil@x.org\r\n\r\n", "\n\n--=_", "=?utf-8?q?hi=0D=0ABcc:_evil=40x?=", "{{ digest.lead }}", "{{ stop_all }}",
         "{{ digest | attr('__class__') }}", "{{ ''.__class__.__mro__ }}", "{{ digest.sections[0].groups }}",
         "{% for x in [1] %}", "{% endfor %}", "{{ 9 ** 9 }}", "<script>", "{{ digest.lead | safe }}", "\x00\x0c", "\u2028",
         "{{ once(1, 2) }}", "ŵ", "{#"]
    ),
    max_size=6,
).map("".join)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(TEMPLATE, TEMPLATE, TEMPLATE)
def test_no_template_brings_a_header_or_a_part_of_its_own(subject, text, html):
    day, person = ALL["one-item"]
    with TemporaryDirectory() as folder:
        for name, words in (("digest.subject.txt", subject), ("digest.txt", text), ("digest.html", html)):
            (Path(folder) / name).write_text(words, encoding="utf-8")
        mine = replace(SETTINGS, templates_dir=Path(folder))
        try:
            words = render_digest(day, person, mine, titles=TITLES)
            raw = compose(words, period=day.period, subscriber=person, settings=mine, now=NOW).message
        except MailError:
            return
    message = message_from_bytes(raw)
    plain = compose(
        render_digest(day, person, SETTINGS), period=day.period, subscriber=person, settings=SETTINGS, now=NOW
    ).message
    assert message.keys() == message_from_bytes(plain).keys() or not words.html
    assert [part.get_content_type() for part in message.walk()][-2:] == ["text/plain", "text/html"] or not words.html
    assert "Bcc" not in message
