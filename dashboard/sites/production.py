"""Production sites: what was found there, and how much of that is known.

The status says what the reports tell was found, never what a site was able to do: a stated output is a quote,
no amount (analyst requirements 1.9, 2.7).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from dashboard.filters import Filters
from dashboard.release import Snapshot, machine_read, per_release
from dashboard.selection import apply

WORKING, EQUIPMENT, RAW, STORE, ALLEGED, OPEN = (
    "working",
    "equipment",
    "raw_material",
    "store",
    "alleged",
    "not_stated",
)
STATUSES = (WORKING, EQUIPMENT, RAW, STORE, ALLEGED, OPEN)
LABS, STORES = "factory", "storage"
ALLEGED_REASONS = ("claim_of_site", "alleged_site")


@dataclass(frozen=True)
class Sites:
    """Rows of seizures with a column `status`: `dated` in the period, `undated` beside, `stores` apart.

    `elsewhere` counts production sites that other countries or periods would show.
    """

    dated: pd.DataFrame
    undated: pd.DataFrame
    stores: pd.DataFrame
    elsewhere: int

    @property
    def labs(self) -> pd.DataFrame:
        """All production sites shown, the undated last."""
        return pd.concat([self.dated, self.undated]) if len(self.undated) else self.dated


@per_release(32)
def production(filters: Filters, snapshot: Snapshot) -> Sites:
    """The production sites of a state of the filters, of whatever drug: equipment has none."""
    drug = replace(filters, drug=("any",))
    selection = apply(drug, snapshot)
    alleged = _alleged(drug, snapshot)
    dated = _newest(pd.concat([_labs(selection.events), alleged[alleged["date_precision"] != "none"]]))
    undated = _newest(pd.concat([_labs(selection.undated), alleged[alleged["date_precision"] == "none"]]))
    if selection.span.start is None:  # every date fits: the undated are among the events
        all_of = pd.concat([dated, undated])
        dated, undated = (all_of[(all_of["date_precision"] == "none") == blank] for blank in (False, True))
    stores = selection.events
    stores = _newest(stores[(stores["site_type"] == STORES) & (stores["event_type"] != LABS)])
    anywhere = Filters(scope="all", since="all", drug=("any",), read=filters.read)
    known = len(_labs(apply(anywhere, snapshot).events)) + len(_alleged(anywhere, snapshot))
    return Sites(dated, undated, stores, known - len(dated) - len(undated))


def _labs(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[(frame["event_type"] == LABS) | (frame["site_type"] == "lab")]


def _alleged(filters: Filters, snapshot: Snapshot) -> pd.DataFrame:
    """Sites that are only said to exist: in no count, but in the list. By country and date alone."""
    frame = snapshot.seizures
    fits = frame["not_counted_reason"].isin(ALLEGED_REASONS)
    if not filters.with_machine_read():
        fits &= ~machine_read(frame)
    if countries := filters.countries():
        fits &= frame["country"].isin(countries)
    span = filters.span(snapshot.data_complete_to)
    first, last = frame["date_start"], frame["date_end"]
    fits &= ~(first > pd.Timestamp(span.end))
    if span.start is not None:
        fits &= ~(last < pd.Timestamp(span.start))
    return frame[fits]


def _newest(frame: pd.DataFrame) -> pd.DataFrame:
    ordered = frame.sort_values(["date_start", "event_id"], ascending=False, na_position="last")
    return ordered.assign(status=[status(row) for row in ordered.itertuples()])


def status(row: object) -> str:
    """What was found, by the first of these that holds: only said to exist; a store; raw material; equipment;
    a stated output or an amount of finished tablets (working); else not stated."""

    def value(name: str) -> object:
        return getattr(row, name, "")

    if value("not_counted_reason") in ALLEGED_REASONS:
        return ALLEGED
    if value("site_type") == STORES and value("event_type") != LABS:
        return STORE
    if value("form") == "raw_material" or value("drug") == "precursor":
        return RAW
    if value("form") == "equipment" or value("drug") == "equipment":
        return EQUIPMENT
    tablets = value("tablets_best")
    amount = isinstance(tablets, float) and tablets > 0
    return WORKING if value("capacity_as_reported") or amount else OPEN
