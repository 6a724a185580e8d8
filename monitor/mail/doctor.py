"""The mail doctor: whether the world has reason to believe mail from us. SPF, DKIM, DMARC, PTR, and the way out.

The resolver is handed in, so that it can be faked; `SystemResolver` asks the real one.
"""

from __future__ import annotations

import ipaddress
import os
import re
import ssl
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Literal, Protocol

import dns.exception
import dns.resolver
import dns.reversename

from monitor.errors import DeliveryError, MailError
from monitor.mail.address import ascii_address
from monitor.mail.headers import plain
from monitor.mail.letters import FaultWords, render_faults
from monitor.mail.message import compose_letter, message_id
from monitor.mail.settings import MailSettings
from monitor.mail.smtp import SmtpTransport
from monitor.mail.transport import Transport
from monitor.mail.wording import day
from monitor.model.finding import Finding, Verdict

_RENEWAL = timedelta(days=14)
_LOOKUPS = frozenset({"include", "a", "mx", "ptr", "exists", "redirect"})


class Resolver(Protocol):
    """Answers questions of the domain name system."""

    def ask(self, name: str, kind: Literal["TXT", "MX", "A", "AAAA", "PTR"]) -> list[str]:
        """The answers; none where the name has none. Raises OSError where nobody answers."""
        ...


class SystemResolver:
    """The resolver of this machine."""

    def ask(self, name: str, kind: Literal["TXT", "MX", "A", "AAAA", "PTR"]) -> list[str]:
        """The answers; none where the name has none. Raises OSError where nobody answers."""
        question = dns.reversename.from_address(name) if kind == "PTR" else name
        try:
            answer = dns.resolver.resolve(question, kind, lifetime=5)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except dns.exception.DNSException as cause:
            raise OSError(f"no answer about {name}") from cause
        if kind == "TXT":
            return [b"".join(record.strings).decode("utf-8", "replace") for record in answer]
        return [record.to_text().rstrip(".") for record in answer]


def examine_mail(settings: MailSettings, resolver: Resolver, *, selectors: Sequence[str] = ()) -> list[Finding]:
    """Look at the domain of the From address. `selectors` are the DKIM keys to look for."""
    domain = settings.domain
    findings = [
        _asked("SPF", partial(_spf, domain, resolver)),
        *(_asked(f"DKIM {selector}", partial(_dkim, selector, domain, resolver)) for selector in selectors),
        _asked("DMARC", partial(_dmarc, domain, resolver)),
        _asked("MX", partial(_mx, domain, resolver)),
    ]
    if not selectors:
        findings.append(Finding("DKIM", "unknown", "say which key your server signs with: --selector NAME"))
    if settings.smtp is not None:
        findings.append(_asked("PTR", partial(_ptr, settings.smtp.host, resolver)))
    return findings


def _asked(subject: str, look: Callable[[], tuple[Verdict, str]]) -> Finding:
    try:
        verdict, said = look()
    except OSError as error:
        return Finding(subject, "unknown", f"{error}; ask again later")
    return Finding(subject, verdict, plain(said, 400))


def _spf(domain: str, resolver: Resolver) -> tuple[Verdict, str]:
    """RFC 7208 §4.5: one record and no more; §4.6.4: ten look-ups and no more."""
    records = [text for text in resolver.ask(domain, "TXT") if text.lower().split(" ")[0] == "v=spf1"]
    if not records:
        return "wrong", f'{domain} says nobody may send for it; publish a TXT record such as "v=spf1 mx -all"'
    if len(records) > 1:
        return "wrong", f"{domain} has {len(records)} SPF records; more than one counts as none"
    lookups = sum(_needs_lookup(term.lstrip("+-~?")) for term in records[0].lower().split()[1:])
    if lookups > 10:
        return "wrong", f"{lookups} look-ups where ten are allowed; most servers give up"
    if records[0].lower().split()[-1] in ("+all", "all"):
        return "wrong", "it ends in +all: anybody may send in your name"
    if records[0].lower().split()[-1] not in ("-all", "~all") and "redirect=" not in records[0].lower():
        return "doubtful", 'it does not end in "-all" or "~all", so it forbids nobody'
    return "well", records[0]


def _needs_lookup(term: str) -> bool:
    return re.split("[:/=]", term, maxsplit=1)[0] in _LOOKUPS


def _dkim(selector: str, domain: str, resolver: Resolver) -> tuple[Verdict, str]:
    """RFC 6376 §3.6.1."""
    name = f"{selector}._domainkey.{domain}"
    records = resolver.ask(name, "TXT")
    if not records:
        return "wrong", f"there is no key at {name}"
    tags = _tags(records[0])
    if not tags.get("p"):
        return "wrong", f"the key at {name} is revoked or empty"
    if "y" in tags.get("t", "").split(":"):
        return "doubtful", "the key is marked as a test (t=y); servers may ignore it"
    return "well", f"a key at {name}"


