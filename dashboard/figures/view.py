"""What every figure function returns, and for whom it is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

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
    The table's columns are headings in the reader's language.
    """

    figure: go.Figure
    summary: str
    table: pd.DataFrame
    drawn: int
    total: int
    notes: tuple[str, ...] = field(default=())
