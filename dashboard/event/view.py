"""The event page, put together from its parts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard.citation import cite_event, report_error
from dashboard.event import inset
from dashboard.event.facts import facts
from dashboard.event.flags import notes
from dashboard.event.headline import place, title, when
from dashboard.event.history import history
from dashboard.event.identity import Identity, Withdrawn
from dashboard.event.machine import readings, unreviewed
from dashboard.event.machine_view import banner, section
from dashboard.event.ruler import ruler, sentence
from dashboard.event.sources import figure_taken, places_given, side_by_side
from dashboard.event.sums import SPELLED_OUT, arithmetic
from dashboard.event.versions import versions
from dashboard.filters import Filters
from dashboard.i18n import t
from dashboard.labels import labeller
from dashboard.release import Snapshot, machine_read


def page(
    event_id: str, snapshot: Snapshot, today: date, *, was: str = "", query: str = "", lang: str = "en"
) -> Any:
    """Everything the release knows of one seizure. `was`: the merged id that led here."""
    rows = snapshot.seizures
    event = rows.loc[rows["event_id"] == event_id].iloc[0]
    reports = snapshot.reports
    collected = reports[~machine_read(reports)]
    told = versions(collected.loc[collected["event_id"] == event_id], lang) if "event_id" in reports else ()
    read = readings(event_id, snapshot, lang)
    name = title(event, snapshot, lang)
    sums = arithmetic(event, told, snapshot, lang)
    return html.Article(
        [
            _top(event, name, was=was, query=query, read=len(read), snapshot=snapshot, lang=lang),
            html.Div(
                [
                    html.Div(
                        [
                            figure_taken(event, told, snapshot, lang),
                            side_by_side(told, snapshot, lang) if told else None,
                            sums,
                            places_given(event, told, snapshot, lang),
                            section(read, lang, alone=unreviewed(event)),
                            _notes(event, told, snapshot, lang, sums=sums is not None),
                            history(event, snapshot, lang),
                        ],
                        className="event__main",
                    ),
                    html.Div(
                        [_where(event, snapshot, lang), facts(event, snapshot, lang)],
                        className="event__beside",
                    ),
                ],
                className="event__columns",
            ),
            _cite(event, name, snapshot, today, read=bool(read), lang=lang),
        ],
        className="event",
    )


def _top(
    event: pd.Series, name: str, *, was: str, query: str, read: int, snapshot: Snapshot, lang: str
) -> Any:
    outlets, origins = int(event["n_outlets"]), int(event["n_origins"])
    lead = t(
        "event.lead",
        lang=lang,
        outlets=t("event.outlets", lang=lang, n=outlets),
        origins=t("event.origins", lang=lang, n=origins),
    )
    marks = []
    if event["figures_differ"]:
        marks.append(_mark(t("event.figures_differ", lang=lang)))
    if not event["counted"] and not unreviewed(event):
        reason = labeller(snapshot, lang)("not_counted_reason", str(event["not_counted_reason"]))
        marks.append(_mark(t("event.not_counted", lang=lang, reason=reason)))
    if event["is_bundle"]:
        marks.append(_mark(t("event.bundle", lang=lang)))
    return html.Header(
        [
            html.P(
                [
                    dcc.Link(t("event.back", lang=lang), href="/records" + (f"?{query}" if query else "")),
                    html.Span(str(event["event_id"]), className="event__id"),
                ],
                className="event__crumbs",
            ),
            _notice(t("event.merged_notice", lang=lang, was=was, event_id=event["event_id"]))
            if _safe(was)
            else None,
            html.P(
                " · ".join(
                    part
                    for part in (
                        when(event, lang),
                        labeller(snapshot, lang)("event_type", str(event["event_type"])),
                    )
                    if part
                ),
                className="event__kicker",
            ),
            html.H1(name),
            html.P([place(event, lang) or t("event.place_unknown", lang=lang)], className="event__place"),
            html.P(
                [
                    lead,
                    " ",
                    html.Span(labeller(snapshot, lang)("evidence", str(event["evidence"]))),
                    *_beside(event, read, lang),
                    *marks,
                ],
                className="event__lead",
            ),
            banner(read, lang) if unreviewed(event) else None,
            *_twins(event, snapshot, lang),
        ],
        className="event__top",
    )


def _beside(event: pd.Series, read: int, lang: str) -> list[Any]:
    """That a machine read of it too, with the way to what it read."""
    if not read or unreviewed(event):
        return []
    return [". ", html.A(t("machine.beside", lang=lang, n=read), href="#machine"), "."]


def _safe(was: str) -> bool:
    return was.startswith("CAP-") and was[4:].isdigit()


def _mark(text: str) -> Any:
    return html.Span(text, className="event__mark")


def _notice(text: str) -> Any:
    return html.P(text, className="event__notice", role="note")


def _twins(event: pd.Series, snapshot: Snapshot, lang: str) -> list[Any]:
    """Links to the seizures that may be this one."""
    rows = snapshot.seizures
    found = []
    repeats = rows.loc[rows["possible_duplicate_of"].str.split("|").map(lambda ids: event["event_id"] in ids)]
    for other in (*str(event["possible_duplicate_of"]).split("|"), *repeats["event_id"]):
        if not other:
            continue
        twin = rows.loc[rows["event_id"] == other]
        name = other
        if len(twin):
            name = t("event.named", lang=lang, event_id=other, title=title(twin.iloc[0], snapshot, lang))
        day = when(twin.iloc[0], lang) if len(twin) else ""
        found.append(
            html.P(
                [
                    t("event.possible_duplicate", lang=lang),
                    " ",
                    dcc.Link(name, href=f"/event/{other}"),
                    f" ({day}). " if day else ". ",
                    t("event.possible_duplicate_totals", lang=lang),
                ],
                className="event__notice",
                role="note",
            )
        )
    return found


def _where(event: pd.Series, snapshot: Snapshot, lang: str) -> Any:
    """The inset map and the ruler along the border, each only where the place is known well enough."""
    scene = inset.scene(event, snapshot)
    parts: list[Any] = [html.H2(t("event.where", lang=lang), id="where")]
    precision = labeller(snapshot, lang)("place_precision", str(event["place_precision"]))
    radius = event["place_uncertainty_km"]
    within = (
        "" if pd.isna(radius) else t("event.within", lang=lang, km=f"{radius:,.0f}" if radius >= 1 else "1")
    )
    if scene is None:
        parts.append(html.P(t("event.no_map", lang=lang, precision=precision), className="event__nomap"))
    else:
        words = [
            html.Span(
                label.text,
                className=f"inset__label inset__label--{label.kind}",
                style={"left": f"{label.left:.1f}%", "top": f"{label.top:.1f}%"},
            )
            for label in inset.labels(event, scene, snapshot, lang)
        ]
        described = t("event.map_alt", lang=lang, place=place(event, lang), precision=precision)
        pictures = [
            html.Img(
                src=f"/event/{event['event_id']}/place.svg?theme={theme}&release={snapshot.label}",
                alt=described if theme == "light" else "",
                className=f"inset__map only-{theme}",
                width=inset.WIDTH,
                height=inset.HEIGHT,
            )
            for theme in ("light", "dark")
        ]
        share = 50 * scene.scale_km / scene.half_km
        bar = html.Span(
            t("event.km", lang=lang, km=scene.scale_km),
            className="inset__scale",
            style={"minWidth": f"{share:.1f}%"},
        )
        parts.append(
            html.Div([*pictures, html.Div([*words, bar], **{"aria-hidden": "true"})], className="inset")
        )
        parts.append(html.P(" ".join(p for p in (f"{precision}.", within) if p), className="source-line"))
    if event["place_precision"] not in {"country", "none"}:  # a whole country spans the whole line: no news
        measured, far = ruler(event, lang), sentence(event, lang)
        if measured is not None:
            parts += [html.H3(t("event.ruler.title", lang=lang)), measured]
        elif far:
            parts.append(html.P(far, className="source-line"))
    return html.Section(parts, className="event__where", **{"aria-labelledby": "where"})


def _notes(event: pd.Series, told: Any, snapshot: Snapshot, lang: str, *, sums: bool) -> Any:
    """`sums`: the page spells out the arithmetic, so that its notes need no place of their own."""
    found = [note for note in notes(event, told, snapshot, lang) if not (sums and note.code in SPELLED_OUT)]
    if not found:
        return None
    items = [
        html.Li(
            [
                html.H3(note.title),
                html.P(note.text) if note.text else None,
                *(html.P(line, className="event__sum") for line in note.sums),
            ]
        )
        for note in found
    ]
    return html.Section(
        [html.H2(t("event.notes", lang=lang), id="notes"), html.Ul(items, className="event__notes")],
        **{"aria-labelledby": "notes"},
    )


def _cite(
    event: pd.Series, name: str, snapshot: Snapshot, today: date, *, read: bool, lang: str = "en"
) -> Any:
    event_id = str(event["event_id"])
    reading = "all" if read else "curated"
    query = Filters(scope="all", since="all", drug=("any",), ids=(event_id,), read=reading).to_query()
    files = [
        html.Li(html.A(t(f"event.download.{table}", lang=lang), href=f"/export/{table}.csv?{query}"))
        for table in ("seizures", "reports", "claims", *(("evidence",) if read else ()))
    ]
    link = report_error(event_id, snapshot, lang)
    cited = t("machine.cite", lang=lang, title=name) if unreviewed(event) else name
    citation = cite_event(event_id, cited, snapshot, today, lang)
    wrong = (
        html.A(t("event.report", lang=lang), href=link, rel="noopener", className="event__report")
        if link
        else dcc.Link(t("event.report", lang=lang), href="/about#errors", className="event__report")
    )
    return html.Section(
        [
            html.H2(t("event.use", lang=lang), id="use"),
            html.Div(
                [
                    html.Div(
                        [
                            html.H3(t("event.cite", lang=lang)),
                            html.P(citation, id="citation", className="event__citation"),
                            dcc.Clipboard(
                                target_id="citation", title=t("event.copy", lang=lang), className="copy"
                            ),
                        ]
                    ),
                    html.Div([html.H3(t("event.files", lang=lang)), html.Ul(files)]),
                    html.Div(
                        [
                            html.H3(t("event.wrong", lang=lang)),
                            html.P([t("event.wrong_text", lang=lang), " ", wrong]),
                        ]
                    ),
                ],
                className="event__use",
            ),
        ],
        **{"aria-labelledby": "use"},
    )


def no_page(identity: Identity, snapshot: Snapshot, lang: str = "en") -> Any:
    """What to say of an id that has no event today."""
    kind = "withdrawn" if isinstance(identity, Withdrawn) else "unknown"
    since = identity.since if isinstance(identity, Withdrawn) else ""
    return html.Article(
        [
            html.H1(t(f"event.{kind}.title", lang=lang)),
            html.P(
                t(
                    f"event.{kind}.text",
                    lang=lang,
                    event_id=identity.event_id[:20],
                    since=since,
                    release=snapshot.label,
                )
            ),
            html.P(dcc.Link(t("event.back", lang=lang), href="/records")),
        ],
        className="event event--gone",
    )
