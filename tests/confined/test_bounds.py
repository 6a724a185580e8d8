"""What a confined process cannot do any more; each tried in a process of its own."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
TRY = """
import json, os, sys, tempfile
from monitor.confined.bounds import MB, Bounds, confine, leave_the_network
pen = os.dup(1)
left = leave_the_network()
import socket
secret = os.open(sys.argv[1], os.O_RDONLY)
confine(Bounds(seconds=5, memory=200 * MB, answer=MB), keep=pen)
found = {}

def attempt(name, act):
    try:
        act()
        found[name] = "done"
    except (OSError, MemoryError) as error:
        found[name] = type(error).__name__

attempt("others' files", lambda: os.read(secret, 1))
attempt("write", lambda: os.write(os.open(sys.argv[1] + ".new", os.O_CREAT | os.O_WRONLY), b"x"))
attempt("memory", lambda: bytearray(300 * MB))
attempt("files", lambda: [os.open(os.devnull, os.O_RDONLY) for _ in range(100)])
for descriptor in range(3, 60):
    if descriptor != pen:
        try:
            os.close(descriptor)
        except OSError:
            continue
if left:
    attempt("network", lambda: socket.create_connection(("127.0.0.1", int(sys.argv[2])), 2))
os.write(pen, json.dumps(found).encode())
"""


@pytest.fixture(scope="module")
def attempts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("confined")
    (folder / "secret").write_text("secret")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-c", TRY, str(folder / "secret"), port],
            capture_output=True,
            cwd=TOP,
            check=True,
            timeout=60,
        )
    found: dict[str, str] = json.loads(done.stdout)
    return found


def test_it_cannot_write_a_file(attempts: dict[str, str]) -> None:
    assert attempts["write"] == "OSError"


def test_it_cannot_have_more_memory(attempts: dict[str, str]) -> None:
    assert attempts["memory"] == "MemoryError"


def test_it_cannot_open_many_files(attempts: dict[str, str]) -> None:
    assert attempts["files"] == "OSError"


def test_it_has_lost_the_files_that_were_open(attempts: dict[str, str]) -> None:
    assert attempts["others' files"] == "OSError"


def test_it_cannot_reach_the_network(attempts: dict[str, str]) -> None:
    if "network" not in attempts:
        pytest.skip("this kernel does not let an ordinary user leave the network")
    assert attempts["network"] in ("OSError", "ConnectionRefusedError")
