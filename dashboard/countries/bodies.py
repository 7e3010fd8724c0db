"""Who seized: the bodies and the authorities behind a set of seizures, now and in the period compared."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from dashboard.filters import CHANGE_OF_GOVERNMENT
from dashboard.release import Snapshot

SEIZING, PARTNER = "seizing", "partner"
SPLIT = frozenset({"IQ", "SY"})
"""Countries with several authorities at once or one after the other: their seizures are told by authority."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body and in how many seizures it is named; several may be named in one, so counts don't add up.

    `tablets` is the sum over the seizures in which it is named, None where none states a quantity.
    """

    code: str
    country: str
    authority: str
    events: int
    with_quantity: int
    tablets: float | None
    before: int | None
    event_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority and the seizures of it: now, in the period compared, and pills of unstated kind beside."""

    code: str
    country: str
    events: int
    beside: int
    before: int | None


def bodies(
    events: pd.DataFrame, snapshot: Snapshot, *, before: pd.DataFrame | None = None, role: str = SEIZING
) -> tuple[Body, ...]:
    """The bodies named as `role` in `events`, those named most often first."""
    named = _named(events, snapshot, role)
    earlier = _named(before, snapshot, role) if before is not None else None
    past = Counter(earlier["agency_code"]) if earlier is not None else Counter()
    best = dict(zip(events["event_id"], events["tablets_best"], strict=True))
    found = []
    for code, rows in named.groupby("agency_code", sort=False):
        ids = tuple(rows["event_id"])
        known = [float(best[one]) for one in ids if not pd.isna(best[one])]
        found.append(
            Body(
                code=str(code),
                country=str(rows["country"].iloc[0]),
                authority=str(rows["authority"].iloc[0]),
                events=len(ids),
                with_quantity=len(known),
                tablets=sum(known) if known else None,
                before=None if before is None else past[code],
                event_ids=ids,
            )
        )
    return tuple(sorted(found, key=lambda body: (-body.events, body.code)))


def _named(events: pd.DataFrame, snapshot: Snapshot, role: str) -> pd.DataFrame:
    """One row an event and body; spellings of one body count once."""
    table = snapshot.table("event_agencies")
    if table.empty:
        return pd.DataFrame(columns=["event_id", "agency_code", "country", "authority"])
    rows = table[
        table["event_id"].isin(events["event_id"]) & (table["role"] == role) & (table["agency_code"] != "")
    ]
    return rows.drop_duplicates(["event_id", "agency_code"])


def without_body(events: pd.DataFrame, snapshot: Snapshot) -> int:
    """How many of `events` name no body that is known by name."""
    return int((~events["event_id"].isin(_named(events, snapshot, SEIZING)["event_id"])).sum())


def authorities(
    events: pd.DataFrame, unstated: pd.DataFrame, before: pd.DataFrame | None = None
) -> tuple[Authority, ...]:
    """Seizures by authority: those of Iraq and Syria apart, all of another state under its country."""
    now, beside = _by_authority(events), _by_authority(unstated)
    past = _by_authority(before) if before is not None else None
    keys = set(now) | set(beside) | set(past or {})
    found = [
        Authority(
            code,
            country,
            now[code, country],
            beside[code, country],
            None if past is None else past[code, country],
        )
        for code, country in keys
    ]
    return tuple(
        sorted(
            found,
            key=lambda one: (
                one.code == "",
                -(one.events + one.beside),
                -(one.before or 0),
                one.code,
                one.country,
            ),
        )
    )


def _by_authority(frame: pd.DataFrame) -> Counter[tuple[str, str]]:
    codes = zip(frame["authority"].astype(str), frame["country"].astype(str), strict=True)
    return Counter((code, country if code in {"other_state", "other", ""} else "") for code, country in codes)


def straddles(first: pd.Timestamp | None, last: pd.Timestamp) -> bool:
    """Whether a period reaches across the change of government, so that one country had two of them in it."""
    change = pd.Timestamp(CHANGE_OF_GOVERNMENT)
    return (first is None or first < change) and last >= change
