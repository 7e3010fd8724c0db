"""What the page of trends answers when the filters change."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from plotly.utils import PlotlyJSONEncoder

from dashboard.app import create_app
from dashboard.components import charts

DATA = Path(__file__).resolve().parents[3] / "data"


@pytest.fixture(scope="module")
def app() -> Any:
    return create_app(DATA)


@pytest.fixture(params=["en", "ar"])
def page(app: Any, request: pytest.FixtureRequest) -> Any:
    with app.server.test_request_context(f"/trends?lang={request.param}"):
        yield sys.modules["dashboard.pages.trends"]


def text(component: Any) -> str:
    return json.dumps(component, cls=PlotlyJSONEncoder, ensure_ascii=False).replace("\N{NO-BREAK SPACE}", " ")


def test_ids_are_unique_and_every_chart_has_a_card(page: ModuleType) -> None:
    seen = [str(part.id) for part in page.layout()._traverse() if getattr(part, "id", None)]
    assert len(seen) == len(set(seen))
    assert {name for name in charts.NAMES if name.startswith("trend_")} <= set(seen)


@pytest.mark.parametrize(
    "query", ["", "scope=iq&cut=2023-03-28", "from=all&scope=all", "scope=gulf&q=no-such-word"]
)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_figure_is_drawn(
    page: ModuleType, query: str, theme: str, caplog: pytest.LogCaptureFixture
) -> None:
    answers = page.update_charts(query, theme)
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
    assert "could not be drawn" not in text(answers)
    said = [answer["layout"]["meta"]["card"] for answer in answers[: len(page.drawn.CHARTS)]]
    assert all(one["sub"] and one["foot"] for one in said)


def test_a_chosen_day_is_in_the_address_and_kept(page: ModuleType) -> None:
    built = page.layout(cut="2024-12-08", scope="iq")
    [select] = [
        part for part in built._traverse() if getattr(part, "id", None) == {"type": "filter", "key": "cut"}
    ]
    assert select.value == "2024-12-08"
    [store] = [part for part in built._traverse() if getattr(part, "id", None) == "query"]
    assert store.data == "scope=iq&cut=2024-12-08"
    assert "454" in text(built)


def test_what_a_filter_cannot_decide_has_its_list(page: ModuleType) -> None:
    links = re.findall(
        r"/records\?scope=iq&[^\"]*list=undecided", text(page.layout(scope="iq", transport="balloon"))
    )
    assert len(links) == 1


def test_a_day_of_the_reader_s_own_is_a_choice_too(page: ModuleType) -> None:
    built = page.layout(cut="2025-02-03")
    [select] = [
        part for part in built._traverse() if getattr(part, "id", None) == {"type": "filter", "key": "cut"}
    ]
    assert "2025-02-03" in [choice["value"] for choice in select.data]


def test_the_larger_seizures_are_one_click_away_and_back(page: ModuleType) -> None:
    on, off = (text(page.update_charts(query, "light")[-1]) for query in ("scope=iq", "scope=iq&min=100000"))
    assert "?scope=iq&min=100000" in on
    assert '"?scope=iq"' in off


def test_an_empty_view_says_what_to_relax(page: ModuleType) -> None:
    _, empty, hidden = page.update_answer("scope=gulf&q=no-such-word")
    assert hidden is True
    assert empty is not None
    assert page.update_answer("scope=iq")[1:] == (None, False)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_no_note_is_said_twice_on_the_page(app: Any, lang: str) -> None:
    with app.server.test_request_context(f"/trends?lang={lang}"):
        answers = sys.modules["dashboard.pages.trends"].update_charts("", "light")
    feet = [answer["layout"]["meta"]["card"]["foot"][1:] for answer in answers[:7]]
    policy = [foot for foot in feet if "Security Council Report" in text(foot)]
    assert len(policy) == 1


def test_dollar_values_are_nowhere(page: ModuleType) -> None:
    told = text(page.update_charts("", "light")) + text(page.update_answer("")[0])
    assert "$" not in told
    assert "usd" not in told.lower()
