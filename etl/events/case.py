"""The reports of one seizure, in the order in which they are believed, and votes among their origins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from etl.records import Choice, Cluster, Report

T = TypeVar("T")


def said_on(report: Report) -> date | None:
    """The day the page was published; a page that names only the month stands at its first day."""
    claim = report.claim
    if claim.published is None and claim.when.basis == "published":
        return claim.when.start
    return claim.published


def preference(report: Report) -> tuple[bool, bool, bool, bool, date, str]:
    """Sort key: official text first, then news before recollection, good before weak, early before late."""
    return (
        not report.is_official,
        report.claim.role != "primary",
        report.claim.quality == "weak",
        said_on(report) is None,
        said_on(report) or date.max,
        report.report_id,
    )


@dataclass(frozen=True)
class Case:
    """What the choosing rules work on. `reports` are in order of preference, never in order of rows."""

    reports: tuple[Report, ...]
    cluster: Cluster

    @classmethod
    def of(cls, reports: Iterable[Report], cluster: Cluster) -> Case:
        return cls(tuple(sorted(reports, key=preference)), cluster)

    @cached_property
    def origins(self) -> dict[str, str]:
        """report_id -> independent origin; a report the linker says nothing of is an origin of its own."""
        return {r.report_id: r.report_id for r in self.reports} | dict(self.cluster.origin_groups)

    def origin(self, report: Report) -> str:
        return self.origins[report.report_id]

    @cached_property
    def trusted(self) -> tuple[Report, ...]:
        """Good primary reports; where there are none, good ones; where there are none either, all."""
        good = [r for r in self.reports if r.claim.quality != "weak"]
        return tuple([r for r in good if r.claim.role == "primary"] or good or self.reports)

    def vote(
        self,
        get: Callable[[Report], T | None],
        *,
        among: Sequence[Report] | None = None,
        unknown: frozenset[object] = frozenset(),
    ) -> Choice:
        """The value of most origins; of equals, the one that the most preferred report gives.

        `unknown` are values that say nothing (besides None, "" and the empty tuple): they win only unopposed.
        """
        told = [(r, value) for r in (among or self.reports) if (value := get(r)) not in (None, "", ())]
        clear = [(r, value) for r, value in told if value not in unknown] or told
        if not clear:
            return Choice(None, "none")
        voices: dict[T, set[str]] = {}
        for report, value in clear:
            voices.setdefault(value, set()).add(self.origin(report))
        # max() keeps the first of equals, and `voices` is in order of preference.
        winner = max(voices, key=lambda value: len(voices[value]))
        rule = "all_agree" if len(voices) == 1 else "most_origins"
        return Choice(winner, rule, tuple(sorted(r.report_id for r in self.reports if get(r) == winner)))

    def first(self, get: Callable[[Report], T | None]) -> Choice:
        """What the most preferred report with a value says: for free words, which can't be voted on."""
        for report in self.reports:
            if (value := get(report)) not in (None, "", ()):
                return Choice(value, "preferred_report", (report.report_id,))
        return Choice(None, "none")

    def every(self, get: Callable[[Report], Iterable[str]]) -> Choice:
        """All distinct values, in order of preference."""
        values: dict[str, None] = {}
        givers = []
        for report in self.reports:
            given = [value for value in get(report) if value]
            values.update(dict.fromkeys(given))
            if given:
                givers.append(report.report_id)
        return Choice(tuple(values) or None, "all_reports" if values else "none", tuple(sorted(givers)))

    def union(self, get: Callable[[Report], Iterable[str]]) -> Choice:
        """All distinct codes, sorted."""
        choice = self.every(get)
        values = choice.value if isinstance(choice.value, tuple) else ()
        return Choice(tuple(sorted(values)) or None, choice.rule, choice.report_ids)
