"""The words that go with every download: what the rows are, how to cite, what not to read into them."""

from __future__ import annotations

from dashboard.citation import cite_release
from dashboard.components import state
from dashboard.export.source import RawTable
from dashboard.filters import Filters
from dashboard.i18n import clauses, listed, t
from dashboard.labels import labeller
from dashboard.release import Snapshot


def filename(table: str, suffix: str, snapshot: Snapshot, *, whole: bool) -> str:
    """`captagon-seizures_2026.03.1.csv` for everything, `..._selection.csv` for what is shown."""
    return f"captagon-{table}_{snapshot.label}{'' if whole else '_selection'}.{suffix}"


def lines(
    table: RawTable, total: int, snapshot: Snapshot, filters: Filters | None, *, base: str, lang: str = "en"
) -> list[tuple[str, str]]:
    """(label, text) pairs in reading order. `filters` None: everything. No clock here."""
    query, read, view, rows = (
        "",
        "",
        t("export.readme.everything", lang=lang),
        t("export.readme.all", lang=lang, n=total),
    )
    if len(table.rows) < total:  # a table that no filter cuts, without its machine-read rows
        rows = t("export.readme.curated_part", lang=lang, n=len(table.rows), total=total)
    if filters is not None:
        query, read, view = filters.to_query(), filters.read, describe(filters, snapshot, lang)
        rows = t("export.readme.part", lang=lang, n=len(table.rows), total=total)
    found = {
        "what": t(f"export.table.{table.name}", lang=lang),
        "rows": rows,
        "view": view,
        "link": f"{base}/" + (f"?{query}" if query else ""),
        "release": snapshot.label,
        "complete_to": snapshot.data_complete_to.isoformat(),
        "cite": cite_release(snapshot, None, lang, query, base=base, read=read),
        "licence": t("export.readme.licence_text", lang=lang),
        "caveat": t("caveat", lang=lang),
        "blanks": t("export.readme.blanks_text", lang=lang),
        "guard": t("export.readme.guard_text", lang=lang),
        "columns": t("export.readme.columns_text", lang=lang, url=f"{base}/dictionary"),
    }
    title = [("", t("export.readme.title", lang=lang))]
    return title + [(t(f"export.readme.{key}", lang=lang), text) for key, text in found.items()]


def describe(filters: Filters, snapshot: Snapshot, lang: str = "en") -> str:
    """The filters in force, one after the other: the period and scope always, the others where set."""
    span = filters.span(snapshot.data_complete_to)
    start = span.start.isoformat() if span.start else t("export.readme.beginning", lang=lang)
    every = t("export.readme.any", lang=lang)
    label = labeller(snapshot, lang)
    places = listed((label("country", code) for code in filters.countries()), lang) or every
    kinds = listed((label("drug", code) for code in filters.drugs()), lang) or every
    drugs = "drugs_beside" if filters.shows_unstated() else "drugs"
    parts = [
        t("export.readme.period", lang=lang, start=start, end=span.end.isoformat()),
        t("export.readme.countries", lang=lang, countries=places),
        t(f"export.readme.{drugs}", lang=lang, drugs=kinds),
        t(f"export.readme.read_{filters.read}", lang=lang),
    ]
    named = {"country", "drug"}
    parts += [text for name, text in state.narrowed(filters, snapshot, lang) if name not in named]
    return clauses(parts, lang)


def as_text(pairs: list[tuple[str, str]]) -> str:
    """The same lines as a plain text file."""
    return "".join(f"{label}: {text}\n" if label else f"{text}\n{'=' * len(text)}\n" for label, text in pairs)
