"""A mail in bytes: what stands in it, and what nobody can put there from outside."""

from __future__ import annotations

import email
import email.policy
import unicodedata
from datetime import timedelta
from email.message import Message
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import MailError
from monitor.mail.headers import clean_header, clip, encode_header, plain
from monitor.mail.message import compose, message_id, read_back
from monitor.mail.render import Rendered, render_digest
from tests.mail.samples import NOW, digest, item, mail_settings, rich_day, section, subscriber

ATTACK = "=?utf-8?q?hi=0D=0ABcc:_evil=40x=0D=0A=0D=0A<h1>body?="
NAMES = [
    "From", "To", "Subject", "Date", "Message-ID", "List-Id", "List-Unsubscribe", "Auto-Submitted", "Precedence",
    "X-Auto-Response-Suppress", "Feedback-ID", "X-Publication-Count", "Content-Language", "MIME-Version", "Content-Type",
]  # fmt: skip


def composed(rendered: Rendered, **changes) -> bytes:
    words = {"period": "daily:2024-12-10", "subscriber": subscriber(), "settings": mail_settings(), "now": NOW}
    return compose(rendered, **{**words, **changes}).message


def read(raw: bytes) -> Message:
    return email.message_from_bytes(raw, policy=email.policy.compat32)


def subject(message: Message) -> str:
    return str(email.header.make_header(email.header.decode_header(message["Subject"])))


def words(subject: str = "1 new", text: str = "Hello", html: str = "<p>Hello") -> Rendered:
    return Rendered(subject, text, html, 1)


def test_a_mail_carries_the_headers_of_a_list_and_no_other():
    message = read(composed(words()))
    assert message.keys() == NAMES
    assert message["From"] == "Publication Monitor <alerts@example.org>"
    assert message["To"] == "ada@example.org"
    assert message["List-Id"] == "Publication Monitor <daily.example.org>"
    assert message["List-Unsubscribe"].startswith("<mailto:ops@example.org?subject=unsubscribe%207.")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "en-GB"
    assert message["X-Publication-Count"] == "1"
    assert parsedate_to_datetime(message["Date"]) == NOW


def test_text_comes_first_and_html_last_word_for_word():
    message = read(composed(words(text="Grüße, Ŵyn\n.\nFrom here\n", html="<p>é" + "x" * 3000)))
    assert message.get_content_type() == "multipart/alternative"
    text, html = message.get_payload()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert text.get_payload(decode=True).decode() == "Grüße, Ŵyn\r\n.\r\nFrom here\r\n"
    assert html.get_payload(decode=True).decode() == "<p>é" + "x" * 3000 + "\r\n"


def test_every_line_is_short_ascii_and_ends_with_crlf():
    rendered = render_digest(rich_day(), subscriber("border-security", "prisons"), mail_settings())
    raw = composed(rendered)
    assert raw.isascii()
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 200


def test_the_message_id_is_the_same_for_the_same_digest_and_person_only():
    first = read(composed(words()))["Message-ID"]
    assert read(composed(words("2 new"), now=NOW + timedelta(days=1)))["Message-ID"] == first
    assert first == message_id("daily:2024-12-10", 7, mail_settings())
    others = {
        message_id("daily:2024-12-11", 7, mail_settings()),
        message_id("daily:2024-12-10", 8, mail_settings()),
        message_id("daily:2024-12-10", 7, mail_settings(secret=bytes(32))),
    }
    assert len(others | {first}) == 4


def test_without_the_secret_of_the_instance_no_mail_is_made():
    with pytest.raises(MailError, match="secret of this instance"):
        composed(words(), settings=mail_settings(secret=b""))


def test_an_international_domain_goes_over_the_wire_in_ascii():
    message = read(composed(words(), subscriber=subscriber(email="ada@bücher.example")))
    assert message["To"] == "ada@xn--bcher-kva.example"


def test_the_known_attack_through_an_encoded_word_stays_text():
    attacked = render_digest(digest(section(item(ATTACK))), subscriber(), mail_settings())
    message = read(composed(attacked))
    assert message.keys() == NAMES
    assert "Bcc" not in message
    assert "= ?utf-8?q?" in subject(message)
    assert "<h1>" not in "".join(part.get_payload(decode=True).decode() for part in message.get_payload()[1:])


@pytest.mark.parametrize(
    "text", ["a\r\nBcc: eve@example.org", "a\nBcc: e", "a\rBcc: e", "a\u2028Bcc: e", "a\x85Bcc: e", "a\0b", "a\ud800"]
)
def test_line_ends_of_every_kind_stay_out_of_headers(text):
    message = read(composed(words(subject=text)))
    assert message.keys() == NAMES
    assert len(subject(message).splitlines()) == 1


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_a_clean_header_is_one_printable_line_without_encoded_words(text):
    clean = clean_header(text)
    assert len(clean) <= 200
    assert "=?" not in clean
    assert clean == " ".join(clean.split())
    assert not [char for char in clean if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp", "Cs")]
    encoded = encode_header("Subject", clean)
    assert encoded.isascii()
    assert all(line.startswith((" ", "\t")) for line in encoded.split("\r\n")[1:])


hostile = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [ATTACK, "=?utf-8?b?DQpCY2M6IGU=?=", "\r\nBcc: e\r\n\r\n<h1>", "--=_", "=_", "\u202eevil", "=?", "?="]
    ),
)


@given(st.lists(hostile, min_size=1, max_size=4).map("".join))
@settings(max_examples=100, deadline=None)
def test_no_title_adds_a_header_or_a_part(title):
    rendered = render_digest(digest(section(item(title))), subscriber(), mail_settings())
    for policy in (email.policy.compat32, email.policy.default):
        message = email.message_from_bytes(composed(rendered), policy=policy)
        assert message.keys() == NAMES
        assert [part.get_content_type() for part in message.walk()] == [
            "multipart/alternative",
            "text/plain",
            "text/html",
        ]


def test_a_mail_that_does_not_read_back_as_it_was_meant_is_refused():
    meant = words()
    raw = composed(meant)
    read_back(raw, NAMES, 2)
    with pytest.raises(MailError, match="header was smuggled into the mail: Bcc"):
        read_back(raw.replace(b"Precedence", b"Bcc: eve@example.org\r\nPrecedence"), NAMES, 2)
    with pytest.raises(MailError, match="does not read back"):
        read_back(raw.replace(b"<p>Hello", b"--=_" + raw.partition(b'"=_')[2][:32]), NAMES, 2)


def test_a_cut_ends_at_a_word_and_says_so():
    assert clip("one two three", 20) == "one two three"
    assert clip("one two three", 9) == "one two…"
    assert clip("x" * 50, 10) == "x" * 9 + "…"


def test_plain_words_keep_joiners_and_lose_tricks():
    assert plain("a\u202eb\u2066c\u200dd\u00ade\r\n f\u2028g") == "abc\u200dde f g"
