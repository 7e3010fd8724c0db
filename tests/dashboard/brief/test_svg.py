"""Static pictures: where marks stand, what words become, and that nothing in a drawing can leave it."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from dash import dcc, html
from hypothesis import given
from hypothesis import strategies as st

from dashboard.brief import axes
from dashboard.brief.axes import Frame
from dashboard.brief.chart import Undrawn, chart_svg
from dashboard.brief.content import CHARTS
from dashboard.brief.ground import Projection, features
from dashboard.brief.map import at, map_svg
from dashboard.brief.markup import address, emphasised, html_of
from dashboard.brief.svg import colour, isolate, lines, number, words
from dashboard.components import charts
from dashboard.figures.template import Sketch, bar, hatch, scatter
from dashboard.filters import Filters
from dashboard.release import Snapshot
from dashboard.theme import LIGHT

SVG = "{http://www.w3.org/2000/svg}"
FRAME = Frame(10, 20, 100, 200)
NEW_YEAR = datetime(2024, 1, 1, tzinfo=UTC)


def drawn(*traces: dict[str, Any], **layout: Any) -> ET.Element:
    sketch = Sketch(LIGHT, 240)
    for trace in traces:
        sketch.add_trace(trace)
    margin = {"l": 10, "r": 10, "t": 20, "b": 20}
    sketch.update_layout(margin=margin, **layout)
    text = chart_svg(sketch.drawing(), name="c", title="T & t", summary="<s>", wide=120, lang="en")
    return ET.fromstring(text)


def boxes(root: ET.Element) -> list[tuple[float, ...]]:
    """x, y, width, height of the bars."""
    keys = ("x", "y", "width", "height")
    bars = [one for group in root.iter(f"{SVG}g") for one in group.iter(f"{SVG}rect")]
    return [tuple(float(one.get(key, "")) for key in keys) for one in bars]


@pytest.mark.parametrize(
    ("said", "value", "px"),
    [
        ({"range": [0, 10]}, 5, 60),
        ({"range": [10, 0]}, 10, 10),
        ({"range": [0, 10], "domain": [0.5, 1]}, 0, 60),
        ({"type": "log", "range": [1, 3]}, 100, 60),
        ({"type": "date", "range": ["2024-01-01", "2024-01-11"]}, date(2024, 1, 6), 60),
        ({"type": "date", "range": [NEW_YEAR, date(2024, 1, 11)]}, "2024-01-06 00:00:00", 60),
    ],
)
def test_values_stand_where_they_belong(said: dict[str, Any], value: Any, px: float) -> None:
    assert axes.build("x", said, FRAME, []).px(value) == pytest.approx(px)


@pytest.mark.parametrize("value", [None, "soon", True, object()])
def test_what_is_no_value_stands_nowhere(value: Any) -> None:
    assert math.isnan(axes.as_number(value))


def test_stacked_bars_stand_on_each_other() -> None:
    root = drawn(
        bar(x=[1, 2], y=[1, 2], width=[0.5, 0.5], marker={"color": "#111111"}),
        bar(x=[1, 2], y=[3, 0], width=0.5, marker=hatch(LIGHT)),
        barmode="stack",
        xaxis={"range": [0, 3], "visible": False},
        yaxis={"range": [0, 4], "visible": False},
    )
    found = boxes(root)
    assert found[0] == pytest.approx((35, 170, 16.7, 50), abs=0.1)
    assert found[2] == pytest.approx((35, 20, 16.7, 150), abs=0.1)
    assert root.find(f".//{SVG}pattern") is not None, "what is not known is hatched"


def test_a_range_of_its_own_holds_the_sum_of_stacked_bars() -> None:
    root = drawn(bar(x=[1], y=[30]), bar(x=[1], y=[40]), barmode="stack", xaxis={"visible": False})
    assert min(y for _, y, _, _ in boxes(root)) >= 20


def test_lying_bars_begin_at_zero() -> None:
    root = drawn(
        bar(orientation="h", y=[0], x=[4], width=0.5),
        xaxis={"range": [0, 8], "visible": False},
        yaxis={"range": [-1, 1], "visible": False},
    )
    assert boxes(root) == [pytest.approx((10, 95, 50, 50), abs=0.1)]


def test_unknown_values_break_a_line() -> None:
    root = drawn(scatter(x=[0, 1, 2, 3, 4], y=[1, 1, None, 1, 1], mode="lines", line={"color": "#123456"}))
    paths = [one for one in root.iter(f"{SVG}path") if one.get("stroke") == "#123456"]
    assert len(paths) == 2


def test_a_title_and_a_summary_are_for_screen_readers() -> None:
    root = drawn(scatter(x=[1], y=[1], mode="markers"))
    assert root.get("role") == "img"
    ids = (root.get("aria-labelledby") or "").split()
    said = {one.get("id"): one.text for one in root}
    assert [said[ident] for ident in ids] == ["T & t", "<s>"]


def test_another_kind_of_trace_is_not_half_drawn() -> None:
    with pytest.raises(Undrawn, match="sankey"):
        drawn({"type": "sankey"})


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("plain & <text>", [["plain & "]]),
        ("a<br>b", [["a"], ["b"]]),
        ("<b>a</b> c", [["a", " c"]]),
        ("&lt;script&gt;", [["<script>"]]),
        ("<script>alert(1)</script>x", [["alert(1)", "x"]]),
        ("5 <span style='color:#5b6169'>+7</span>", [["5 ", "+7"]]),
    ],
)
def test_the_few_marks_of_plotly(markup: str, expected: list[list[str]]) -> None:
    assert [[run.text for run in line] for line in lines(markup)] == expected


@given(st.text())
def test_any_text_is_well_formed(text: str) -> None:
    said = words(text, 1, 2, fill=text)
    assert ET.fromstring(f"<svg>{said}</svg>").find("script") is None


@given(st.floats(-1e6, 1e6))
def test_coordinates_are_short_and_near(value: float) -> None:
    assert abs(float(number(value)) - value) <= 0.0501
    assert not number(value).startswith("-0") or float(number(value)) != 0


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("#0f5c6e", "#0f5c6e"), ("rgba(1,2,3,0.4)", "rgba(1,2,3,0.4)"), ("url(#c-1)", "url(#c-1)"),
        ('red" onload="x', "none"), ("url(https://evil.example)", "none"), (None, "none"),
    ],
)  # fmt: skip
def test_only_colours_are_colours(value: object, expected: str) -> None:
    assert colour(value, "none") == (expected if value is not None else "none")


def test_arabic_words_are_isolated() -> None:
    assert isolate("km 5") == "km 5"
    assert isolate("القائم 5") == "\u2067القائم 5\u2069"
    assert "\u2067" in words("القائم", 0, 0)


@given(st.floats(36, 48), st.floats(29, 38))
def test_the_map_keeps_places_inside_its_view(lon: float, lat: float) -> None:
    view = Projection.fitting((36, 29, 48, 38), 700, 470)
    x, y = view.px(lon, lat)
    assert -0.01 <= x <= view.wide + 0.01
    assert -0.01 <= y <= view.high + 0.01


@pytest.mark.parametrize("name", ["../../../etc/passwd", "towns", ""])
def test_only_the_maps_own_files_are_read(name: str) -> None:
    with pytest.raises(KeyError):
        features(name)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "rgba(0,0,0,0)"),
        (12, "rgba(100,100,100,1)"),
        (99, "rgba(100,100,100,1)"),
        (6, "rgba(50,50,50,0.5)"),
    ],
)
def test_a_scale_of_colours(value: float, expected: str) -> None:
    assert at([[0, "rgba(0,0,0,0)"], [1, "rgba(100,100,100,1)"]], 0, 12, value) == expected


def test_what_is_known_to_a_governorate_is_an_area_and_never_a_point(snapshot: Snapshot) -> None:
    """The disputed event is placed in a town (a circle), the other one in two governorates (areas)."""
    view = charts.the_map(Filters(scope="sy"), snapshot, "light")
    text = map_svg(view.drawing, LIGHT, scope="sy", title="t", summary="s", wide=700, lang="en")
    root = ET.fromstring(text)
    plain = map_svg(
        charts.the_map(Filters(scope="jo"), snapshot, "light").drawing,
        LIGHT, scope="sy", title="t", summary="s", wide=700, lang="en",
    )  # fmt: skip
    marks = [one for one in root.iter(f"{SVG}circle") if one.get("fill") == LIGHT.country("SY")]
    assert len(marks) == 1
    assert len(root.findall(f".//{SVG}path")) - len(ET.fromstring(plain).findall(f".//{SVG}path")) == 3


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_of_the_overview_can_be_drawn(snapshot: Snapshot, name: str, lang: str) -> None:
    view = charts.chart(name, Filters(scope="all", since="all"), snapshot, "light", lang=lang)
    text = chart_svg(view.drawing, name=name, title=name, summary=view.summary, wide=700, lang=lang)
    assert len(list(ET.fromstring(text).iter())) > 10
    assert re.search(r"(?:nan|inf)[\"\s,]", text) is None
    assert text == chart_svg(view.drawing, name=name, title=name, summary=view.summary, wide=700, lang=lang)


def test_components_as_plain_html() -> None:
    part = html.Div(
        [html.B("<x>"), dcc.Link("y", href="/records?a=1"), html.A("z", href="javascript:alert(1)"), None, 5],
        className="a b",
    )
    assert html_of(part, "https://example.org") == (
        '<div class="a b"><b>&lt;x&gt;</b><a href="https://example.org/records?a=1">y</a>z5</div>'
    )


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/records", "b/records"), ("?x=1", "b/?x=1"), ("//evil.example", ""), ("data:text/html,x", ""),
        ("https://a.example/x", "https://a.example/x"), ("javascript:alert(1)", ""), ("https:", ""),
        ("mailto:a@b", "mailto:a@b"), ("", ""),
    ],
)  # fmt: skip
def test_links_of_a_file(href: str, expected: str) -> None:
    assert address(href, "b") == expected


def test_one_mark_is_let_through_and_no_other() -> None:
    assert emphasised("<b>3</b> <i>x</i> & <script>") == "<b>3</b> &lt;i&gt;x&lt;/i&gt; &amp; &lt;script&gt;"
