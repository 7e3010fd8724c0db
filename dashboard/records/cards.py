"""The same rows as cards, for screens too narrow for a table."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from dashboard.i18n import listed, t

MOST = 100


def cards(row_data: list[dict[str, Any]], query: str, lang: str = "en") -> list[Any]:
    """One linked card a seizure, at most `MOST`; a last line says how many more there are."""
    found = [_card(row, query, lang) for row in row_data[:MOST]]
    rest = len(row_data) - MOST
    if rest > 0:
        found.append(html.Li(t("records.more", lang=lang, n=rest), className="cards__more"))
    return found


def _card(row: dict[str, Any], query: str, lang: str) -> Any:
    admin1 = "" if row["place"].endswith(row["admin1"]) else row["admin1"]
    where = listed(dict.fromkeys(part for part in (row["place"], admin1, row["country"]) if part), lang)
    said = t("records.said", lang=lang, n=int(row["n_outlets"] or 0), origins=int(row["n_origins"] or 0))
    return html.Li(
        dcc.Link(
            [
                html.Span(row["when"], className="cards__when"),
                html.Strong(row["amount"], className="cards__amount"),
                html.Span(
                    [html.I(className="hatch") if row["unstated"] else None, row["drug"]],
                    className="cards__drug",
                ),
                html.Span(where or t("event.place_unknown", lang=lang), className="cards__where"),
                html.Span(
                    [
                        said,
                        html.Em(row["machine"], className="machine") if row["machine"] else None,
                        *(html.Em(mark, className="differ") for mark in row["marks"]),
                    ],
                    className="cards__said",
                ),
            ],
            href=f"/event/{row['event_id']}" + (f"?{query}" if query else ""),
        )
    )
