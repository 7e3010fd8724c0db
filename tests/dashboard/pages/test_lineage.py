"""Figures given, origins, arithmetic and history: the parts of an event's page that tell its lineage."""

from __future__ import annotations

import csv
import json
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from dashboard.event.arithmetic import Check, Figures, Slip, checks, digits_apart
from dashboard.event.flags import notes
from dashboard.event.given import given, why
from dashboard.event.history import entries, history
from dashboard.event.plausible import Range, price, tablet_mass
from dashboard.event.sources import side_by_side
from dashboard.event.sums import arithmetic
from dashboard.event.versions import versions
from dashboard.i18n import has
from dashboard.release import Snapshot

MASS = Range(0.09, 0.30, "")
GULF = Range(10.0, 25.0, "", "gulf", 2023)
VOCABULARY = Path(__file__).resolve().parents[3] / "etl" / "vocabulary" / "conversions.toml"


def text_of(component: Any) -> str:
    return json.dumps(component, default=lambda x: x.to_plotly_json(), ensure_ascii=False)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        pytest.param(
            [Figures("A", 1_350_000, 2015), Figures("B", 1_350_000, 2015), Figures("C", 1_350_000, 215)],
            [
                (("A", "B"), 1.49, False, Slip("kg", 2015, 215, pytest.approx(0.159, abs=1e-3), ("C",))),
                (("C",), 0.16, True, None),
            ],
            id="one digit too many, another outlet has it right",
        ),
        pytest.param(
            [Figures("A", 18_000_000, 34_000)],
            [(("A",), 1.89, False, Slip("kg", 34_000, 3_400, pytest.approx(0.189, abs=1e-3), ()))],
            id="a shifted decimal point",
        ),
        pytest.param(
            [Figures("A", 6_447_000, 100), Figures("B", 644_700, None)],
            [
                (
                    ("A",),
                    0.02,
                    False,
                    Slip("tablets", 6_447_000, 644_700, pytest.approx(0.155, abs=1e-3), ("B",)),
                )
            ],
            id="one digit too many in the count",
        ),
        pytest.param(
            [Figures("A", 500_000, 236)], [(("A",), 0.47, False, None)], id="no slip of one digit explains it"
        ),
        pytest.param(
            [Figures("A", 461_164, None, 115_000_000)],
            [(("A",), 249.37, False, Slip("dollars", 115e6, 11.5e6, pytest.approx(24.94, abs=1e-2), ()))],
            id="value ten times too high",
        ),
        pytest.param([Figures("A", 1000, None, 12_000)], [(("A",), 12.0, True, None)], id="value in range"),
        pytest.param(
            [Figures("A", None, 5), Figures("B", 10, None), Figures("C", 0, 3)], [], id="no pair in one page"
        ),
    ],
)
def test_sums_are_checked_and_slips_found(figures: list[Figures], expected: list[Any]) -> None:
    found = checks(figures, MASS, GULF)
    assert [(one.outlets, round(one.result, 2), one.fits, one.slip) for one in found] == expected


@for_all(st.integers(10, 10**9), st.integers(10, 10**9))
def test_a_slip_always_makes_the_sum_fit(tablets: int, kg: int) -> None:
    for one in checks([Figures("A", tablets, kg)], MASS, GULF):
        assert isinstance(one, Check)
        assert one.fits == MASS.holds(kg * 1000 / tablets)
        assert not (one.fits and one.slip)
        if one.slip:
            assert MASS.holds(one.slip.result)
            assert one.slip.instead in digits_apart(one.slip.figure)


def test_the_mass_of_a_tablet_is_that_of_the_method() -> None:
    published = tomllib.loads(VOCABULARY.read_text(encoding="utf-8"))["tablet_mass_g"]
    assert tablet_mass().low == published["plausible_low"]["value"]
    assert tablet_mass().high == published["plausible_high"]["value"]


@pytest.mark.parametrize(
    ("country", "place"), [("IQ", "iraq"), ("SA", "gulf"), ("GR", "elsewhere"), ("", "elsewhere")]
)
def test_prices_are_those_of_the_place_and_have_a_source(country: str, place: str) -> None:
    found = price(country)
    assert found.place == place
    assert all(has(f"lineage.source.{found.place}", lang) for lang in ("en", "ar"))
    assert found.url.startswith("https://")
    assert 0 < found.low < found.high


def _told(*pages: dict[str, Any]) -> pd.DataFrame:
    shared = {
        "role": "primary",
        "tablets_basis": "stated",
        "kg_basis": "none",
        "qualifier": "exact",
        "language": "en",
    }
    return pd.DataFrame(
        [{"report_id": f"R{i}", "outlet": f"Outlet {i}"} | shared | page for i, page in enumerate(pages)]
    )


LATAKIA = _told(
    {"origin_group": "xinhua", "wire": "xinhua", "tablets": 1e8, "best_rule": "agrees"},
    {"origin_group": "levant", "tablets": 1e8, "best_rule": "chosen"},
    {"origin_group": "afp", "tablets": 5.5e7, "tablets_low": 5e7, "tablets_high": 6e7, "qualifier": "range",
     "best_rule": "differs"},
    {"origin_group": "xinhua", "wire": "xinhua", "tablets": 1e8, "best_rule": "agrees", "qualifier": "over"},
)  # fmt: skip
EVENT = pd.Series(
    {"tablets_best": 1e8, "tablets_basis": "stated", "kg_best": float("nan"), "kg_basis": "none"}
)


def test_copies_of_one_wire_are_one_origin() -> None:
    told = versions(LATAKIA)
    assert [(one.outlet, one.origin) for one in told] == [
        ("Outlet 1", 1),
        ("Outlet 0", 2),
        ("Outlet 3", 2),
        ("Outlet 2", 3),
    ]


