"""`/pinned`: what stands over a page that is pinned to a release; `/new.xml`: the feed of changes."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import partial
from urllib.parse import parse_qsl, urlencode

import flask

from dashboard import watcher
from dashboard.asked import language
from dashboard.citation import base_url
from dashboard.cite import feed, kept
from dashboard.cite.asked import asked
from dashboard.cite.compare import KINDS, Change
from dashboard.cite.recent import by_machine, recent
from dashboard.cite.since import Since, changes, of_event, since
from dashboard.cite.words import Line, figures_then_and_now, line, long_kind
from dashboard.filters import Filters
from dashboard.i18n import DEFAULT, day, t
from dashboard.release import ReleaseError, Snapshot

blueprint = flask.Blueprint("cite", __name__, template_folder="templates")

MOST = 200
"""Changed events that the banner lists; the rest is counted."""
WITH_FILTERS = frozenset({"/", "/border", "/trends", "/countries", "/records", "/sites", "/official"})
USUAL = ("lang", DEFAULT)
"""Left out of addresses: a page without it is in this language."""
_EVENT = re.compile(r"/event/(CAP-\d{6,9})")


@blueprint.get("/pinned")
def pinned() -> flask.Response:
    """The banner of a pinned page as a piece of HTML, "" where there is nothing to say.

    `release` names the pin, `path` the page; the rest of the query is the page's own.
    """
    label = flask.request.args.get("release", "")
    lang = language()
    if not label:
        return _answer("")
    try:
        now = watcher.in_force()
    except ReleaseError:
        return _answer("")
    then = watcher.choose(label)
    if then is None:
        return _answer(
            flask.render_template("cite/unknown.html", t=partial(t, lang=lang), label=label[:64], now=now)
        )
    return _answer(_banner(then, now, lang))


def _banner(then: Snapshot, now: Snapshot, lang: str) -> str:
    path = flask.request.args.get("path", "/")
    view, told = _changed(path, then, now)
    old, new = kept.rows(then.label, then), kept.rows(now.label, now)
    shown = [one for one in told if not by_machine(one.event_id) or _with_machine()]
    lines = [line(one, old, new, now, lang) for one in shown[:MOST]]
    return flask.render_template(
        "cite/pinned.html",
        t=partial(t, lang=lang),
        label=then.label,
        until=day(then.data_complete_to, lang),
        now=now,
        newer=kept.newer(then, now),
        unpin=_without_release(path),
        view=view,
        figures=figures_then_and_now(view.then, view.now, lang) if view else (),
        groups=[(kind, found) for kind in KINDS if (found := [one for one in lines if one.kind == kind])],
        more=max(0, len(shown) - MOST),
        nothing=view.same if view else not shown,
        kind=partial(_kind, lang=lang),
    )


def _changed(path: str, then: Snapshot, now: Snapshot) -> tuple[Since | None, tuple[Change, ...]]:
    """The view with its changes; for an event its own; for other pages those of the whole release."""
    if event := _EVENT.fullmatch(path):
        return None, of_event(then, now, event[1])
    if path in WITH_FILTERS:
        found = since(then, now, _filters())
        return found, found.changes
    return None, changes(then, now)


def _filters() -> Filters:
    known = [(key, value) for key, value in flask.request.args.items(multi=True) if key != "path"]
    return Filters.from_pairs(known)


def _with_machine() -> bool:
    return _filters().with_machine_read()


def _kind(told: Line, lang: str) -> str:
    return long_kind(told, lang)


def _without_release(path: str) -> str:
    """The address of the same view in the release in force; always a path of this dashboard."""
    query = flask.request.query_string.decode("utf-8", "replace")
    pairs = [(k, v) for k, v in parse_qsl(query) if k not in {"release", "path"} and (k, v) != USUAL]
    safe = path if re.fullmatch(r"/(?:[A-Za-z0-9_-]+/?)*", path) else "/"
    return safe + (f"?{urlencode(pairs, safe=',:')}" if pairs else "")


def _answer(html: str) -> flask.Response:
    response = flask.make_response(html)
    response.headers["Content-Type"] = "text/html; charset=utf-8"
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/new.xml")
def new_xml() -> flask.Response:
    """The changes since a day as an Atom feed. 503 while there is no release."""
    lang = language()
    try:
        snapshot = watcher.in_force()
    except ReleaseError:
        return flask.make_response(t("new.none_yet", lang=lang), 503)
    wanted = asked(flask.request.args, datetime.now(UTC).date())
    # Without a day a feed holds the newest changes, however old: a reader's program asks again and again.
    dated = "since" in flask.request.args and not wanted.refused
    begin = wanted.since if dated else datetime(1990, 1, 1, tzinfo=UTC).date()
    found = recent(snapshot, begin, lang, countries=wanted.countries, machine=wanted.machine, most=100)
    query = wanted.query(lang, dated=dated)
    address = "/new.xml" + (f"?{query}" if query else "")
    updated = kept.day_of(snapshot.label, snapshot)
    body = feed.atom(found, base=base_url(), address=address, updated=updated, lang=lang)
    response = flask.make_response(body)
    response.headers["Content-Type"] = "application/atom+xml; charset=utf-8"
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(flask.request)
    return response
