"""The event page says what each outlet said, which figure was taken, and what to doubt."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.citation import BASE_ENV, REPORT_ENV, cite_event, report_error
from dashboard.event import inset, view
from dashboard.event.facts import facts
from dashboard.event.headline import title, when
from dashboard.event.identity import Found, Merged, Unknown, Withdrawn, resolve
from dashboard.event.plausible import tablet_mass
from dashboard.event.ruler import ruler, sentence
from dashboard.event.versions import date_given, versions
from dashboard.i18n import t
from dashboard.release import Snapshot, load
from dashboard.theme import DARK, LIGHT

DATA = Path(__file__).resolve().parents[3] / "data"
TODAY = date(2026, 11, 21)


def event(snapshot: Snapshot, number: int) -> pd.Series:
    rows = snapshot.seizures
    return rows.loc[rows["event_id"] == f"CAP-{number:06d}"].iloc[0]


def text_of(component: Any) -> str:
    """All words of a page, one after the other."""
    found: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, str | int | float):
            found.append(str(node))
        elif isinstance(node, dict):
            walk([node["props"].get(name) for name in ("children", "content")] if "props" in node else None)
        elif isinstance(node, list):
            for part in node:
                walk(part)

    walk(json.loads(json.dumps(component, default=lambda x: x.to_plotly_json())))
    return " ".join(found)


def links_of(component: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if node.get("type") in {"A", "Link"}:
                found.append(node["props"])
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(json.loads(json.dumps(component, default=lambda x: x.to_plotly_json())))
    return found


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("CAP-000001", Found("CAP-000001")),
        (" cap-000001 ", Found("CAP-000001")),
        ("CAP-000008", Merged("CAP-000008", "CAP-000001", "2026.03.1")),
        ("CAP-000007", Merged("CAP-000007", "CAP-000001", "2026.03.1")),
        ("CAP-000009", Withdrawn("CAP-000009", "2026.03.1")),
        ("CAP-999999", Unknown("CAP-999999")),
        ("../../etc", Unknown("../../ETC")),
    ],
)
def test_what_an_id_stands_for(snapshot: Snapshot, asked: str, expected: object) -> None:
    assert resolve(asked, snapshot) == expected


@pytest.mark.parametrize(
    ("path", "status", "location"),
    [
        ("/event/CAP-000001", 200, None),
        ("/event/cap-000001", 301, "/event/CAP-000001"),
        ("/event/CAP-000007", 301, "/event/CAP-000001?was=CAP-000007"),
        ("/event/CAP-000009", 410, None),
        ("/event/CAP-123456", 404, None),
        ("/event/CAP-000001/place.svg", 200, None),
        ("/event/CAP-000003/place.svg", 404, None),
        ("/event/CAP-123456/place.svg", 404, None),
    ],
)
def test_status_of_addresses(client: FlaskClient, path: str, status: int, location: str | None) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers.get("Location")) == (status, location)


def test_versions_side_by_side(snapshot: Snapshot) -> None:
    told = versions(snapshot.reports)
    assert [(v.outlet, v.agreement, v.figure, v.weight) for v in told] == [
        ("The National", "agrees", "more than 1,350,000 tablets", "215 kg"),
        ("Asharq Al-Awsat", "set_aside", "more than 1,350,000 tablets", "2,015 kg"),
        ("Al-Mowaten", "no_figure", "", ""),
    ]
    assert [v.origin for v in told] == [1, 2, 2]


def test_page_of_the_disputed_seizure(snapshot: Snapshot) -> None:
    page = view.page("CAP-000001", snapshot, TODAY)
    words = text_of(page)
    for expected in (
        "More than 1,350,000 Captagon tablets, Damascus",
        "30 July 2025",
        "Reported by 3 outlets, 2 independent origins.",
        "over 1.35 million, about 2,015 kilograms",
        "2,015 kg ÷ 1,350,000 tablets = 1.49 g a tablet",
        "1.49 g a tablet: not believed",
        "They give 215 to 2,015 kg.",
        "most independent origins",
        "named so in 2 of 3 reports",
        "inside Syria",
        "Syria's capital",
        "This may be the same seizure as",
        "Release 2026.03.1",
        "21 November 2026",
    ):
        assert expected in words, expected
    assert "confirm" not in words.lower()


@pytest.mark.parametrize(
    ("lang", "names", "as_reported"),
    [
        ("en", ("Ministry of Interior, Iraq", "Anti-Narcotics Administration"), "as reported:"),
        ("ar", ("وزارة الداخلية العراقية", "إدارة مكافحة المخدرات"), "كما ورد في التقارير:"),
    ],
)
def test_a_body_with_several_names_is_named_once(lang: str, names: tuple[str, ...], as_reported: str) -> None:
    snapshot = load(DATA)
    parts = facts(event(snapshot, 338), snapshot, lang)
    (named,) = [
        line for line in parts.children[1].children if t("event.fact.agencies", lang=lang) in text_of(line)
    ]
    ours, _, theirs = text_of(named).partition(as_reported)
    assert all(ours.count(name) == 1 for name in names)
    assert "Syrian Anti-Narcotics Department" not in ours
    assert "Syrian Anti-Narcotics Department" in theirs
    raw = json.dumps(named, default=lambda x: x.to_plotly_json(), ensure_ascii=False)
    assert '"lang": "en"' in raw
    assert '"dir": "ltr"' in raw


@pytest.mark.parametrize(
    ("agencies", "codes", "shown"),
    [
        ("Syrian Customs", "", "Seized by as reported: Syrian Customs Took part"),
        ("", "sy_narcotics", "Seized by Anti-Narcotics Administration (Ministry of Interior)"),
    ],
)
def test_a_body_without_a_code_keeps_the_words_of_its_report(
    agencies: str, codes: str, shown: str, snapshot: Snapshot
) -> None:
    told = event(snapshot, 1).copy()
    told["agencies"], told["agency_codes"] = agencies, codes
    assert shown in " ".join(text_of(facts(told, snapshot)).split())


def test_the_source_of_the_rule_of_mass_is_in_the_readers_language(snapshot: Snapshot) -> None:
    words = text_of(view.page("CAP-000001", snapshot, TODAY, lang="ar"))
    assert t("lineage.source.mass", lang="ar") in words
    assert t("lineage.source.mass") not in words


def test_links_to_sources_are_safe(snapshot: Snapshot) -> None:
    links = links_of(view.page("CAP-000001", snapshot, TODAY))
    out = [link for link in links if str(link.get("href", "")).startswith("http")]
    assert {link["href"] for link in out} == {
        "https://example.org/one",
        "https://example.org/two",
        tablet_mass().url,
    }
    assert all("noopener" in link["rel"] for link in out)
    assert not any("javascript:" in str(link.get("href", "")) for link in links)


def test_no_quantity_is_not_zero(snapshot: Snapshot) -> None:
    words = text_of(view.page("CAP-000003", snapshot, TODAY))
    assert "Drugs of unstated kind and quantity" in words
    assert "never as zero tablets" in words
    assert "Undated: not after 5 August 2025" in words
    assert "A dot would claim more" in words


def test_other_facts(snapshot: Snapshot) -> None:
    words = text_of(view.page("CAP-000002", snapshot, TODAY))
    for expected in ("figures differ", "about 32,000 tablets", "32,000 to 64,000", "Saudi Arabia", "3 (2–4)"):
        assert expected in words, expected
    assert "hashish, 50 slabs" in text_of(view.page("CAP-000004", snapshot, TODAY))


def test_gone_pages_say_what_happened(snapshot: Snapshot) -> None:
    assert "withdrawn with release 2026.03.1" in text_of(
        view.no_page(resolve("CAP-000009", snapshot), snapshot)
    )
    assert "not an id of release" in text_of(view.no_page(Unknown("CAP-5"), snapshot))
    assert "You followed CAP-000007" in text_of(view.page("CAP-000001", snapshot, TODAY, was="CAP-000007"))
    assert "<script>" not in text_of(view.page("CAP-000001", snapshot, TODAY, was="<script>"))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "11 March 2023"),
        ({"date_precision": "month"}, "March 2023"),
        ({"date_precision": "year"}, "2023"),
        (
            {"date_precision": "week", "date_end": pd.Timestamp("2023-03-17")},
            "11 March 2023 to 17 March 2023",
        ),
        ({"date_start": pd.NaT, "date_precision": "none"}, "Undated: no page gives a day"),
        (
            {"date_start": pd.NaT, "date_not_before": pd.Timestamp("2023-01-01")},
            "Undated: not before 1 January 2023",
        ),
        (
            {
                "date_start": pd.NaT,
                "date_not_before": pd.Timestamp("2023-01-01"),
                "date_not_after": pd.Timestamp("2023-02-01"),
            },
            "Undated: between 1 January 2023 and 1 February 2023",
        ),
    ],
)
def test_dates_as_precise_as_their_source(snapshot: Snapshot, changes: dict[str, Any], expected: str) -> None:
    row = event(snapshot, 5).copy()
    for name, value in changes.items():
        row[name] = value
    assert when(row) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "3,000,000 Captagon tablets, Al-Qaim border crossing"),
        ({"drug": "amphetamine_tablets"}, "3,000,000 amphetamine tablets, Al-Qaim border crossing"),
        ({"drug": "pills_unspecified", "place": ""}, "3,000,000 pills of unstated kind, Anbar"),
        ({"tablets_basis": "converted", "kg_best": 50.5}, "50.5 kg of captagon, Al-Qaim border crossing"),
        ({"tablets_best": float("nan")}, "Captagon, quantity not stated, Al-Qaim border crossing"),
        ({"drug": "tramadol"}, "3,000,000 tablets (tramadol), Al-Qaim border crossing"),
    ],
)
def test_titles(snapshot: Snapshot, changes: dict[str, Any], expected: str) -> None:
    row = event(snapshot, 5).copy()
    for name, value in changes.items():
        row[name] = value
    assert title(row, snapshot).casefold() == expected.casefold()


def test_inset_shows_the_uncertainty_true_to_scale(snapshot: Snapshot) -> None:
    damascus = inset.scene(event(snapshot, 1), snapshot)
    assert damascus is not None
    west, _, east, _ = damascus.seizure.bounds
    assert east - west == pytest.approx(18, rel=0.01), "a disc of 9 km radius"
    far = damascus.spot(36.29 + 20 / (111.2 * 0.8338), 33.51)
    assert far is not None
    assert (far[0] - 50) / 50 * damascus.half_km == pytest.approx(20, rel=0.01), "20 km east lies 20 km east"


def test_inset_of_areas_and_of_none(snapshot: Snapshot) -> None:
    strip = inset.scene(event(snapshot, 4), snapshot)
    assert strip is not None
    assert not strip.is_point
    two = inset.scene(event(snapshot, 2), snapshot)
    assert two is not None
    assert not two.is_point, "several governorates: their area, never a dot"
    assert inset.scene(event(snapshot, 3), snapshot) is None
    names = {
        label.text
        for label in inset.labels(event(snapshot, 5), inset.scene(event(snapshot, 5), snapshot), snapshot)
    }
    assert "Al-Qaim border crossing" in names


def test_svg_is_themed_and_alone(client: FlaskClient) -> None:
    light, dark = (client.get(f"/event/CAP-000005/place.svg?theme={name}").text for name in ("light", "dark"))
    assert LIGHT.sea in light
    assert DARK.sea in dark
    assert "<circle" in light
    assert "<circle" not in client.get("/event/CAP-000004/place.svg").text, "an area has no dot"
    for forbidden in ("http://www.w3.org/1999/xlink", "<script", "url(", "<image"):
        assert forbidden not in light


@pytest.mark.parametrize(
    ("precision", "basis", "shown"),
    [
        ("day", "weekday", "2023-03-11"),
        ("month", "stated", "2023-03"),
        ("year", "stated", "2023"),
        ("none", "", ""),
        ("day", "other_report", ""),  # filled in from another page: not this outlet's word
    ],
)
def test_a_report_shows_the_date_that_its_page_gives(precision: str, basis: str, shown: str) -> None:
    start = pd.Timestamp("2023-03-11") if precision == "day" else pd.Timestamp("2023-03-01")
    row = {"date_start": start, "date_precision": precision, "date_basis": basis}
    assert date_given(row) == shown


def test_position_along_the_border(snapshot: Snapshot) -> None:
    assert sentence(event(snapshot, 5)) == (
        "Km 365 of the border, counted from the Turkish end. With its uncertainty: km 362 to 368. "
        "0 to 4 km from the Iraq–Syria border."
    )
    bars = {}
    for number in (4, 5):
        drawn = json.loads(json.dumps(ruler(event(snapshot, number)), default=lambda x: x.to_plotly_json()))
        bars[number] = drawn["props"]["children"][2]["props"]["children"][-1]["props"]
    assert "ruler__bar--iq" in bars[5]["className"]
    top, height = (float(bars[4]["style"][key].rstrip("%")) for key in ("top", "height"))
    assert top == pytest.approx(100 * 400 / 599.3, abs=0.3)
    assert height == pytest.approx(100 * 183 / 599.3, abs=0.3)
    assert ruler(event(snapshot, 1)) is None


@pytest.mark.parametrize(
    ("target", "start"),
    [
        (
            "mailto:desk@example.org",
            "mailto:desk@example.org?subject=Error%20in%20CAP-000001%20%28release%202026.03.1%29",
        ),
        (
            "https://example.org/issues/new?labels=error",
            "https://example.org/issues/new?labels=error&title=Error%20in%20",
        ),
        ("", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_report_an_error(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch, target: str, start: str
) -> None:
    monkeypatch.setenv(REPORT_ENV, target)
    link = report_error("CAP-000001", snapshot)
    assert link.startswith(start)
    assert bool(link) == bool(start)
    if link:
        assert "2026.03.1" in link.split("body=")[1]


def test_citation_names_release_address_and_day(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(BASE_ENV, "https://captagon.example/")
    text = cite_event("CAP-000001", "A title", snapshot, TODAY)
    for expected in (
        "https://captagon.example/event/CAP-000001",
        "2026.03.1",
        "21 November 2026",
        "CC BY 4.0",
    ):
        assert expected in text