def test_the_figures_given_with_their_origins_and_what_became_of_them() -> None:
    found = given(EVENT, versions(LATAKIA))
    assert [(row.figure, len(row.outlets), len(row.origins), row.state, row.qualified) for row in found] == [
        ("100,000,000 tablets", 3, 2, "taken", 1),
        ("50,000,000 to 60,000,000 tablets", 1, 1, "other", 0),
    ]
    assert why(found) == "Of the 3 origins that give a figure, 2 give this one."
    assert why(found[:1]) == ""


def test_the_table_names_the_wire_that_several_carry(snapshot: Snapshot) -> None:
    page = text_of(side_by_side(versions(LATAKIA), snapshot))
    assert "One origin (2): Xinhua, carried by 2 reports" in page
    assert page.count("carried by") == 1


def test_the_arithmetic_is_spelled_out_in_both_languages(snapshot: Snapshot) -> None:
    event = snapshot.seizures.iloc[0]
    told = versions(snapshot.reports[snapshot.reports["event_id"] == event["event_id"]])
    page = text_of(arithmetic(event, told, snapshot))
    for expected in (
        "Asharq Al-Awsat: 2,015 kg ÷ 1,350,000 tablets = 1.49 g a tablet",
        "215 kg (as in The National) for 2,015 kg comes to 0.16 g a tablet",
        "0.09 to 0.30 g",
    ):
        assert expected in page
    assert "2,015 كغم ÷ 1,350,000 حبة = 1.49 غرام للحبة" in text_of(arithmetic(event, told, snapshot, "ar"))


def test_values_come_from_the_claims_of_the_page(snapshot: Snapshot) -> None:
    claims = pd.DataFrame([
        {"report_id": "R1", "field": "value", "value": "27000000", "unit": "USD"},
        {"report_id": "R2", "field": "value", "value": "much", "unit": "USD"},
    ])  # fmt: skip
    told = versions(snapshot.reports[snapshot.reports["event_id"] == "CAP-000001"])
    with_value = replace(snapshot, tables={**snapshot.tables, "claims": claims}, memo={})
    page = text_of(arithmetic(snapshot.seizures.iloc[0], told, with_value))
    assert "27,000,000 US dollars ÷ 1,350,000 tablets = 20.00 dollars a tablet" in page


def _kept(folder: Path, label: str, rows: list[dict[str, str]]) -> None:
    home = folder / label
    home.mkdir(parents=True, exist_ok=True)
    (home / "datapackage.json").write_text("{}", encoding="utf-8")
    with (home / "seizures.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


CHANGES = [
    {"release": "2026.1.1", "date": "2026-01-01", "event_id": "CAP-000001", "change": "ADD"},
    {"release": "2026.1.1", "date": "2026-01-01", "event_id": "CAP-000008", "change": "ADD"},
    {"release": "2026.2.1", "date": "2026-02-01", "event_id": "CAP-000001", "change": "MOD",
     "columns": "tablets_best"},
    {"release": "2026.3.1", "date": "2026-03-01", "event_id": "CAP-000008", "change": "MERGE",
     "other_event_ids": "CAP-000001"},
]  # fmt: skip


def _with_log(snapshot: Snapshot, folder: Path) -> Snapshot:
    frame = pd.DataFrame(CHANGES).fillna("")
    return replace(
        snapshot, directory=folder / "2026.3.1", tables={**snapshot.tables, "changes": frame}, memo={}
    )


def test_history_tells_each_release_newest_first(snapshot: Snapshot, tmp_path: Path) -> None:
    with (snapshot.directory / "seizures.csv").open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    _kept(tmp_path, "2026.1.1", [row | {"tablets_best": "1300000"}])
    _kept(tmp_path, "2026.2.1", [row | {"tablets_best": "1350000"}])
    logged = _with_log(snapshot, tmp_path)
    assert [(one.release, one.kind) for one in entries("CAP-000001", logged)] == [
        ("2026.3.1", "merged"),
        ("2026.2.1", "corrected"),
        ("2026.1.1", "added"),
    ]
    page = text_of(history(snapshot.seizures.iloc[0], logged))
    for expected in ("merged into this record:", "/event/CAP-000008", "1,300,000", "1,350,000", "Added"):
        assert expected in page
    assert page.index("1,300,000") < page.index("1,350,000")


def test_history_without_the_older_release_names_the_columns(snapshot: Snapshot, tmp_path: Path) -> None:
    page = text_of(history(snapshot.seizures.iloc[0], _with_log(snapshot, tmp_path)))
    assert "Changed: tablets_best." in page


def test_a_release_without_a_log_says_so(snapshot: Snapshot) -> None:
    assert "keeps no log" in text_of(history(snapshot.seizures.iloc[0], snapshot))


def test_a_note_in_arabic_does_not_repeat_itself_in_english(snapshot: Snapshot) -> None:
    english, arabic = "The reports name different drugs.", "تسمّي الأخبار مواد مختلفة."
    meaning = {"en": {"drugs_differ": english}, "ar": {"drugs_differ": arabic}}
    fields = [{"name": "flag", "captagon:labels": meaning}]
    flags = [{"event_id": "CAP-000001", "flag": "drugs_differ", "report_ids": "", "detail": english}]
    labelled = replace(
        snapshot,
        package={"resources": [{"name": "event_flags", "schema": {"fields": fields}}]},
        tables={**snapshot.tables, "event_flags": pd.DataFrame(flags)},
        memo={},
    )
    row = snapshot.seizures.iloc[0].copy()
    row["flags"] = "drugs_differ"
    (note,) = notes(row, versions(snapshot.reports), labelled, "ar")
    assert note.text == arabic
    (note,) = notes(row, versions(snapshot.reports), labelled)
    assert note.text == english
