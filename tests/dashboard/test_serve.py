"""`python -m dashboard`: what it tells whoever starts it, and a first view that is drawn in advance."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.ports import wait_for
from dashboard.__main__ import main
from dashboard.app import create_app
from dashboard.components import charts
from dashboard.filters import Filters
from dashboard.serve import has_screen, warm
from dashboard.watcher import CONFIG_KEY
from tests.dashboard.small_release import LABEL, write


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def test_a_folder_without_a_release_is_refused_with_what_to_do(tmp_path: Path) -> None:
    answer = CliRunner().invoke(main, ["--data", str(tmp_path)])
    assert answer.exit_code == 1
    assert "make build" in answer.output


def test_a_port_in_use_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        answer = CliRunner().invoke(main, ["--data", str(write(tmp_path)), "--port", port])
    assert answer.exit_code == 1
    assert "--port" in answer.output


def test_the_default_view_is_drawn_in_advance(tmp_path: Path) -> None:
    app = create_app(write(tmp_path))
    warm(app)
    snapshot = app.server.config[CONFIG_KEY].current()
    drawn = snapshot.memo[charts.the_map.__wrapped__].cache_info
    hits = drawn().hits
    charts.the_map(Filters(), snapshot, "dark")
    assert drawn().hits == hits + 1


def test_one_command_serves_a_release_and_opens_it(tmp_path: Path) -> None:
    port = free_port()
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}\n', encoding="utf-8")
    browser.chmod(0o755)
    command = [sys.executable, "-m", "dashboard", "--open", "--port", str(port)]
    command += ["--data", str(write(tmp_path / "data"))]
    env = {**os.environ, "DISPLAY": ":0", "BROWSER": f"{browser} %s"}
    with subprocess.Popen(
        command, cwd=Path(__file__).parents[2], stdout=subprocess.DEVNULL, env=env
    ) as server:
        try:
            for _ in range(300):
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/health") as answer:
                        told = answer.read().decode()
                    break
                except OSError:
                    time.sleep(0.2)
            assert LABEL in told
            assert opened.read_text(encoding="utf-8").strip() == f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


@pytest.mark.skipif(sys.platform != "linux", reason="looks up processes in /proc")
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_all_processes_answer_and_end_with_the_first(tmp_path: Path, end: signal.Signals) -> None:
    port = free_port()
    command = [sys.executable, "-m", "dashboard", "--port", str(port), "--processes", "3"]
    command += ["--data", str(write(tmp_path / "data"))]
    with subprocess.Popen(command, cwd=Path(__file__).parents[2], stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}/health", seconds=60)
            children = [int(pid) for pid in _children(server.pid)]
            assert len(children) == 2
            for only in (server.pid, *children):  # with the others asleep, each of them answers
                _asleep({server.pid, *children} - {only}, signal.SIGSTOP)
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=30) as answer:
                    assert LABEL in answer.read().decode()
                _asleep({server.pid, *children} - {only}, signal.SIGCONT)
        finally:
            server.send_signal(end)
    deadline = time.monotonic() + 30
    while any(Path(f"/proc/{pid}").exists() for pid in children):
        assert time.monotonic() < deadline, "processes outlived the first one"
        time.sleep(0.05)


def _children(process: int) -> list[str]:
    return Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()


def _asleep(processes: set[int], how: signal.Signals) -> None:
    for process in processes:
        os.kill(process, how)


def test_without_a_screen_no_browser_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not has_screen()
