"""The records that pass between the stages: Claim -> PlacedClaim -> Report -> Event.

Each record wraps the one before it, so that any published cell can be walked back to the ledger row (file
and line) and the words of the page. All are frozen: a stage makes a new record, it never edits one.
Quantities are in tablets or kilograms, distances in kilometres, coordinates in WGS84 degrees.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class RowRef:
    """Where a curated row stands: file name below the ledger folder and 1-based line in that file."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Issue:
    """Something a curator should see. `blocking` issues quarantine their row; the others only warn.

    `code` is a short slug from the issue vocabulary, `message` one sentence: what, where, what to do.
    """

    code: str
    message: str
    ref: RowRef | None = None
    column: str = ""
    value: str = ""
    report_id: str = ""
    blocking: bool = False


@dataclass(frozen=True, slots=True)
class SourceChange:
    """A source joined or left the list, or asks for something else than before."""

    day: date
    source_id: str
    change: str  # added | removed | changed


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """What was collected of a source on a day: pages listed there for the first time, those of them that
    looked relevant, pages fetched, pages that failed; `claims` read in the fetched ones. `answered`: whether
    the source itself could be had: yes, partly, no, or "" where it was not asked.
    """

    source_id: str
    day: date
    listed: int
    relevant: int
    fetched: int
    failed: int
    claims: int = 0
    answered: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """A date as precise as the source was.

    `start`..`end` (inclusive) is the span the source names: one day, a month, a year; both None when undated.
    `not_before`..`not_after` bound an event whose span is unknown or coarse (`bound_basis` says from what:
    `published`, `url_path`, `notes`, `page`, `decision`); they never place it on a time axis.
    """

    start: date | None = None
    end: date | None = None
    precision: str = "none"  # day | week | month | year | none
    basis: str = ""  # stated | weekday | published | other_report | ""
    not_before: date | None = None
    not_after: date | None = None
    bound_basis: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """low <= best <= high; None where the source gives no such bound ("over 3 M" has no high)."""

    low: float | None = None
    best: float | None = None
    high: float | None = None
    basis: str = "none"  # stated | converted | none

    @property
    def known(self) -> bool:
        return self.best is not None


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity as the page gives it: number(s), unit and qualifier as in the ledger, the page's words."""

    quantity: float | None = None
    quantity_high: float | None = None
    unit: str = ""
    qualifier: str = "unstated"  # exact | about | over | under | range | unstated
    as_written: str = ""


