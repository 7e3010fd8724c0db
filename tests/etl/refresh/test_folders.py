"""Sources of the kind `inbox`: folders that a refresh reads in place."""

from __future__ import annotations

from etl.refresh.outcome import Exit
from tests.etl.refresh.conftest import Desk, day


def entry(folder: object, more: str = "") -> str:
    return (
        f'[[source]]\nid = "drop"\nname = "Drop"\nkind = "inbox"\n{more}\n'
        f'[source.options]\nfolder = "{folder}"\n'
    )


def save(desk: Desk) -> None:
    """Put the newsroom's first stories into a folder, one of which tells of a seizure."""
    folder = desk.folder / "drop"
    folder.mkdir()
    for number, story in enumerate(list(desk.newsroom.day(0))[:3]):
        (folder / f"{number}.html").write_bytes(story.html)


def told(desk: Desk) -> int:
    return sum(row["review_status"] == "machine" for row in desk.table("reports"))


def test_the_folder_of_a_source_is_read_and_counted(desk: Desk) -> None:
    save(desk)
    seizures = sum("Captagon" in path.read_text() for path in (desk.folder / "drop").iterdir())
    desk.write_sources(entry("drop"))
    outcome = desk.refresh(day(0))
    assert (outcome.exit, outcome.counts["listed"], outcome.counts["skipped"]) == (Exit.DONE, 3, 0)
    assert told(desk) == outcome.counts["claims"] == seizures > 0
    (state,) = desk.status()["sources"]
    assert (state["state"], state["listed"]) == ("fresh", 3)
    desk.write_sources(entry("drop", "enabled = false"))
    desk.refresh(day(1), allow_shrink=True)
    assert told(desk) == 0


def test_a_folder_in_trouble_is_named_and_stops_nobody(desk: Desk) -> None:
    save(desk)
    desk.newsroom.lay_out(desk.site, 1)
    for number, (folder, more, said) in enumerate(
        [("none", "", "no such folder"), ("../x", "", "outside"), ("drop", "minimum = 4", "3 items where 4")]
    ):
        desk.write_sources(f"{desk.newsroom.sources(desk.site.url)}\n{entry(folder, more)}")
        outcome = desk.refresh(day(number))
        assert (outcome.exit, "(drop)" in outcome.message) == (Exit.PARTLY, True)
        assert outcome.counts["claims"] >= 5
        state = next(source for source in desk.status()["sources"] if source["id"] == "drop")
        assert (state["state"], said in state["message"]) == ("failing", True)
