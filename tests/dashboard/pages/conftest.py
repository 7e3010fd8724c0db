"""The pages and downloads of a small release with known rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.release import Snapshot, load
from tests.dashboard.small_release import write


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def snapshot(data_dir: Path) -> Snapshot:
    return load(data_dir)


@pytest.fixture(scope="session")
def client(data_dir: Path) -> FlaskClient:
    # not `with`: that keeps the last request's context, in which no other app can register its pages
    return create_app(data_dir).server.test_client()
