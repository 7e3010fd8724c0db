"""The table itself: ag-grid with the columns an analyst needs, the others one click away."""

from __future__ import annotations

from typing import Any

import dash_ag_grid as dag

from dashboard.i18n import direction, t, under

SHOWN = ("when", "place", "admin1", "country", "drug", "amount", "n_outlets", "n_origins", "evidence")
CHOICES = (
    *SHOWN, "event_id", "kg_best", "event_type", "site_type", "transport", "authority", "arrests",
    "concealment", "place_precision", "border_km", "border_distance_km", "border_sector", "border_relation",
    "review_status", "n_machine_reports",
)  # fmt: skip
SORTABLE = CHOICES
_WIDTHS = {
    "when": 124, "place": 205, "admin1": 140, "country": 118, "drug": 168, "amount": 190, "n_outlets": 96,
    "n_origins": 96, "evidence": 208, "event_id": 122, "concealment": 240,
}  # fmt: skip
_WIDTHS_AR = {
    "when": 158, "admin1": 132, "country": 96, "drug": 208, "amount": 156, "n_outlets": 132, "n_origins": 136,
    "evidence": 186,
}  # fmt: skip
"""Where Arabic words are longer: months in two words, headings without short forms."""
_NUMBERS = {
    "n_outlets", "n_origins", "kg_best", "arrests", "border_km", "border_distance_km", "n_machine_reports",
}  # fmt: skip
THEME = {
    "function": "themeQuartz.withParams({"
    "backgroundColor: 'var(--paper)', foregroundColor: 'var(--ink)', browserColorScheme: 'inherit',"
    "headerBackgroundColor: 'var(--paper)', headerTextColor: 'var(--muted)', headerFontWeight: 550,"
    "accentColor: 'var(--accent)', borderColor: 'var(--rule)', chromeBackgroundColor: 'var(--raised)',"
    "rowHoverColor: 'var(--raised)', selectedRowBackgroundColor: 'var(--accent-soft)',"
    "oddRowBackgroundColor: 'var(--paper)', wrapperBorder: false, wrapperBorderRadius: 0, borderRadius: 3,"
    "fontFamily: 'inherit', fontSize: 14, headerFontSize: 13, rowHeight: 42, headerHeight: 40, spacing: 7,"
    "menuBackgroundColor: 'var(--paper)', inputBackgroundColor: 'var(--paper)', cellHorizontalPadding: 10,"
    "headerColumnResizeHandleColor: 'var(--rule)', iconSize: 14, menuShadow: 'none', popupShadow: 'none'})"
}


def columns(shown: tuple[str, ...], sort: str, lang: str = "en") -> list[dict[str, Any]]:
    """Column definitions; `sort` is `column` or `-column` (descending), "" for the order of the rows."""
    wanted, downward = sort.lstrip("-"), sort.startswith("-")
    definitions = []
    for name in CHOICES:
        definition: dict[str, Any] = {
            "colId": name,
            "field": _FIELDS.get(name, name),
            "headerName": t(f"records.column.{name}", lang=lang),
            "hide": name not in shown,
            "width": _WIDTHS_AR.get(name, _WIDTHS.get(name, 150)) if lang == "ar" else _WIDTHS.get(name, 150),
            "filter": "agNumberColumnFilter" if name in _NUMBERS else "agTextColumnFilter",
        }
        if name in _NUMBERS:
            definition |= {
                "cellDataType": "number",
                "headerClass": "ag-right-aligned-header",
                "cellClass": "ag-right-aligned-cell",
                "valueFormatter": {
                    "function": "params.value == null ? '' : d3.format(',.4~g')(params.value)"
                },
            }
        if wanted == name:
            definition["sort"] = "desc" if downward else "asc"
        definitions.append(definition | _SPECIAL.get(name, {}))
    return definitions


_FIELDS = {"when": "date_start", "amount": "tablets_best"}
_SPECIAL: dict[str, dict[str, Any]] = {
    "when": {
        "cellDataType": "dateString",
        "filter": "agDateColumnFilter",
        "cellRenderer": "EventLink",
        "pinned": None,
    },
    "amount": {
        "cellDataType": "number",
        "filter": "agNumberColumnFilter",
        "cellRenderer": "Amount",
        "valueFormatter": {"function": "params.data ? params.data.amount : ''"},
    },
    "drug": {"cellRenderer": "Drug"},
    "place": {"flex": 1, "minWidth": 180},
}


def locale_text(lang: str) -> dict[str, str]:
    """The table's own words (menus of headings, filters), by ag-grid's names for them."""
    return {"noRowsToShow": t("records.no_rows", lang=lang), **under("records.grid.", lang)}


def grid(row_data: list[dict[str, Any]], shown: tuple[str, ...], sort: str, lang: str = "en") -> Any:
    """The grid: Enter or a click sorts by a heading, its menu filters, Enter on a row opens the seizure."""
    return dag.AgGrid(
        id="records-grid",
        rowData=row_data,
        columnDefs=columns(shown, sort, lang),
        defaultColDef={
            "sortable": True,
            "resizable": True,
            "suppressHeaderMenuButton": False,
            "minWidth": 80,
        },
        getRowId="params.data.event_id",
        columnSize=None,
        className="records__grid",
        style={"height": None, "width": "100%"},
        eventListeners={"cellKeyDown": ["openEvent(params)"], "rowClicked": ["openEvent(params)"]},
        dashGridOptions={
            "theme": THEME,
            "ensureDomOrder": True,
            "suppressCellFocus": False,
            "animateRows": False,
            "tooltipShowDelay": 400,
            "enableCellTextSelection": True,
            "enableRtl": direction(lang) == "rtl",
            "localeText": locale_text(lang),
        },
    )
