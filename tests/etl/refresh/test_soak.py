"""Refreshes day after day leak nothing (see `soak`)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="counts handles in /proc")
@pytest.mark.parametrize("days", [10, pytest.param(500, marks=pytest.mark.slow)], ids=["ten", "five hundred"])
def test_days_of_refreshes_leak_nothing(days: int) -> None:
    # a process of its own: what other tests hold is not counted
    command = [sys.executable, "-m", "tests.etl.refresh.soak", str(days)]
    done = subprocess.run(
        command, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=False
    )
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
