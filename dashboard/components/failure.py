"""A page or a figure that can't be built says what happened and what to do; it never stays blank."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html

from dashboard.answers import do_not_keep
from dashboard.asked import language
from dashboard.figures.template import blank
from dashboard.figures.view import View
from dashboard.filters import Filters
from dashboard.i18n import t
from dashboard.plain import plain
from dashboard.release import ReleaseError
from dashboard.theme import palette

log = logging.getLogger(__name__)


def failing_softly(layout: Callable[..., Any]) -> Callable[..., Any]:
    """Wraps the layout function of a page."""

    @functools.wraps(layout)
    def guarded(**query: Any) -> Any:
        try:
            return layout(**query)
        except ReleaseError as error:
            log.error("no release: %s", error)  # noqa: TRY400
            return problem(t("error.no_release", lang=language(), problem=plain(str(error))))
        except Exception:
            log.exception("the page could not be built for %s", query)
            return problem(t("error.page", lang=language()))

    return guarded


def drawn_softly(draw: Callable[[], View], name: str, filters: Filters, theme: str, lang: str) -> View:
    """What `draw` gives; a figure that fails is replaced by words that say what to do, the others stand."""
    try:
        return draw()
    except Exception:
        log.exception("figure %s failed for %s", name, filters.to_query())
        do_not_keep()
        sorry = t("error.figure", lang=lang)
        return View(blank(palette(theme)), sorry, pd.DataFrame, 0, 0, (sorry,))


def problem(text: str) -> Any:
    """The page that stands in."""
    return html.Div(
        html.Div(
            [
                html.H1(t("error.title", lang=language())),
                html.P(text),
                html.P(t("error.what_to_do", lang=language())),
                html.A(t("filter.clear", lang=language()), href="/"),
            ],
            className="empty",
            role="alert",
        ),
        className="page",
    )
