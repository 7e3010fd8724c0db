"""One gazetteer from three lists: the GeoNames extract, the places that reports name, and our additions.

A place of the second or third list that GeoNames also has (same country, a spelling in common, within 6 km)
becomes one entry: our name, kind and uncertainty, GeoNames' id, spellings and population.
"""

import csv
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from geo import names
from geo.derive.boundaries import measured, portions
from geo.fold import fold
from geo.polyline import WGS84

COLUMNS = (
    "place_id", "name", "name_ar", "country", "admin1_code", "kind", "latitude", "longitude",
    "uncertainty_km", "population", "aliases", "paired_with", "line", "km_low", "km_high",
    "source", "licence", "note",
)  # fmt: skip
SAME_PLACE_KM = 6.0
_DEFAULT_TOWN_KM = 3.0
_MIN_POPULATION = {"IT": 50_000, "GR": 20_000, "IL": 5_000, "CY": 5_000, "IR": 20_000, "TR": 10_000}
_ARABIC = re.compile(r"^[ء-ي\s\-–()،.0-9]+$")
_ARABIC_SCRIPT = re.compile(r"[؀-ۿ]")
# Arabic words for what a place is: a name without them is the better name for showing.
_KIND_AR = re.compile(
    r"^(معبر|منفذ|ميناء|مرفأ|مطار|مدينة|بلدة|قرية|ناحية|قضاء|محافظة|منطقة|مركز|جمرك|حي|مخيم|قاعدة|محلة|قطاع) "
)


@dataclass
class Entry:
    """A gazetteer row in the making."""

    place_id: str
    name: str
    country: str
    admin1_code: str
    kind: str
    latitude: float | None
    longitude: float | None
    uncertainty_km: float | None
    aliases: list[str]
    source: str
    licence: str
    population: int | None = None
    line: str = ""
    km_low: float | None = None
    km_high: float | None = None
    note: str = ""
    name_ar: str = ""
    paired_with: str = ""

    def row(self) -> dict[str, object]:
        """The CSV row; numbers rounded to what they mean."""
        spellings: dict[str, str] = {}
        for alias in self.aliases:
            spellings.setdefault(fold(alias), alias)
        spellings.pop(fold(self.name), None)
        return {
            "place_id": self.place_id,
            "name": self.name,
            "name_ar": self.name_ar or arabic_name(self.aliases),
            "country": self.country,
            "admin1_code": self.admin1_code,
            "kind": self.kind,
            "latitude": _cell(self.latitude, 5),
            "longitude": _cell(self.longitude, 5),
            "uncertainty_km": _cell(self.uncertainty_km, 1),
            "population": self.population or "",
            "aliases": "|".join(a for key, a in spellings.items() if len(key) >= 2),
            "paired_with": self.paired_with,
            "line": self.line,
            "km_low": _cell(self.km_low, 1),
            "km_high": _cell(self.km_high, 1),
            "source": self.source,
            "licence": self.licence,
            "note": self.note,
        }


def _cell(value: float | None, digits: int) -> object:
    return "" if value is None else f"{round(value, digits):g}" if digits == 1 else round(value, digits)


def arabic_name(aliases: list[str]) -> str:
    """The first spelling in Arabic letters, rather one without a word for its kind before it."""
    arabic = [a for a in aliases if _ARABIC.match(a)]
    bare = [a for a in arabic if not _KIND_AR.match(a)]
    return (bare or arabic or [""])[0]


def build(
    raw: Path, lines: dict[str, LineString], shapes: dict[str, BaseGeometry]
) -> list[dict[str, object]]:
    """All rows, by place_id."""
    entries = [*strips(lines, shapes), *_curated(raw / "gazetteer_extra.csv")]
    additions = _curated(Path(__file__).with_name("additions.csv"))
    replaced = {(fold(a.name), a.country) for a in additions}
    entries = [e for e in entries if (fold(e.name), e.country) not in replaced]
    entries += [a for a in additions if a.kind != "drop"]
    ours = {e.place_id for e in additions}
    entries = [e for e in entries if e.place_id not in ours or e in additions]
    for entry in entries:
        _complete_strip(entry, lines, shapes)
    _pair_crossings(entries)
    merged = _merge(entries, _geonames(raw / "gazetteer_geonames.csv"))
    ids = [e.place_id for e in merged]
    if repeated := {i for i in ids if ids.count(i) > 1}:
        raise ValueError(f"place_id used twice: {sorted(repeated)}")
    return [e.row() for e in sorted(merged, key=lambda e: e.place_id)]


