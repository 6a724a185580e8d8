"""SMTP: every answer at every stage becomes the right kind of failure, and nothing is lost or doubted without reason."""

from __future__ import annotations

import socket
import ssl
import threading
from datetime import timedelta

import pytest

from monitor.errors import DeliveryError, MailError
from monitor.mail.settings import SmtpSettings
from monitor.mail.smtp import SmtpTransport
from monitor.mail.transport import open_transport
from tests.fakes.smtp_server import Script, free_port, smtp_server
from tests.mail.samples import mail_settings

MESSAGE = b"Subject: Hello\r\n\r\n.leading dot\r\n..two\r\n.\r\nend\r\n"


def smtp(port: int, **changes) -> SmtpSettings:
    words = {"host": "127.0.0.1", "port": port, "tls": "none", "timeout": timedelta(seconds=5)}
    return SmtpSettings(**{**words, **changes})


def send(transport: SmtpTransport, recipient: str = "ada@example.org") -> str:
    return transport.send(sender="alerts@example.org", recipient=recipient, message=MESSAGE)


def refusal(script: Script) -> DeliveryError:
    with smtp_server(script) as port:
        transport = SmtpTransport(smtp(port))
        with pytest.raises(DeliveryError) as caught:
            send(transport)
        transport.close()
    assert script.got == []
    return caught.value


def test_a_message_arrives_byte_for_byte_and_the_answer_is_kept():
    script = Script()
    with (
        smtp_server(script) as port,
        open_transport(mail_settings(transport="smtp", smtp=smtp(port))) as transport,
    ):
        assert transport.send(sender="a@example.org", recipient="b@example.org", message=MESSAGE) == (
            "250 2.0.0 queued as 42"
        )
    assert script.got == [("a@example.org", ["b@example.org"], MESSAGE)]


def test_one_connection_carries_many_mails():
    script = Script()
    with smtp_server(script) as port:
        transport = SmtpTransport(smtp(port))
        for number in range(5):
            send(transport, f"reader-{number}@example.org")
        transport.close()
    assert (len(script.got), script.connections) == (5, 1)


@pytest.mark.parametrize(
    ("stage", "answer", "transient", "whole_run"),
    [
        ("hello", "421 go away", True, True),
        ("hello", "554 go away for ever", False, True),
        ("mail", "421 closing", True, False),
        ("mail", "451 try later", True, False),
        ("mail", "550 sender refused", False, True),
        ("rcpt", "421 closing", True, False),
        ("rcpt", "450 4.2.1 greylisted", True, False),
        ("rcpt", "452 full", True, False),
        ("rcpt", "550 5.1.1 no such user", False, False),
        ("rcpt", "550 5.7.1 you are on a list", False, True),
        ("data", "451 try later", True, False),
        ("data", "452 4.3.1 full", True, False),
        ("data", "552 too large", False, False),
        ("data", "554 5.7.1 policy", False, True),
    ],
)
def test_each_refusal_is_read_as_what_it_means(stage, answer, transient, whole_run):
    error = refusal(Script(**{stage: answer}))
    assert (error.code, error.transient, error.whole_run, error.unsure) == (
        int(answer[:3]), transient, whole_run, False,
    )  # fmt: skip
    assert ("ada@example.org" in str(error)) != whole_run


@pytest.mark.parametrize("stage", ["mail", "rcpt", "data"])
def test_after_a_refusal_the_next_mail_goes_through(stage):
    script = Script(**{stage: "450 not now"}, once=True)
    with smtp_server(script) as port:
        transport = SmtpTransport(smtp(port))
        with pytest.raises(DeliveryError):
            send(transport)
        send(transport)
        transport.close()
    assert (len(script.got), script.connections) == (1, 1)


def test_a_lost_answer_leaves_us_unsure_and_the_next_mail_finds_a_new_connection():
    script = Script(lose_answer=True)
    with smtp_server(script) as port:
        transport = SmtpTransport(smtp(port))
        with pytest.raises(DeliveryError) as caught:
            send(transport)
        send(transport, "bob@example.org")
        transport.close()
    assert caught.value.unsure
    assert (len(script.got), script.connections) == (2, 2)


def test_a_server_that_hangs_up_before_the_message_did_not_get_it():
    error = refusal(Script(hang_up_at_rcpt=True))
    assert (error.unsure, error.transient, error.whole_run) == (False, True, False)


