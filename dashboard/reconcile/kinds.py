"""What kind of issuer gives a total, from `dashboard/data/issuer_kinds.toml`."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources

OFFICIAL, UN, OUTLET, INSTITUTE = KINDS = ("official", "un", "outlet", "institute")


@lru_cache(maxsize=1)
def listed() -> dict[str, str]:
    """The issuers whose kind the file tells, by their names in the release."""
    text = resources.files("dashboard").joinpath("data", "issuer_kinds.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)["kinds"])


def kind_of(issuer: str, home: str) -> str:
    """One of `KINDS`. `home` is the country (ISO code) of the body, "" where the release knows none.

    Who is not listed and has no country is an outlet: a page that names no body.
    """
    return listed().get(issuer) or (OFFICIAL if home else OUTLET)


def by_outlet(issuer: str, home: str) -> bool:
    """Whether no official body is named as the issuer: a count that an outlet or an institute gives."""
    return kind_of(issuer, home) not in {OFFICIAL, UN}
