"""What the event page needs besides its layout: status codes, redirects, the inset map."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from dashboard.event import inset
from dashboard.event.identity import Found, Merged, Withdrawn, resolve
from dashboard.release import Snapshot
from dashboard.theme import palette
from dashboard.watcher import choose, current

blueprint = Blueprint("event", __name__)
PREFIX = "/event/"


@blueprint.get("/event/<event_id>/place.svg")
def place(event_id: str) -> Response:
    """The inset map of an event in the theme asked for; 404 where its place is not known well enough."""
    label = request.args.get("release")
    snapshot = (choose(label) if label else None) or current()
    body = _picture(event_id, snapshot, request.args.get("theme", "light"))
    if body is None:
        abort(404)
    response = make_response(body)
    response.headers["Content-Type"] = "image/svg+xml; charset=utf-8"
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def _picture(event_id: str, snapshot: Snapshot, theme: str) -> str | None:
    rows = snapshot.seizures
    found = rows.loc[rows["event_id"] == event_id]
    if found.empty:
        return None
    event = found.iloc[0]
    view = inset.scene(event, snapshot)
    colours = palette(theme)
    return (
        None if view is None else inset.svg(view, snapshot, colours, colours.country(str(event["country"])))
    )


@blueprint.before_app_request
def follow_merges() -> BaseResponse | None:
    """A merged id leads to the seizure it became, so that old citations keep working."""
    match _asked():
        case Merged(into=into):
            return redirect(f"{PREFIX}{into}?was={_id()}", 301)
        case Found(event_id=event_id) if event_id != _id():
            return redirect(f"{PREFIX}{event_id}", 301)
    return None


@blueprint.after_app_request
def status(response: Response) -> Response:
    """410 for a withdrawn id, 404 for one that never was; the page itself says so in words."""
    found = _asked()
    if found is not None and response.status_code == 200 and not isinstance(found, Found):
        response.status_code = 410 if isinstance(found, Withdrawn) else 404
    return response


def _id() -> str:
    return request.path.removeprefix(PREFIX)


def _asked() -> object | None:
    """What the id of a request for an event page stands for; None for every other request."""
    if not request.path.startswith(PREFIX) or "/" in _id() or not _id():
        return None
    return resolve(_id(), current())
