"""The table of countries by years as a file: `/export/countries-by-year.csv?drug=any`."""

from __future__ import annotations

import csv
import io
import re
from contextlib import suppress

from flask import Blueprint, Response, abort, make_response, request

from dashboard.asked import language
from dashboard.countries.country import known
from dashboard.countries.years import Cell, by_year
from dashboard.export.source import guard
from dashboard.filters import Filters
from dashboard.i18n import t
from dashboard.release import ReleaseError, Snapshot
from dashboard.watcher import choose, current

blueprint = Blueprint("countries", __name__)
_PAGE = re.compile(r"/country/([^/]+)")
TEXT = {"Content-Type": "text/plain; charset=utf-8"}
COLUMNS = (
    "country", "year", "events", "events_with_quantity", "tablets_low", "tablets_best", "tablets_high",
    "tablets_without_10m", "tablets_without_repeats", "median_tablets", "possible_repeats",
    "events_kind_not_stated",
    "official_total", "official_at_least", "official_issuer", "official_drug", "official_from", "official_to",
    "official_differs_by", "traced_share_low", "traced_share_high", "note", "release",
)  # fmt: skip


@blueprint.get("/export/countries-by-year.csv")
def download() -> Response:
    """One row a country and year; the query string is that of the pages.

    400: filters not understood, 404: no such release.
    """
    snapshot, filters = _release(), _filters()
    response = make_response(to_csv(filters, snapshot))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = (
        f'attachment; filename="captagon-countries-by-year-{snapshot.label}.csv"'
    )
    response.headers["Cache-Control"] = "no-cache"
    response.headers["X-Captagon-Release"] = snapshot.label
    response.add_etag()
    response.make_conditional(request)
    return response


@blueprint.after_app_request
def status(response: Response) -> Response:
    """404 for the page of a country that has no report; the page itself says so in words."""
    asked = _PAGE.fullmatch(request.path)
    if asked and response.status_code == 200:
        with suppress(ReleaseError):
            if not known(asked[1].upper(), current()):
                response.status_code = 404
    return response


def _release() -> Snapshot:
    label = request.args.get("release")
    snapshot = choose(label) if label else current()
    return snapshot or abort(
        make_response(t("export.no_release", lang=language(), label=str(label)[:80]) + "\n", 404, TEXT)
    )


def _filters() -> Filters:
    filters = Filters.from_pairs((key, value) for key, value in request.args.items() if key != "release")
    if filters.ignored:
        listed = ", ".join(f"{item.key}={item.value}" for item in filters.ignored)
        abort(make_response(t("export.not_understood", lang=language(), listed=listed) + "\n", 400, TEXT))
    return filters


def to_csv(filters: Filters, snapshot: Snapshot) -> str:
    """Blanks mean unknown; `note` says `no_report_collected` where there is no event, which is not zero."""
    found = by_year(filters, snapshot)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for code in found.countries:
        for cell in (*found.row(code), found.cell(code, None)):
            if cell.year or cell.events or cell.unstated:
                writer.writerow(guard(value) for value in (*_row(cell), snapshot.label))
    return out.getvalue()


def _row(cell: Cell) -> list[str]:
    total, share = cell.total, cell.share
    official = [""] * 7
    if total:
        official = [
            _whole(total.best), str(int(total.at_least)), total.total.issuer, total.total.drug,
            total.first.isoformat(), total.last.isoformat(), "|".join(total.differs),
        ]  # fmt: skip
    return [
        cell.country,
        str(cell.year or ""),
        str(cell.events) if cell.events else "",
        str(cell.with_quantity) if cell.events else "",
        *(
            _whole(value)
            for value in (cell.low, cell.best, cell.high, cell.without_large, cell.without_repeats)
        ),
        _whole(cell.median),
        str(cell.repeats) if cell.events else "",
        str(cell.unstated or ""),
        *official,
        *([f"{part:.4f}" for part in share] if share else ["", ""]),
        "" if cell.events else "no_report_collected",
    ]


def _whole(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}"
