"""The schedule, with the real scheduler and the real clock: seconds stand for hours."""

import logging
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from apscheduler.triggers.cron import CronTrigger

from etl.crontab import cron_trigger, following
from etl.schedule import Rounds, keep_running, run_on

ROOT = Path(__file__).resolve().parents[2]
SECOND = timedelta(seconds=1)


class Diary:
    """A run that notes when it began and ended; the schedule is stopped when it tells what comes after `most`
    runs, or when it has told the next time `tells` times."""

    def __init__(self, most: int, does: Callable[[int], int] = lambda _: 0, *, tells: int = 0) -> None:
        self.most, self.does, self.tells = most, does, tells
        self.stop = threading.Event()
        self.at_work = self.together = self.runs = 0
        self.told: list[datetime | None] = []
        self.beats: list[tuple[bool, str]] = []

    def run(self, stop: threading.Event) -> int:
        assert stop is self.stop
        self.at_work += 1
        self.together = max(self.together, self.at_work)
        self.runs += 1
        try:
            return self.does(self.runs)
        finally:
            self.at_work -= 1

    def tell(self, moment: datetime | None) -> None:
        self.told.append(moment)
        if self.runs >= self.most or len(self.told) == self.tells:
            self.stop.set()

    def follow(
        self,
        trigger: CronTrigger | None = None,
        *,
        grace_s: int = 60,
        at_start: bool = False,
        last_began: datetime | None = None,
    ) -> int:
        every_second = CronTrigger(second="*", timezone=UTC)
        rounds = Rounds(
            trigger or every_second,
            self.run,
            self.tell,
            lambda good, words: self.beats.append((good, words)),
            self.stop,
        )
        return run_on(rounds, grace_s, at_start=at_start, last_began=last_began, stop_wait_s=60)


def test_it_runs_again_and_again_and_tells_the_next_time() -> None:
    diary = Diary(3)
    began = datetime.now(UTC)
    assert diary.follow() == 0
    assert diary.runs == 3
    assert datetime.now(UTC) - began >= timedelta(seconds=2), "three whole seconds lie as far apart"
    times, end = diary.told[:-1], diary.told[-1]
    assert end is None, "a schedule that has ended has no next time"
    assert all(time is not None and time > began for time in times)
    assert times == sorted(times, key=lambda time: time or began)
    assert [good for good, _ in diary.beats] == [True] * 3


def test_one_run_at_a_time_and_what_it_overran_is_made_up_for_once(caplog: pytest.LogCaptureFixture) -> None:
    diary = Diary(2, lambda n: time.sleep(2.3 if n == 1 else 0) or 0)
    assert diary.follow(at_start=True) == 0
    assert (diary.runs, diary.together) == (2, 1)
    assert "times of the schedule were missed; this one run makes up for them" in caplog.text


def test_what_was_overrun_by_more_than_the_grace_time_is_skipped(caplog: pytest.LogCaptureFixture) -> None:
    once_a_minute = CronTrigger(second=(datetime.now(UTC).second + 2) % 60, timezone=UTC)

    def overruns(_: int) -> int:
        """Last until the next time has gone by for longer than the grace time."""
        coming = following(once_a_minute, datetime.now(UTC))
        assert coming is not None
        while datetime.now(UTC) < coming + 2.5 * SECOND:
            time.sleep(0.05)
        return 0

    diary = Diary(2, overruns, tells=4)  # at the start, around the run, and what comes after the skipped time
    assert diary.follow(once_a_minute, grace_s=1, at_start=True) == 0
    assert "longer ago than the grace time, so skipped" in caplog.text
    assert diary.runs == 1


def test_a_run_that_raises_is_reported_and_the_schedule_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    def does(n: int) -> int:
        if n == 1:
            raise RuntimeError("the disk is on fire")
        if n == 2:
            raise SystemExit(6)
        return 0

    diary = Diary(3, does)
    with caplog.at_level(logging.INFO):
        assert diary.follow() == 0
    assert [good for good, _ in diary.beats] == [False, False, True]
    assert "exit code 6" in diary.beats[1][1]
    assert "the disk is on fire" in caplog.text
    assert "the run broke off; the schedule goes on" in caplog.text


@pytest.mark.parametrize(
    ("code", "beats"), [(0, [True]), (4, [True]), (1, [False]), (5, [False]), (6, [False]), (3, [])]
)
def test_which_runs_count_as_good(code: int, beats: list[bool]) -> None:
    diary = Diary(1, lambda _: code)
    assert diary.follow(cron_trigger("0 0 1 1 *"), at_start=True) == 0
    assert [good for good, _ in diary.beats] == beats


def test_a_run_cut_short_sends_no_heartbeat() -> None:
    diary = Diary(1)
    diary.does = lambda _: diary.stop.set() or 1
    assert diary.follow(at_start=True) == 0
    assert (diary.runs, diary.beats) == (1, [])


