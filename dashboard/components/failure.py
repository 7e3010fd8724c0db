"""A page that can't be built says what happened and what to do; it never stays blank."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any

from dash import html

from dashboard.asked import language
from dashboard.i18n import t
from dashboard.plain import plain
from dashboard.release import ReleaseError

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
