"""A database that can't be used: said in plain words, and what was stored before is intact."""

import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event

from etl.store import Tracker, TrackerError, open_tracker
from tests.etl.store.samples import NOW, answer, fill, page
from tests.postgres import drop_database, new_database

ROOT = Path(__file__).parents[3]


def keep_until_refused(store: Tracker, run: int) -> tuple[int, TrackerError]:
    """Keep large pages until the store refuses; how many it acknowledged, and the refusal."""
    for number in range(10, 500):
        try:
            store.keep(run, "sana", page(number), answer(os.urandom(50_000), url=page(number)), None)
        except TrackerError as error:
            return number - 10, error
    raise AssertionError("it never refused")


def assert_intact(where: str | Path, documents: int) -> None:
    """Everything that was acknowledged is there, nothing is broken, and work goes on."""
    with open_tracker(where, create=False) as store:
        assert store.verify() == []
        (row,) = store.coverage()
        assert row.fetched == documents
        fill(store)


@contextmanager
def held(url: str) -> Iterator[None]:
    """Another program that writes and does not let go."""
    if "://" in url:
        with psycopg.connect(url) as other:
            other.execute("LOCK TABLE pages IN EXCLUSIVE MODE")
            yield
        return
    with closing(sqlite3.connect(url, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def test_locked(tracker_url: str) -> None:
    with open_tracker(tracker_url, wait_s=0.2) as store:
        run = fill(store)
        with held(tracker_url):
            with pytest.raises(TrackerError, match="in use by another process") as refused:
                store.keep(run, "sana", page(9), answer(url=page(9)), None)
            assert refused.value.code == "store_locked"
            assert len(list(store.pages("1"))) == 3  # reading goes on
        assert store.keep(run, "sana", page(9), answer(url=page(9)), None).is_new
    assert_intact(tracker_url, 4)


def test_no_room_for_another_page_of_the_database(tmp_path: Path) -> None:
    with open_tracker(tmp_path / "t.sqlite") as store:
        run = fill(store)
        store._engine.dispose()
        event.listen(
            store._engine, "connect", lambda raw, _: raw.execute("PRAGMA max_page_count = 300").close()
        )
        kept, refusal = keep_until_refused(store, run)
        assert refusal.code == "store_disk_full"
        assert "what was stored before is intact" in str(refusal)
    assert_intact(tmp_path / "t.sqlite", 3 + kept)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip(f"only root may make a small disk ({mounted.stderr.strip()})")
    try:
        yield tmp_path
    finally:
        subprocess.run(["umount", "-l", tmp_path], check=True)


def test_disk_full(small_disk: Path) -> None:
    file = small_disk / "t.sqlite"
    with open_tracker(file) as store:
        run = fill(store)
        kept, refusal = keep_until_refused(store, run)
        assert refusal.code == "store_disk_full"
        with pytest.raises(TrackerError, match="no room left"):
            store.export(small_disk / "export.gz")
        with pytest.raises(TrackerError, match="no room left"):
            store.backup(small_disk / "backup.sqlite")
        assert sorted(path.suffix for path in small_disk.iterdir() if "t.sqlite" not in path.name) == []
        assert store.verify() == []
    subprocess.run(["mount", "-o", "remount,size=20m", small_disk], check=True)  # room was made
    assert_intact(file, 3 + kept)


def keep_within(file: str) -> None:
    """Keep pages until a file would be larger than 1 MB; print what came of it. For a process of its own."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
    with open_tracker(file) as store:
        kept, refusal = keep_until_refused(store, store.begin_run("test", NOW))
    print(kept, refusal.code, refusal)


def test_quota(tmp_path: Path) -> None:
    file = tmp_path / "t.sqlite"
    with open_tracker(file) as store:
        fill(store)
    code = f"from tests.etl.store import test_refusals; test_refusals.keep_within({str(file)!r})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    kept, said, words = done.stdout.split(" ", 2)
    assert said == "store_disk_error"
    assert "quotas" in words
    assert_intact(file, 3 + int(kept))


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may write everywhere: be someone else for a while."""
    mine = os.geteuid()
    if mine == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(mine)


def test_read_only_file() -> None:
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "t.sqlite"
        with open_tracker(file) as store:
            fill(store)
        file.chmod(0o444)
        Path(name).chmod(0o555)
        with as_nobody(), pytest.raises(TrackerError, match=r"may only be read|can't be opened"):
            open_tracker(file)
        Path(name).chmod(0o755)
        assert_intact(file, 3)


@pytest.fixture
def server_url(postgres: str) -> Iterator[str]:
    """A database of the server, for what only servers do."""
    yield new_database(postgres, "refusals")
    drop_database(postgres, "refusals")


def test_read_only_server(postgres: str, server_url: str) -> None:
    with open_tracker(server_url) as store:
        run = fill(store)
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("ALTER DATABASE refusals SET default_transaction_read_only = on")
    with open_tracker(server_url) as store, pytest.raises(TrackerError, match="may only be read"):
        store.keep(run, "sana", page(9), answer(), None)


def test_a_server_that_goes_away_is_said_and_taken_up_again(server_url: str) -> None:
    with open_tracker(server_url) as store:
        run = fill(store)
        with psycopg.connect(server_url, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )
        with pytest.raises(TrackerError, match="can't be opened"):
            store.keep(run, "sana", page(9), answer(url=page(9)), None)
        assert store.keep(run, "sana", page(9), answer(url=page(9)), None).is_new


@pytest.mark.parametrize("content", [b"not a database" * 1000, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_something_else_in_its_place(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "t.sqlite"
    file.write_bytes(content)
    with pytest.raises(TrackerError, match="damaged, or is no store") as refused:
        open_tracker(file)
    assert str(file) in str(refused.value)
    assert file.read_bytes() == content


def test_a_file_cut_short(tmp_path: Path) -> None:
    file = tmp_path / "t.sqlite"
    with open_tracker(file) as store:
        fill(store, pages=200)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with pytest.raises(TrackerError, match="damaged"), open_tracker(file) as store:
        list(store.pages("1"))


@pytest.mark.parametrize("name", ["missing/../t.sqlite", "folder"])
def test_a_place_where_no_file_can_be(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "missing").write_text("a file", encoding="utf-8")
    with pytest.raises(TrackerError):
        open_tracker(tmp_path / name)


def test_a_document_that_was_tampered_with_is_found(tracker: Tracker) -> None:
    fill(tracker)
    with tracker._engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE documents SET body = (SELECT body FROM documents WHERE id = 1) WHERE id = 2"
        )
        connection.exec_driver_sql("UPDATE pages SET version = 7 WHERE id = 3")
    found = tracker.verify()
    assert [line.split(" (")[0] for line in found] == [
        "document 2",
        "page 3 does not point at its newest version",
    ]
    assert "does not match its checksum" in found[0]


def test_a_reference_into_nothing_is_found(tmp_path: Path) -> None:
    file = tmp_path / "t.sqlite"
    with open_tracker(file) as store:
        fill(store)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("DELETE FROM runs")
    with open_tracker(file) as store:
        assert any("refers to something that is not in runs" in line for line in store.verify())
