"""A data folder as the automatic collection leaves it: releases in a row, a status with many sources.

`publish` copies a release, adds rows and tables to it and makes it the current one as the pipeline does: the
folder first, then one rename.
"""

# Rows read as rows: long lines are meant.
# ruff: noqa: E501

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LIVE = date(2026, 1, 12)
"""Here live collection starts inside the time that the shipped data cover, so that charts show its mark."""
COVERAGE = ("source", "day", "listed", "relevant", "fetched", "claims", "failed")
CHANGES = ("day", "source", "change")
NAMES = (
    "SANA|sy|ar|feed", "Iraqi News Agency|iq|ar|feed", "Shafaq News|iq|en|feed", "Rudaw|iq|en|feed",
    "Kurdistan24|iq|en|sitemap", "964media|iq|en|feed", "Iraqi News|iq|en|feed", "Petra|jo|ar|pages",
    "Jordan Times|jo|en|feed", "NNA|lb|ar|pages", "SPA|sa|ar|feed", "WAM|ae|en|feed", "KUNA|kw|ar|pages",
    "Asharq Al-Awsat|sa|ar|sitemap", "The National|ae|en|sitemap", "Arab News|sa|en|feed",
    "Enab Baladi|sy|en|feed", "SOHR|sy|ar|feed", "ANHA|sy|ar|pages", "Anadolu Agency|tr|en|feed",
    "TRT World|tr|en|feed", "France 24|fr|en|feed", "L'Orient Today|lb|en|feed", "Roya News|jo|ar|feed",
    "GDELT: captagon, English||en|gdelt", "GDELT: كبتاغون||ar|gdelt", "Ministry of Interior: table|iq|ar|table",
    "Inbox|||inbox",
)  # fmt: skip


def source_id(n: int) -> str:
    """`s01`, `s02`...: ids as `coverage.csv` has them."""
    return f"s{n:02d}"


def stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def status(now: datetime = NOW, *, behind: bool = False, **changes: Any) -> dict[str, Any]:
    """A `status.json` with 28 sources in all states, of a run that ended `now` less 40 minutes."""
    ended = now - timedelta(days=3 if behind else 0, minutes=40)
    sources = []
    for n, line in enumerate(NAMES):
        name, country, language, kind = line.split("|")
        state = "failing" if n in {4, 12} else "late" if n in {9, 21} else "off" if n >= 25 else "fresh"
        message = {
            4: "The server refuses the sitemap (403 Forbidden) since 19 Nov 2026. Its old documents stay in use.",
            12: "Listed 0 pages where 5 to 80 are expected: the page may have been rebuilt. A person should look.",
            9: "No answer within 30 s, twice. It is asked again in the next run.",
            25: "The query has not been checked yet.",
        }.get(n, "")
        asked = state != "off"
        sources.append(
            {
                "id": source_id(n),
                "name": name,
                "kind": kind,
                "language": language,
                "country": country.upper(),
                "state": state,
                "last_tried": stamp(ended - timedelta(minutes=14)) if asked else None,
                "last_ok": stamp(ended - timedelta(days=3 if state in {"failing", "late"} else 0, minutes=14))
                if asked and n != 12
                else None,
                "listed": (37 * (n + 3)) % 91 if state == "fresh" else 0 if asked else None,
                "relevant": (5 * n) % 9 if state == "fresh" else 0 if asked else None,
                "fetched": (5 * n) % 9 if state == "fresh" else 0 if asked else None,
                "failed": 2 if state in {"failing", "late"} else 0 if asked else None,
                "message": message,
            }
        )
    counts = {
        "listed": 1204, "relevant": 96, "skipped": 1108, "fetched": 88, "unchanged": 7, "failed": 6,
        "claims": 41, "new_events": 3, "quarantined": 2,
    }  # fmt: skip
    refresh = {
        "started_at": stamp(ended - timedelta(minutes=17)),
        "ended_at": stamp(ended),
        "outcome": "failed" if behind else "partly",
        "exit_code": 1 if behind else 4,
        "message": "24 of 28 sources answered.",
        "last_ok": stamp(ended - timedelta(days=1 if behind else 0)),
        "next_run": stamp(now + timedelta(hours=5, minutes=20)),
        "stale_after": stamp(ended + timedelta(hours=24)),
        "counts": counts,
        "sources": sources,
        "problems": [
            {"source": source_id(4), "code": "http_refused", "message": sources[4]["message"],
             "at": stamp(ended - timedelta(minutes=9))},
            {"source": source_id(12), "code": "too_few", "message": sources[12]["message"],
             "at": stamp(ended - timedelta(minutes=6))},
            {"source": "", "code": "slow", "message": "The run took longer than usual (17 minutes).",
             "at": stamp(ended)},
        ],
    }  # fmt: skip
    return {
        "release": "2026.11.2", "published": True, "data_complete_to": "2026-03-06", "rows_read": 1615,
        "reports": 1615, "events": 607, "aggregates": 151, "quarantine": 0, "warnings": 491,
        "documents": {"found": 88, "event": 41}, "refresh": refresh | changes,
    }  # fmt: skip


