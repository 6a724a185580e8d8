"""The worker: APScheduler wakes one job after another until it is told to stop. `python -m jobs` is `monitor run`."""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from jobs import check, deliver, digest, poll, tidy
from monitor.app import App, open_app, read_config
from monitor.errors import MonitorError

_log = logging.getLogger("monitor.jobs")
_BEAT_SECONDS = {poll: 30, digest: 30, check: 300, deliver: 30, tidy: 6 * 3600}


@contextmanager
def stop_on_signals() -> Iterator[Event]:
    """An event that SIGTERM and SIGINT set; afterwards they do again what they did before."""
    stopping = Event()
    before = {number: signal.signal(number, lambda *_: stopping.set()) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stopping
    finally:
        for number, act in before.items():
            signal.signal(number, act)


def work(app: App, stopping: Event) -> None:
    """Wake every job at once, then on its beat, one at a time in one thread, until `stopping` is set; finish what is begun.

    A job that was late is run once when it can be (coalesced, without grace): which work is due, the database knows.
    A surprise stops the worker and is raised here, so that whoever keeps it alive sees it fail.
    """
    from apscheduler.executors.pool import ThreadPoolExecutor
    from apscheduler.schedulers.background import BackgroundScheduler

    scheduler = BackgroundScheduler(
        executors={"default": ThreadPoolExecutor(1)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        timezone=app.readership.schedule.timezone,
    )
    surprises: list[BaseException] = []
    for job, seconds in _BEAT_SECONDS.items():
        act = _guarded(job.__name__.rpartition(".")[2], job.run, app, stopping, surprises)
        act()
        scheduler.add_job(act, "interval", seconds=seconds)
    scheduler.start()
    try:
        stopping.wait()
    finally:
        scheduler.shutdown(wait=True)
    if surprises:
        raise surprises[0]


def _guarded(
    name: str, run: Callable[[App], None], app: App, stopping: Event, surprises: list[BaseException]
) -> Callable[[], None]:
    """A job whose expected trouble is logged, and tried again at the next beat; a surprise is kept and stops the worker."""

    def act() -> None:
        if stopping.is_set():
            return
        try:
            run(app)
        except MonitorError as error:
            _log.error("%s: %s", name, error)
        except BaseException as surprise:
            surprises.append(surprise)
            stopping.set()

    return act


def main() -> int:
    """Work with the config that holds here. Returns the exit code."""
    try:
        config = read_config(None, cwd=Path.cwd(), home=Path.home())
        with stop_on_signals() as stopping, open_app(config, is_stopping=stopping.is_set) as app:
            work(app, stopping)
    except MonitorError as error:
        print(f"monitor: {error}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
