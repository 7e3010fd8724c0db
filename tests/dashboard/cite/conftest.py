"""Two releases in a row and the dashboard on them."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.release import Snapshot, load_named
from tests.dashboard.cite import releases


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return releases.write(tmp_path_factory.mktemp("pair"))


@pytest.fixture(scope="session")
def then(data: Path) -> Snapshot:
    return load_named(data, releases.FIRST)


@pytest.fixture(scope="session")
def now(data: Path) -> Snapshot:
    return load_named(data, releases.SECOND)


@pytest.fixture(scope="session")
def client(data: Path) -> FlaskClient:
    return create_app(data).server.test_client()
