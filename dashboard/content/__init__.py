"""Texts of the dashboard that are long enough to be documents: Markdown, packaged with the code."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=8)
def markdown(name: str, lang: str = "en") -> str:
    """A packaged text, in `lang` where it has been translated (`name.<lang>.md`), else in English."""
    folder = resources.files("dashboard").joinpath("content")
    translated = folder.joinpath(f"{name}.{lang}.md")
    source = translated if translated.is_file() else folder.joinpath(f"{name}.md")
    return source.read_text(encoding="utf-8")
