"""The dashboard's names of bodies are those that a release is built with."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import dashboard
import etl

VOCABULARY = Path(etl.__file__).parent / "vocabulary" / "agencies.toml"
WORDS = Path(dashboard.__file__).parent / "i18n"


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_body_has_the_name_of_the_vocabulary(lang: str) -> None:
    listed = tomllib.loads(VOCABULARY.read_text(encoding="utf-8"))["body"]
    shown = tomllib.loads((WORDS / lang / "agencies.toml").read_text(encoding="utf-8"))
    names = shown["code"]["agency_codes"]
    assert listed
    assert {code: names.get(code) for code in listed} == {code: body[lang] for code, body in listed.items()}
