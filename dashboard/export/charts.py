"""The data behind a chart: `/export/chart/events.csv?country=IQ` is what it draws, in numbers and codes.

The charts of the overview are known here; a page with charts of its own offers them with `offer`.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

import pandas as pd

from dashboard.components import charts
from dashboard.export.source import guard
from dashboard.figures.view import View
from dashboard.filters import Filters
from dashboard.release import Snapshot

Maker = Callable[[Filters, Snapshot, str, Mapping[str, str]], View]
"""`maker(filters, snapshot, lang, query)` gives the view of a chart; `query` is the page's whole address."""

BOM = "\ufeff"
_offered: dict[str, Maker] = {}


def offer(name: str, maker: Maker) -> None:
    """Makes the data of the card `name` a download. A page says so when it is registered."""
    _offered[name] = maker


def _map(filters: Filters, snapshot: Snapshot, lang: str, query: Mapping[str, str]) -> View:
    del query
    return charts.the_map(filters, snapshot, "light", lang=lang)


def _chart(name: str) -> Maker:
    def make(filters: Filters, snapshot: Snapshot, lang: str, query: Mapping[str, str]) -> View:
        del query
        return charts.chart(name, filters, snapshot, "light", lang=lang)

    return make


_OWN: Mapping[str, Maker] = MappingProxyType({"map": _map} | {name: _chart(name) for name in charts.NAMES})


def offered(name: str) -> Maker | None:
    """Who makes the view of a card; None for one that has no data to download."""
    return _offered.get(name) or _OWN.get(name)


def to_csv(table: pd.DataFrame, *, for_excel: bool = False) -> str:
    """The data of a view: dates as ISO days, whole numbers without a point; blank is unknown. Texts that
    a spreadsheet would run as a formula begin with an apostrophe. `for_excel` adds the byte-order mark."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guard(str(column)) for column in table.columns])
    for row in table.itertuples(index=False, name=None):
        writer.writerow([_cell(value) for value in row])
    return (BOM if for_excel else "") + out.getvalue()


def _cell(value: Any) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)) or value is pd.NaT:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float):
        return f"{value:.0f}" if value == round(value) else repr(float(value))
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    return str(value) if isinstance(value, int) else guard(str(value))
