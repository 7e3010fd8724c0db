"""Which version of a page is in force: tables of what each version tells, the oldest first."""

from __future__ import annotations

import pytest

from etl.records import Amount
from etl.syndication import signature
from etl.versions import Wording, in_force
from tests.etl.conftest import make_report

TEXT = " ".join(f"word{number}" for number in range(60))
OTHER = " ".join(f"other{number}" for number in range(60))


def wording(
    title: str = "", text: str = "", *, tablets: float | None = None, unit: str = "tablets", **told: str
) -> Wording:
    """A version; without `told` it tells nothing."""
    claim = make_report(amount=Amount(tablets, unit=unit), **told).claim
    return Wording(title, signature(text), (claim,) if told else ())


IRAQ = {"country": "IQ", "place": "Al-Qaim"}
JEDDAH = {"country": "SA", "place": "Jeddah"}
TELLS = wording("Pills seized", TEXT, **IRAQ)
SILENT = wording("Back soon")
STRANGE = wording("The Gazette", OTHER, **JEDDAH)


@pytest.mark.parametrize(
    ("versions", "place"),
    [
        ([TELLS], 0),
        ([SILENT], 0),
        ([SILENT, SILENT], 1),
        ([TELLS, SILENT], 0),
        ([TELLS, SILENT, SILENT], 0),
        ([SILENT, TELLS], 1),
        ([TELLS, SILENT, TELLS], 2),
        ([TELLS, STRANGE], 0),
        ([TELLS, STRANGE, STRANGE], 0),
        ([TELLS, STRANGE, TELLS], 2),
        ([SILENT, STRANGE], 1),
        # corrections: what else may change while the story stays
        ([TELLS, wording("Pills seized", OTHER, **JEDDAH)], 1),
        ([TELLS, wording("Correction", TEXT, **JEDDAH)], 1),
        ([TELLS, wording("Correction", OTHER, **IRAQ)], 1),
        ([TELLS, wording("Correction", OTHER, country="SA", place="Al-Qaim")], 0),
        ([wording("A", tablets=5000.0, **IRAQ), wording("B", tablets=5000.0, country="IQ")], 1),
        ([wording("A", tablets=5000.0, **IRAQ), wording("B", tablets=6000.0, country="IQ")], 0),
        ([wording("A", tablets=5000.0, **IRAQ), wording("B", tablets=5000.0, unit="kg", country="IQ")], 0),
        ([wording("", **IRAQ), wording("", **JEDDAH)], 0),
        ([wording("", "Too short.", **IRAQ), wording("", "Too short.", **JEDDAH)], 0),
    ],
)
def test_the_newest_that_tells_the_story_is_in_force(versions: list[Wording], place: int) -> None:
    assert in_force(versions) == place
