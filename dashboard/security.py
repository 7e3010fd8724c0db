"""Response headers: the page may load from this server and from nowhere else.

`style-src 'unsafe-inline'` stays because Mantine and plotly write style elements; `blob:` workers because the
map library starts its workers from blobs. Inline scripts are named by hash. The map's online tiles, off by
default, are the one exception: a page asked for with `basemap=online` may fetch them from their host.
"""

from __future__ import annotations

import dash
import flask

TILE_HOST = "https://tile.openstreetmap.org"


def protect(app: dash.Dash) -> None:
    """Adds the headers to every response of `app`. Call after all callbacks are defined."""
    hashes: list[str] = []

    @app.server.after_request
    def headers(response: flask.Response) -> flask.Response:
        if not hashes:
            hashes.extend(app.csp_hashes())
        online = flask.request.args.get("basemap") == "online"
        response.headers.setdefault("Content-Security-Policy", policy(hashes, online=online))
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        # The tile server's rules ask for the site that uses it; nobody else learns where a reader comes from.
        referrer = "strict-origin-when-cross-origin" if online else "same-origin"
        response.headers.setdefault("Referrer-Policy", referrer)
        response.headers.setdefault("X-Frame-Options", "SAMEORIGIN")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response


def policy(script_hashes: list[str], *, online: bool = False) -> str:
    """The Content-Security-Policy; `online` admits the tile server."""
    tiles = [TILE_HOST] if online else []
    rules = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *script_hashes],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:", *tiles],
        "font-src": ["'self'"],
        "connect-src": ["'self'", "blob:", *tiles],
        "worker-src": ["'self'", "blob:"],
        "manifest-src": ["'self'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
        "object-src": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in rules.items())
