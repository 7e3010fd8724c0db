"""The sector table as a plain address: `/export/border-sectors.csv?from=2024-12-08`, for curl and caches.

The query is that of the page; `release=` names an earlier release, `for=excel` adds the byte-order mark. As
with the other downloads, a query that is not understood is refused: a file can't say what was left aside.
"""

from __future__ import annotations

import hashlib
from typing import NoReturn

from flask import Blueprint, Response, abort, make_response, request

from dashboard.asked import language
from dashboard.border.pair import pair
from dashboard.border.table import to_csv
from dashboard.filters import Filters
from dashboard.i18n import t
from dashboard.watcher import choose, current

blueprint = Blueprint("border", __name__, url_prefix="/export")


@blueprint.get("/border-sectors.csv")
def sectors() -> Response:
    """The table of the border page. 400: filters not understood, 404: no such release."""
    lang = language()
    label = request.args.get("release")
    snapshot = current() if label is None else choose(label)
    if snapshot is None:
        _refuse(404, t("export.no_release", lang=lang, label=str(label)[:80]))
    filters = Filters.from_pairs(
        (key, value) for key, value in request.args.items(multi=True) if key != "release"
    )
    if filters.ignored:
        listed = ", ".join(f"{item.key}={item.value}" for item in filters.ignored)
        _refuse(400, t("export.not_understood", lang=lang, listed=listed))
    excel = request.args.get("for") == "excel"
    body = to_csv(pair(filters, snapshot, lang), snapshot, lang, for_excel=excel)
    response = make_response(body)
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    name = f"captagon-border-sectors-{snapshot.label}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Captagon-Release"] = snapshot.label
    response.headers["Cache-Control"] = "no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.set_etag(hashlib.sha256(body).hexdigest()[:32])
    response.make_conditional(request)
    return response


def _refuse(status: int, text: str) -> NoReturn:
    abort(make_response(f"{text}\n", status, {"Content-Type": "text/plain; charset=utf-8"}))
