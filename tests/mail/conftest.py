"""What tests of mail may ask for."""

from __future__ import annotations

import shutil
import subprocess

import pytest


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """A certificate for 127.0.0.1 that signs itself, made here so that no key lies in the repository."""
    command = shutil.which("openssl")
    if command is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("tls")
    arguments = "req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=127.0.0.1"
    subprocess.run(
        [command, *arguments.split(), "-addext", "subjectAltName=IP:127.0.0.1"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    return folder
