"""The drawer with every filter that the bar has no room for; on desktops and phones alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import dash_mantine_components as dmc
from dash import html

from dashboard.components import state
from dashboard.filters import COMPARISONS, Filters
from dashboard.i18n import t
from dashboard.labels import country, governorate, labeller
from dashboard.release import Snapshot, present
from dashboard.selection import apply

# Over the drawer; its choices, hundreds of elements, come into the page when it is opened.
COMBOBOX = {"zIndex": 400, "keepMounted": False}


def widget_id(key: str) -> dict[str, str]:
    """The id of the widget of a key; `assets/state.js` reads all of this pattern."""
    return {"type": "filter", "key": key}


def build(filters: Filters, snapshot: Snapshot, lang: str, *, read: Any = None) -> Any:
    """The drawer; `read` is the switch for machine-read seizures where the bar does not hold it."""
    return dmc.Drawer(
        id="drawer",
        opened=False,
        keepMounted=True,
        withinPortal=False,  # inside <main>, so that its header is no second banner
        position="right",
        size=420,
        title=t("filter.title", lang=lang),
        closeButtonProps={"aria-label": t("filter.close", lang=lang)},
        zIndex=300,
        children=[
            html.Div(
                [
                    _group("where", _where(filters, snapshot, lang), lang),
                    _group("what", _what(filters, snapshot, lang), lang),
                    _group("how", _how(filters, snapshot, lang), lang),
                    _group("evidence", [*_evidence(filters, snapshot, lang), read], lang),
                    _group("compare", _compare(filters, lang), lang),
                ],
                className="drawer__grid",
            ),
            html.Div(
                [
                    html.A(t("filter.clear", lang=lang), href="?", className="button js-state"),
                    html.Button(
                        state.show_label(apply(filters, snapshot), lang),
                        id="drawer-close",
                        className="button button--main",
                    ),
                ],
                className="drawer__foot",
            ),
        ],
    )


def _group(name: str, widgets: Iterable[Any], lang: str) -> Any:
    return html.Fieldset(
        [html.Legend(t(f"filter.group.{name}", lang=lang)), *widgets], className="drawer__group"
    )


def _multi(key: str, values: Iterable[str], data: list[Any], lang: str) -> Any:
    return dmc.MultiSelect(
        id=widget_id(key),
        value=list(values),
        data=data,
        label=t(f"filter.{key}", lang=lang),
        placeholder=t("filter.any", lang=lang),
        searchable=True,
        clearable=True,
        hidePickedOptions=True,
        nothingFoundMessage=t("filter.nothing_found", lang=lang),
        clearButtonProps={"aria-label": t("filter.clear_one", lang=lang, name=t(f"filter.{key}", lang=lang))},
        comboboxProps=COMBOBOX,
    )


def _number(key: str, value: int | None, lang: str, step: int) -> Any:
    return dmc.NumberInput(
        id=widget_id(key),
        value="" if value is None else value,
        label=t(f"filter.{key}", lang=lang),
        min=0,
        step=step,
        allowDecimal=False,
        allowNegative=False,
        thousandSeparator=",",
        hideControls=True,
        debounce=350,
    )


def _choices(snapshot: Snapshot, column: str, lang: str) -> list[dict[str, str]]:
    """The codes of a column that occur, by the reader's word for them; unknown last."""
    label = labeller(snapshot, lang)
    order = {code: rank for rank, code in enumerate(snapshot.codes(column))}
    ranked = sorted(
        present(snapshot, column),
        key=lambda code: (code == "unknown", order.get(code, len(order)), label(column, code)),
    )
    return [{"value": code, "label": label(column, code)} for code in ranked]


