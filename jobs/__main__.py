"""The worker: APScheduler wakes one job after another until it is told to stop. `python -m jobs` is `monitor run`."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from jobs import check, deliver, digest, poll, tidy
from jobs.signals import Flag, reload_on_hangup, stop_on_signals
from monitor.app import App, open_app, read_config
from monitor.config import differences
from monitor.errors import MonitorError

_log = logging.getLogger("monitor.jobs")
_BEAT_SECONDS = {poll: 30, digest: 30, check: 300, deliver: 30, tidy: 6 * 3600}
_GLANCE_SECONDS = 0.5

Tell = Callable[[str], None]
"""Says something to whoever started the worker."""


@dataclass(slots=True)
class _Shift:
    """The program that is at work; another takes its place when the config is read anew."""

    app: App
    stopping: Flag
    tell: Tell
    surprises: list[BaseException] = field(default_factory=list)

    def guarded(self, name: str, run: Callable[[App], None]) -> Callable[[], None]:
        """A job whose expected trouble is logged, and tried again at the next beat; a surprise is kept and stops the worker."""

        def act() -> None:
            if self.stopping.is_set():
                return
            try:
                run(self.app)
            except MonitorError as error:
                _log.error("%s: %s", name, error)
            except BaseException as surprise:
                self.surprises.append(surprise)
                self.stopping.set()

        return act

    def reload(self, app: App) -> None:
        """Take the config as it stands now, all of it, and ask new feeds at once; where that cannot be, say why and go on as
        before.
        """
        path = app.config.path
        try:
            self.app = app.reloaded()
        except MonitorError as error:
            self.app = replace(app, refused=str(error).partition("\n")[0])
            _log.error("%s was not taken, and the monitor goes on as it was:\n%s", path, error)
            return
        self.tell(f"monitor: {path} is taken: {differences(app.config, self.app.config).words or 'nothing is new'}")
        poll.run(self.app)


def work(app: App, stopping: Flag, asked: Flag, tell: Tell) -> None:
    """Wake every job at once, then on its beat, one at a time in one thread, until `stopping` is set; finish what is begun.

    A job that was late is run once when it can be (coalesced, without grace): which work is due, the database knows.
    When `asked` is set the config is read anew, between two jobs. A surprise stops the worker and is raised here, so that
    whoever keeps it alive sees it fail.
    """
    from apscheduler.executors.pool import ThreadPoolExecutor
    from apscheduler.schedulers.background import BackgroundScheduler

    scheduler = BackgroundScheduler(
        executors={"default": ThreadPoolExecutor(1)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        timezone=app.readership.schedule.timezone,
    )
    shift = _Shift(app, stopping, tell)
    for job, seconds in _BEAT_SECONDS.items():
        act = shift.guarded(job.__name__.rpartition(".")[2], job.run)
        act()
        scheduler.add_job(act, "interval", seconds=seconds)
    scheduler.start()
    try:
        while not stopping.wait(_GLANCE_SECONDS):
            if asked.is_set():
                asked.clear()
                scheduler.add_job(shift.guarded("reload", shift.reload))
    finally:
        scheduler.shutdown(wait=True)
    if shift.surprises:
        raise shift.surprises[0]


def main() -> int:
    """Work with the config that holds here. Returns the exit code."""
    try:
        config = read_config(None, cwd=Path.cwd(), home=Path.home())
        with (
            stop_on_signals() as stopping,
            reload_on_hangup() as asked,
            open_app(config, is_stopping=stopping.is_set) as app,
        ):
            work(app, stopping, asked, tell=lambda message: print(message, file=sys.stderr))
    except MonitorError as error:
        print(f"monitor: {error}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
