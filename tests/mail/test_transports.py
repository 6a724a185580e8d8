"""The ways out that need no mail server: a folder, the sendmail command, standard output."""

from __future__ import annotations

import io
import re
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.errors import DeliveryError
from monitor.mail.message import compose
from monitor.mail.render import render_digest
from monitor.mail.sendmail import SendmailTransport
from monitor.mail.stdout import StdoutTransport
from monitor.mail.transport import open_transport
from tests.mail.samples import NOW, digest, item, mail_settings, rich_day, section, subscriber


def mail(folder: Path, *, period="daily:2024-12-10", now=NOW, day=None, email="ada@example.org") -> bytes:
    person, settings = subscriber(email=email), mail_settings(folder)
    rendered = render_digest(day or digest(), person, settings)
    return compose(rendered, period=period, subscriber=person, settings=settings, now=now).message


def send(folder: Path, *messages: bytes, recipient="ada@example.org") -> list[str]:
    with open_transport(mail_settings(folder)) as transport:
        return [transport.send(sender="a@example.org", recipient=recipient, message=message) for message in messages]


def test_a_folder_gets_one_eml_and_one_page_a_mail_named_by_time(tmp_path):
    message = mail(tmp_path)
    [reply] = send(tmp_path, message)
    [eml] = tmp_path.glob("*.eml")
    assert re.fullmatch(r"2024-12-10T0730-[0-9a-f]{8}-[0-9a-f]{12}\.eml", eml.name)
    assert eml.read_bytes() == message
    assert reply.startswith(eml.name)
    assert "Calais Group priority plan</a>" in eml.with_suffix(".html").read_text()
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".eml", ".html", ".html"]


def test_names_show_the_readers_time_and_no_address(tmp_path):
    summer = NOW.replace(month=7, hour=6)
    send(tmp_path, mail(tmp_path, now=summer))
    [eml] = tmp_path.glob("*.eml")
    assert eml.name.startswith("2024-07-10T0730-")
    assert "ada" not in eml.name


def test_the_same_message_twice_leaves_one_file_also_on_another_day(tmp_path):
    send(tmp_path, mail(tmp_path), mail(tmp_path))
    send(tmp_path, mail(tmp_path, now=NOW + timedelta(days=1)))
    assert len(list(tmp_path.glob("*.eml"))) == 1
    assert len(list(tmp_path.glob("*.html"))) == 2


def test_the_index_lists_the_newest_first_with_links_that_work(tmp_path):
    send(
        tmp_path,
        mail(tmp_path),
        mail(tmp_path, period="daily:2024-12-11", now=NOW + timedelta(days=1), day=rich_day()),
    )
    index = (tmp_path / "index.html").read_text()
    assert "2 mails, newest first" in index
    assert index.index("Wednesday 11 December 2024") < index.index("Tuesday 10 December 2024")
    assert "ada@example.org" in index
    assert "9 publications" in index
    assert "1 publication<" in index
    links = re.findall(r'href="([^"]+)"', index)
    assert len(links) == 4
    assert all((tmp_path / link).is_file() for link in links)


def test_the_index_shows_hostile_subjects_as_words(tmp_path):
    send(tmp_path, mail(tmp_path, day=digest(section(item("<script>alert('ŵyn')</script>")))))
    index = (tmp_path / "index.html").read_text()
    assert "<script" not in index
    assert "&lt;script&gt;" in index
    assert "ŵyn" in index


def test_the_folder_is_its_owners_alone(tmp_path):
    folder = tmp_path / "var" / "outbox"
    send(folder, mail(folder))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_a_folder_where_nothing_was_sent_is_not_made(tmp_path):
    send(tmp_path / "outbox")
    assert not (tmp_path / "outbox").exists()


def test_a_folder_that_cannot_be_written_to_stops_the_run(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DeliveryError, match="cannot be written to") as caught:
        send(tmp_path / "file" / "outbox", mail(tmp_path))
    assert caught.value.whole_run


def sendmail(folder: Path, body: str) -> Path:
    command = folder / "sendmail"
    command.write_text(f"#!/bin/sh\n{body}\n")
    command.chmod(0o700)
    return command


def test_sendmail_is_given_the_message_and_the_two_addresses(tmp_path):
    command = sendmail(tmp_path, f'echo "$@" > {tmp_path}/arguments; cat > {tmp_path}/message')
    settings = mail_settings(tmp_path, transport="sendmail", sendmail=command)
    with open_transport(settings) as transport:
        transport.send(sender="a@example.org", recipient="-b@example.org", message=b"Subject: x\r\n\r\n.\r\nend\r\n")
    assert (tmp_path / "arguments").read_text() == "-i -f a@example.org -- -b@example.org\n"
    assert (tmp_path / "message").read_bytes() == b"Subject: x\n\n.\nend\n"


@pytest.mark.parametrize(
    ("code", "transient", "whole_run"),
    [
        (75, True, False),
        (67, False, False),
        (68, False, False),
        (65, False, False),
        (77, False, True),
        (71, True, True),
    ],
)
def test_each_exit_code_of_sendmail_is_read_as_what_it_means(tmp_path, code, transient, whole_run):
    transport = SendmailTransport(sendmail(tmp_path, f"cat > /dev/null; echo no such luck >&2; exit {code}"))
    with pytest.raises(DeliveryError, match="no such luck") as caught:
        transport.send(sender="a@example.org", recipient="b@example.org", message=b"x")
    assert (caught.value.code, caught.value.transient, caught.value.whole_run) == (code, transient, whole_run)


def test_a_sendmail_that_never_answers_leaves_us_unsure(tmp_path):
    transport = SendmailTransport(sendmail(tmp_path, "exec tail -f /dev/null"), timeout_s=0.2)
    with pytest.raises(DeliveryError, match="did not answer") as caught:
        transport.send(sender="a@example.org", recipient="b@example.org", message=b"x")
    assert caught.value.unsure


def test_a_missing_sendmail_stops_the_run(tmp_path):
    with pytest.raises(DeliveryError, match="cannot be run") as caught:
        SendmailTransport(tmp_path / "none").send(sender="a@example.org", recipient="b@example.org", message=b"x")
    assert caught.value.whole_run


def test_standard_output_shows_the_message_with_plain_line_ends():
    stream = io.BytesIO()
    transport = StdoutTransport(stream)
    transport.send(sender="a@example.org", recipient="b@example.org", message=b"Subject: x\r\n\r\nHello\r\n")
    transport.close()
    assert stream.getvalue() == b"Subject: x\n\nHello\n\n"


def test_standard_output_is_chosen_by_its_name(tmp_path, capsysbinary):
    with open_transport(mail_settings(tmp_path, transport="stdout")) as transport:
        transport.send(sender="a@example.org", recipient="b@example.org", message=b"Hello\r\n")
    assert capsysbinary.readouterr().out == b"Hello\n\n"
