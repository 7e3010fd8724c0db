"""The comparison as a download: `/export/reconciliation.csv`, with the query string of the page."""

from __future__ import annotations

from typing import NoReturn

from flask import Blueprint, Response, abort, make_response, request

from dashboard.asked import language
from dashboard.filters import Filters
from dashboard.i18n import t
from dashboard.reconcile.table import to_csv
from dashboard.watcher import choose, current

blueprint = Blueprint("reconcile", __name__)
_NOT_FILTERS = frozenset({"release", "for"})


@blueprint.get("/export/reconciliation.csv")
def download() -> Response:
    """The totals of the filters and what is traced. 400: filters not understood, 404: no such release."""
    label = request.args.get("release")
    snapshot = choose(label) if label else current()
    if snapshot is None:
        _refuse(404, t("export.no_release", lang=language(), label=str(label)[:80]))
    pairs = [(key, value) for key, value in request.args.items(multi=True) if key not in _NOT_FILTERS]
    filters = Filters.from_pairs(pairs)
    if filters.ignored:
        listed = ", ".join(f"{item.key}={item.value}" for item in filters.ignored)
        _refuse(400, t("export.not_understood", lang=language(), listed=listed))
    response = make_response(to_csv(filters, snapshot, for_excel=request.args.get("for") == "excel"))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    name = f"captagon-reconciliation-{snapshot.label}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Captagon-Release"] = snapshot.label
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def _refuse(status: int, text: str) -> NoReturn:
    abort(make_response(f"{text}\n", status, {"Content-Type": "text/plain; charset=utf-8"}))
