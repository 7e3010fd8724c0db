"""Joint operations: one line each, with partner and role; at home and abroad for one country.

A seizure is in the total of the country where the drugs lay, and of that alone. Those abroad with a country
taking part are a list of their own (analyst requirements 1.10, 2.9).
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard import tally
from dashboard.countries.bodies import PARTNER
from dashboard.filters import CAPTAGON
from dashboard.release import Snapshot

NO_ROLE = "not_stated"


@dataclass(frozen=True, slots=True)
class Joint:
    """One joint operation. `row` is its row of seizures; `partners` country codes ("" = a state not named);
    `bodies` codes of partner bodies; `role` tip, joint_team, controlled_delivery or not_stated."""

    row: pd.Series
    country: str
    partners: tuple[str, ...]
    role: str
    bodies: tuple[str, ...]

    @property
    def event_id(self) -> str:
        return str(self.row["event_id"])


@dataclass(frozen=True, slots=True)
class Summary:
    """How many operations, how many state a quantity, and the sum of these, low to high."""

    events: int
    with_quantity: int
    low: float
    best: float
    high: float


def joint(events: pd.DataFrame, snapshot: Snapshot) -> tuple[Joint, ...]:
    """The joint operations among `events`, the newest first, undated ones last.

    An operation is joint where the release names a partner country, a partner's role or a partner body of
    another country. Bodies of one country that work together are no partners here.
    """
    table = snapshot.table("event_agencies")
    named: dict[str, list[tuple[str, str]]] = {}
    if not table.empty:
        helping = table[table["role"] == PARTNER]
        for one, code, country in zip(
            helping["event_id"], helping["agency_code"], helping["country"], strict=True
        ):
            named.setdefault(str(one), []).append((str(code), str(country)))
    found = []
    for _, row in events.sort_values(
        ["date_start", "event_id"], ascending=False, na_position="last"
    ).iterrows():
        home = str(row["country"])
        helpers = [(code, land) for code, land in named.get(str(row["event_id"]), []) if land != home]
        stated = {code for code in str(row["partner_countries"]).split("|") if code}
        partners = tuple(sorted((stated | {land for _, land in helpers if land}) - {home}))
        role = str(row.get("partner_role", "") or "")
        if partners or role or any(not land for _, land in helpers):
            codes = tuple(dict.fromkeys(code for code, _ in helpers if code))
            found.append(Joint(row, home, partners, role or NO_ROLE, codes))
    return tuple(found)


def at_home(found: tuple[Joint, ...], country: str) -> tuple[Joint, ...]:
    """Operations in `country` with another state taking part."""
    return tuple(one for one in found if one.country == country)


def abroad(found: tuple[Joint, ...], country: str) -> tuple[Joint, ...]:
    """Operations in other countries with `country` taking part."""
    return tuple(one for one in found if country in one.partners)


def summed(found: tuple[Joint, ...]) -> Summary:
    """The operations of Captagon and amphetamine tablets among `found`, and their sum."""
    rows = pd.DataFrame([one.row for one in found if one.row["drug"] in CAPTAGON])
    if rows.empty:
        return Summary(0, 0, 0.0, 0.0, 0.0)
    known = rows[rows["tablets_best"].notna()]
    return Summary(len(rows), len(known), *tally.total(known))
