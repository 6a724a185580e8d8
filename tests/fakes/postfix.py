"""A Postfix of our own on a loopback port: a real mail server that delivers into one Maildir. Opt-in, for it needs root."""

from __future__ import annotations

import email.policy
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from pathlib import Path
from threading import Event

import pytest

needs_postfix = pytest.mark.skipif(
    shutil.which("postfix") is None or os.geteuid() != 0,
    reason="Postfix is not here, or this is not root; as root: apt-get install --no-install-recommends postfix",
)
_MAIN = """compatibility_level = 3.6
queue_directory = {home}/queue
data_directory = {home}/data
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.example.org
mydestination =
virtual_mailbox_domains = example.org
virtual_mailbox_base = {home}/boxes
virtual_mailbox_maps = regexp:{home}/conf/readers
virtual_uid_maps = static:{nobody}
virtual_gid_maps = static:{nobody}
smtpd_recipient_restrictions = reject_unlisted_recipient, reject_unauth_destination
smtpd_error_sleep_time = 0
smtpd_client_connection_rate_limit = 0
maillog_file = {home}/data/log
maillog_file_prefixes = {home}
"""
_MASTER = """127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""
_BEAT = Event()
_READERS = "/^reader-[0-9]+@example\\.org$/ all/\n"


@dataclass(frozen=True, slots=True)
class Postfix:
    """One that runs."""

    home: Path
    port: int

    def delivered(self) -> dict[str, Counter[bytes]]:
        """What each recipient got: how often each Message-ID. Waits until the queue is empty."""
        deadline = time.monotonic() + 120
        while any(path.is_file() for name in ("incoming", "active", "deferred") for path in self._queue(name)):
            assert time.monotonic() < deadline, "the queue of Postfix does not empty"
            _BEAT.wait(0.1)
        parser, found = BytesHeaderParser(policy=email.policy.compat32), defaultdict[str, Counter[bytes]](Counter)
        for path in (self.home / "boxes" / "all" / "new").iterdir():
            with path.open("rb") as file:
                head = parser.parse(file)
            found[str(head["X-Original-To"])][str(head["Message-ID"]).encode()] += 1
        return dict(found)

    def _queue(self, name: str) -> Iterator[Path]:
        return (self.home / "queue" / name).rglob("*")


@contextmanager
def running_postfix() -> Iterator[Postfix]:
    """An instance in a folder of its own; `bad-…` addresses are unknown to it."""
    home = Path(tempfile.mkdtemp(prefix="postfix-"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    postfix, nobody = pwd.getpwnam("postfix"), pwd.getpwnam("nobody")
    home.chmod(0o755)
    for name in ("conf", "queue", "data", "boxes"):
        (home / name).mkdir()
    os.chown(home / "data", postfix.pw_uid, postfix.pw_gid)
    os.chown(home / "boxes", nobody.pw_uid, nobody.pw_gid)
    for name, text in (("main.cf", _MAIN), ("master.cf", _MASTER), ("readers", _READERS)):
        (home / "conf" / name).write_text(
            text.format(home=home, port=port, nobody=nobody.pw_uid) if ".cf" in name else text
        )
    _command(home, "start")
    try:
        _wait_for(port)
        yield Postfix(home, port)
    finally:
        _command(home, "stop")
        shutil.rmtree(home, ignore_errors=True)


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        _BEAT.wait(0.1)
    raise AssertionError("Postfix does not listen")


def _command(home: Path, what: str) -> None:
    done = subprocess.run(
        ["postfix", "-c", str(home / "conf"), what], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