def strips(lines: dict[str, LineString], shapes: dict[str, BaseGeometry]) -> list[Entry]:
    """A border strip for each country of each border, and for each governorate along it."""
    found = []
    for code, line in lines.items():
        pair = code.split("-")
        length = measured(line).length_km
        for own, other in (pair, pair[::-1]):
            found.append(_strip(code, own, other, "", (0.0, length)))
            inside = portions(line, {g: s for g, s in shapes.items() if g[:2] == own})
            found += [
                _strip(code, own, other, g, (low, high))
                for g, (low, high) in inside.items()
                if high - low > 5
            ]
    return found


def _strip(code: str, own: str, other: str, governorate: str, stretch: tuple[float, float]) -> Entry:
    a, b = names.country(own), names.country(other)
    place_id = f"strip:{governorate or own}:{code}"
    name, name_ar = f"{a.name_en}-{b.name_en} border", f"حدود {a.name_ar} مع {b.name_ar}"
    if governorate:
        g = names.governorate(governorate)
        name, name_ar = f"{g.name_en} border with {b.name_en}", f"حدود {g.name_ar} مع {b.name_ar}"
    return Entry(
        place_id=place_id,
        name=name,
        country=own,
        admin1_code=governorate,
        kind="border_strip",
        latitude=None,
        longitude=None,
        uncertainty_km=None,
        aliases=[],
        source="Natural Earth",
        licence="public domain",
        line=code,
        km_low=stretch[0],
        km_high=stretch[1],
        name_ar=name_ar,
    )


def _complete_strip(entry: Entry, lines: dict[str, LineString], shapes: dict[str, BaseGeometry]) -> None:
    """Give a strip without km the part of its line beside its governorate, or the whole line."""
    if not entry.line or entry.km_high is not None:
        return
    line = lines[entry.line]
    inside = portions(line, {g: s for g, s in shapes.items() if g[:2] == entry.country})
    whole = (0.0, measured(line).length_km)
    entry.km_low, entry.km_high = inside.get(entry.admin1_code, whole)


def _pair_crossings(entries: list[Entry]) -> None:
    """Turn the name of a crossing's other side into its id: the one abroad of that name that is nearest."""
    for entry in entries:
        name, entry.paired_with = entry.paired_with, ""
        twins = [e for e in entries if name and e.name == name and e.country != entry.country]
        if twins:
            near = min(
                twins, key=lambda e: WGS84.inv(entry.longitude, entry.latitude, e.longitude, e.latitude)[2]
            )
            entry.paired_with = near.place_id


def _curated(path: Path) -> list[Entry]:
    return [_from_curated(row) for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())]


def _from_curated(row: dict[str, str]) -> Entry:
    governorate = names.find_governorate(row["admin1"], row["country"]) if row["admin1"] else None
    number = {
        k: float(row[k]) if row.get(k) else None
        for k in ("latitude", "longitude", "uncertainty_km", "km_low", "km_high")
    }
    origin, licence = _origin(row["source_url"], row["source_note"])
    return Entry(
        place_id=row.get("place_id") or f"{row['country'].lower()}:{_slug(row['name'])}",
        name=row["name"],
        country=row["country"],
        admin1_code=governorate.code if governorate else "",
        kind=row["kind"],
        latitude=number["latitude"],
        longitude=number["longitude"],
        uncertainty_km=number["uncertainty_km"],
        aliases=_clean(row["alternate_names"].split("|")),
        source=origin,
        licence=licence,
        line=row.get("line", ""),
        km_low=number["km_low"],
        km_high=number["km_high"],
        paired_with=row["paired_with"],
        note=row["source_note"] if "derived" in row["source_note"] else "",
    )  # fmt: skip


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.replace("ı", "i")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


