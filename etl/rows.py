"""One ledger row -> one Claim, or the issues that keep it from being one.

A row is refused as a whole: half a row would be a report that nobody wrote. Every faulty cell is named, so
that a curator mends a row once. `etl.ledger` reads the files and compares the rows with each other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlsplit

from etl.dates import Period, bound, earliest, read_period
from etl.records import Amount, Claim, Issue, Load, RowRef, When
from etl.vocabulary import load, split_list
from etl.vocabulary.countries import country_codes
from etl.vocabulary.drugs import drug_code
from etl.vocabulary.groups import transport_codes
from etl.vocabulary.issues import issue
from etl.vocabulary.units import unit_code, units

NOT_A_SEIZURE = frozenset({"aggregate", "destruction"})
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_NOT_FINITE = frozenset({"nan", "inf", "+inf", "-inf", "infinity", "-infinity", "+infinity"})


@cache
def columns() -> Mapping[str, Any]:
    """Return the vocabulary of the ledger's columns (`columns.toml`)."""
    return load("columns")


@cache
def known_columns() -> tuple[str, ...]:
    """Return all columns that a ledger file may have."""
    table = columns()
    return (*table["essential"], *table["expected"], *table["optional"])


def read_row(cells: Mapping[str, str], ref: RowRef) -> tuple[Claim | None, list[Issue]]:
    """Return the claim of a row (None if it is refused) and what is wrong with it.

    `cells` maps column names to stripped texts; a missing column is a blank cell.
    """
    row = _Row(cells, ref)
    claim = row.claim()
    return (None if any(found.blocking for found in row.issues) else claim), row.issues


