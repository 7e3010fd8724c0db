"""`/brief` and `/brief.pdf`: the view of a query string as one file, in the language that it names."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import UTC, datetime
from functools import lru_cache, partial
from importlib import resources
from typing import NoReturn

import flask
from markupsafe import Markup

from dashboard.asked import language
from dashboard.brief import pdf
from dashboard.brief.content import Brief, brief
from dashboard.citation import base_url
from dashboard.filters import Filters
from dashboard.i18n import direction, t
from dashboard.release import Snapshot
from dashboard.watcher import choose, current

blueprint = flask.Blueprint("brief", __name__, template_folder="templates")

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""A brief asks for nothing and runs nothing; the file itself says so too, since it leaves the server."""
_FONTS = {
    "en": ("inter-latin-wght-normal.woff2",),
    "ar": ("inter-latin-wght-normal.woff2", "noto-sans-arabic-arabic-wght-normal.woff2"),
}


@blueprint.get("/brief")
def as_html() -> flask.Response:
    """The brief. 400: filters not understood, 404: no such release."""
    lang = language()
    made = _made(lang)
    return _answer(_page(made), "text/html; charset=utf-8", _name(made, "html"))


@blueprint.get("/brief.pdf")
def as_pdf() -> flask.Response:
    """The same, printed. 501: this machine has no Chromium, 503: it is busy or could not print."""
    lang = language()
    made = _made(lang)
    try:
        found = pdf.to_pdf(_page(made))
    except pdf.NoChromium:
        _refuse(501, t("brief.no_chromium", lang=lang))
    except pdf.Busy:
        _refuse(503, t("brief.busy", lang=lang), retry=20)
    except pdf.Failed:
        _refuse(503, t("brief.not_printed", lang=lang), retry=60)
    return _answer(found, "application/pdf", _name(made, "pdf"))


def _made(lang: str) -> Brief:
    filters = Filters.from_pairs(flask.request.args.items(multi=True))
    if filters.ignored:
        listed = ", ".join(f"{item.key}={item.value}" for item in filters.ignored)
        _refuse(400, t("brief.not_understood", lang=lang, listed=listed))
    return brief(filters, _release(lang), today=datetime.now(UTC).date(), base=base_url(), lang=lang)


def _release(lang: str) -> Snapshot:
    label = flask.request.args.get("release")
    if label is None:
        return current()
    return choose(label) or _refuse(404, t("brief.no_release", lang=lang, label=label[:64]))


def _page(made: Brief) -> bytes:
    return flask.render_template(
        "brief/brief.html",
        b=made,
        t=partial(t, lang=made.lang),
        dir=direction(made.lang),
        style=_style(made.lang),
        policy=POLICY.rpartition("; frame-ancestors")[0],  # a meta element can't say who may frame it
    ).encode()


@lru_cache(maxsize=4)
def _style(lang: str) -> Markup:
    """The style sheet with its fonts in it, so that a brief looks the same everywhere."""
    package = resources.files("dashboard")
    faces = []
    for file in _FONTS.get(lang, _FONTS["en"]):
        raw = base64.b64encode(package.joinpath("assets", "fonts", file).read_bytes()).decode()
        name = "Noto Sans Arabic" if "arabic" in file else "Inter"
        source = f'src:url(data:font/woff2;base64,{raw}) format("woff2")'
        faces.append(f'@font-face{{font-family:"{name}";font-weight:100 900;{source}}}')
    rules = package.joinpath("brief", "templates", "brief", "brief.css").read_text(encoding="utf-8")
    return Markup("\n".join([*faces, rules]))  # noqa: S704  files of ours


def _name(made: Brief, suffix: str) -> str:
    """`captagon-brief_2026.11.2_iq_ar.pdf`: release, a word for the filters, language."""
    query = made.permalink.partition("?")[2].partition("release=")[0].strip("&")
    words = re.sub(r"[^a-z0-9]+", "-", query.lower()).strip("-")[:60]
    return (
        "_".join(part for part in ("captagon-brief", made.release, words, made.lang) if part) + f".{suffix}"
    )


def _answer(body: bytes, kind: str, name: str) -> flask.Response:
    response = flask.make_response(body)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "no-cache"
    response.set_etag(hashlib.sha256(body).hexdigest()[:32])
    response.make_conditional(flask.request)
    return response


def _refuse(status: int, text: str, *, retry: int = 0) -> NoReturn:
    headers = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
    if retry:
        headers["Retry-After"] = str(retry)
    flask.abort(flask.make_response(f"{text}\n", status, headers))
