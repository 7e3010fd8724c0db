"""What the vocabularies hold that no report of this ledger needed: words a curator may drop, or has
misspelled.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from etl.records import Claim, Issue, RowRef
from etl.vocabulary import agencies, groups, outlets, routes, scopes
from etl.vocabulary.drugs import unused_drugs
from etl.vocabulary.units import unused_units


def unused_entries(claims: Sequence[Claim]) -> list[Issue]:
    """One warning for each vocabulary entry that nothing in the ledger met, by file."""
    bodies = [("|".join((*c.agencies, *c.partners)), c.country) for c in claims]
    ends = [text for c in claims for text in (c.origin, c.destination) if text]
    unused: dict[str, Iterable[str]] = {
        "agencies.toml": agencies.unused_entries(bodies),
        "concealment.toml": groups.unused_entries({c.concealment for c in claims if c.concealment}),
        "drugs.toml": unused_drugs(
            [c.drug for c in claims] + [x.drug for c in claims for x in c.other_loads]
        ),
        "outlets.toml": outlets.unused_entries({(c.publisher, c.url) for c in claims}),
        "routes.toml": routes.unused_entries(ends),
        "scopes.toml": scopes.unused_entries({c.scope for c in claims if c.scope}),
        "units.toml": unused_units(
            [c.amount.unit for c in claims] + [x.unit for c in claims for x in c.other_loads]
        ),
    }
    return [
        Issue(
            code="unused_entry",
            message=f"No row of the ledger meets '{entry}'; drop it, or look for a slip in its spelling.",
            ref=RowRef(f"etl/vocabulary/{file}", 1),
            value=entry,
        )
        for file, entries in sorted(unused.items())
        for entry in entries
    ]