def test_a_kept_connection_that_went_stale_is_opened_again_without_a_word():
    script = Script()
    port = free_port()
    with socket.create_server(("127.0.0.1", port)) as listener:
        thread = threading.Thread(target=_serve_one_mail_a_connection, args=(listener, script), daemon=True)
        thread.start()
        transport = SmtpTransport(smtp(port))
        send(transport)
        send(transport, "bob@example.org")
        transport.close()
        thread.join(5)
    assert script.connections == 2


def _serve_one_mail_a_connection(listener: socket.socket, script: Script) -> None:
    """The narrowest server there is: takes one message, then closes the connection without a goodbye."""
    for _ in range(2):
        client, _ = listener.accept()
        script.connections += 1
        with client, client.makefile("rwb", buffering=0) as line:
            line.write(b"220 hello\r\n")
            for answer in (b"250 hello\r\n", b"250 sender\r\n", b"250 recipient\r\n", b"354 go on\r\n"):
                line.readline()
                line.write(answer)
            while line.readline() != b".\r\n":
                pass
            line.write(b"250 taken\r\n")


def test_silence_after_the_final_dot_is_unsure():
    port = free_port()
    done = threading.Event()

    def serve(listener: socket.socket) -> None:
        client, _ = listener.accept()
        with client, client.makefile("rwb", buffering=0) as line:
            line.write(b"220 hello\r\n")
            for answer in (b"250 hello\r\n", b"250 sender\r\n", b"250 recipient\r\n", b"354 go on\r\n"):
                line.readline()
                line.write(answer)
            done.wait(5)

    with socket.create_server(("127.0.0.1", port)) as listener:
        thread = threading.Thread(target=serve, args=(listener,), daemon=True)
        thread.start()
        with pytest.raises(DeliveryError) as caught:
            send(SmtpTransport(smtp(port, answer_timeout=timedelta(seconds=0.1))))
        done.set()
        thread.join(5)
    assert caught.value.unsure


def test_a_server_that_is_not_there_stops_the_run_for_now():
    with pytest.raises(DeliveryError, match="cannot be reached") as caught:
        send(SmtpTransport(smtp(free_port())))
    assert (caught.value.transient, caught.value.whole_run) == (True, True)


def test_a_wrong_password_stops_the_run_and_is_not_repeated_in_the_error():
    script = Script()
    with smtp_server(script, password="right") as port:
        with pytest.raises(DeliveryError) as caught:
            send(SmtpTransport(smtp(port, username="monitor", password="wr0ng-secret")))
        transport = SmtpTransport(smtp(port, username="monitor", password="right"))
        send(transport)
        transport.close()
    assert (caught.value.code, caught.value.transient, caught.value.whole_run) == (535, False, True)
    assert "wr0ng-secret" not in str(caught.value)
    assert "wr0ng-secret" not in repr(smtp(1, password="wr0ng-secret"))
    assert len(script.got) == 1


def test_a_fault_of_ours_names_no_reader_for_it_is_told_and_logged():
    script = Script(rcpt="554 5.7.1 <ADA@example.org>: Relay access denied")
    fault = refusal(script)
    assert fault.whole_run
    assert "Relay access denied" in str(fault)
    assert "ada@" not in str(fault).lower()
    assert fault.address == "ada@example.org"


def test_without_starttls_on_offer_nothing_is_sent_in_the_clear():
    with smtp_server(Script()) as port, pytest.raises(DeliveryError, match="no safe way") as caught:
        send(SmtpTransport(smtp(port, tls="starttls")))
    assert (caught.value.transient, caught.value.whole_run) == (False, True)


def test_mail_in_the_clear_is_for_this_machine_only():
    with pytest.raises(MailError, match="this machine only"):
        SmtpTransport(smtp(25, host="smtp.example.org"))
    assert SmtpTransport(smtp(25, host="localhost")) is not None


def test_the_smtp_transport_asks_for_its_section():
    with pytest.raises(MailError, match=r"\[mail.smtp\]"), open_transport(mail_settings(transport="smtp")):
        pass


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_encryption_is_used_and_an_unknown_certificate_refused(certificate, tls):
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    trusting = ssl.create_default_context(cafile=str(certificate / "cert.pem"))
    script = Script()
    with smtp_server(script, tls=server, implicit=tls == "implicit") as port:
        transport = SmtpTransport(smtp(port, tls=tls), tls_context=trusting)
        send(transport)
        transport.close()
        with pytest.raises(DeliveryError, match="no safe way") as caught:
            send(SmtpTransport(smtp(port, tls=tls)))
    assert (caught.value.transient, caught.value.whole_run) == (False, True)
    assert len(script.got) == 1
