"""The overview built the usual way, to compare with: a plotly figure of every event, anew for each filter.

`python -m benchmarks.naive DATA PORT`; the same map, charts and filters, nothing gathered, nothing kept.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import dash
import pandas as pd
import plotly.express as px
from dash import Input, Output, dcc, html

from dashboard.filters import SCOPES
from dashboard.release import load

FIGURES = ("map", "events", "tablets", "how", "site")


def app(data: Path) -> dash.Dash:
    """A page of five figures and one callback."""
    seizures = load(data).seizures
    page = dash.Dash("naive", serve_locally=True)
    page.layout = html.Div(
        [dcc.Store(id="query", data="scope=iq-sy&from=all"), *(dcc.Graph(id=name) for name in FIGURES)]
    )

    @page.callback(*(Output(name, "figure") for name in FIGURES), Input("query", "data"))
    def draw(query: str) -> tuple[Any, ...]:
        return figures(chosen(seizures, query))

    return page


def chosen(seizures: pd.DataFrame, query: str) -> pd.DataFrame:
    """The counted captagon events of a scope and a least size."""
    wanted = {key: values[0] for key, values in parse_qs(query).items()}
    rows = seizures[seizures["counted"] & seizures["drug"].isin(("captagon", "amphetamine_tablets"))]
    if countries := SCOPES[wanted.get("scope", "iq-sy")]:
        rows = rows[rows["country"].isin(countries)]
    return rows[rows["tablets_best"] >= int(wanted["min"])] if "min" in wanted else rows


def figures(rows: pd.DataFrame) -> tuple[Any, ...]:
    """Map, events and tablets by month, means of transport, kinds of place."""
    months = rows.assign(month=rows["date_start"].dt.to_period("M").dt.to_timestamp())
    events = months.groupby(["month", "country"]).size().reset_index(name="events")
    tablets = months.groupby("month")["tablets_best"].sum().reset_index()
    return (
        px.scatter_map(
            rows, lat="latitude", lon="longitude", color="country", size=rows["tablets_best"].fillna(0) + 1,
            hover_data=["event_id", "date_start", "place", "tablets_best"],
        ),
        px.bar(events, x="month", y="events", color="country"),
        px.scatter(tablets, x="month", y="tablets_best", log_y=True),
        px.histogram(rows, y="transport"),
        px.histogram(rows, y="site_type"),
    )  # fmt: skip


if __name__ == "__main__":
    app(Path(sys.argv[1])).run(host="127.0.0.1", port=int(sys.argv[2]), debug=False)
