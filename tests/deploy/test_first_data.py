"""The script that puts the shipped releases into an empty folder: run for real, killed, run twice at once."""

import filecmp
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from etl.publish.store import Store, problems
from tests.deploy.commands import DEPLOY, ROOT

SHIPPED = ROOT / "data"


def start(shipped: Path, data: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        ["sh", str(DEPLOY / "first_data.sh"), str(shipped), str(data)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def run(shipped: Path, data: Path) -> str:
    program = start(shipped, data)
    output, _ = program.communicate(timeout=30)
    assert program.returncode == 0, output
    return output


def releases(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted((folder / "releases").rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """Two small releases."""
    for label in ("2026.01.1", "2026.02.1"):
        folder = tmp_path / "shipped/releases" / label
        folder.mkdir(parents=True)
        for number in range(20):
            (folder / f"{number}.csv").write_text(f"{label}\n" * 1000)
    (tmp_path / "shipped/current.json").write_text('{"release": "2026.02.1", "sha256": "0"}\n')
    return tmp_path / "shipped"


def test_an_empty_folder_gets_the_shipped_releases_as_they_are(tmp_path: Path) -> None:
    data = tmp_path / "volume"
    assert "were copied" in run(SHIPPED, data)
    assert filecmp.cmp(SHIPPED / "current.json", data / "current.json", shallow=False)
    assert releases(data) == releases(SHIPPED)
    left_to_make = [
        problem for problem in problems(Store(data)) if "is missing; the next build" not in problem
    ]
    assert left_to_make == []
    assert (data / "inbox").is_dir()


def test_a_folder_with_a_release_is_left_alone(shipped: Path, tmp_path: Path) -> None:
    data = tmp_path / "volume"
    run(shipped, data)
    (data / "current.json").write_text("of this deployment")
    (shipped / "releases/2026.03.1").mkdir()
    assert run(shipped, data) == ""
    assert (data / "current.json").read_text() == "of this deployment"
    assert not (data / "releases/2026.03.1").exists()


def test_killed_at_any_moment_it_is_finished_by_the_next_run(shipped: Path, tmp_path: Path) -> None:
    chance = random.Random(7)
    expected = releases(shipped)
    cut_short = 0
    for number in range(12):
        data = tmp_path / f"volume{number}"
        program = start(shipped, data)
        time.sleep(chance.uniform(0, 0.04))
        program.send_signal(signal.SIGKILL)
        program.communicate(timeout=10)
        if (data / "current.json").exists():
            assert expected.items() <= releases(data).items(), "a release counts only when it is whole"
        else:
            cut_short += 1
        run(shipped, data)
        complete = {name: content for name, content in releases(data).items() if ".staging-" not in name}
        assert complete == expected
    assert cut_short, "no run was killed before its end"


def test_two_at_once_agree(shipped: Path, tmp_path: Path) -> None:
    for number in range(5):
        data = tmp_path / f"volume{number}"
        together = [start(shipped, data) for _ in range(3)]
        for program in together:
            output, _ = program.communicate(timeout=30)
            assert program.returncode == 0, output
        assert releases(data) == releases(shipped)
        assert sorted(path.name for path in data.iterdir()) == ["current.json", "inbox", "releases"]


def test_a_folder_that_cannot_be_written_to_is_said(shipped: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    program = start(shipped, tmp_path / "file")
    output, _ = program.communicate(timeout=10)
    assert program.returncode != 0
    assert "file" in output
