"""Reports of a seizure that a machine read: each value with the page's words and the rule that read them.

The words come from pages that anybody may write: they are shown as text, in their own direction, never as
markup, and a highlight that does not lie inside its quote is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from dashboard import i18n
from dashboard.event.versions import iso, plain
from dashboard.i18n import has, t
from dashboard.labels import country, governorate, labeller
from dashboard.release import Snapshot, machine_read

ASIDE = "named_place"
"""Places that a page names and that are not where the drugs were seized: listed apart, they are many."""
ORDER = (
    "quantity", "date", "place", "admin1", "country", "transport", "concealment", "origin", "destination",
    "arrests", "killed", "agencies", "joint_with", "event_type", "value", ASIDE,
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One value that was read: in words, the quote in three parts (the middle one says it), and the rule."""

    field: str
    value: str
    before: str
    told: str
    after: str
    rule: str
    rule_id: str

    @property
    def words(self) -> tuple[str, str, str]:
        """The quote before, in and after its highlight; all empty where no words say the value."""
        return self.before, self.told, self.after


@dataclass(frozen=True)
class Reading:
    """One page that a machine read. `agrees` is None where it gives no figure to compare."""

    report_id: str
    outlet: str
    url: str
    language: str
    published: str
    recalled: bool
    document_id: str
    agrees: bool | None
    reasons: tuple[str, ...]
    lines: tuple[Line, ...]


def readings(event_id: str, snapshot: Snapshot, lang: str = "en") -> tuple[Reading, ...]:
    """The machine-read reports of an event, the oldest first."""
    reports, evidence = snapshot.reports, snapshot.table("evidence")
    if "event_id" not in reports:
        return ()
    own = reports[machine_read(reports) & (reports["event_id"] == event_id)]
    found = []
    for row in own.to_dict("records"):
        rows = evidence[evidence["report_id"] == row["report_id"]] if len(evidence) else evidence
        lines = [_line(one, snapshot, lang) for one in rows.to_dict("records")]
        found.append(_reading(row, tuple(sorted(lines, key=_place_in_order)), lang))
    return tuple(sorted(found, key=lambda one: (one.published, one.report_id)))


def _place_in_order(line: Line) -> int:
    return ORDER.index(line.field) if line.field in ORDER else len(ORDER)


def _reading(row: dict[Any, Any], lines: tuple[Line, ...], lang: str) -> Reading:
    states_figure = str(row.get("tablets_basis", "")) == "stated" or str(row.get("kg_basis", "")) == "stated"
    return Reading(
        report_id=str(row["report_id"]),
        outlet=str(row.get("outlet", "")) or str(row.get("publisher", "")),
        url=str(row.get("url", "")),
        language=str(row.get("language", "")),
        published=_day(iso(row.get("published")), lang),
        recalled=str(row.get("role", "")) == "background",
        document_id=str(row.get("document_id", "")),
        agrees=bool(row.get("agrees_with_best", False)) if states_figure else None,
        reasons=tuple(part for part in str(row.get("link_reasons", "")).split("|") if part),
        lines=lines,
    )


def _line(row: dict[Any, Any], snapshot: Snapshot, lang: str) -> Line:
    field, rule_id = str(row["field"]), str(row["rule"])
    before, told, after = parts(str(row["quote"]), row["highlight_start"], row["highlight_end"])
    value = in_words(field, str(row["value"]), snapshot, lang)
    return Line(field, value, before, told, after, rule_in_words(field, rule_id, lang), rule_id)


def parts(quote: str, start: object, end: object) -> tuple[str, str, str]:
    """The quote before, in and after its highlight; all of it before where the offsets do not fit it."""
    if not isinstance(start, int | float) or not isinstance(end, int | float):
        return quote, "", ""
    if not 0 <= start < end <= len(quote):  # not a number compares as false
        return quote, "", ""
    first, last = int(start), int(end)
    return quote[:first], quote[first:last], quote[last:]


def in_words(field: str, value: str, snapshot: Snapshot, lang: str = "en") -> str:
    """A published value as a reader says it: `300,000 tablets, Captagon` for `captagon:300000:tablets`."""
    said: dict[str, Callable[[], str]] = {
        "quantity": lambda: _quantity(value, snapshot, lang),
        "date": lambda: " – ".join(_day(part, lang) for part in value.split("/")),
        **dict.fromkeys(("country", "origin", "destination", "joint_with"), lambda: country(value, lang)),
        "admin1": lambda: governorate(value, lang),
        ASIDE: lambda: _named(value, lang),
        **dict.fromkeys(("transport", "event_type", "drug"), lambda: labeller(snapshot, lang)(field, value)),
        "value": lambda: _dollars(value, lang),
    }
    if field in said:
        return said[field]()
    return plain(float(value)) if _is_number(value) else value


def _named(value: str, lang: str) -> str:
    name, _, role = value.rpartition(":")
    key = f"machine.role.{role}"
    return t("machine.named", lang=lang, name=name, role=t(key, lang=lang)) if has(key) else name


def _dollars(value: str, lang: str) -> str:
    figures = [plain(float(part)) for part in value.split("-") if _is_number(part)]
    return t("machine.dollars", lang=lang, figure="–".join(figures)) if figures else value


def _quantity(value: str, snapshot: Snapshot, lang: str) -> str:
    drug, _, rest = value.partition(":")
    figures, _, unit = rest.partition(":")
    numbers = [float(part) for part in figures.split("-") if _is_number(part)]
    if not numbers:
        return value
    figure = "–".join(plain(number) for number in numbers)
    name = labeller(snapshot, lang)("drug", drug)
    return t("machine.quantity", lang=lang, figure=figure, unit=unit.replace("_", " "), drug=name)


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isascii() and text.replace(".", "", 1).isdigit()


def _day(text: str, lang: str) -> str:
    """YYYY-MM-DD as a reader writes it; months and years, and what is no date, as they stand."""
    try:
        return i18n.day(date.fromisoformat(text), lang) if len(text) == 10 else text
    except ValueError:
        return text


_KINDS = {
    "date": "day", "admin1": "governorate", ASIDE: "place", "arrests": "people", "killed": "people",
    "agencies": "body", "joint_with": "partner", "value": "money",
}  # fmt: skip
"""What reads a field, where it isn't named like the field."""


def rule_in_words(field: str, rule_id: str, lang: str = "en") -> str:
    """What a rule of the extractor does: `day:weekday` and `people:people.held.more` by field and name.

    A rule without words of its own has those of its family, else of its field; these quote its name.
    """
    kind, name = _KINDS.get(field, field), rule_id.rpartition(":")[2]
    for key in _keys(name):
        if has(f"machine.rule.{kind}.{key}"):
            return t(f"machine.rule.{kind}.{key}", lang=lang)
    key = f"machine.rule.{kind}.other" if has(f"machine.rule.{kind}.other") else "machine.rule.other"
    return t(key, lang=lang, name=_isolated(name))


def _keys(name: str) -> Iterator[str]:
    """`people.held.more` -> people_held_more, held_more, held; `of a round-up` -> of_a_round-up."""
    steps = name.replace(" ", "_").split(".")
    yield "_".join(steps)
    for last in range(len(steps), 1, -1):
        yield "_".join(steps[1:last])


def _isolated(text: str) -> str:
    """Words of any script in a sentence, without turning the words around them."""
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


def unreviewed(event: pd.Series) -> bool:
    """Whether everything known of this seizure was read by a machine."""
    return bool(event.get("review_status", "") == "machine")
