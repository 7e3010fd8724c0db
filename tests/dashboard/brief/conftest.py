"""The small release, for pictures of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.release import Snapshot, load
from tests.dashboard.small_release import write


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    root: Path = write(tmp_path_factory.mktemp("small"))
    return load(root)
