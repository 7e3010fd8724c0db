"""What is said when a page or a source can't be fetched: one code, one sentence (`acquire_codes.toml`)."""

from __future__ import annotations

from typing import Any

from etl.acquire.records import Trouble
from etl.vocabulary import load


def trouble(code: str, url: str = "", **words: Any) -> Trouble:
    """Return the trouble of a code, its sentence filled in. KeyError: no such code, or a word is missing."""
    return Trouble(code, str(load("acquire_codes")[code]["text"]).format(**words), url)


def is_permanent(code: str) -> bool:
    """Whether asking again soon will not help. KeyError: no such code."""
    return bool(load("acquire_codes")[code]["permanent"])