def _where(filters: Filters, snapshot: Snapshot, lang: str) -> list[Any]:
    countries = sorted(present(snapshot, "country"), key=lambda code: country(code, lang))
    codes = present(snapshot, "admin1_code")
    grouped = [
        {
            "group": country(home, lang),
            "items": [
                {"value": code, "label": governorate(code, lang)}
                for code in sorted(codes, key=lambda code: governorate(code, lang))
                if code[:2] == home
            ],
        }
        for home in sorted(
            {code[:2] for code in codes}, key=lambda home: (home not in {"IQ", "SY"}, country(home, lang))
        )
    ]
    return [
        _multi(
            "country", filters.country, [{"value": c, "label": country(c, lang)} for c in countries], lang
        ),
        _multi("admin1", filters.admin1, grouped, lang),
        _number("border_km", filters.border_km, lang, 10),
        _multi("sector", filters.sector, _choices(snapshot, "border_sector", lang), lang),
        _multi("relation", filters.relation, _choices(snapshot, "border_relation", lang), lang),
        _multi("site", filters.site, _choices(snapshot, "site_type", lang), lang),
    ]


def _what(filters: Filters, snapshot: Snapshot, lang: str) -> list[Any]:
    drugs = [{"value": "any", "label": t("filter.any_drug", lang=lang)}, *_choices(snapshot, "drug", lang)]
    widget = _multi("drug", filters.drug, drugs, lang)
    widget.placeholder = "" if filters.drug else t("filter.default_drug", lang=lang)
    widget.description = t("filter.other_drugs", lang=lang)
    return [
        widget,
        html.Div(
            [_number("min", filters.min, lang, 100_000), _number("max", filters.max, lang, 100_000)],
            className="drawer__pair",
        ),
    ]


def _how(filters: Filters, snapshot: Snapshot, lang: str) -> list[Any]:
    return [
        _multi("type", filters.type, _choices(snapshot, "event_type", lang), lang),
        _multi("transport", filters.transport, _choices(snapshot, "transport", lang), lang),
        _multi("authority", filters.authority, _choices(snapshot, "authority", lang), lang),
        _multi("agency", filters.agency, _bodies(snapshot, lang), lang),
    ]


def _bodies(snapshot: Snapshot, lang: str) -> list[dict[str, Any]]:
    """The seizing bodies that occur, by country; those of no one country last."""
    label = labeller(snapshot, lang)
    homes: dict[str, list[str]] = {}
    for code in sorted(present(snapshot, "agency_codes")):
        home = code.partition("_")[0].upper()
        homes.setdefault(home if len(home) == 2 else "", []).append(code)
    ranked = sorted(homes, key=lambda home: (not home, home not in {"IQ", "SY"}, country(home, lang)))
    return [
        {
            "group": country(home, lang) if home else t("filter.several_countries", lang=lang),
            "items": sorted(
                ({"value": code, "label": label("agency_codes", code)} for code in homes[home]),
                key=lambda item: item["label"],
            ),
        }
        for home in ranked
    ]


def _evidence(filters: Filters, snapshot: Snapshot, lang: str) -> list[Any]:
    return [
        _number("origins", filters.origins, lang, 1),
        _multi("precision", filters.precision, _choices(snapshot, "place_precision", lang), lang),
    ]


def _compare(filters: Filters, lang: str) -> list[Any]:
    own = bool(filters.vs_from and filters.vs_to)
    dates = [filters.vs_from, filters.vs_to]
    return [
        dmc.Select(
            id=widget_id("vs"),
            value="custom" if own else filters.vs,
            data=[{"value": name, "label": t(f"vs.{name}", lang=lang)} for name in (*COMPARISONS, "custom")],
            allowDeselect=False,
            label=t("filter.vs", lang=lang),
            comboboxProps=COMBOBOX,
        ),
        html.Div(
            dmc.DatePickerInput(
                id=widget_id("vs_dates"),
                type="range",
                value=[d.isoformat() if d else None for d in dates],
                valueFormat="D MMM YYYY",
                label=t("filter.vs_dates", lang=lang),
                popoverProps={"zIndex": 400},
            ),
            id="custom-vs",
            hidden=not own,
        ),
    ]
