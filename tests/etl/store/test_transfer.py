"""Export, import, back-up, vacuum: nothing is lost on the way, and a damaged file changes nothing."""

import gzip
import json
import os
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from etl.store import SourceState, Tracker, TrackerError, open_tracker
from tests.etl.store.samples import DAY, NOW, REFUSED, answer, fill, items, page, reading
from tests.postgres import drop_database, new_database

Lines = list[dict[str, object]]


def fill_every_table(store: Tracker) -> int:
    run = fill(store)
    store.keep(run, "sana", page(1), answer(os.urandom(3000), NOW - DAY, etag='"\x00"'), NOW + DAY)
    store.note_listed("ina", items("https://ina.example/ق", relevant=False, published=NOW), NOW)
    store.note_failure(run, "sana", page(2), REFUSED, NOW, NOW + DAY)
    store.note_sources({"sana": "1"}, date(2026, 3, 1))
    store.save_source_state(SourceState("sana", '"e"', last_ok=NOW))
    store.end_run(run, "ok", 0, {"fetched": 4}, "", NOW)
    return run


def lines_of(path: Path) -> Lines:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def test_an_export_read_in_is_the_same_store(tracker: Tracker, tracker_urls, tmp_path: Path) -> None:
    run = fill_every_table(tracker)
    rows = tracker.export(tmp_path / "export.gz")
    with open_tracker(tracker_urls()) as other:
        assert other.import_(tmp_path / "export.gz") == rows
        assert other.verify() == []
        assert list(other.pages("1")) == list(tracker.pages("1"))
        assert other.coverage() == tracker.coverage()
        other.export(tmp_path / "again.gz")
        assert (tmp_path / "again.gz").read_bytes() == (tmp_path / "export.gz").read_bytes()
        # and work goes on where the imported ids end
        assert other.begin_run("test", NOW) > run
        assert other.keep(run, "sana", page(77), answer(url=page(77)), None).version == 1
    named = {line["table"] for line in lines_of(tmp_path / "export.gz")[1:-1]}
    assert named >= {"runs", "pages", "listings", "documents", "readings", "fetch_log", "source_changes"}


def test_from_one_database_to_the_other_and_back(postgres: str, tmp_path: Path) -> None:
    server = new_database(postgres, "moved")
    with open_tracker(tmp_path / "a.sqlite") as first, open_tracker(server) as second:
        fill_every_table(first)
        first.export(tmp_path / "1.gz")
        second.import_(tmp_path / "1.gz")
        second.export(tmp_path / "2.gz")
        with open_tracker(tmp_path / "b.sqlite") as third:
            third.import_(tmp_path / "2.gz")
            assert list(third.pages("1")) == list(first.pages("1"))
    assert lines_of(tmp_path / "1.gz") == lines_of(tmp_path / "2.gz")
    drop_database(postgres, "moved")


