"""One bar a total: what is traced, what is not, and the bracket from low to high. Plain elements, no script:
they mirror in right-to-left pages and print."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.i18n import DEFAULT, t
from dashboard.reconcile import words
from dashboard.reconcile.intervals import BELOW_MAXIMUM
from dashboard.reconcile.ours import Compared


def bar(one: Compared, lang: str = DEFAULT) -> Any:
    """The bar of a compared total; its words are the sentence beside it. Raises ValueError for any other."""
    ours, verdict, best = one.ours, one.verdict, one.total.best
    if ours is None or verdict is None or not best:
        raise ValueError(f"{one.total.aggregate_id} was held against nothing")
    scale = max(best, ours.sum.high)
    open_end = one.total.qualifier in {"over", "under"}

    def share(value: float) -> str:
        return f"{100 * value / scale:.2f}%"

    parts: list[Any] = [
        html.Span(
            className="tbar__total tbar__total--open" if open_end else "tbar__total",
            style={"inlineSize": share(best)},
        ),
        html.Span(className="tbar__ours", style={"inlineSize": share(min(best, ours.sum.best))}),
    ]
    if ours.sum.best > best:
        parts.append(
            html.Span(
                className="tbar__beyond",
                style={"insetInlineStart": share(best), "inlineSize": share(ours.sum.best - best)},
            )
        )
    if ours.sum.high > ours.sum.low:
        parts.append(
            html.Span(
                className="tbar__range",
                style={
                    "insetInlineStart": share(ours.sum.low),
                    "inlineSize": share(ours.sum.high - ours.sum.low),
                },
            )
        )
    if best < scale:
        parts.append(html.Span(className="tbar__mark", style={"insetInlineStart": share(best)}))
    return html.Div(
        [
            html.Div(parts, className="tbar", **{"aria-hidden": "true"}),
            html.Div(_labels(one, lang), className="tbar__labels", **{"aria-hidden": "true"}),
        ]
    )


def _labels(one: Compared, lang: str) -> list[Any]:
    """Direct labels: what is traced at the start, what is left or goes beyond at the end."""
    ours, verdict, unit = one.ours, one.verdict, one.total.unit
    if ours is None or verdict is None:
        return []
    found = []
    if ours.sum.best:
        text = f"{words.short(ours.sum.best, unit, lang)} · {words.percent(verdict.share.best)}"
        found.append(html.Span([html.B(text), f" {t('totals.ours_part', lang=lang)}"], className="tbar__is"))
    if verdict.label == BELOW_MAXIMUM:
        found.append(html.Span(words.stated_amount(one.total, lang), className="tbar__is-not"))
    elif verdict.rest.best:
        rest = t("totals.rest_part", lang=lang, amount=words.rest(one, lang))
        found.append(html.Span(rest, className="tbar__is-not"))
    elif one.total.best and verdict.by:
        whole = words.short(one.total.best, unit, lang)
        found.append(html.Span(t("totals.total_part", lang=lang, amount=whole), className="tbar__is-not"))
    return found
