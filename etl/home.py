"""Where everything lies unless told otherwise."""

from __future__ import annotations

import os
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]


def data_folder() -> Path:
    """The folder of inputs and releases: CAPTAGON_DATA, else `data` of the checkout, else of where one is."""
    if told := os.environ.get("CAPTAGON_DATA"):
        return Path(told)
    return (_ROOT if (_ROOT / "data").is_dir() else Path.cwd()) / "data"
