"""The figures of the border page: two periods on one axis, density only where it may be, sites to 100 %."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dashboard import i18n
from dashboard.border.density import density
from dashboard.border.pair import Pair, Period
from dashboard.figures.border import border_figure
from dashboard.figures.border_density import density_figure
from dashboard.figures.border_line import PAGE, PHONE, governorates
from dashboard.figures.border_sites import GROUPS, counted, sites_figure
from dashboard.figures.border_time import Caption
from dashboard.figures.view import Look
from dashboard.filters import Span
from tests.dashboard.figures.conftest import AL_QAIM, STRIP, MakeEvents

NOW, BEFORE = Span(date(2025, 1, 1), date(2025, 12, 31)), Span(date(2024, 1, 1), date(2024, 12, 31))
CAPTIONS = (
    Caption(date(2024, 1, 1), date(2024, 12, 31), "before", (("SY", "0"), ("IQ", "1"))),
    Caption(date(2025, 1, 1), date(2025, 12, 31), "now", (("SY", "0"), ("IQ", "2"))),
)


def pair(
    make_events: MakeEvents, now: list[Any], before: list[Any] | None, unstated: list[Any] | None = None
) -> Pair:
    empty = make_events()
    earlier = None if before is None else Period("before", BEFORE, make_events(*before), empty)
    return Pair(None, Period("now", NOW, make_events(*now), make_events(*(unstated or []))), earlier)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", [PAGE, PHONE])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_page_names_governorates_sectors_crossings_river_and_periods(
    form: Any, lang: str, make_events: MakeEvents
) -> None:
    seen = Look(lang=lang, label=lambda _, value: value)
    view = border_figure(
        make_events(AL_QAIM, STRIP),
        seen,
        start=date(2024, 1, 1),
        end=date(2025, 12, 31),
        form=form,
        periods=CAPTIONS,
    )
    texts = " ".join(str(a.text) for a in view.figure.layout.annotations)
    words = {
        "en": ("Hasakah", "Deir ez-Zor", "Homs", "Anbar", "Euphrates", "Anbar: desert", "Al-Qaim"),
        "ar": ("الحسكة", "دير الزور", "حمص", "الأنبار", "الفرات", "الأنبار: البادية", "القائم"),
    }
    for word in words[lang]:
        assert word in texts
    assert view.figure.layout.xaxis.range[0] < view.figure.layout.xaxis.range[1], "time runs rightward"
    assert len(view.notes) >= 2, "policy dates are explained"
    assert view.figure.layout.meta["reach"]["CAP-000002"] == [276.0, 599.3]


def test_governorates_follow_each_other_along_both_sides() -> None:
    for side, names in (("SY", ["SY-HA", "SY-DY", "SY-HI"]), ("IQ", ["IQ-NI", "IQ-AN"])):
        found = governorates(side)
        assert [code for code, _, _ in found] == names
        assert all(low < high for _, low, high in found)
        assert [high for _, _, high in found][:-1] == [low for _, low, _ in found][1:]


def test_too_few_show_the_events_and_say_so(make_events: MakeEvents, look: Look) -> None:
    found = pair(make_events, [AL_QAIM, STRIP], [AL_QAIM], [STRIP])
    view = density_figure(found, density(found), look)
    texts = " ".join(str(a.text) for a in view.figure.layout.annotations)
    assert "Too few to compare" in texts
    assert any("Too few to compare: 2 and 1" in note for note in view.notes)
    shown = [trace for trace in view.figure.data if trace.customdata]
    assert sum(len(trace.customdata) for trace in shown) == 4, "two, one, and one of unstated kind beside"
    assert not [trace for trace in view.figure.data if trace.type == "bar"], "no change is drawn"
    assert len(view.table) == 3


def test_enough_show_profiles_whose_areas_are_the_counts(make_events: MakeEvents, look: Look) -> None:
    found = pair(make_events, [AL_QAIM | {"tablets": 100}] * 12 + [STRIP] * 3, [STRIP] * 11, [STRIP])
    dense = density(found)
    assert dense is not None
    view = density_figure(found, dense, look)
    [change] = [trace for trace in view.figure.data if trace.type == "bar"]
    assert sum(change.x) == pytest.approx(15 - 11)
    assert dense.now.events.sum() == pytest.approx(15)
    assert dense.now.tablets.sum() == pytest.approx(1200)
    assert "15" in view.notes[0]
    assert "11" in view.notes[0]
    assert not any("Too few" in note for note in view.notes)
    assert len(view.table) == len(dense.now.events) + len(dense.sectors)


def test_amounts_on_the_axis_are_in_the_words_of_the_language(make_events: MakeEvents) -> None:
    found = pair(make_events, [AL_QAIM | {"tablets": 1_000_000}] * 12, [AL_QAIM | {"tablets": 100}] * 12)
    ticks = {
        lang: density_figure(found, density(found), Look(lang=lang)).figure.layout.xaxis2.ticktext
        for lang in ("en", "ar")
    }
    for lang, texts in ticks.items():
        assert i18n.tablets(10_000_000, lang) in texts[-1]


def test_the_key_of_sites_gives_each_kind_with_both_numbers(make_events: MakeEvents, look: Look) -> None:
    now = [{"site_type": "crossing"}] * 3 + [{"site_type": "unknown"}]
    view = sites_figure(pair(make_events, now, [{"site_type": "storage"}] * 2), look)
    texts = [str(a.text) for a in view.figure.layout.annotations]
    assert {texts.count(look.label("site_type", code)) for code in ("crossing", "storage", "unknown")} == {1}
    assert [text for text in texts if text.isdigit() or text == "–"] == ["3", "–", "–", "2", "1", "–"]


def test_without_another_period_nothing_is_compared(make_events: MakeEvents, look: Look) -> None:
    found = pair(make_events, [AL_QAIM] * 12, None)
    view = density_figure(found, density(found), look)
    assert "no period to compare" in view.notes[0]
    assert not any("Too few" in str(a.text) for a in view.figure.layout.annotations)


def test_each_bar_of_sites_reaches_a_hundred_per_cent(make_events: MakeEvents, look: Look) -> None:
    kinds = ["crossing", "storage", "", "unknown", "of_tomorrow"]
    now = [{"site_type": kind} for kind in kinds]
    found = pair(make_events, now, [{"site_type": "crossing"}] * 12, [{"site_type": "lab"}])
    view = sites_figure(found, look)
    bars = [trace for trace in view.figure.data if trace.width == 0.5]
    for period in (0, 1):
        assert sum(trace.x[period] for trace in bars) == pytest.approx(1)
    assert counted(found.now)["unknown"] == 3
    assert any("too few to compare" in note for note in view.notes)
    beside = [trace for trace in view.figure.data if trace.width == 0.1]
    assert [tuple(trace.x) for trace in beside] == [(1, 0)]


def test_every_kind_of_place_has_its_segment() -> None:
    codes = {code for group in GROUPS.values() for code in group}
    wanted = (
        "crossing port airport border_strip road urban_building storage lab desert sea parcel_hub unknown"
    )
    assert codes == set(wanted.split())


def test_no_events_no_sites(make_events: MakeEvents, look: Look) -> None:
    assert sites_figure(pair(make_events, [], None), look).drawn == 0