@pytest.mark.parametrize(
    ("down_for", "grace_s", "runs", "said"),
    [
        (timedelta(minutes=5), 3600, 1, "5 times of the schedule were missed; this one run makes up"),
        (timedelta(minutes=1), 3600, 1, ""),
        (timedelta(seconds=0), 3600, 0, ""),
    ],
)
def test_times_missed_while_it_was_down_are_made_up_for_by_one_run(
    down_for: timedelta, grace_s: int, runs: int, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    if datetime.now(UTC).second > 40:
        time.sleep(60 - datetime.now(UTC).second)  # away from the turn of the minute
    diary = Diary(1)
    if not runs:
        threading.Timer(1.0, diary.stop.set).start()
    began = datetime.now(UTC) - down_for
    assert diary.follow(cron_trigger("* * * * *"), grace_s=grace_s, last_began=began) == 0
    assert diary.runs == runs
    assert said in caplog.text


def test_a_time_missed_longer_ago_than_the_grace_time_is_skipped_and_said(
    caplog: pytest.LogCaptureFixture,
) -> None:
    diary = Diary(1, tells=2)
    month = (datetime.now(UTC).month + 5) % 12 + 1  # half a year ago and ahead
    trigger = cron_trigger(f"0 0 1 {month} *")
    last = datetime.now(UTC) - timedelta(days=365)
    assert diary.follow(trigger, grace_s=3600, last_began=last) == 0
    assert diary.runs == 0
    assert "1 time of the schedule missed, the latest at" in caplog.text
    assert diary.told[-2] is not None
    assert diary.told[-2] > datetime.now(UTC)


def test_a_last_run_in_the_future_is_a_clock_set_back_and_nothing_to_make_up_for() -> None:
    diary = Diary(1)
    assert diary.follow(last_began=datetime.now(UTC) + timedelta(days=30)) == 0
    assert diary.runs == 1, "the schedule doesn't wait for that day"


def test_a_status_that_cannot_be_written_does_not_end_the_schedule(caplog: pytest.LogCaptureFixture) -> None:
    diary = Diary(2)

    def full(_: datetime | None) -> None:
        if diary.runs >= diary.most:
            diary.stop.set()
        raise OSError("no space left on device")

    diary.tell = full  # type: ignore[method-assign]
    assert diary.follow() == 0
    assert diary.runs == 2
    assert "no space left on device" in caplog.text


def test_a_wrong_schedule_is_said_and_runs_nothing(caplog: pytest.LogCaptureFixture) -> None:
    diary = Diary(1)
    code = keep_running(
        "15 */6 * *",
        diary.run,
        jitter_s=0,
        grace_s=60,
        tell=diary.tell,
        heartbeat=None,
        stop=diary.stop,
        at_start=True,
    )
    assert (code, diary.runs, diary.told) == (2, 0, [])
    assert "has 4 field(s); five are needed" in caplog.text


def test_a_stop_that_came_before_the_start_runs_nothing() -> None:
    diary = Diary(1)
    diary.stop.set()
    assert (diary.follow(at_start=True), diary.runs) == (0, 0)


PROGRAM = textwrap.dedent(
    """
    import logging, sys, threading, time
    from etl.schedule import keep_running
    def run(stop):
        print("began", flush=True)
        if sys.argv[1] == "deaf":
            time.sleep(600)
        stop.wait(600)
        time.sleep(0.3)
        print("came to a safe end", flush=True)
        return 0
    def tell(moment):
        print("next", moment, flush=True)
    logging.basicConfig(level=logging.INFO)
    sys.exit(keep_running("0 0 1 1 *", run, jitter_s=0, grace_s=60, tell=tell, heartbeat=None,
                          stop=threading.Event(), at_start=True, stop_wait_s=float(sys.argv[2])))
    """
)


def start(*arguments: str) -> subprocess.Popen[str]:
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    until(program, "began")
    return program


def until(program: "subprocess.Popen[str]", words: str) -> None:
    assert program.stdout is not None
    for line in program.stdout:
        if words in line:
            return
    raise AssertionError(f"{words!r} was never said")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_lets_the_run_in_hand_come_to_its_safe_end(number: signal.Signals) -> None:
    program = start("listens", "60")
    program.send_signal(number)
    output, _ = program.communicate(timeout=120)
    assert program.returncode == 0
    said = [line for line in output.splitlines() if not line.startswith("INFO")]
    assert said[-2:] == ["came to a safe end", "next None"]


def test_a_run_that_does_not_end_is_waited_for_only_so_long() -> None:
    program = start("deaf", "0.5")
    program.send_signal(signal.SIGTERM)
    output, _ = program.communicate(timeout=120)
    assert program.returncode == 1
    assert "came to a safe end" not in output
    assert "the run in hand did not end within 0 s" in output


def test_a_second_signal_is_not_kept_waiting() -> None:
    program = start("deaf", "600")
    program.send_signal(signal.SIGTERM)
    until(program, "brought to a safe end")  # two signals that come at once are one
    program.send_signal(signal.SIGTERM)
    output, _ = program.communicate(timeout=120)
    assert program.returncode == 1
    assert "came to a safe end" not in output
