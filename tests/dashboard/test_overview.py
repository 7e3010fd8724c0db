"""What the overview answers when the filters change."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from plotly.utils import PlotlyJSONEncoder

from dashboard.app import create_app
from dashboard.components import filterbar
from tests.dashboard.small_release import write


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return create_app(write(tmp_path_factory.mktemp("release")))


@pytest.fixture
def overview(app: Any) -> Any:
    with app.server.test_request_context("/"):
        yield sys.modules["dashboard.pages.overview"]


def text(component: Any) -> str:
    return json.dumps(component, cls=PlotlyJSONEncoder, ensure_ascii=False).replace("\N{NO-BREAK SPACE}", " ")


def test_words_and_key_figures_in_the_binding_order(overview: ModuleType) -> None:
    lead, kpis, empty, hidden = overview.update_words("")
    told = text(kpis)
    order = [
        "Reported seizures",
        "Median size",
        "Tablets, low to high",
        "without the largest",
        "two or more",
        "Not in these",
    ]
    assert [told.index(words) for words in order] == sorted(told.index(words) for words in order)
    assert "reported seizures" in text(lead)
    assert empty is None
    assert hidden is False


def test_what_is_left_out_links_to_its_list(overview: ModuleType) -> None:
    told = text(overview.update_words("")[1])
    assert "drug=pills_unspecified,unspecified" in told


def test_no_total_over_all_countries_and_years(overview: ModuleType) -> None:
    assert "Not added up" in text(overview.update_words("scope=all&from=all")[1])


def test_an_empty_view_says_which_filter_to_relax(overview: ModuleType) -> None:
    lead, _, empty, hidden = overview.update_words("scope=gulf&q=nothing-has-this-word")
    assert hidden is True
    assert "No report of a seizure" in text(lead)
    assert "No reported seizure fits" in text(empty)
    only_scope = text(overview.update_words("scope=gulf")[2])
    assert "scope=all" in only_scope


def test_a_search_offers_what_the_other_filters_hide(overview: ModuleType) -> None:
    lead = text(overview.update_words("q=apple")[0])
    assert "1 more match outside your filters" in lead
    assert "scope=all&from=all&drug=any&q=apple" in lead


@pytest.mark.parametrize(
    "query", ["", "scope=iq", "from=all&scope=all&drug=any", "scope=gulf", "grain=year&scale=linear"]
)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_figure_is_drawn(
    overview: ModuleType, query: str, theme: str, caplog: pytest.LogCaptureFixture
) -> None:
    answers = [*overview.update_border(query, theme), *overview.update_charts(query, theme)]
    assert len(answers) == 7
    figure, _ = overview.update_map(query, theme, False)
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
    assert "could not be drawn" not in text(answers) + text(figure["layout"]["meta"]["card"])
    assert figure["layout"]["template"]["layout"]["paper_bgcolor"] == "rgba(0,0,0,0)"


def test_a_figure_that_fails_says_so_and_leaves_the_others(
    overview: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise ValueError("broken")

    monkeypatch.setattr(overview.charts, "the_map", fail)
    figure, beside = overview.update_map("", "light", False)
    assert "could not be drawn" in text(figure["layout"]["meta"]["card"]["foot"])
    assert beside is None
    assert "could not be drawn" not in text(overview.update_charts("", "light"))


@pytest.mark.parametrize("name", ["map", "border", "events", "tablets", "how", "site"])
def test_every_figure_has_words_and_a_table(overview: ModuleType, name: str) -> None:
    told = text(overview.update_table("from=all", {"name": name}, "light"))
    assert "Table" in told
    assert "could not be drawn" not in told


def test_chips_count_and_button_follow_the_filters(overview: ModuleType) -> None:
    chips, badge, button, citation, _ = filterbar.update(
        "scope=iq&min=5&transport=balloon&q=x&ids=1,2&drug=any"
    )
    told = text(chips)
    for words in ("at least 5 tablets", "Transport: ", "“x”", "2 chosen on a chart", "Drug: every drug"):
        assert words in told
    assert badge == "4"
    assert button == "No event with these filters"
    assert "scope=iq" in citation
    assert filterbar.update("")[0:2] == ([], "")


@pytest.mark.parametrize(
    ("query", "period"),
    [
        ({}, "change"),
        ({"from": "all"}, "all"),
        ({"from": "2025-01-01", "to": "2025-12-31"}, "2025"),
        ({"from": "2025-01-01", "to": "2025-11-30"}, "custom"),
    ],
)
def test_the_period_menu_shows_the_period_of_the_address(
    overview: ModuleType, query: dict[str, str], period: str
) -> None:
    page = overview.layout(**query)
    found = [
        part for part in page._traverse() if getattr(part, "id", None) == {"type": "filter", "key": "period"}
    ]
    assert [part.value for part in found] == [period]


def test_ids_of_a_page_are_unique(overview: ModuleType) -> None:
    seen = [str(part.id) for part in overview.layout()._traverse() if getattr(part, "id", None)]
    assert len(seen) == len(set(seen))


def test_the_default_data_folder_is_the_shipped_one() -> None:
    from dashboard.serve import DEFAULT_DATA

    assert (Path(DEFAULT_DATA) / "reported").is_dir()
