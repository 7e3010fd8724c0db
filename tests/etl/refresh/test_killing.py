"""A refresh may be killed at any moment (see `killing`)."""

from pathlib import Path

import pytest

from tests.etl.refresh.killing import run


@pytest.mark.parametrize(
    "kills", [10, pytest.param(200, marks=pytest.mark.slow)], ids=["ten kills", "two hundred kills"]
)
def test_killed_refreshes_lose_nothing_and_publish_nothing_else(kills: int, tmp_path: Path) -> None:
    tally = run(kills, tmp_path, seed=kills)
    print(tally.table())
    assert tally.wrong == []
    assert sum(tally.kills.values()) == kills
