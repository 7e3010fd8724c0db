"""`etl explain CAP-000123`: the chain from a published row back to the words of the pages.

Reads the release only, so that it explains what is published, not what the code would do today.
"""

from __future__ import annotations

from collections.abc import Iterator

from etl.publish import Refused, Store
from etl.publish.cells import read_csv

Row = dict[str, str]
_TABLES = ("seizures", "reports", "claims", "evidence", "event_flags")
_HEADLINE = (
    "date_start", "date_end", "date_precision", "date_basis", "country", "admin1", "place", "place_precision",
    "drug", "form", "tablets_low", "tablets_best", "tablets_high", "tablets_qualifier", "tablets_basis",
    "tablets_rule", "kg_low", "kg_best", "kg_high", "kg_basis", "conversion_g", "counted",
    "not_counted_reason", "evidence", "possible_duplicate_of", "review_status",
)  # fmt: skip


def explain(store: Store, event_id: str) -> list[str]:
    """Lines of plain text. Raises Refused where the release or the event doesn't exist."""
    current = store.current()
    if current is None:
        raise Refused(f"{store.folder} holds no release; run the build first")
    files = store.read(current.release)
    wanted = event_id.strip().upper()
    moved = _moved(read_csv(files["event_ids.csv"]), wanted)
    tables = {name: read_csv(files[f"{name}.csv"]) for name in _TABLES}
    event = next((row for row in tables["seizures"] if row["event_id"] == (moved or wanted)), None)
    if event is None:
        gone = any(row["event_id"] == wanted for row in read_csv(files["event_ids.csv"]))
        why = "was withdrawn" if gone else "does not exist"
        raise Refused(f"{wanted} {why} in release {current.release}")
    lines = [f"{wanted} was merged into {moved}", ""] if moved else []
    return [
        *lines,
        *_lines(event, current.release, {name: _of(rows, event) for name, rows in tables.items()}),
    ]


def _moved(rows: list[Row], event_id: str) -> str:
    return next(
        (row["merged_into"] for row in rows if row["event_id"] == event_id and row["merged_into"]), ""
    )


def _of(rows: list[Row], event: Row) -> list[Row]:
    return [row for row in rows if row["event_id"] == event["event_id"]]


def _lines(event: Row, release: str, tables: dict[str, list[Row]]) -> Iterator[str]:
    yield f"{event['event_id']}, release {release}"
    for name in _HEADLINE:
        if event[name]:
            yield f"  {name:22} {event[name]}"
    yield ""
    yield f"{event['n_reports']} report(s), {event['n_outlets']} outlet(s), {event['n_origins']} origin(s)"
    if event["n_machine_reports"] != "0":
        yield f"{event['n_machine_reports']} report(s) read by a machine"
    for report in tables["reports"]:
        claims, read = (
            [row for row in tables[name] if row["report_id"] == report["report_id"]]
            for name in ("claims", "evidence")
        )
        yield from _report(report, claims, read)
    if tables["event_flags"]:
        yield ""
        yield "check notes"
    for flag in tables["event_flags"]:
        about = f" [{flag['report_ids']}]" if flag["report_ids"] else ""
        yield f"  {flag['flag']}: {flag['detail']}{about}"


def _report(report: Row, claims: list[Row], read: list[Row]) -> Iterator[str]:
    yield ""
    kind = f"{report['role']}, official" if report["is_official"] == "1" else report["role"]
    yield f"{report['report_id']}  {report['outlet']} ({kind}), origin {report['origin_group']}"
    yield f"  {report['url'] or 'no address known'}"
    if report["document_id"]:
        yield f"  {report['document_id']}, read by a machine, not reviewed"
    else:
        yield f"  {report['ledger_file']} line {report['ledger_line']}"
    if report["link_to"]:
        yield f"  joined to {report['link_to']}, score {report['link_score']}: {report['link_reasons']}"
    if report["tablets"] or report["kg"]:
        mass = f", {report['tablet_mass_g']} g a tablet" if report["tablet_mass_g"] else ""
        tablets = f"{report['tablets'] or '?'} tablets ({report['tablets_basis']})"
        yield f"  {tablets}, {report['kg'] or '?'} kg ({report['kg_basis']}){mass}"
    if report["best_rule"]:
        yield f"  figure: {report['best_rule']}"
    for claim in claims:
        words = f'  "{claim["as_written"]}"' if claim["as_written"] else ""
        mark = (
            "chosen" if claim["chosen"] == "1" else {"1": "agrees", "0": "differs"}.get(claim["agrees"], "-")
        )
        rule = f" by {claim['rule_id']}" if claim["rule_id"] else ""
        value = " ".join(part for part in (claim["value"], claim["unit"], claim["qualifier"]) if part)
        yield f"    {claim['field']:14} {value}{words}  [{mark}{rule}; {claim['basis']}]"
    for row in read:
        start, end = (int(row[name] or 0) for name in ("highlight_start", "highlight_end"))
        quote = row["quote"]
        marked = f"{quote[:start]}>>{quote[start:end]}<<{quote[end:]}" if quote else "the page as a whole"
        yield f"    {row['field']:14} {row['value']}  from: {marked}  [{row['rule']}]"
