"""What a request asks for beside its filters: the language.

A page is opened with `?lang=ar`; its own later requests to Dash carry no query string, so assets/release.js
sends the language of the page with each of them.
"""

from __future__ import annotations

import flask

from dashboard.i18n import DEFAULT, languages

LANG_HEADER = "X-Captagon-Lang"


def language() -> str:
    """The language of the request in hand; English outside of one and where none of ours is asked for."""
    if not flask.has_request_context():
        return DEFAULT
    request = flask.request
    asked = request.headers.get(LANG_HEADER) or request.args.get("lang", DEFAULT)
    return asked if asked in languages() else DEFAULT
