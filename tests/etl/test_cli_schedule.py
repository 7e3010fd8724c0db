"""The command `schedule`: wrong usage, and a whole life from start to signal in a process of its own."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from etl.cli_refresh import _as_written, refresh_command
from etl.cli_schedule import Work, schedule_command
from tests.servers.loopback import Page, serving
from tests.servers.newsroom import START, Newsroom, ledger

ROOT = Path(__file__).resolve().parents[2]


def no_options(command: Callable[..., None]) -> Callable[..., None]:
    return command


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--cron", "15 */6 * *"], "has 4 field(s); five are needed"),
        (["--cron", "0 0 30 2 *"], "a time that never comes"),
        (["--jitter", "-1"], "-1 is not in the range"),
        (["--jitter", "21600"], "could be delayed past the next"),
        (["--grace", "0"], "0 is not in the range"),
        (["--heartbeat", "watch.example/1"], "must begin with https://"),
    ],
)
def test_wrong_usage_is_said_and_runs_nothing(arguments: list[str], said: str) -> None:
    def never() -> Work:
        raise AssertionError("something was run")

    result = CliRunner().invoke(schedule_command(no_options, never), arguments)
    assert result.exit_code == 2, result.output
    words = " ".join(result.output.replace("│", " ").split())
    assert said in words


PROGRAM = textwrap.dedent(
    """
    import sys, click
    from etl.cli_schedule import Work, schedule_command
    def make_work(source):
        def run(stop):
            print("refreshing", source, flush=True)
            if source == "deaf":
                import time; time.sleep(600)
            if source == "last":
                return 0
            if source == "broken":
                raise RuntimeError("the disk is on fire")
            stop.wait(600)
            print("safe end", flush=True)
            return 0
        return Work(run, lambda moment: print("next run", moment, flush=True))
    schedule_command(click.option("--source", default="all"), make_work)(prog_name="schedule")
    """
)


def started(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )


def until(program: subprocess.Popen[str], line: str) -> None:
    assert program.stdout is not None
    for said in program.stdout:
        if line in said:
            return
    raise AssertionError(f"{line!r} was never said")


def test_from_the_start_to_a_signal() -> None:
    program = started("--now-too", "--source", "sana")
    until(program, "refreshing sana")
    program.send_signal(signal.SIGTERM)
    output, _ = program.communicate(timeout=120)
    assert program.returncode == 0
    assert output.index("safe end") < output.index("next run None")


def test_it_waits_for_its_time_and_a_signal_ends_the_waiting() -> None:
    program = started()
    until(program, "next run 20")
    program.send_signal(signal.SIGINT)
    output, _ = program.communicate(timeout=120)
    assert program.returncode == 0
    assert "refreshing all" not in output


def test_a_run_that_does_not_end_is_left_at_the_second_signal() -> None:
    program = started("--now-too", "--source", "deaf")
    until(program, "refreshing deaf")
    program.send_signal(signal.SIGTERM)
    until(program, "brought to a safe end")
    program.send_signal(signal.SIGTERM)
    program.communicate(timeout=120)
    assert program.returncode == 1


def test_the_log_has_one_json_object_a_line() -> None:
    program = started("--now-too", "--source", "broken")
    lines = []
    for line in program.stdout:
        lines.append(line)
        if "exit code 1" in line:
            break
    program.terminate()
    program.communicate(timeout=120)
    told = [json.loads(line) for line in lines if line.startswith("{")]
    assert {one["event"] for one in told} == {"schedule"}
    assert all(datetime.fromisoformat(one["at"]).tzinfo for one in told)
    (broken,) = (one for one in told if "trace" in one)
    assert broken["level"] == "error"
    assert "the disk is on fire" in broken["trace"]


def test_the_heartbeat_comes_from_the_environment_and_stays_out_of_the_log() -> None:
    with serving() as site:
        site.pages["/ping/hidden"] = Page(b"OK")
        program = started(
            "--now-too",
            "--heartbeat-private",
            "--source",
            "last",
            CAPTAGON_HEARTBEAT_URL=f"{site.url}/ping/hidden",
        )
        until(program, "next run")
        until(program, "telling 127.0.0.1")
        until(program, "next run")
        program.send_signal(signal.SIGTERM)
        output, _ = program.communicate(timeout=120)
        assert [request.path for request in site.asked] == ["/ping/hidden"]
    assert program.returncode == 0
    assert "hidden" not in output


def test_a_run_of_the_schedule_beats_once(tmp_path: Path) -> None:
    """Its refresh is a process that knows the same environment."""
    folder = ledger(tmp_path / "data")
    (folder / "sources.toml").write_text(Newsroom(START).sources("https://news.example"), encoding="utf-8")
    with serving() as site:
        site.pages["/ping/hidden"] = Page(b"OK")
        program = subprocess.Popen(
            [sys.executable, "-m", "etl", "schedule", "--now-too", "--heartbeat-private", "--offline"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=ROOT,
            env={
                **os.environ,
                "CAPTAGON_DATA": str(folder),
                "CAPTAGON_HEARTBEAT_URL": f"{site.url}/ping/hidden",
            },
        )
        until(program, '"event": "ok"')
        until(program, "telling 127.0.0.1: the run ended with exit code 0 after")
        end = time.monotonic() + 60
        while not site.asked:  # a signal would take the beat back
            assert time.monotonic() < end
            time.sleep(0.05)
        program.send_signal(signal.SIGTERM)
        output, _ = program.communicate(timeout=120)
        assert [request.path for request in site.asked] == ["/ping/hidden"]
    assert program.returncode == 0
    assert "heartbeat" not in output


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--delay", "0", "--archive", ""],
        ["--source", "sana_en", "--source", "ina", "--since", "2026-11-01", "--allow-private"],
        ["--workers", "2", "--proxy", "http://proxy.example:3128", "--tolerant", "--quiet"],
    ],
)
def test_the_refresh_of_a_schedule_has_the_options_that_were_given(words: list[str]) -> None:
    with refresh_command.make_context("refresh", list(words)) as given:
        options = {name: value for name, value in given.params.items() if name != "clock"}  # it has none
        passed = _as_written(options)
    with refresh_command.make_context("refresh", passed) as again:
        assert {name: again.params[name] for name in options} == options
