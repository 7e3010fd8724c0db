"""The published tables: the one place that says what a release holds.

Everything that must agree with it is generated or checked from it: cell formats and checks
(`etl.validate`), `datapackage.json`, the data dictionary, `read_seizures.R` and `seizures.do`.
"""

from __future__ import annotations

from etl.schema_collection import COVERAGE, SOURCE_CHANGES
from etl.schema_details import AGGREGATES, EVENT_AGENCIES, EVENT_DRUGS, EVENT_FLAGS, EVENT_IDS
from etl.schema_seizures import SEIZURES
from etl.schema_sources import CHANGES, CLAIMS, EVIDENCE, QUARANTINE, REPORTS, WARNINGS
from etl.schema_types import Code, Field, ForeignKey, Table

TABLES: tuple[Table, ...] = (
    SEIZURES,
    REPORTS,
    CLAIMS,
    EVIDENCE,
    AGGREGATES,
    EVENT_DRUGS,
    EVENT_AGENCIES,
    EVENT_FLAGS,
    EVENT_IDS,
    QUARANTINE,
    WARNINGS,
    CHANGES,
    COVERAGE,
    SOURCE_CHANGES,
)

__all__ = [
    "AGGREGATES",
    "CHANGES",
    "CLAIMS",
    "COVERAGE",
    "EVENT_AGENCIES",
    "EVENT_DRUGS",
    "EVENT_FLAGS",
    "EVENT_IDS",
    "EVIDENCE",
    "QUARANTINE",
    "REPORTS",
    "SEIZURES",
    "SOURCE_CHANGES",
    "TABLES",
    "WARNINGS",
    "Code",
    "Field",
    "ForeignKey",
    "Table",
    "table",
]


def table(name: str) -> Table:
    """The table called `name`; KeyError where the release has none."""
    for candidate in TABLES:
        if candidate.name == name:
            return candidate
    raise KeyError(f"no published table is called {name!r}")
