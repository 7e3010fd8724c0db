"""Downloads as plain addresses: `/export/seizures.csv?country=IQ&from=2023-01-01`, made for curl and caches.

The query string is the one of the pages; `all=1` gives everything, `read=all` also what a machine read,
`for=excel` adds the byte-order mark to a CSV. A page ignores a value that it does not understand and says so;
a file cannot, hence it is refused.
"""

from __future__ import annotations

import hashlib
import logging
import re
from dataclasses import dataclass
from typing import NoReturn

from flask import Blueprint, Response, abort, make_response, request

from dashboard.asked import language
from dashboard.citation import base_url
from dashboard.export import charts as chart_data
from dashboard.export import formats, readme, source
from dashboard.filters import Filters
from dashboard.i18n import DEFAULT, t
from dashboard.listing import shown_ids
from dashboard.release import Snapshot, per_release
from dashboard.watcher import choose, current

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TEXT = "text/plain; charset=utf-8"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"

log = logging.getLogger(__name__)
blueprint = Blueprint("export", __name__, url_prefix="/export")


@dataclass(frozen=True)
class Wanted:
    """What a download asks for. `filters` None: everything; `listing`: see `dashboard.listing.LISTS`.

    `base` is the address of the dashboard, which the README cites; `lang` is the language of that README.
    """

    table: str
    suffix: str
    filters: Filters | None = None
    listing: str = "shown"
    for_excel: bool = False
    base: str = ""
    lang: str = DEFAULT


@dataclass(frozen=True)
class Export:
    """A finished download."""

    body: bytes
    name: str
    type: str
    rows: str

    @property
    def etag(self) -> str:
        return hashlib.sha256(self.body).hexdigest()[:32]


@blueprint.get("/<name>.<suffix>")
def download(name: str, suffix: str) -> Response:
    """One table in one format. 400: filters not understood, 404: no such table or format."""
    snapshot = _release()
    about = (name, suffix) == ("README", "txt")
    wanted = Wanted(
        table=request.args.get("table", "seizures") if about else name,
        suffix=suffix,
        filters=_filters(),
        listing=request.args.get("list", "shown"),
        for_excel=suffix == "csv" and request.args.get("for") == "excel",
        base=base_url(),
        lang=language(),
    )
    if not about and suffix not in TYPES:
        _refuse(404, t("export.no_format", lang=language(), suffix=suffix, known=", ".join(TYPES)))
    export = make(snapshot, wanted)
    if export is None:
        known = ", ".join(names(snapshot))
        _refuse(404, t("export.no_table", lang=language(), name=f"{wanted.table}.{suffix}", known=known))
    return _send(export, attach=not about)


@blueprint.get("/chart/<name>.csv")
def chart(name: str) -> Response:
    """The data behind a chart. 400: filters not understood, 404: no such chart or one without data."""
    snapshot, lang = _release(), language()
    maker = chart_data.offered(name)
    if maker is None:
        _refuse(404, t("picture.no_data", lang=lang, name=name[:40]))
    filters = _filters() or Filters()
    try:
        view = maker(filters, snapshot, lang, request.args.to_dict())
    except KeyError:  # an early release without the column that this chart shows
        log.exception("no data behind %s in %s", name, snapshot.label)
        _refuse(404, t("picture.no_data", lang=lang, name=name[:40]))
    excel = request.args.get("for") == "excel"
    body = chart_data.to_csv(view.data, for_excel=excel).encode()
    export = Export(body, _chart_name(name, filters, snapshot), TYPES["csv"], f"{view.drawn} of {view.total}")
    return _send(export)


def _chart_name(name: str, filters: Filters, snapshot: Snapshot) -> str:
    """`captagon-chart-events_2026.11.2_scope-iq.csv`: card, release, a word for the filters."""
    words = re.sub(r"[^a-z0-9]+", "-", filters.to_query().lower()).strip("-")[:60]
    return "_".join(part for part in (f"captagon-chart-{name}", snapshot.label, words) if part) + ".csv"


def _release() -> Snapshot:
    """The release in force, or the one that `release=` names: that of the page with the link."""
    label = request.args.get("release")
    if label is None:
        return current()
    return choose(label) or _refuse(404, t("export.no_release", lang=language(), label=label[:80]))


def _filters() -> Filters | None:
    """The filters of the request; None for everything."""
    if request.args.get("all") == "1":
        return None
    pairs = [(key, value) for key, value in request.args.items(multi=True) if key != "release"]
    filters = Filters.from_pairs(pairs)
    if filters.ignored:
        listed = ", ".join(f"{item.key}={item.value}" for item in filters.ignored)
        _refuse(400, t("export.not_understood", lang=language(), listed=listed))
    return filters


def names(snapshot: Snapshot) -> list[str]:
    """The tables of a release that can be downloaded."""
    return sorted(path.stem for path in snapshot.directory.glob("*.csv"))


@per_release(24)
def make(snapshot: Snapshot, wanted: Wanted) -> Export | None:
    """The bytes of a download, None where the release has no such table in this format."""
    whole = (
        source.read(snapshot.directory, wanted.table, snapshot.sha256) if _exists(snapshot, wanted) else None
    )
    if whole is None:
        return None
    cut_by = wanted.filters if whole.follows_events else None
    ids = None if cut_by is None else shown_ids(cut_by, snapshot, wanted.listing)
    table = whole.cut(ids)
    if wanted.filters is not None and not wanted.filters.with_machine_read():
        table = table.curated()
    about = readme.lines(table, len(whole.rows), snapshot, cut_by, base=wanted.base, lang=wanted.lang)
    published = snapshot.path(f"{wanted.table}.{wanted.suffix}")
    match wanted.suffix:
        case "csv":
            body = formats.to_csv(table, for_excel=wanted.for_excel)
        case "xlsx":
            words = {key: t(f"export.sheet.{key}", lang=wanted.lang) for key in formats.SHEET_WORDS}
            body = formats.to_xlsx(table, about, snapshot.data_complete_to, words)
        case "txt":
            body = readme.as_text(about).encode()
        case "geojson" if published.is_file():
            body = formats.cut_geojson(published, ids)
        case "parquet" if published.is_file():
            body = formats.cut_parquet(published, ids)
        case "parquet":
            body = formats.to_parquet(table)
        case _:
            return None
    name = readme.filename(wanted.table, wanted.suffix, snapshot, whole=cut_by is None)
    return Export(body, name, TYPES.get(wanted.suffix, TEXT), f"{len(table.rows)} of {len(whole.rows)}")


def _exists(snapshot: Snapshot, wanted: Wanted) -> bool:
    return wanted.table in names(snapshot)


def _send(export: Export, *, attach: bool = True) -> Response:
    response = make_response(export.body)
    response.headers["Content-Type"] = export.type
    if attach:
        response.headers["Content-Disposition"] = f'attachment; filename="{export.name}"'
    query = request.query_string.decode("ascii", "replace")
    readme_url = "/export/README.txt" + (f"?{query}" if query else "")
    response.headers["Link"] = f'<{readme_url}>; rel="describedby", <{LICENCE_URL}>; rel="license"'
    response.headers["X-Captagon-Release"] = current().label
    response.headers["X-Captagon-Rows"] = export.rows
    response.headers["Cache-Control"] = "no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.set_etag(export.etag)
    response.make_conditional(request)
    return response


def _refuse(status: int, text: str) -> NoReturn:
    abort(make_response(f"{text}\n", status, {"Content-Type": TEXT}))
