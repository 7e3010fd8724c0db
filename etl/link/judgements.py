"""A curator's word before any score: `same` joins, `different` keeps apart, and what can't be obeyed is said.

`same` holds through others (A same as B, B same as C), also for two rows of one page. Where a chain of `same`
would join two reports that somebody told apart, `different` wins: the chain's latest link gives way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from etl.link.cluster import Grouping
from etl.records import Issue, Judgement
from etl.vocabulary.issues import issue

Pair = tuple[int, int]
VERDICTS = ("same", "different", "possibly_same")


class Verdicts:
    """Judgements on the reports at hand, as index pairs; unknown reports are passed over and reported."""

    def __init__(self, judgements: Sequence[Judgement], index: Mapping[str, int]) -> None:
        self.issues: list[Issue] = []
        self._by_verdict: dict[str, dict[Pair, Judgement]] = {v: {} for v in VERDICTS}
        for judgement in sorted(judgements, key=_order):
            ids = (judgement.report_id_a, judgement.report_id_b)
            absent = [report_id for report_id in ids if report_id not in index]
            if absent:
                self.issues += [_absent(judgement, report_id) for report_id in absent]
            elif ids[0] != ids[1]:
                i, j = sorted(index[report_id] for report_id in ids)
                self._by_verdict[judgement.verdict].setdefault((i, j), judgement)

    @property
    def same(self) -> Mapping[Pair, Judgement]:
        """Pairs to be joined, the earliest judgement first."""
        return self._by_verdict["same"]

    @property
    def different(self) -> Mapping[Pair, Judgement]:
        """Pairs to be kept apart."""
        return self._by_verdict["different"]

    @property
    def possibly_same(self) -> Mapping[Pair, Judgement]:
        """Pairs to be named as possible duplicates, both events staying."""
        return self._by_verdict["possibly_same"]

    def join_into(self, grouping: Grouping) -> set[Pair]:
        """Join what was judged the same and return the pairs that were; the others become issues."""
        obeyed = set()
        for (i, j), judgement in self.same.items():
            if grouping.forbidden(i, j):
                self.issues.append(_overruled(judgement))
            else:
                grouping.join(i, j)
                obeyed.add((i, j))
        return obeyed


def words(judgement: Judgement) -> str:
    """Return a judgement as `etl explain` prints it."""
    verdict = judgement.verdict.replace("_", " ")
    return f"judged {verdict} by {judgement.by} on {judgement.on}: {judgement.why}"


def _order(judgement: Judgement) -> tuple[str, ...]:
    pair = sorted((judgement.report_id_a, judgement.report_id_b))
    return (judgement.on, *pair, judgement.verdict, judgement.by, judgement.why)


def _absent(judgement: Judgement, report_id: str) -> Issue:
    return issue("judgement_without_seizure", judgement.ref, value=report_id, report_id=report_id)


def _overruled(judgement: Judgement) -> Issue:
    pair = f"{judgement.report_id_a} and {judgement.report_id_b}"
    return issue("judgement_overruled", judgement.ref, value=pair, report_id=judgement.report_id_a)
