"""A fault of the program itself, wherever something sets it off, is the trouble of one source or page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from etl.acquire.client import Client
from etl.acquire.records import Answer
from etl.refresh.outcome import Exit
from tests.etl.refresh.conftest import Desk, day


def failing_at(part: str) -> Callable[..., Client]:
    """A client that fails at addresses which hold this part, as a fault in it would."""

    class Faulty(Client):
        def get(self, url: str, **asked: Any) -> Answer:
            if part in url:
                raise ZeroDivisionError(part)
            return super().get(url, **asked)

    return Faulty


@pytest.mark.parametrize(("part", "claims", "failed"), [("/1/feed.xml", 3, 0), ("/1/2026", 3, 2)])
def test_a_fault_is_one_sources_trouble_and_the_log_has_it_whole(
    desk: Desk, part: str, claims: int, failed: int
) -> None:
    desk.newsroom.lay_out(desk.site, 1)
    outcome = desk.refresh(day(0), client=failing_at(part))
    assert (outcome.exit, outcome.counts["claims"], outcome.counts["failed"]) == (
        Exit.PARTLY, claims, failed,
    )  # fmt: skip
    faults = [line for line in desk.log if line["event"] == "fault"]
    assert {line["source"] for line in faults} == {"outlet_1"}
    assert all("ZeroDivisionError" in line["traceback"][-1] for line in faults)
    source = next(source for source in desk.status()["sources"] if source["id"] == "outlet_1")
    assert source["state"] == "failing"
    assert "a fault of its own" in source["message"]
    assert desk.refresh(day(1)).counts["claims"] == 5, "it is tried again"


def test_a_dry_run_tells_a_fault_and_looks_at_the_others(desk: Desk) -> None:
    desk.newsroom.lay_out(desk.site, 1)
    outcome = desk.refresh(day(0), client=failing_at("/1/feed.xml"), dry_run=True)
    assert (outcome.exit, outcome.counts["listed"]) == (Exit.PARTLY, 9)


def test_a_run_that_breaks_off_says_so_in_the_status(desk: Desk) -> None:
    desk.newsroom.lay_out(desk.site, 1)
    desk.refresh(day(0))
    well = desk.status()["last_ok"]

    def broken(**_: Any) -> Client:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        desk.refresh(day(1), client=broken)
    said = desk.status()
    assert (said["outcome"], said["exit_code"], said["last_ok"]) == ("failed", 1, well)
    assert "ZeroDivisionError" in said["message"]
    assert desk.refresh(day(1)).exit == Exit.DONE
