"""A release becomes current by one rename, or not at all."""

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.publish import store as stores
from etl.publish.store import (
    PACKAGE,
    Current,
    Refused,
    Store,
    locked,
    problems,
    publish,
    refresh_copies,
    sha256,
    switch,
)


def release(text: str, **more: str) -> dict[str, bytes]:
    """A release of one table (and of `more`, name -> text), with its checksums in the descriptor."""
    files = {"seizures.csv": text.encode()} | {f"{name}.csv": one.encode() for name, one in more.items()}
    resources = [{"path": n, "hash": f"sha256:{sha256(c)}"} for n, c in files.items()]
    return files | {PACKAGE: json.dumps({"resources": resources}).encode()}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store whose current release is 2024.01.1, saying `old`."""
    store = Store(tmp_path / "data")
    publish(store, "2024.01.1", release("old"))
    return store


def current_text(store: Store) -> str:
    current = store.current()
    assert current is not None
    return store.read(current.release)["seizures.csv"].decode()


def test_a_published_release_is_current_whole_and_copied(store: Store) -> None:
    publish(store, "2024.01.2", release("new"))
    assert store.current() == Current("2024.01.2", sha256(release("new")[PACKAGE]))
    assert (store.folder / "seizures.csv").read_text() == "new"
    assert store.labels() == ["2024.01.1", "2024.01.2"]
    assert store.read("2024.01.1") == release("old"), "old releases are never touched"
    assert problems(store) == []


def test_files_that_stay_the_same_take_no_further_place(store: Store) -> None:
    publish(store, "2024.01.2", release("new", border="a line"))
    publish(store, "2024.01.3", release("newer", border="another line"))
    publish(store, "2024.01.4", release("newest", border="a line"))
    files = [store.path(label) / "border.csv" for label in ("2024.01.2", "2024.01.4")]
    assert files[0].stat().st_ino == files[1].stat().st_ino, "also where a release between held another"
    assert (store.folder / "border.csv").stat().st_ino != files[0].stat().st_ino
    assert (store.path("2024.01.2") / "seizures.csv").read_text() == "new"


STEPS = ["_write", "_sync_folder", "_verify", "switch", "replace_file", "clear_leftovers"]


@pytest.mark.parametrize("step", STEPS)
def test_a_failure_at_any_step_before_the_switch_leaves_the_old_release(
    store: Store, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(stores, step, fail)
        with pytest.raises(OSError, match="No space"):
            publish(store, "2024.01.2", release("new"))
    assert current_text(store) == "old"
    assert problems(store) == []
    publish(store, "2024.01.2", release("new"))
    assert current_text(store) == "new"
    assert problems(store) == []


@pytest.mark.parametrize("step", ["_write", "_sync_folder", "switch", "refresh_copies"])
def test_a_killed_run_leaves_the_old_release_or_the_new_one_and_the_next_run_finishes(
    store: Store, step: str, tmp_path: Path
) -> None:
    script = (
        "import os, sys; from pathlib import Path; from etl.publish import store as s;"
        f"s.{step} = lambda *a: os._exit(9);"
        "files = {p.name: p.read_bytes() for p in Path(sys.argv[2]).iterdir()};"
        "s.publish(s.Store(Path(sys.argv[1])), '2024.01.2', files)"
    )
    wanted = tmp_path / "wanted"
    wanted.mkdir()
    for name, content in release("new").items():
        (wanted / name).write_bytes(content)
    done = subprocess.run([sys.executable, "-c", script, str(store.folder), str(wanted)], check=False)
    assert done.returncode == 9
    switched = step == "refresh_copies"
    assert current_text(store) == ("new" if switched else "old")
    publish(store, "2024.01.2", release("new"))
    assert current_text(store) == "new"
    assert problems(store) == []
    assert not list(store.releases.glob(".*"))


def test_bytes_that_come_back_changed_are_refused(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    write: Callable[[Path, bytes], None] = stores._write

    def lossy(path: Path, content: bytes) -> None:
        write(path, content[:-1] if path.name == "seizures.csv" else content)

    with monkeypatch.context() as patch:
        patch.setattr(stores, "_write", lossy)
        with pytest.raises(Refused, match="not written as intended"):
            publish(store, "2024.01.2", release("new"))
    assert current_text(store) == "old"


def test_a_label_is_never_given_to_two_different_releases(store: Store) -> None:
    with pytest.raises(Refused, match="exists with other content"):
        publish(store, "2024.01.1", release("new"))
    assert current_text(store) == "old"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_to_is_refused(store: Store) -> None:
    store.folder.chmod(0o555)
    try:
        with pytest.raises(Refused, match="cannot be written"), locked(store):
            pass
    finally:
        store.folder.chmod(0o755)


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    with pytest.raises(Refused, match="cannot be written"), locked(Store(tmp_path / "data")):
        pass


def test_two_builds_do_not_publish_into_one_folder_at_once(store: Store) -> None:
    with locked(store), pytest.raises(Refused, match="another build"), locked(store):
        pass
    with locked(store):
        pass


def damage_copy(store: Store) -> None:
    (store.folder / "seizures.csv").write_text("edited by hand")


def remove_copy(store: Store) -> None:
    (store.folder / "seizures.csv").unlink()


def damage_release(store: Store) -> None:
    (store.path("2024.01.1") / "seizures.csv").write_text("edited by hand")


def remove_file(store: Store) -> None:
    (store.path("2024.01.1") / "seizures.csv").unlink()


def remove_package(store: Store) -> None:
    (store.path("2024.01.1") / PACKAGE).unlink()


def remove_release(store: Store) -> None:
    shutil.rmtree(store.path("2024.01.1"))


def wrong_pointer(store: Store) -> None:
    switch(store, Current("2024.01.1", "0" * 64))


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (damage_copy, "differs from release"),
        (remove_copy, "is missing; the next build restores it"),
        (damage_release, "does not match its checksum"),
        (remove_file, "seizures.csv is missing"),
        (remove_package, "datapackage.json is missing"),
        (remove_release, "does not exist"),
        (wrong_pointer, "is not the one that current.json names"),
    ],
)
def test_problems_are_told(store: Store, harm: Callable[[Store], None], words: str) -> None:
    harm(store)
    assert words in "; ".join(problems(store))


def test_copies_are_repaired(store: Store) -> None:
    damage_copy(store)
    assert refresh_copies(store, store.read("2024.01.1")) == ["seizures.csv"]
    assert problems(store) == []
    assert refresh_copies(store, store.read("2024.01.1")) == []


def test_an_empty_folder_has_no_release(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.current() is None
    assert store.labels() == []
    assert "holds no release" in problems(store)[0]


@pytest.mark.parametrize("content", ["", "[]", "{}", "not json"])
def test_an_unreadable_pointer_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "current.json").write_text(content)
    with pytest.raises(Refused, match="cannot be read"):
        Store(tmp_path).current()
