"""`etl extract --explain`: a page with the words that gave each value in colour, and a table of claims."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from etl.extract import shown
from etl.extract.records import Document, Extraction

STYLES = {
    "date": "black on #f5c542", "country": "black on #9fd8a4", "governorate": "black on #7cc7b2",
    "place": "black on #5fb8d3", "amount": "bold #ffffff on #b3261e", "value": "black on #e8a0bf",
    "arrests": "black on #d0b3f0", "killed": "#ffffff on #6b2d5c", "agency": "black on #a9c1f5",
    "partner": "black on #c4d4a0", "concealment": "black on #e3b98f", "transport": "black on #f0a35e",
    "kind": "black on #d9d9d9", "origin": "black on #f2e2a0", "destination": "black on #b9e3e8",
    "named": "underline",
}  # fmt: skip
"""Colour of each field: dark letters on light grounds and the other way round, contrast at least 4.5 to 1."""


def explanation(document: Document, extraction: Extraction) -> RenderableType:
    """Return legend, marked text and table of one document, to be printed by a rich Console."""
    head = Text(f"{shown.harmless(document.id)}  {extraction.doc_class.replace('_', ' ')}", style="bold")
    day = document.published.isoformat() if document.published else ""
    about = " · ".join(
        filter(None, (day, document.publisher, document.url))
    )  # digits first: they keep their order
    return Group(
        Rule(head, align="left"),
        Text(shown.harmless(about), style="italic"),
        marked(document, extraction),
        Rule(),
        legend(extraction),
        claims_table(document, extraction),
    )


def marked(document: Document, extraction: Extraction) -> Text:
    """Return the page's words, those that gave a value in its colour; of overlapping ones the shorter."""
    text = Text(shown.harmless(document.body))
    spans = [s for claim in extraction.claims for s in shown.values(claim) if s.end > s.start]
    for span in sorted(spans, key=lambda s: s.start - s.end):
        text.stylize(STYLES[span.field], span.start, span.end)
    return text


def legend(extraction: Extraction) -> RenderableType:
    """Return the names of the fields that were found, each in its colour."""
    found = {s.field for claim in extraction.claims for s in shown.values(claim)}
    pieces = [Text(f" {field} ", style=STYLES[field]) for field in shown.FIELDS if field in found]
    return Columns(pieces, padding=(0, 1)) if pieces else Text("no claims", style="italic")


def claims_table(document: Document, extraction: Extraction) -> Table:
    """Return a table with a row a value: claim, field, value, the page's words, rule."""
    table = Table("claim", "field", "value", "words", "rule", box=SIMPLE_HEAD)  # lines would break at Arabic
    for number, claim in enumerate(extraction.claims, 1):
        name = f"{number} {claim.kind}{shown.scope(claim)}"
        values = list(shown.values(claim))
        for one in values:
            if one.field == "named":
                continue
            words = shown.quoted(document, one) or "(the page)"
            field = Text(one.field, style=STYLES[one.field])
            table.add_row(Text(name), field, Text(one.value), Text(words), Text(one.rule))
            name = ""
        named = dict.fromkeys(one.value for one in values if one.field == "named")
        if named:
            table.add_row(name, Text("named", style=STYLES["named"]), Text(", ".join(named)))
        table.add_section()
    return table
