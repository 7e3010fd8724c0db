"""What every figure function returns, and for whom it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import i18n
from dashboard.theme import LIGHT, Palette


def _spelled_out(column: str, value: str) -> str:
    del column
    return value.replace("_", " ")


@dataclass(frozen=True)
class Look:
    """For whom a figure is drawn: colours, language, and the reader's words for codes.

    `label(column, code)` gives the published label of a code (`Snapshot.label_of` with its language bound).
    """

    palette: Palette = LIGHT
    lang: str = i18n.DEFAULT
    label: Callable[[str, str], str] = _spelled_out

    def t(self, key: str, **params: object) -> str:
        """The visible text of `figure.<key>`."""
        return i18n.t(f"figure.{key}", lang=self.lang, **params)

    def country(self, code: str) -> str:
        """The name of a country; a word of its own for an unknown one."""
        return self.label("country", code) if code else self.t("country_unknown")

    @property
    def rtl(self) -> bool:
        return i18n.direction(self.lang) == "rtl"


@dataclass(frozen=True)
class View:
    """A figure with its one-paragraph summary, the table of what it draws, and what it leaves out.

    `drawn` of `total` events are in the figure; `notes` are sentences for below it (keys of marks, caveats).
    The table's columns are headings in the reader's language. `drawing` is the figure as plotly.js takes it:
    to build and check plotly's own objects costs more than all else in a chart, so a page sends the drawing
    as it is, and the tests read `figure`, which checks every property. `recorded` makes the data that a
    program reads (`dashboard.figures.data`); None: the table is all there is, as where nothing is drawn.
    """

    drawing: Mapping[str, Any]
    summary: str
    tabled: Callable[[], pd.DataFrame]
    drawn: int
    total: int
    notes: tuple[str, ...] = field(default=())
    recorded: Callable[[], pd.DataFrame] | None = None

    @cached_property
    def table(self) -> pd.DataFrame:
        """Made when first asked for: most readers look at the chart alone."""
        return self.tabled()

    @property
    def data(self) -> pd.DataFrame:
        """What the figure draws in numbers, codes and dates, whatever the language; else the table."""
        return self.table if self.recorded is None else self.recorded()

    @property
    def figure(self) -> go.Figure:
        """The drawing as a plotly figure. Raises ValueError for a property that plotly does not know."""
        return go.Figure(dict(self.drawing))
