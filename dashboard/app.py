"""The app factory: one Dash app over one folder of releases."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Any

import dash
import flask
from flask_compress import Compress

from dashboard import answers, security, shell, status, watcher
from dashboard.asked import language
from dashboard.border.routes import blueprint as border_routes
from dashboard.brief.routes import blueprint as brief_routes
from dashboard.cite.routes import blueprint as cite_routes
from dashboard.countries.routes import blueprint as countries_routes
from dashboard.event.routes import blueprint as event_routes
from dashboard.export.routes import blueprint as export_routes
from dashboard.i18n import direction, has, t
from dashboard.reconcile.routes import blueprint as reconcile_routes
from dashboard.release import ReleaseError
from dashboard.status_routes import blueprint as status_routes


def create_app(data_dir: Path | str) -> dash.Dash:
    """A Dash app that reads the releases below `data_dir`; `app.server` is the WSGI application.

    Several apps may live in one process, one after the other: the registry of pages, which Dash keeps per
    process, is cleared first and the page modules register anew.
    """
    dash.page_registry.clear()
    app = _Dash(
        "dashboard",
        use_pages=True,
        use_async=False,  # callbacks are plain functions; Dash would start a thread and a loop for each
        pages_folder="",
        title=t("site.title"),
        update_title="",
        suppress_callback_exceptions=True,
        external_scripts=[],
        external_stylesheets=[],
        meta_tags=[
            {"name": "viewport", "content": "width=device-width, initial-scale=1"},
            {"name": "color-scheme", "content": "light dark"},
        ],
    )
    app.server.config[watcher.CONFIG_KEY] = watcher.Watcher(data_dir)
    app.server.config[status.CONFIG_KEY] = status.StatusFile(Path(data_dir) / "status.json")
    app.server.config["COMPRESS_MIMETYPES"] = [
        "text/html", "text/css", "text/csv", "text/javascript", "application/javascript", "application/json",
        "application/geo+json",
    ]  # fmt: skip
    app.server.config["COMPRESS_ALGORITHM"] = ["br", "gzip"]
    app.server.config["COMPRESS_CACHE_BACKEND"] = _Scripts
    app.server.config["COMPRESS_CACHE_KEY"] = _script
    answers.remember(app.server)
    Compress(app.server)
    _register_pages()
    app.layout = shell.layout
    shell.register()
    _register_routes(app)
    security.protect(app)
    return app


class _Scripts:
    """The compressed scripts of the components: 9 MB that would else be compressed for each reader anew."""

    MOST = 64  # files; an address with a made-up version must not fill the memory

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self._kept.get(key)

    def set(self, key: str, value: bytes) -> None:
        if not key.endswith(";") and len(self._kept) < self.MOST:
            self._kept[key] = value


def _script(request: flask.Request) -> str:
    """The address of a component's script, which has its version in it; "" for answers not to be kept."""
    return request.path if request.path.startswith("/_dash-component-suites/") else ""


_SCRIPT = re.compile(r'<script src="[^"]*/_dash-component-suites/(?:dash/)?(\w+)/[^"]*"[^>]*></script>')
_ONLY_ON: Mapping[str, frozenset[str]] = MappingProxyType(
    {"dash_ag_grid": frozenset({"/records"}), "dash_table": frozenset()}
)
"""Component suites and the pages that use them: elsewhere a browser need not read their megabytes.

Where a reader comes to such a page without a reload, assets/state.js makes one.
"""


def _needed_scripts(scripts: str, path: str) -> str:
    """The script elements of a page without those of suites that it does not use."""

    def kept(found: re.Match[str]) -> str:
        return found[0] if path in _ONLY_ON.get(found[1], {path}) else ""

    return _SCRIPT.sub(kept, scripts)


class _Dash(dash.Dash):
    """Dash whose `<html>` says its language and direction, which screen readers and Arabic need."""

    def interpolate_index(self, **kwargs: str) -> str:
        path = flask.request.path if flask.has_request_context() else "/"
        kwargs["scripts"] = _needed_scripts(kwargs.get("scripts", ""), path)
        lang = language()
        kwargs["title"] = escape(_title(path, lang))
        page: str = super().interpolate_index(**kwargs)
        # Dash puts its scripts into a second <footer>; a page has one.
        page = page.replace("<footer>", "<div>", 1).replace("</footer>", "</div>", 1)
        page = page.replace("<html>", f'<html lang="{lang}" dir="{direction(lang)}">', 1)
        return page.replace("<head>", f'<head><meta name="captagon-release" content="{_release()}">', 1)


def _title(path: str, lang: str) -> str:
    """The title of the page at `path`, as Dash gives it to a page that is reached by a link."""
    for page in dash.page_registry.values():
        if page["path"] == path and callable(page["title"]):
            return str(page["title"]())
    return t("site.title", lang=lang)


def _named(page: Mapping[str, Any]) -> Callable[..., str]:
    """The title of a page in the language of the request: its name in the menu and the name of the site."""

    def title(**_variables: str) -> str:
        lang, name = language(), page["name"]
        site = t("site.title", lang=lang)
        key = next((key for key in (f"nav.{name}", f"{name}.title", f"error.{name}") if has(key, lang)), "")
        return f"{t(key, lang=lang)} · {site}" if key and page["path"] != "/" else site

    return title


def _release() -> str:
    """What the page's own requests say of the release that it was built from; "" while there is none."""
    try:
        return watcher.current().name
    except ReleaseError:
        return ""


def _register_pages() -> None:
    """Imports every module of `dashboard.pages`; a module imported before registers its page again."""
    pages = importlib.import_module("dashboard.pages")
    for module in pkgutil.iter_modules(pages.__path__, "dashboard.pages."):
        if module.name in sys.modules:
            importlib.reload(sys.modules[module.name])
        else:
            importlib.import_module(module.name)
    for page in dash.page_registry.values():
        if not page["supplied_title"]:
            page["title"] = _named(page)
        page["description"] = _description


def _description(**_variables: str) -> str:
    """What a search engine, or a message that a link is shared in, says of a page."""
    return t("site.description", lang=language())


def _register_routes(app: dash.Dash) -> None:
    server: flask.Flask = app.server
    server.register_blueprint(status_routes)
    server.register_blueprint(border_routes)
    server.register_blueprint(countries_routes)
    server.register_blueprint(reconcile_routes)
    server.register_blueprint(export_routes)
    server.register_blueprint(event_routes)
    server.register_blueprint(cite_routes)
    server.register_blueprint(brief_routes)
