"""Keeps a refresh running on a schedule, for months, until it is told to stop.

    keep_running("15 */6 * * *", run, jitter_s=300, grace_s=3600, tell=..., heartbeat=..., stop=...)

- One run at a time: runs happen in the scheduler's own thread, so the next can't begin before one has ended.
- A time that was missed (the run before took long, the machine slept, the clock was set forward, or the
  program was down, where `last_began` tells when it last ran) is made up for by one run, however many were
  missed, while the latest of them is not older than the grace time. Older ones are skipped. Both are said.
- A run that raises is reported and the schedule goes on.
- SIGTERM and SIGINT set `stop`; the run in hand comes to its safe end, for which it has `stop_wait_s`
  seconds. A second signal doesn't wait.

Times are UTC unless told otherwise, so no run is lost or doubled where clocks change for summer.
"""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from apscheduler.events import (
    EVENT_JOB_MISSED,
    EVENT_SCHEDULER_STARTED,
    JobExecutionEvent,
)
from apscheduler.executors.debug import DebugExecutor
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger

from etl.crontab import ScheduleError, cron_trigger, following
from etl.heartbeat import GOOD, Heartbeat, report

log = logging.getLogger(__name__)

STOPPED, BROKEN, WRONG_SCHEDULE = 0, 1, 2
"""What `keep_running` returns: stopped as asked; a run in hand did not end in time, or the scheduler itself
broke (a service manager should start it again); the schedule can't be read."""

Run = Callable[[threading.Event], int]
Tell = Callable[[datetime | None], None]

_POLL_S = 0.2  # how late a signal may be noticed
_LOOK_AGAIN_S = 30.0  # a clock that was set forward, or a machine that slept, is noticed after this time
_MOST_COUNTED = 1000  # missed times; beyond that the exact number helps nobody


def keep_running(
    cron: str,
    run: Run,
    *,
    jitter_s: int,
    grace_s: int,
    tell: Tell,
    heartbeat: Heartbeat | None,
    stop: threading.Event,
    timezone: str = "UTC",
    at_start: bool = False,
    last_began: datetime | None = None,
    stop_wait_s: float = 60.0,
) -> int:
    """Run `run(stop)` at the times of `cron` until `stop` is set or a signal comes; return an exit code.

    `run` returns the exit code of a refresh. `tell` is given the next time (UTC, without the jitter) before
    and after each run, None at the end. `heartbeat` is called with whether a run was good and a sentence; not
    for a run that was cut short. `at_start` runs once at once. What `run`, `tell` or `heartbeat` raise is
    logged, never raised.
    """
    try:
        trigger = cron_trigger(cron, timezone=timezone, jitter_s=jitter_s)
    except ScheduleError as error:
        log.error("%s", error)  # noqa: TRY400  a sentence for people, no traceback
        return WRONG_SCHEDULE
    rounds = Rounds(trigger, run, tell, heartbeat, stop)
    return run_on(rounds, grace_s, at_start=at_start, last_began=last_began, stop_wait_s=stop_wait_s)