def coverage_rows(first: date = LIVE, last: date = date(2026, 3, 6)) -> list[dict[str, Any]]:
    """Two dozen sources by day; some days have failures."""
    rows = []
    for n in range(24):
        for offset in range((last - first).days + 1):
            if n == 5 and offset < 20:  # joined later
                continue
            fetched = (n * 7 + offset * 3) % 6
            rows.append(
                {"source": source_id(n), "day": (first + timedelta(days=offset)).isoformat(), "listed": 40,
                 "relevant": fetched + 1, "fetched": fetched, "claims": fetched // 2,
                 "failed": int(n in {4, 12} and offset % 9 < 3)}
            )  # fmt: skip
    return rows


def change_rows() -> list[dict[str, Any]]:
    """24 sources on the first day; a month later one is added, one removed and one altered."""
    first = [{"day": LIVE.isoformat(), "source": source_id(n), "change": "added"} for n in range(24)]
    later = (LIVE + timedelta(days=31)).isoformat()
    return [
        *first,
        *(
            {"day": later, "source": source_id(n), "change": change}
            for n, change in ((24, "added"), (25, "added"), (3, "removed"), (7, "changed"))
        ),
    ]


def later_rows(days: Iterable[str]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Seizures in Iraq that a machine read in pages after the day to which the data are complete, and the pages."""
    seizures, reports = [], []
    for n, day in enumerate(days, 1):
        event_id = f"CAP-98{n:04d}"
        dated = {"date_start": day, "date_end": day, "date_precision": "day"}
        seizures.append(
            dated
            | {
                "event_id": event_id, "year": day[:4], "month": str(int(day[5:7])), "country": "IQ",
                "drug": "captagon", "place_precision": "country", "counted": 0, "review_status": "machine",
                "not_counted_reason": "machine_read", "tablets_low": 1000, "tablets_best": 1000,
                "tablets_high": 1000, "n_reports": 1, "n_outlets": 1, "n_origins": 1, "event_type": "raid",
            }
        )  # fmt: skip
        reports.append(
            dated
            | {"report_id": f"DOC-{n:012x}-1", "event_id": event_id, "row_kind": "seizure", "review_status": "machine",
               "published": day, "language": "ar"}
        )  # fmt: skip
    return seizures, reports


def publish(
    source: Path,
    root: Path,
    label: str,
    *,
    rows: Mapping[str, list[dict[str, Any]]] | None = None,
    tables: Mapping[str, tuple[tuple[str, ...], list[dict[str, Any]]]] | None = None,
) -> str:
    """Publish the current release of `source` as `label` below `root`, with more rows and tables; its SHA-256."""
    old = json.loads((source / "current.json").read_text(encoding="utf-8"))["release"]
    making = root / "releases" / f".{label}"
    shutil.copytree(source / "releases" / old, making)
    package = json.loads((making / "datapackage.json").read_text(encoding="utf-8"))
    for name, more in (rows or {}).items():
        path = making / f"{name}.csv"
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text + _lines(next(csv.reader(io.StringIO(text))), more), encoding="utf-8", newline=""
        )
    for name, (columns, given) in (tables or {}).items():
        head = ",".join(columns) + "\n"
        (making / f"{name}.csv").write_text(head + _lines(list(columns), given), encoding="utf-8")
        fields = [
            {
                "name": column,
                "type": "date"
                if column == "day"
                else "string"
                if column in {"source", "change"}
                else "integer",
            }
            for column in columns
        ]
        package["resources"] = [one for one in package["resources"] if one["name"] != name]
        package["resources"].append({"name": name, "path": f"{name}.csv", "schema": {"fields": fields}})
    for resource in package["resources"]:
        path = making / resource["path"]
        if path.is_file():
            resource["hash"] = f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    package["version"] = label
    raw = json.dumps(package).encode()
    (making / "datapackage.json").write_bytes(raw)
    making.rename(root / "releases" / label)
    digest = hashlib.sha256(raw).hexdigest()
    pointer = root / ".current.json"
    pointer.write_text(json.dumps({"release": label, "sha256": digest}), encoding="utf-8")
    pointer.replace(root / "current.json")
    return digest


def _lines(columns: list[str], rows: list[dict[str, Any]]) -> str:
    out = io.StringIO(newline="")
    csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n").writerows(rows)
    return out.getvalue()


def write_status(root: Path, found: Mapping[str, Any]) -> None:
    """`status.json` at once, as far as a reader can tell."""
    made = root / ".status.json"
    made.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    made.replace(root / "status.json")
