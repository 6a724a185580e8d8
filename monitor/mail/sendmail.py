"""Mail through the machine's own mail system: the `sendmail` command that Postfix, Exim and OpenSMTPD all bring."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from monitor.errors import DeliveryError

TIMEOUT_S = 60.0


class SendmailTransport:
    """Runs `sendmail -i -f SENDER -- RECIPIENT` for each mail. The queue behind it retries; ours only hands over."""

    def __init__(self, command: Path, *, timeout_s: float = TIMEOUT_S) -> None:
        self._command = command
        self._timeout_s = timeout_s

    def send(
        self, *, sender: str, recipient: str, message: bytes, before_data: Callable[[], None] = lambda: None
    ) -> str:
        """Hand one message over. Raises DeliveryError by the exit code (sysexits.h)."""
        # -i: a line with a single dot does not end the message. LF: the command's convention.
        arguments = [str(self._command), "-i", "-f", sender, "--", recipient]
        before_data()
        try:
            done = subprocess.run(
                arguments,
                input=message.replace(b"\r\n", b"\n"),
                capture_output=True,
                timeout=self._timeout_s,
                check=False,
            )
        except subprocess.TimeoutExpired as cause:
            raise DeliveryError(
                f"{self._command} did not answer in time", address=recipient, unsure=True, cause=cause
            ) from cause
        except OSError as cause:
            raise DeliveryError(
                f"{self._command} cannot be run", address=recipient, whole_run=True, cause=cause
            ) from cause
        if done.returncode == os.EX_OK:
            return "handed to sendmail"
        said = done.stderr.decode("utf-8", "replace").strip()[:300]
        raise DeliveryError(
            f"sendmail refused with exit code {done.returncode}",
            address=recipient,
            code=done.returncode,
            bad_recipient=done.returncode in (os.EX_NOUSER, os.EX_NOHOST),
            transient=done.returncode in (os.EX_TEMPFAIL, os.EX_OSERR, os.EX_IOERR, os.EX_UNAVAILABLE),
            whole_run=done.returncode not in (os.EX_TEMPFAIL, os.EX_NOUSER, os.EX_NOHOST, os.EX_DATAERR),
            cause=said,
        )

    def close(self) -> None:
        """Nothing is kept open."""