@dataclass(frozen=True, slots=True)
class Load:
    """A further drug seized with the main load (`other_drugs` of the ledger)."""

    drug: str
    quantity: float | None
    unit: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One value that a machine read: the words that gave it and the rule that read them.

    `start`..`end` are the words' offsets in `quote`; all three are empty where no words say it (a day of
    publication).
    """

    field: str
    value: str
    quote: str
    start: int | None
    end: int | None
    rule: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a machine-read claim comes from: the document, by the SHA-256 of its text, and what was read.

    `text_group`: the first of the documents that carry one text (`etl.papers`), "" where it is the only one.
    """

    document_id: str
    sha256: str
    evidence: tuple[Evidence, ...] = ()
    text_group: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one page says of one seizure (or, for aggregates, of one total).

    One ledger row, unchanged in sense; or, with a `reading`, what a machine read in a document.
    """

    ref: RowRef
    report_id: str
    url: str
    publisher: str
    lang: str
    published: date | None
    role: str  # primary | background
    event_type: str
    when: When
    country: str  # ISO 3166 alpha-2, "" = the page does not say
    admin1: tuple[str, ...]
    place: str
    place_as_written: str
    drug: str
    amount: Amount
    weight_kg: float | None
    other_loads: tuple[Load, ...]
    value_usd: float | None
    arrests: int | None
    killed: int | None
    agencies: tuple[str, ...]
    joint_with: tuple[str, ...]
    partners: tuple[str, ...]
    concealment: str
    transport: str
    origin: str
    destination: str
    period_start: date | None
    period_end: date | None
    scope: str
    quality: str
    notes: str
    reading: Reading | None = None

    @property
    def is_machine_read(self) -> bool:
        return self.reading is not None

    @property
    def is_seizure(self) -> bool:
        """Aggregates are totals and destructions concern drugs seized earlier: neither is a seizure."""
        return self.event_type not in {"aggregate", "destruction"}


@dataclass(frozen=True, slots=True)
class BorderPosition:
    """Position along the Iraq-Syria line: km 0 at the Turkish tripoint, about 599.3 at the Jordanian one."""

    km: float | None
    km_low: float | None
    km_high: float | None
    distance_km: float | None
    distance_low_km: float
    distance_high_km: float
    sector: str
    side: str  # IQ | SY | ""
    nearest_crossing: str


@dataclass(frozen=True, slots=True)
class Location:
    """Where the drugs lay, no more precise than the words.

    `latitude`/`longitude` are the centre of the uncertainty disc for exact, town and district places and
    None for anything coarser. `admin1_codes` are ISO 3166-2; several = the seizure lies in one of them or
    spans them.
    """

    precision: str  # exact | town | district | border_strip | governorate | country | none
    country: str = ""
    admin1_codes: tuple[str, ...] = ()
    place_id: str = ""
    place: str = ""  # today's English name from the gazetteer, or the page's own words where unresolved
    place_ar: str = ""
    kind: str = ""  # gazetteer kind: crossing, port, airport, town, ...
    latitude: float | None = None
    longitude: float | None = None
    uncertainty_km: float | None = None
    border: BorderPosition | None = None
    border_relation: str = "unknown"  # crosses_stated | near | not_near | unknown
    resolved: bool = True  # False: words were given that the gazetteer does not know
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlacedClaim:
    claim: Claim
    location: Location


@dataclass(frozen=True, slots=True)
class OutletRef:
    """Who published the page, folded over spellings; `wire` is the agency or outlet credited, "" if none."""

    outlet_id: str
    name: str
    kind: str  # official | agency | outlet | mirror
    country: str = ""
    wire: str = ""


@dataclass(frozen=True, slots=True)
class AgencyRef:
    """A body that seized or took part: code from the agency vocabulary, "" where it is not known there."""

    as_written: str
    code: str
    authority: str
    country: str
    role: str  # seizing | partner


@dataclass(frozen=True, slots=True)
class Report:
    """A placed claim in common units. `mass_g` is grams a tablet of the row's own count/weight pair, if it
    has one.

    `drug_group` is what counts together: `captagon` for captagon and amphetamine_tablets, `pills_unspecified`
    for pills of unstated kind, else the drug itself. `form` decides whether weight may become tablets.
    """

    placed: PlacedClaim
    tablets: Span
    kg: Span
    conversion_g: float | None
    mass_g: float | None
    drug_group: str
    form: str  # tablets | crushed_or_powder | raw_material | mixed_load | equipment | unknown
    outlet: OutletRef
    is_official: bool
    agencies: tuple[AgencyRef, ...]
    authority: str
    transport: str
    method_group: str
    concealment_group: str
    site_type: str
    origin_countries: tuple[str, ...]
    destination_countries: tuple[str, ...]
    route_basis: str  # stated | implied | ""
    capacity_as_reported: str = ""
    flags: tuple[str, ...] = ()

    @property
    def claim(self) -> Claim:
        return self.placed.claim

    @property
    def report_id(self) -> str:
        return self.placed.claim.report_id

    @property
    def location(self) -> Location:
        return self.placed.location


@dataclass(frozen=True, slots=True)
class Link:
    """Why a report is in its event: its strongest tie inside the event and the features that made it."""

    report_id: str
    to_report_id: str  # "" for an event's only report
    score: float | None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cluster:
    """Reports of one seizure, `report_ids` sorted; `origin_groups` maps each to its independent origin."""

    report_ids: tuple[str, ...]
    links: tuple[Link, ...]
    origin_groups: tuple[tuple[str, str], ...]  # (report_id, origin_group)


@dataclass(frozen=True, slots=True)
class Joined:
    """A machine-read report that joined a curated event as evidence, with its tie and its origin there."""

    report: Report
    link: Link
    origin_group: str


@dataclass(frozen=True, slots=True)
class Linking:
    """The linker's answer: every seizure report in exactly one cluster, and pairs that may be one seizure."""

    clusters: tuple[Cluster, ...]
    possibly_same: tuple[tuple[str, str, str], ...] = ()  # (report_id, report_id, why)
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """A curator's word on two reports (`data/decisions/links.csv`); it wins over every score."""

    report_id_a: str
    report_id_b: str
    verdict: str  # same | different | possibly_same
    by: str
    on: str
    why: str
    ref: RowRef


@dataclass(frozen=True, slots=True)
class Correction:
    """A curator's replacement of one cell of one row (`data/decisions/corrections.csv`)."""

    report_id: str
    column: str
    value: str
    by: str
    on: str
    why: str
    ref: RowRef


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that was read: claims in a fixed order, quarantined rows as blocking issues, and the row count."""

    claims: tuple[Claim, ...]
    issues: tuple[Issue, ...]
    rows_read: int
    judgements: tuple[Judgement, ...] = ()
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A published value of an event with the rule that chose it and the reports that gave it."""

    value: object
    rule: str
    report_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One seizure: its reports and what was chosen from them. `event_id` is given at publication.

    `values` holds one Choice per column of `seizures.csv` that comes from the reports. `flag_reports` maps a
    flag to the reports it concerns (none: the event as a whole), `verdicts` a report to what the rule for the
    best figure did with it. `reports` stand in the order in which they are believed. `joined` are
    machine-read reports of a curated event: listed beside it, never asked for a value.
    """

    key: str  # the smallest report_id: a working name, never published as an id
    reports: tuple[Report, ...]
    cluster: Cluster
    values: dict[str, Choice] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    flag_reports: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    verdicts: Mapping[str, str] = field(default_factory=dict)
    joined: tuple[Joined, ...] = ()

    @property
    def is_machine_read(self) -> bool:
        """Whether no curated report stands behind it."""
        return all(report.claim.is_machine_read for report in self.reports)


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a joint announcement leaves unaccounted for: it becomes one event with `is_bundle`.

    `tablets` and `kg` are the announced sum less the parts that are events; `n_incidents` the seizures not
    broken out, None where the announcement gives no number.
    """

    reports: tuple[Report, ...]
    tablets: Span
    kg: Span
    n_incidents: int | None
    start: date | None = None
    end: date | None = None
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One published total and the reports of it. `values` holds its columns of `aggregates.csv`.

    `part_keys` are the keys of the events that are its parts, `superseded_by` the key of a later running
    total, `joined` machine-read reports of a curated total, which change nothing in it.
    """

    key: str  # the smallest report_id
    reports: tuple[Report, ...]
    values: Mapping[str, object]
    part_keys: tuple[str, ...] = ()
    remainder: Bundle | None = None
    superseded_by: str = ""
    joined: tuple[Report, ...] = ()