# Where a curated point was read -> (origin named in SOURCES.toml, licence). First match wins.
_ORIGINS = (
    ("derived:iraq_syria_border", "Natural Earth", "public domain"),
    ("derived:countries_10m", "Natural Earth", "public domain"),
    ("geonames:", "GeoNames", "CC BY 4.0"),
    ("whosonfirst", "Who's On First", "CC BY 4.0 (GeoNames) and WOF"),
    ("Open-Syria", "US State Department HIU", "public domain"),
    ("uscg-nais-data", "NGA World Port Index", "public domain"),
    ("airportsdata", "airportsdata", "MIT"),
    ("wiki", "Wikipedia", "CC BY-SA 4.0"),
    ("captagon-tracker", "own estimate", "CC BY 4.0"),
)


def _origin(url: str, note: str) -> tuple[str, str]:
    for sign, origin, licence in _ORIGINS:
        if sign.casefold() in url.casefold() or (sign == "wiki" and "wikipedia" in note.casefold()):
            return origin, licence
    return "Wikipedia", "CC BY-SA 4.0"  # small copies of it under other names


def _geonames(path: Path) -> list[Entry]:
    found = []
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        population = int(row["population"] or 0)
        if population < _MIN_POPULATION.get(row["country"], 0):
            continue
        governorate = (
            names.find_governorate(row["admin1_name"], row["country"]) if row["admin1_name"] else None
        )
        found.append(
            Entry(
                place_id=f"gn:{row['geonameid']}",
                name=row["name"],
                country=row["country"],
                admin1_code=governorate.code if governorate else "",
                kind="town",
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
                uncertainty_km=round(_DEFAULT_TOWN_KM + min(12.0, (population / 50_000) ** 0.5 * 1.5), 1),
                aliases=_clean(row["alternate_names"].split("|")),
                source="GeoNames",
                licence="CC BY 4.0",
                population=population,
            )
        )
    return found


def _clean(spellings: list[str]) -> list[str]:
    """Spellings in Latin or Arabic script. GeoNames' lower-case romanisations (dmshq) and airport codes
    go."""
    return [s.strip() for s in spellings if s.strip() and _usable(s.strip())]


# Spellings of the raw list that say where by a place, not which place: the grammar reads those.
_NO_NAME = re.compile(
    r"^(near|en route|before|close to|entrance of|east|outskirts of|border strip near) "
    r"|( suburb| waters| coast| side)$",
    re.IGNORECASE,
)


def _usable(text: str) -> bool:
    if _NO_NAME.search(text):
        return False
    letters = [c for c in text if c.isalpha()]
    if not letters:
        return False
    if _ARABIC_SCRIPT.search(text):
        return True
    latin = all("LATIN" in unicodedata.name(c, "") or "MODIFIER" in unicodedata.name(c, "") for c in letters)
    is_code = len(text) <= 4 and text.isupper() and text.isascii()
    return latin and not (text[0].islower() and " " not in text) and not is_code


def _merge(entries: list[Entry], extract: list[Entry]) -> list[Entry]:
    by_key: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for e in entries:
        if e.kind in {"town", "village", "neighbourhood", "district"} and e.latitude is not None:
            for spelling in (e.name, *e.aliases):
                by_key[e.country, fold(spelling)].append(e)
    kept = []
    for town in extract:
        same = _same_place(town, by_key)
        if same is None:
            kept.append(town)
            continue
        if same.kind in {"town", "village"}:
            same.aliases += [*town.aliases, town.name]
            same.population = max(same.population or 0, town.population or 0)
        else:
            kept.append(town)
    return entries + kept


def _same_place(town: Entry, by_key: dict[tuple[str, str], list[Entry]]) -> Entry | None:
    for spelling in (town.name, *town.aliases):
        for other in by_key.get((town.country, fold(spelling)), ()):
            _, _, metres = WGS84.inv(town.longitude, town.latitude, other.longitude, other.latitude)
            if metres / 1000 <= SAME_PLACE_KM and other.kind in {"town", "village"}:
                return other
    return None


def write(path: Path, rows: list[dict[str, object]]) -> None:
    """Write the gazetteer."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