class Rounds:
    """The runs, one after the other, whatever becomes of each; `idle` is set between them."""

    def __init__(
        self, trigger: CronTrigger, run: Run, tell: Tell, heartbeat: Heartbeat | None, stop: threading.Event
    ) -> None:
        self.trigger, self.stop = trigger, stop
        self.idle = threading.Event()
        self.idle.set()
        self._run, self._tell, self._heartbeat = run, tell, heartbeat
        self._since = datetime.now(UTC)  # times up to here were run, made up for or skipped

    def begin(self, last_began: datetime | None) -> datetime:
        """Return the time from which the schedule is followed, at the latest now."""
        if last_began:
            aware = last_began if last_began.tzinfo else last_began.replace(tzinfo=UTC)
            self._since = min(aware, self._since)
        self.tell_next()
        return self._since

    def once(self) -> None:
        """One run; returns at once where `stop` is set. Never raises."""
        self.idle.clear()  # before the look at `stop`: who sets it and then sees idle knows that none begins
        try:
            if not self.stop.is_set():
                if (missed := self._missed()) > 1:
                    log.warning("%s were missed; this one run makes up for them", _times(missed))
                self.tell_next()
                self._report(*self._outcome())
                if not self.stop.is_set():
                    self.tell_next()
        finally:
            self.idle.set()

    def skip(self, event: JobExecutionEvent) -> None:
        """Say that a time passed so long ago that the schedule goes on with the next."""
        log.warning(
            "%s missed, the latest at %s: longer ago than the grace time, so skipped",
            _times(max(self._missed(), 1)),
            event.scheduled_run_time.astimezone(UTC).isoformat(timespec="seconds"),
        )
        self.tell_next()

    def tell_next(self) -> None:
        self.tell(following(self.trigger, datetime.now(UTC)))

    def tell(self, moment: datetime | None) -> None:
        try:
            self._tell(moment.astimezone(UTC) if moment else None)
        except Exception:
            log.exception("the time of the next run could not be noted; the schedule goes on")

    def _missed(self) -> int:
        """How many times of the schedule passed since the last look, the one now due included."""
        now, count = datetime.now(UTC), 0
        moment = following(self.trigger, self._since)
        while moment and moment <= now and count < _MOST_COUNTED:
            count += 1
            moment = following(self.trigger, moment)
        self._since = max(now, self._since)
        return count

    def _outcome(self) -> tuple[int, float]:
        """The exit code of a run and the seconds it took."""
        start = time.monotonic()
        try:
            code = self._run(self.stop)
        except SystemExit as leaving:
            code = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
        except Exception:
            log.exception("the run broke off; the schedule goes on")
            code = 1
        return code, time.monotonic() - start

    def _report(self, code: int, seconds: float) -> None:
        sentence = f"the run ended with exit code {code} after {seconds:.0f} s"
        log.log(logging.INFO if code in GOOD else logging.WARNING, "%s", sentence)
        if self._heartbeat and not self.stop.is_set():
            try:
                report(self._heartbeat, code, sentence)
            except Exception:
                log.exception("the heartbeat failed; the schedule goes on")


def run_on(
    rounds: Rounds, grace_s: int, *, at_start: bool, last_began: datetime | None, stop_wait_s: float
) -> int:
    """Follow the trigger of `rounds` until `stop` or a signal; see `keep_running`."""
    stop = rounds.stop
    if stop.is_set():
        return STOPPED
    logging.getLogger("apscheduler").setLevel(
        logging.CRITICAL
    )  # what it would say is said here in plain words
    with _signals() as asked:
        since = rounds.begin(last_began)
        scheduler = BlockingScheduler(timezone=UTC, executors={"default": DebugExecutor()})
        scheduler.add_listener(rounds.skip, EVENT_JOB_MISSED)
        started = threading.Event()
        scheduler.add_listener(lambda _: started.set(), EVENT_SCHEDULER_STARTED)
        scheduler.add_job(
            rounds.once,
            rounds.trigger,
            next_run_time=datetime.now(UTC) if at_start else rounds.trigger.get_next_fire_time(since, since),
            coalesce=True,
            misfire_grace_time=grace_s,
            max_instances=1,
        )
        # a daemon: a run that doesn't end must not keep the program from ending
        thread = threading.Thread(target=scheduler.start, name="schedule", daemon=True)
        thread.start()
        look = time.monotonic() + _LOOK_AGAIN_S
        while thread.is_alive() and not (asked or stop.wait(_POLL_S)):
            if time.monotonic() >= look:
                scheduler.wakeup()
                look = time.monotonic() + _LOOK_AGAIN_S
        broken = not thread.is_alive()
        stop.set()
        ended = _ends(rounds.idle, asked, stop_wait_s)
        if not ended:
            log.error(
                "the run in hand did not end within %.0f s; the next goes on from what it kept", stop_wait_s
            )
        elif not broken:
            started.wait()  # a signal may come sooner
            scheduler.shutdown(wait=False)
            thread.join()
        rounds.tell(None)
    if broken:
        log.error("the scheduler broke; start it again")
    return STOPPED if ended and not broken else BROKEN


def _ends(idle: threading.Event, asked: list[int], seconds: float) -> bool:
    """Whether the run in hand ends within the time; a second signal ends the waiting."""
    if not idle.is_set():
        log.info("stopping: the run in hand is brought to a safe end")
    until = time.monotonic() + seconds
    while not idle.wait(_POLL_S):
        if len(asked) > 1 or time.monotonic() >= until:
            return False
    return True


@contextmanager
def _signals() -> Iterator[list[int]]:
    """The signals to stop that came, in order. Only noted here: setting an event inside a handler could wait
    for a lock that the interrupted code holds. Elsewhere than in the main thread nothing is changed."""
    asked: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield asked
        return
    before = {
        number: signal.signal(number, lambda got, _: asked.append(got))
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)


def _times(number: int) -> str:
    many = "at least " if number >= _MOST_COUNTED else ""
    return f"{many}{number} time{'s' if number != 1 else ''} of the schedule"
