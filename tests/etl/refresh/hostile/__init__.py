"""Sources that misbehave, each on a host of its own, and what a refresh must make of each."""

from tests.etl.refresh.hostile.cases import Case
from tests.etl.refresh.hostile.contents import listings, pages, tables
from tests.etl.refresh.hostile.network import NAMES, answers, private_forms

__all__ = ["NAMES", "Case", "every", "private_forms"]


def every(port: int) -> list[Case]:
    """All cases; `port` is that of a listener on this machine which nothing may be asked of."""
    return [*answers(port), *pages(), *listings(port), *tables()]
