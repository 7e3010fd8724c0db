"""`datapackage.json`: the release described for machines, as a Frictionless Data Package (version 2).

Enumerations stand in `constraints.enum`, which validators check; their labels in both languages stand in
`captagon:labels`, the Arabic description in `captagon:description_ar`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from etl.publish.shared import PREVIOUS, sha256
from etl.schema import TABLES, Field, Table

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TYPES = {
    "text": "string",
    "list": "string",
    "yes_no": "boolean",
    "integer": "integer",
    "number": "number",
    "date": "date",
}
OTHER_FILES = {
    "seizures.geojson": ("seizures-geojson", "geojson", "application/geo+json",
                         "The seizures as points; geometry null where the place is coarser than a town"),
    "seizures.parquet": ("seizures-parquet", "parquet", "application/vnd.apache.parquet",
                         "The seizures as GeoParquet"),
    "governorates.geojson": ("governorates-geojson", "geojson", "application/geo+json",
                             "Governorates keyed by admin1_code (ISO 3166-2), English and Arabic names"),
    "areas.geojson": ("areas-geojson", "geojson", "application/geo+json",
                      "Districts (discs) and border stretches (lines) of the seizures placed no finer"),
    "crossings.geojson": ("crossings-geojson", "geojson", "application/geo+json",
                          "The Iraq-Syria border, its sectors and crossings, with km along the line"),
    "read_seizures.R": ("read-seizures-r", "R", "text/x-r-source",
                        "Reads seizures.csv in R with types and labels"),
    "seizures.do": ("seizures-do", "do", "text/x-stata", "Reads seizures.csv in Stata with types and labels"),
}  # fmt: skip


def field_descriptor(field: Field) -> dict[str, object]:
    """One column as a Frictionless field."""
    found: dict[str, object] = {
        "name": field.name,
        "type": TYPES[field.type],
        "description": field.en,
        "captagon:description_ar": field.ar,
    }
    if field.type == "list":
        found["captagon:list_separator"] = "|"
    if field.type == "yes_no":
        found |= {"trueValues": ["1"], "falseValues": ["0"]}
    if field.unit:
        found["captagon:unit"] = field.unit
    if field.codes:
        found["captagon:labels"] = {
            "en": {code.value: code.en for code in field.codes},
            "ar": {code.value: code.ar for code in field.codes},
        }
    limits: dict[str, object] = {}
    if field.required:
        limits["required"] = True
    if field.unique:
        limits["unique"] = True
    if field.codes and field.type != "list":
        limits["enum"] = [code.value for code in field.codes]
    if field.pattern:
        limits["pattern"] = f"^{field.pattern}$"
    for name, value in (
        ("minimum", field.minimum),
        ("maximum", field.maximum),
        ("maxLength", field.max_length),
    ):
        if value is not None:
            limits[name] = int(value) if float(value).is_integer() else value
    return found | ({"constraints": limits} if limits else {})


def table_schema(table: Table) -> dict[str, object]:
    """A table as a Frictionless table schema."""
    found: dict[str, object] = {
        "fields": [field_descriptor(field) for field in table.fields],
        "missingValues": [""],
    }
    if table.primary_key:
        found["primaryKey"] = list(table.primary_key)
    if table.foreign_keys:
        found["foreignKeys"] = [
            {"fields": list(key.fields), "reference": {"resource": key.table, "fields": list(key.references)}}
            for key in table.foreign_keys
        ]
    return found


def _resource(name: str, path: str, content: bytes) -> dict[str, object]:
    return {"name": name, "path": path, "bytes": len(content), "hash": f"sha256:{sha256(content)}"}


def _table_resource(table: Table, content: bytes) -> dict[str, object]:
    return _resource(table.name, table.file, content) | {
        "type": "table",
        "description": table.en,
        "captagon:description_ar": table.ar,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": table_schema(table),
    }


def descriptor(
    files: Mapping[str, bytes],
    release: str,
    on: date,
    complete_to: date,
    newest: date,
    *,
    before: tuple[str, str] | None = None,
) -> bytes:
    """The descriptor of a release that holds `files`; its own bytes depend on nothing else.

    `complete_to` is the day to which the collection is complete, `newest` the newest day that a report names;
    `before` is the label of the release before with the checksum of its descriptor.
    """
    resources = [_table_resource(table, files[table.file]) for table in TABLES if table.file in files]
    resources += [
        _resource(name, path, files[path])
        | {"type": "file", "description": text, "format": kind, "mediatype": media}
        for path, (name, kind, media, text) in OTHER_FILES.items()
        if path in files
    ]
    package = {
        "$schema": PROFILE,
        "name": "captagon-seizures",
        "title": "Captagon: reported seizures",
        "description": (
            "Reported seizures show enforcement and reporting as well as flow; lines and names imply no "
            "position. Blank means unknown, never 0. Texts that a spreadsheet would run as a formula begin "
            "with an apostrophe."
        ),
        "version": release,
        "created": f"{on.isoformat()}T00:00:00Z",
        "licenses": [{
            "name": "CC-BY-4.0",
            "title": "Creative Commons Attribution 4.0",
            "path": "https://creativecommons.org/licenses/by/4.0/",
        }],
        "captagon:release": release,
        "captagon:data_complete_to": complete_to.isoformat(),
        "captagon:newest_report": newest.isoformat(),
        **({PREVIOUS: dict(zip(("release", "sha256"), before, strict=True))} if before else {}),
        "resources": resources,
    }  # fmt: skip
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()