class _Row:
    """The cells of one row, read one by one; what is wrong with them gathers in `issues`."""

    def __init__(self, cells: Mapping[str, str], ref: RowRef) -> None:
        self.cells = cells
        self.ref = ref
        self.issues: list[Issue] = []

    def claim(self) -> Claim:
        self.check_text()
        event_type = self.one_of("event_type")
        role = self.one_of("role")
        published = self.period("published")
        joint_with = tuple(code for code in map(self.joint_country, split_list(self["joint_with"])) if code)
        period_start, period_end = self.reporting_period()
        return Claim(
            ref=self.ref,
            report_id=self.report_id(),
            url=self.url(),
            publisher=self["publisher"],
            lang=self["lang"].lower(),
            published=published.start if published and published.precision == "day" else None,
            role=role,
            event_type=event_type,
            when=self.when(published, role == "primary" and event_type not in NOT_A_SEIZURE),
            country=self.country("country", self["country"]),
            admin1=tuple(split_list(self["admin1"])),
            place=self["place"],
            place_as_written=self["place_as_written"],
            drug=self.drug(),
            amount=self.amount(),
            weight_kg=self.quantity("weight_kg", units()["kg"].largest),
            other_loads=tuple(filter(None, map(self.other_load, split_list(self["other_drugs"])))),
            value_usd=self.number("value_usd", columns()["largest"]["value_usd"]),
            arrests=self.whole("arrests"),
            killed=self.whole("killed"),
            agencies=tuple(split_list(self["agencies"])),
            joint_with=joint_with,
            partners=tuple(split_list(self["partners"])),
            concealment=self["concealment"],
            transport=self.transport(),
            origin=self["origin"],
            destination=self["destination"],
            period_start=period_start,
            period_end=period_end,
            scope=self["scope"],
            quality=self.one_of("quality"),
            notes=self["notes"],
        )

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def report(self, code: str, column: str, value: str | None = None, **words: Any) -> None:
        shown = self[column] if value is None else value
        report_id = self["report_id"]
        self.issues.append(issue(code, self.ref, column=column, value=shown, report_id=report_id, **words))

    # -- texts and codes

    def check_text(self) -> None:
        longest = columns()["longest_cell"]
        together = "".join(self.cells.values())
        if len(together) <= longest and not _CONTROL.search(together):
            return
        for column, text in self.cells.items():
            if len(text) > longest:
                self.report("cell_too_long", column, length=len(text))
            elif found := _CONTROL.search(text):
                self.report("control_character", column, point=f"{ord(found.group()):04X}")

    def report_id(self) -> str:
        if not self["report_id"]:
            self.report("missing_report_id", "report_id")
        return self["report_id"]

    def url(self) -> str:
        if not self["url"]:
            self.report("missing_url", "url")
        elif not is_web_address(self["url"]):
            self.report("bad_url", "url")
        return self["url"]

    def one_of(self, column: str) -> str:
        """Return the cell of a column with a closed list; a blank stands for what the list says."""
        allowed, text = columns()["list"][column], self[column].lower()
        if text in allowed["values"]:
            return text
        if not text and "blank" in allowed:
            return str(allowed["blank"])
        code = "unknown_value" if text else "missing_value"
        self.report(code, column, allowed=", ".join(allowed["values"]))
        return ""

    def drug(self) -> str:
        code = drug_code(self["drug"])
        if code is None:
            self.report("unknown_drug", "drug")
        return code or ""

    def country(self, column: str, text: str) -> str:
        """Return the two letters of a country; blank is unknown, which is no fault."""
        code = text.upper()
        if code and code not in country_codes():
            self.report("unknown_country", column, text)
        return code

    def joint_country(self, text: str) -> str:
        return self.country("joint_with", text)

    def transport(self) -> str:
        text = self["transport"].casefold()
        if text and text not in transport_codes():
            self.report("unknown_transport", "transport", allowed=", ".join(transport_codes()))
        return text

    # -- numbers

    def number(self, column: str, largest: float, text: str | None = None) -> float | None:
        """Return a finite number from 0 to `largest`; None where the cell is blank or faulty."""
        text = self[column] if text is None else text
        if not text:
            return None
        if _NUMBER.fullmatch(text) is None:
            self.report("bad_number", column, text)
            return None
        value = float(text)
        if value < 0:
            self.report("negative_number", column, text)
        elif value > largest:
            self.report("number_too_large", column, text, largest=f"{largest:,.0f}")
        else:
            return value
        return None

    def quantity(self, column: str, largest: float, text: str | None = None) -> float | None:
        """Return a positive number. 0 stands for "not stated" with a warning: no seizure is of nothing."""
        value = self.number(column, largest, text)
        if value == 0:
            self.report("zero_quantity", column)
            return None
        return value

    def whole(self, column: str) -> int | None:
        value = self.number(column, columns()["largest"][column])
        if value is not None and not value.is_integer():
            self.report("not_whole", column)
            return None
        return None if value is None else int(value)

    def amount(self) -> Amount:
        code = unit_code(self["unit"])
        if code is None:
            self.report("unknown_unit", "unit")
        qualifier = self.one_of("qualifier")
        largest = units()[code or "unknown"].largest
        low = self.quantity("quantity", largest)
        high = self.quantity("quantity_high", largest)
        if high is not None and not self["quantity"]:
            self.report("high_without_low", "quantity_high")
        elif high is not None and low is not None and high < low:
            self.report("range_reversed", "quantity_high", low=self["quantity"])
        elif qualifier == "range" and low is not None and high is None:
            self.report("range_without_high", "qualifier")
        return Amount(low, high, code or "", qualifier, self["quantity_as_written"])

    def other_load(self, text: str) -> Load | None:
        """Read one `drug:quantity:unit` of other_drugs; the quantity may be blank."""
        parts = [part.strip() for part in text.split(":")]
        drug, unit = (drug_code(parts[0]), unit_code(parts[2])) if len(parts) == 3 else (None, None)
        if not drug or not unit or not parts[0]:
            self.report("bad_other_drug", "other_drugs", text)
            return None
        return Load(drug, self.quantity("other_drugs", units()[unit].largest, parts[1]), unit)

    # -- dates

    def period(self, column: str) -> Period | None:
        text = self[column]
        found = read_period(text) if text else None
        if text and found is None:
            self.report("bad_date", column)
        if found and found.start < earliest():
            self.report("date_too_early", column, earliest=earliest())
            return None
        return found

    def when(self, published: Period | None, primary_seizure: bool) -> When:
        event = self.period("event_date")
        if event and published:
            slack = timedelta(days=int(load("dates")["publication_slack_days"]))
            if event.start > published.end + slack:
                self.report("event_after_publication", "event_date", published=self["published"])
        first, last = self.period("date_earliest"), self.period("date_latest")
        basis = self.one_of("date_bound_basis")
        not_before, not_after = first.start if first else None, last.end if last else None
        if not_before and not_after and not_after < not_before:
            self.report("bounds_reversed", "date_latest", start=self["date_earliest"])
        elif event and _outside(event, not_before, not_after):
            start, end = not_before or "any day", not_after or "any day"
            self.report("bounds_contradict_date", "event_date", start=start, end=end)
        if (first or last) and not basis:
            self.report("bound_without_basis", "date_bound_basis")
        when = When(not_before=not_before, not_after=not_after, bound_basis=basis)
        date_basis = self.one_of("date_basis")
        if event:
            start, end, precision = event
            when = replace(when, start=start, end=end, precision=precision, basis=date_basis)
        return bound(when, published=published, url=self["url"], primary_seizure=primary_seizure)

    def reporting_period(self) -> tuple[date | None, date | None]:
        """Return the first and the last day that a total covers."""
        start, end = self.period("period_start"), self.period("period_end")
        if start and end and end.end < start.start:
            self.report("period_reversed", "period_end", start=self["period_start"])
        return (start.start if start else None), (end.end if end else None)


def _outside(event: Period, not_before: date | None, not_after: date | None) -> bool:
    return bool((not_before and event.end < not_before) or (not_after and event.start > not_after))


@lru_cache(maxsize=65536)
def is_web_address(text: str) -> bool:
    """Tell whether a text is an http or https address with a host name and no blanks in it."""
    if len(text.split()) != 1:
        return False
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and "." in host.strip(".")
