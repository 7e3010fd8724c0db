"""The words of place phrases, from `data/grammar.toml`."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def grammar() -> dict[str, Any]:
    """Kinds of place, relations, country stems, common words; read once and not to be changed."""
    return tomllib.loads(files("geo").joinpath("data/grammar.toml").read_text(encoding="utf-8"))
