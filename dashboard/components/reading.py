"""The switch between what people collected and what a machine read besides, and the words that go with it.

What a machine read is off until a reader turns it on; once on, every figure says so.
"""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
from dash import html

from dashboard.components.drawer import widget_id
from dashboard.filters import READ
from dashboard.i18n import DEFAULT, t
from dashboard.release import Snapshot
from dashboard.selection import Selection

WITH_MACHINE = READ[1]


def switch(selection: Selection, snapshot: Snapshot, lang: str = DEFAULT) -> Any:
    """A box to tick, with how many seizures it adds and what they are; it can't be ticked without any."""
    return html.Div(
        [
            dmc.CheckboxGroup(
                dmc.Checkbox(
                    id="read-box",
                    label=label(selection, lang),
                    value=WITH_MACHINE,
                    disabled=not snapshot.machine_read.any(),
                    size="xs",
                ),
                id=widget_id("read"),
                value=[WITH_MACHINE] if selection.filters.with_machine_read() else [],
                className="reading__box",
            ),
            html.Span(t("read.explain" if snapshot.machine_read.any() else "read.none", lang=lang)),
        ],
        className="reading",
        role="group",
        **{"aria-label": t("read.label", lang=lang)},
    )


def label(selection: Selection, lang: str = DEFAULT) -> str:
    """The words of the box: how many seizures these filters would add."""
    return t("read.switch", lang=lang, n=selection.count("machine_read"))


def basis(selection: Selection, lang: str = DEFAULT) -> str:
    """What the figures rest on: `curated`, or `curated and machine-read (6 unreviewed)`."""
    key = "read.basis_all" if selection.filters.with_machine_read() else "read.basis_curated"
    return t(key, lang=lang, n=selection.unreviewed)


def mark(lang: str = DEFAULT) -> Any:
    """The badge of a machine-read seizure."""
    return html.Em(t("read.mark", lang=lang), className="machine")
