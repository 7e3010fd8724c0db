"""A figure with its words, drawn with the page: for pages whose figures are few and come with the filters."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from dash import dcc, html

from dashboard.components import card
from dashboard.components.card_menu import card_menu
from dashboard.components.still import Still
from dashboard.figures.template import CONFIG, spoken
from dashboard.figures.view import View
from dashboard.i18n import t

log = logging.getLogger(__name__)


def panel(
    name: str,
    build: Callable[[], View],
    lang: str,
    *,
    label: str,
    head: Any = None,
    before: Any = None,
    wide: bool = False,
    sub: str = "",
    asked: str = "",
) -> Any:
    """A card with a figure; one that fails is replaced by words, the others stand.

    `label` names the release that it is drawn from. `head` stands beside the title (a switch), `before`
    between the words and the figure (a key); `asked` is for the data behind the figure, see `card_menu`.
    """
    try:
        view = build()
        height = view.drawing["layout"].get("height", 320)
        graph = dcc.Graph(
            id=f"{name}-plot",
            figure=dict(view.drawing),
            config={**CONFIG, **spoken(lang)},
            className="card__plot",
            style={"blockSize": f"{height}px"},
        )
        told = [*(html.P(_sentence(note)) for note in view.notes), html.P(card.source(label, lang))]
        table = html.Details([html.Summary(t("card.details", lang=lang)), Still(card.words_and_table(view))])
        body: list[Any] = [graph, html.Div(told, className="card__foot"), table]
    except Exception:
        log.exception("figure %s failed", name)
        body = [html.P(t("error.figure", lang=lang), className="card__foot")]
    beside = [part for part in (head, card_menu(name, lang, asked)) if part]
    return section(name, [before, *body], lang, head=beside, wide=wide, sub=sub)


def section(
    name: str,
    parts: list[Any],
    lang: str,
    *,
    label: str = "",
    head: Any = None,
    wide: bool = False,
    sub: str = "",
) -> Any:
    """A card with a title; `sub` is its second line, by default the text of `card.<name>_sub`.

    `label`: the release, where the parts do not name it themselves.
    """
    return html.Section(
        [
            html.Div(
                [
                    html.H2(t(f"card.{name}", lang=lang), id=f"{name}-title"),
                    *(head if isinstance(head, list) else [head]),
                ],
                className="card__head",
            ),
            html.P(sub or t(f"card.{name}_sub", lang=lang), id=f"{name}-sub", className="card__sub"),
            *parts,
            html.P(card.source(label, lang), className="card__foot") if label else None,
        ],
        id=f"{name}-card",
        className=f"card card--{name}" + (" is-wide" if wide else ""),
        **{"aria-labelledby": f"{name}-title"},
    )


def _sentence(note: str) -> str:
    """Each note stands in a line of its own."""
    note = note[:1].upper() + note[1:]
    return note if note.endswith((".", ")", "!", "?")) else f"{note}."