def test_only_an_empty_store_takes_an_import(tracker: Tracker, tmp_path: Path) -> None:
    fill(tracker)
    tracker.export(tmp_path / "export.gz")
    with pytest.raises(TrackerError, match="already holds something"):
        tracker.import_(tmp_path / "export.gz")
    assert len(list(tracker.pages("1"))) == 3


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An export of a small store."""
    folder = tmp_path_factory.mktemp("export")
    with open_tracker(folder / "t.sqlite") as store:
        fill(store)
        store.export(folder / "export.gz")
    return (folder / "export.gz").read_bytes()


def rewrite(change: Callable[[Lines], None]) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        lines = lines_of(path)
        change(lines)
        path.write_bytes(
            gzip.compress("".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines).encode())
        )

    return damage


def one(lines: Lines, table: str) -> dict[str, object]:
    return next(line["row"] for line in lines if line.get("table") == table)  # type: ignore[return-value]


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:-200]), ""),
        (lambda path: path.write_bytes(b""), ""),
        (lambda path: path.write_bytes(b"\x00" * 100), "Not a gzipped file"),
        (flip, ""),
        (rewrite(lambda lines: lines.pop()), "its end is missing"),
        (rewrite(lambda lines: lines.pop(-2)), "checksum"),
        (rewrite(lambda lines: lines.append(lines[0])), "goes on after its end"),
        (rewrite(lambda lines: lines[0].update(format="other")), "no export of a store"),
        (rewrite(lambda lines: lines[0].update(schema="0001")), "has schema 0001"),
        (rewrite(lambda lines: one(lines, "runs").update(owner="someone else")), "checksum"),
        (rewrite(lambda lines: one(lines, "documents").update(sha256="00" * 32)), "does not match its"),
        (rewrite(lambda lines: one(lines, "documents").update(body="eJwDAAAAAAE=")), "does not match"),
        (rewrite(lambda lines: one(lines, "documents").update(body="/etc/passwd!")), ""),
        (rewrite(lambda lines: one(lines, "runs").update(password="x")), "other columns"),
        (rewrite(lambda lines: one(lines, "runs").update(started_at="yesterday")), "isoformat"),
        (rewrite(lambda lines: lines[1].update(table="passwords")), "passwords"),
        (rewrite(lambda lines: lines.__setitem__(1, [])), ""),
        (lambda path: path.write_bytes(gzip.compress(b"x" * 1_000_000)), ""),
    ],
)  # fmt: skip
def test_a_damaged_export_is_refused(
    export: bytes, tmp_path: Path, damage: Callable[[Path], None], said: str
) -> None:
    file = tmp_path / "export.gz"
    file.write_bytes(export)
    damage(file)
    with open_tracker(tmp_path / "t.sqlite") as store:
        with pytest.raises(TrackerError, match=f"can't be read in: .*{said}"):
            store.import_(file)
        assert store.runs(9) == []


def test_a_damaged_export_changes_nothing(tracker: Tracker, export: bytes, tmp_path: Path) -> None:
    (tmp_path / "export.gz").write_bytes(export[:-9])
    with pytest.raises(TrackerError, match="can't be read in"):
        tracker.import_(tmp_path / "export.gz")
    assert (tracker.runs(9), tracker.coverage()) == ([], [])
    (tmp_path / "export.gz").write_bytes(export)
    assert tracker.import_(tmp_path / "export.gz") > 0


def test_a_file_is_there_whole_or_not_at_all(tracker: Tracker, tmp_path: Path) -> None:
    fill(tracker)
    file = tmp_path / "export.gz"
    file.write_text("the one before", encoding="utf-8")
    (tmp_path / ".export.gz.tmp").mkdir()  # nothing can be written there
    with pytest.raises(TrackerError):
        tracker.export(file)
    assert file.read_text(encoding="utf-8") == "the one before"
    with pytest.raises(TrackerError):
        tracker.export(tmp_path / "no such folder" / "export.gz")


def test_a_backup_is_consistent_while_others_write(tracker: Tracker, tracker_urls, tmp_path: Path) -> None:
    run = fill(tracker)
    stop, kept = threading.Event(), []

    def write() -> None:
        while not stop.is_set():
            number = 100 + len(kept)
            document = tracker.keep(
                run, "sana", page(number), answer(os.urandom(20_000), url=page(number)), None
            )
            tracker.save_reading(document.document_id, "1", reading(page(number)))
            kept.append(document)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        copies = [tmp_path / f"backup-{number}" for number in range(5)]
        for copy in copies:
            before = len(kept)
            while len(kept) < before + 3:
                stop.wait(0.001)
            tracker.backup(copy)
    finally:
        stop.set()
        writer.join()
    sizes = []
    for copy in copies:
        if tracker.where.startswith("postgresql"):
            with open_tracker(tracker_urls()) as restored:
                restored.import_(copy)
                assert restored.verify() == []
                sizes.append(len(list(restored.pages("1"))))
        else:
            with open_tracker(copy, create=False) as restored:
                assert restored.verify() == []
                sizes.append(len(list(restored.pages("1"))))
    assert sizes == sorted(set(sizes))
    assert 3 < sizes[0] < sizes[-1] <= 3 + len(kept)
    assert not list(tmp_path.glob(".*.tmp"))


def test_a_backup_takes_the_place_of_the_one_before(tracker: Tracker, tmp_path: Path) -> None:
    fill(tracker)
    tracker.backup(tmp_path / "backup")
    first = (tmp_path / "backup").stat().st_ino
    tracker.backup(tmp_path / "backup")
    assert (tmp_path / "backup").stat().st_ino != first


def test_a_store_is_no_backup_of_itself(tmp_path: Path) -> None:
    with open_tracker(tmp_path / "t.sqlite") as store:
        fill(store)
        with pytest.raises(TrackerError, match="itself"):
            store.backup(tmp_path / "t.sqlite")
        assert store.verify() == []


def test_vacuum_forgets_old_lines_and_former_readings_never_documents(tracker: Tracker) -> None:
    run = fill(tracker, at=NOW - 100 * DAY)
    tracker.note_failure(run, "sana", page(9), REFUSED, NOW - 100 * DAY, None)
    tracker.note_failure(run, "sana", page(8), REFUSED, NOW, None)
    for raw in tracker.unread("2", 2):
        tracker.save_reading(raw.document_id, "2", reading("read anew"))
    tracker.vacuum(NOW - DAY)
    assert list(tracker.pages("1")) == []
    assert len(list(tracker.pages("2"))) == 2
    assert [problem.url for problem in tracker.problems(NOW - 200 * DAY)] == [page(8)]
    assert all(tracker.latest("sana", page(number)) for number in (1, 2, 3))
    assert tracker.verify() == []


def test_vacuum_gives_space_back(tmp_path: Path) -> None:
    file = tmp_path / "t.sqlite"
    with open_tracker(file) as store:
        fill(store, pages=1)
        (raw,) = store.unread("2", 9)
        for version in range(30):
            store.save_reading(raw.document_id, f"v{version}", reading(os.urandom(100_000).hex()))
        store.vacuum(NOW)
        assert store.verify() == []
        assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 500_000


def test_a_copied_database_is_one_plain_file(tmp_path: Path) -> None:
    with open_tracker(tmp_path / "t.sqlite") as store:
        fill(store)
        store.backup(tmp_path / "copy.sqlite")
    assert not list(tmp_path.glob("copy.sqlite-*"))
    with closing(sqlite3.connect(f"file:{tmp_path}/copy.sqlite?mode=ro&immutable=1", uri=True)) as copy:
        assert copy.execute("SELECT count(*) FROM documents").fetchone() == (3,)
