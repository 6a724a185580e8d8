"""What tells the worker to stop or to read its config anew: signals, however many and however close together."""

from __future__ import annotations

import signal
import subprocess
import sys
from threading import Thread

from jobs.signals import Flag

LISTENER = """
from jobs.signals import reload_on_hangup, stop_on_signals
with stop_on_signals() as stopping, reload_on_hangup() as asked:
    print("ready", flush=True)
    while not stopping.wait(0.001):
        if asked.is_set():
            asked.clear()
print("stopped", flush=True)
"""


def test_a_storm_of_signals_is_survived_and_the_last_one_is_heard() -> None:
    with subprocess.Popen([sys.executable, "-c", LISTENER], stdout=subprocess.PIPE, text=True) as listener:
        assert listener.stdout is not None
        assert listener.stdout.readline() == "ready\n"
        try:
            for _ in range(5_000):
                listener.send_signal(signal.SIGHUP)
            listener.send_signal(signal.SIGTERM)
            out, _ = listener.communicate(timeout=30)
        finally:
            listener.kill()
    assert out == "stopped\n"


def test_a_flag_that_is_raised_wakes_who_waits() -> None:
    flag = Flag()
    Thread(target=flag.set).start()
    assert flag.wait(30)


def test_a_flag_that_nobody_raises_is_waited_for_so_long_and_no_longer() -> None:
    assert not Flag().wait(0.001)


def test_a_flag_that_was_lowered_is_not_raised_by_what_raised_it_before() -> None:
    flag = Flag()
    flag.set()
    flag.clear()
    assert not flag.wait(0.001)
    assert not flag.is_set()
