"""The mail doctor, with a name system of our own."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime

import pytest

from monitor.errors import DeliveryError
from monitor.mail.doctor import examine_mail, examine_way, send_test
from monitor.mail.settings import SmtpSettings
from tests.fakes.smtp_server import Script, free_port, smtp_server
from tests.mail.outboxes import Counter
from tests.mail.samples import NOW, mail_settings

GOOD = {
    ("example.org", "TXT"): ["unrelated=1", "v=spf1 mx include:_spf.example.net -all"],
    ("k1._domainkey.example.org", "TXT"): ["v=DKIM1; k=rsa; p=MIGf"],
    ("_dmarc.example.org", "TXT"): ["v=DMARC1; p=quarantine; rua=mailto:d@example.org"],
    ("example.org", "MX"): ["10 mx.example.org"],
    ("smtp.example.org", "A"): ["1.2.3.4"],
    ("1.2.3.4", "PTR"): ["smtp.example.org"],
}
SETTINGS = mail_settings(transport="smtp", smtp=SmtpSettings("smtp.example.org"))


class Names:
    """A resolver that knows what it was told; `silent` answers nothing at all."""

    def __init__(self, answers, *, silent: bool = False) -> None:
        self._answers, self._silent = answers, silent

    def ask(self, name, kind):
        if self._silent:
            raise OSError(f"no answer about {name}")
        return self._answers.get((name, kind), [])


def verdicts(changes=None, **options) -> dict[str, tuple[str, str]]:
    findings = examine_mail(SETTINGS, Names(GOOD | (changes or {}), **options), selectors=["k1"])
    return {finding.subject: (finding.verdict, finding.said) for finding in findings}


def test_a_healthy_domain_is_found_well():
    assert {subject: verdict for subject, (verdict, _) in verdicts().items()} == dict.fromkeys(
        ("SPF", "DKIM k1", "DMARC", "MX", "PTR"), "well"
    )


@pytest.mark.parametrize(
    ("subject", "where", "answers", "verdict", "said"),
    [
        ("SPF", ("example.org", "TXT"), [], "wrong", "publish a TXT record"),
        ("SPF", ("example.org", "TXT"), ["v=spf1 -all", "v=spf1 mx -all"], "wrong", "2 SPF records"),
        ("SPF", ("example.org", "TXT"), ["v=spf1 +all"], "wrong", "anybody may send"),
        ("SPF", ("example.org", "TXT"), ["v=spf1 mx ?all"], "doubtful", "forbids nobody"),
        (
            "SPF",
            ("example.org", "TXT"),
            ["v=spf1 " + "include:x.org " * 9 + "a/24 mx:y.org -all"],
            "wrong",
            "11 look-ups",
        ),
        ("SPF", ("example.org", "TXT"), ["v=spf10 -all"], "wrong", "publish"),
        ("DKIM k1", ("k1._domainkey.example.org", "TXT"), [], "wrong", "there is no key"),
        ("DKIM k1", ("k1._domainkey.example.org", "TXT"), ["v=DKIM1; p="], "wrong", "revoked"),
        ("DKIM k1", ("k1._domainkey.example.org", "TXT"), ["v=DKIM1; t=y:s; p=MIGf"], "doubtful", "test"),
        ("DMARC", ("_dmarc.example.org", "TXT"), [], "wrong", "_dmarc.example.org"),
        ("DMARC", ("_dmarc.example.org", "TXT"), ["v=DMARC1; p=none"], "doubtful", "p=none"),
        ("MX", ("example.org", "MX"), [], "wrong", "takes no mail"),
        ("PTR", ("1.2.3.4", "PTR"), ["other.example.net"], "doubtful", "leads back"),
        ("PTR", ("smtp.example.org", "A"), ["10.0.0.7"], "unknown", "your own network"),
        ("PTR", ("smtp.example.org", "A"), [], "wrong", "no address"),
    ],
)
def test_each_ailment_is_named_with_its_remedy(subject, where, answers, verdict, said):
    found = verdicts({where: answers})[subject]
    assert found[0] == verdict
    assert said in found[1]


def test_silence_is_no_verdict():
    assert {verdict for verdict, _ in verdicts(silent=True).values()} == {"unknown"}


def way_out(settings, now=NOW, **options) -> dict[str, tuple[str, str]]:
    return {one.subject: (one.verdict, one.said) for one in examine_way(settings, now, **options)}


def test_a_mail_server_is_asked_to_let_us_in_and_sent_nothing():
    script = Script()
    with smtp_server(script, password="right") as port:
        for password, verdict in (("right", "well"), ("wrong", "wrong")):
            way = SmtpSettings("127.0.0.1", port, "none", username="monitor", password=password)
            assert way_out(mail_settings(transport="smtp", smtp=way))["SMTP"][0] == verdict
    assert script.got == []
    closed = mail_settings(transport="smtp", smtp=SmtpSettings("127.0.0.1", free_port(), "none"))
    assert "cannot be reached" in way_out(closed)["SMTP"][1]
    assert way_out(mail_settings(transport="smtp"))["SMTP"][0] == "wrong"


def test_a_certificate_that_ends_soon_is_doubtful(certificate):
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    trusting = ssl.create_default_context(cafile=str(certificate / "cert.pem"))
    with smtp_server(Script(), tls=server) as port:
        settings = mail_settings(transport="smtp", smtp=SmtpSettings("127.0.0.1", port))
        # It is good for two days from when the tests are run: far from NOW, and past in a hundred years.
        far, near = (way_out(settings, NOW.replace(year=year), tls_context=trusting) for year in (2024, 2124))
    assert (far["SMTP"][0], far["certificate"][0]) == ("well", "well")
    assert near["certificate"][0] == "doubtful"


def test_the_other_ways_out_are_looked_at_too(tmp_path):
    assert way_out(mail_settings(tmp_path / "new" / "folder"))["folder"][0] == "well"
    assert way_out(mail_settings(transport="stdout"))["stdout"][0] == "well"
    missing = mail_settings(transport="sendmail", sendmail=tmp_path / "sendmail")
    assert way_out(missing)["sendmail"][0] == "wrong"
    (tmp_path / "sendmail").touch(mode=0o700)
    assert way_out(missing)["sendmail"][0] == "well"


def test_a_test_message_goes_past_the_outbox_and_the_answer_is_told():
    now, way = datetime(2024, 12, 10, tzinfo=UTC), Counter()
    finding = send_test(way, SETTINGS, "ops@example.org", now)
    assert (finding.verdict, finding.said, way.taken) == ("well", "250 taken", ["ops@example.org"])
    refusing = Counter(lambda address: DeliveryError("no", address=address))
    assert send_test(refusing, SETTINGS, "ops@example.org", now).verdict == "wrong"