def _dmarc(domain: str, resolver: Resolver) -> tuple[Verdict, str]:
    """RFC 7489 §6.3; a subdomain falls under the record of the domain above it."""
    above = domain.partition(".")[2]
    for name in (domain, above) if above.count(".") >= 1 else (domain,):
        records = [text for text in resolver.ask(f"_dmarc.{name}", "TXT") if text.lower().startswith("v=dmarc1")]
        if len(records) == 1:
            policy = _tags(records[0]).get("p", "").lower()
            if policy in ("quarantine", "reject"):
                return "well", records[0]
            return (
                "doubtful",
                f"p={policy or 'missing'}: nobody is asked to refuse forgeries; large providers want a policy",
            )
    return "wrong", f'publish a TXT record at _dmarc.{domain}, such as "v=DMARC1; p=quarantine"'


def _mx(domain: str, resolver: Resolver) -> tuple[Verdict, str]:
    if resolver.ask(domain, "MX") or resolver.ask(domain, "A") or resolver.ask(domain, "AAAA"):
        return "well", "answers and bounces find their way back"
    return "wrong", f"{domain} takes no mail: answers, stops and bounces are lost"


def _ptr(host: str, resolver: Resolver) -> tuple[Verdict, str]:
    """The name of the sending server's address must lead back to it; large providers refuse mail otherwise."""
    addresses = [host] if _is_address(host) else [*resolver.ask(host, "A"), *resolver.ask(host, "AAAA")]
    if not addresses:
        return "wrong", f"{host} has no address"
    if all(ipaddress.ip_address(address).is_private for address in addresses):
        return "unknown", f"{host} is within your own network; look at the server that faces the world"
    for address in addresses:
        for name in resolver.ask(address, "PTR"):
            if address in [*resolver.ask(name, "A"), *resolver.ask(name, "AAAA")]:
                return "well", f"{address} is {name}, and back"
    return "doubtful", f"no address of {host} has a name that leads back to it"


def examine_way(settings: MailSettings, now: datetime, *, tls_context: ssl.SSLContext | None = None) -> list[Finding]:
    """Whether the way out is open: the mail server lets us in, the folder can be written, sendmail can be run."""
    match settings.transport:
        case "smtp":
            return _log_in(settings, now, tls_context)
        case "sendmail":
            runs = os.access(settings.sendmail, os.X_OK)
            said = f"{settings.sendmail} {'can be run' if runs else 'cannot be run; install a mail system, or name its sendmail'}"
            return [Finding("sendmail", "well" if runs else "wrong", said)]
        case "folder":
            place = next(path for path in (settings.folder, *settings.folder.absolute().parents) if path.exists())
            opens = os.access(place, os.W_OK)
            said = (
                f"mails are written into {settings.folder}, and nobody is sent one"
                if opens
                else f"{place} cannot be written to"
            )
            return [Finding("folder", "well" if opens else "wrong", said)]
        case "stdout":
            return [Finding("stdout", "well", "mails are printed, and nobody is sent one")]


def _log_in(settings: MailSettings, now: datetime, tls_context: ssl.SSLContext | None) -> list[Finding]:
    try:
        way = SmtpTransport(settings.smtp, tls_context=tls_context)
        try:
            said, ends_at = way.log_in(), way.certificate_ends_at()
        finally:
            way.close()
    except MailError as error:
        return [Finding("SMTP", "wrong", str(error))]
    findings = [Finding("SMTP", "well", said)]
    if ends_at is not None:
        is_near = ends_at - now < _RENEWAL
        when = f"the mail server's ends on {day(ends_at.date())}"
        words = f"{when}; see that it is renewed, for no mail goes out without" if is_near else when
        findings.append(Finding("certificate", "doubtful" if is_near else "well", words))
    return findings


def send_test(transport: Transport, settings: MailSettings, recipient: str, now: datetime) -> Finding:
    """Send one real message to somebody, past the outbox, and say what the server answered."""
    said = [FaultWords("test message", "Nothing is wrong: this shows that mail arrives.", f"{now:%H:%M} UTC")]
    rendered = replace(render_faults(said, (), settings, now), subject="Monitor: test message")
    identity = message_id(f"test:{now.isoformat()}", 0, settings)
    message = compose_letter(rendered, identity=identity, recipient=recipient, settings=settings, now=now)
    try:
        answer = transport.send(sender=settings.from_address, recipient=ascii_address(recipient), message=message)
    except DeliveryError as error:
        return Finding("test message", "wrong", str(error))
    return Finding("test message", "well", answer)


def _tags(record: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in record.split(";"))
    return {name.strip().lower(): value.strip() for name, sign, value in pairs if sign}


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
