"""The page of totals and its download: what is said of each total, in neutral words, with its rows."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.filters import Filters
from dashboard.i18n import words as texts
from dashboard.reconcile import view, words
from dashboard.reconcile.bundles import bundles, check
from dashboard.reconcile.choice import choose
from dashboard.reconcile.ours import compared
from dashboard.reconcile.table import to_csv
from dashboard.release import Snapshot, load
from tests.dashboard.conftest import MakeSnapshot
from tests.dashboard.reconcile.made import TOTAL, with_totals

DATA = Path(__file__).resolve().parents[3] / "data"
IRAQ = Filters(scope="iq", since="all")


@cache
def shipped() -> Snapshot:
    return load(DATA)


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(DATA).server.test_client()


def said(filters: Filters, snapshot: Snapshot, lang: str = "en") -> str:
    return json.dumps(
        view.body(filters, snapshot, lang), default=lambda x: x.to_plotly_json(), ensure_ascii=False
    )


def test_one_sentence_answers_how_much_of_the_uns_total_is_traced() -> None:
    (un,) = [one for one in compared(shipped()) if one.total.aggregate_id == "AGG-R0b916f50"]
    assert un.ours
    sentence = words.answer(un)
    assert sentence in said(IRAQ, shipped())
    share = f"{un.ours.sum.best / 24e6:.0%}"
    for part in (
        "UNODC",
        "24\N{NO-BREAK SPACE}M tablets",
        "Iraq",
        "2023",
        share,
        f"{un.ours.n} reported seizures",
    ):
        assert part in sentence
    assert "UNODC" in words.answer(un, "ar")
    assert "العراق" in words.answer(un, "ar")


def test_every_total_stands_on_the_page_once_with_an_anchor() -> None:
    everything = said(Filters(scope="all", since="all", read="all"), shipped())
    anchors = re.findall(r'"id": "(AGG-[^"]+)"', everything)
    assert sorted(anchors) == sorted(shipped().aggregates["aggregate_id"])


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_words_are_neutral(lang: str) -> None:
    own = " ".join(
        text if isinstance(text, str) else " ".join(text.values())
        for key, text in texts(lang).items()
        if key.startswith(("totals.", "lineage."))
    )
    for word in ("impossible", "wrong", "unexplained", "confirmed", "مستحيل", "خاطئ", "أكّدت", "إعادة الضبط"):
        assert word not in own.casefold()


@pytest.mark.parametrize(
    ("filters", "inside", "outside"),
    [
        (Filters(scope="iq", since="all"), {"IQ"}, set()),
        (Filters(scope="iq"), set(), {"IQ"}),
        (Filters(), {"SY"}, {"IQ"}),
        (Filters(scope="all", since="all", country=("JO",)), {"JO"}, set()),
    ],
    ids=["iraq, all years", "iraq, since the change", "default", "one country"],
)
def test_country_and_period_choose_the_totals(filters: Filters, inside: set[str], outside: set[str]) -> None:
    choice = choose(filters, shipped())
    assert {one.total.country for one in choice.official.inside} == inside
    assert {one.total.country for one in choice.official.outside} == outside


def test_what_outlets_give_stands_in_a_group_of_its_own() -> None:
    everything = Filters(scope="all", since="all", read="all")
    choice = choose(everything, shipped())
    held = {one.total.issuer for one in (*choice.outlets.inside, *choice.outlets.outside)}
    assert held == {"Havocscope", "Khaleej Times", "Turkish Minute", "Daily Sabah"}
    assert all(not total.by_outlet for group in choice.beside for total in group.totals)
    page = said(everything, shipped())
    official, outlets = page.split(words.t("totals.by_outlets"))
    assert "Havocscope gives" in outlets
    assert "Havocscope gives" not in official
    assert f"{choice.official.all} official totals in view" in official
    assert words.t("totals.by_outlets_n", n=choice.outlets.all) in official


def test_filters_that_say_nothing_of_totals_are_named() -> None:
    assert choose(replace(IRAQ, transport=("balloon",)), shipped()).ignored == ("transport",)
    assert choose(IRAQ, shipped()).ignored == ()
    assert words.t("totals.others_ignored") in said(replace(IRAQ, transport=("balloon",)), shipped())


def test_totals_of_one_issuer_that_do_not_go_together_stand_side_by_side() -> None:
    jordan = choose(Filters(scope="jo", since="all"), shipped()).beside
    assert {14.1e6, 11_656_497} in [{total.best for total in group.totals} for group in jordan]
    iraq = choose(IRAQ, shipped()).beside
    assert {28_000, 14_000, 13_000} in [{total.best for total in group.totals} for group in iraq]
    assert all(words.beside_said(group, "ar") for group in (*jordan, *iraq))


@pytest.mark.parametrize(
    ("total", "parts", "label", "by"),
    [
        ({"best": 300.0}, [100, 200], "adds_up", 0),
        ({"best": 300.0}, [100, 150], "parts_missing", 50),
        ({"best": 300.0}, [100, 300], "parts_more", 100),
        ({"best": 300.0, "high": None, "qualifier": "over"}, [100, 300], "adds_up", 100),
        ({"best": 300.0, "low": 240.0}, [100, 150], "adds_up", 50),
        ({"best": None}, [100], "no_amount", 0),
    ],
)
def test_announcements_are_held_against_their_parts(
    make_snapshot: MakeSnapshot, total: dict[str, Any], parts: list[int], label: str, by: float
) -> None:
    snapshot = make_snapshot(*({"tablets": amount} for amount in parts))
    ids = tuple(f"CAP-{n:06d}" for n in range(1, len(parts) + 1))
    amounts = {"low": total["best"], "high": total["best"]} | total
    found = check(replace(TOTAL, kind="bundle", parts=ids, **amounts), snapshot)
    assert (found.label, found.by) == (label, by)


def test_what_an_announcement_does_not_break_out_is_one_seizure(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot({"tablets": 300})
    whole = replace(TOTAL, kind="bundle", remainder="CAP-000001", low=300.0, best=300.0, high=300.0)
    assert check(whole, snapshot).label == "one_event"


def test_each_shipped_announcement_has_its_outcome_in_words() -> None:
    for one in bundles(shipped()):
        assert words.bundle_said(one)
        assert one.sum is None or one.sum.best > 0


def test_the_download_has_what_the_page_has(client: FlaskClient) -> None:
    response = client.get("/export/reconciliation.csv?scope=iq&from=all")
    rows = list(csv.DictReader(io.StringIO(response.text)))
    choice = choose(IRAQ, shipped())
    assert len(rows) == choice.official.all + choice.outlets.all
    assert {row["issuer_kind"] for row in rows} == {"official", "un", "outlet"}
    (un,) = [row for row in rows if row["aggregate_id"] == "AGG-R0b916f50"]
    assert (un["label"], un["total_best"]) == ("part", "24000000")
    assert int(un["n_events"]) + int(un["n_without_amount"]) == len(un["event_ids"].split("|"))
    assert not any(
        "e+" in cell for row in rows for name, cell in row.items() if name.endswith(("low", "best", "high"))
    )
    assert client.get("/export/reconciliation.csv?scope=iq&from=all&for=excel").data.startswith(
        b"\xef\xbb\xbf"
    )


@pytest.mark.parametrize(
    ("query", "status"), [("scope=mars", 400), ("release=1999.1.1", 404), ("release=../..", 404)]
)
def test_what_cannot_be_answered_is_refused(client: FlaskClient, query: str, status: int) -> None:
    assert client.get(f"/export/reconciliation.csv?{query}").status_code == status


def test_hostile_text_is_text(make_snapshot: MakeSnapshot) -> None:
    snapshot = with_totals(
        make_snapshot({"date_start": "2023-05-01"}),
        {
            "issuer": "=cmd()",
            "scope_as_reported": "<script>",
            "source_urls": "javascript:alert(1)|https://a.example",
        },
    )
    page = said(IRAQ, snapshot)
    assert "javascript:" not in page
    assert "https://a.example" in page
    (row,) = csv.DictReader(io.StringIO(to_csv(IRAQ, snapshot).decode()))
    assert row["issuer"] == "'=cmd()"


def test_a_release_without_totals_says_so(make_snapshot: MakeSnapshot) -> None:
    assert words.t("totals.none") in said(IRAQ, make_snapshot({}))
