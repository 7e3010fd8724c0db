"""Tools from outside Python that the checks need."""

import os
import shutil
import subprocess

import pytest

from tests.deploy.commands import ROOT


@pytest.fixture(scope="session")
def systemd_analyze() -> str:
    """The path of systemd-analyze; installed where it is missing. In CI it must be there."""
    if not shutil.which("systemd-analyze"):
        made = subprocess.run(
            ["sh", str(ROOT / "scripts/ensure_tools.sh")], capture_output=True, text=True, check=False
        )
        if made.returncode:
            reason = made.stderr.strip()
            if os.environ.get("CI"):
                pytest.fail(reason)
            pytest.skip(reason)
    found = shutil.which("systemd-analyze")
    assert found is not None
    return found
