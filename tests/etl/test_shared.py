"""Kept releases: one content has one place, also after a checkout, and the newest vouches for all of them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.publish import shared
from etl.publish.shared import PACKAGE, PREVIOUS, sha256
from etl.publish.store import Store, problems, publish

LABELS = ("2024.01.1", "2024.01.2", "2024.01.10")
LINE = "a line of the border"


def release(text: str, before: tuple[str, bytes] | None = None) -> dict[str, bytes]:
    files = {"seizures.csv": text.encode(), "border.csv": LINE.encode()}
    package: dict[str, object] = {
        "resources": [{"path": name, "hash": f"sha256:{sha256(one)}"} for name, one in files.items()]
    }
    if before:
        package[PREVIOUS] = {"release": before[0], "sha256": sha256(before[1])}
    return files | {PACKAGE: json.dumps(package).encode()}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Three releases in a row that share one file, each naming the one before it."""
    store = Store(tmp_path / "data")
    before = None
    for label in LABELS:
        files = release(f"release {label}", before)
        publish(store, label, files)
        before = (label, files[PACKAGE])
    return store


def places(store: Store, name: str = "border.csv") -> int:
    """How many places on disk a file has in all releases."""
    return len({(store.path(label) / name).stat().st_ino for label in LABELS})


def contents(store: Store) -> dict[str, dict[str, bytes]]:
    return {label: store.read(label) for label in LABELS}


def test_a_checkout_of_version_control_holds_the_same_releases_and_shares_again(
    store: Store, tmp_path: Path
) -> None:
    git(store, "init", "-q")
    git(store, "add", "releases", "current.json")
    git(store, "commit", "-qm", "releases")
    listed = git(store, "ls-tree", "-r", "HEAD", "releases")
    blobs = [line.split()[2] for line in listed.splitlines() if line.endswith("border.csv")]
    assert len(blobs) == len(LABELS)
    assert len(set(blobs)) == 1, "version control keeps one content once"
    git(store, "clone", "-q", "--no-hardlinks", str(store.folder), str(tmp_path / "copy"))
    copy = Store(tmp_path / "copy")
    assert places(copy) == len(LABELS), "a checkout writes each file anew"
    assert contents(copy) == contents(store)
    assert shared.problems(copy.releases, LABELS[-1]) == []
    assert shared.share(copy.releases) == len(LABELS) - 1
    assert places(copy) == 1
    assert contents(copy) == contents(store)
    assert shared.share(copy.releases) == 0


def git(store: Store, *command: str) -> str:
    """What git says, asked in the folder of a store; nothing of a surrounding repository reaches it."""
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        ["git", *who, *command], cwd=store.folder, check=True, capture_output=True, text=True, env=env
    )
    return done.stdout


def test_a_copy_to_another_disk_shares_again_with_the_next_release(store: Store, tmp_path: Path) -> None:
    shutil.copytree(store.folder, tmp_path / "backup")
    copy = Store(tmp_path / "backup")
    assert places(copy) == len(LABELS)
    last = copy.read(LABELS[-1])[PACKAGE]
    publish(copy, "2024.02.1", release("further", (LABELS[-1], last)))
    assert places(copy) == 1
    assert problems(copy) == []


def spoil_file(store: Store) -> None:
    path = store.path(LABELS[0]) / "seizures.csv"
    path.write_text("edited by hand")


def lose_file(store: Store) -> None:
    (store.path(LABELS[0]) / "border.csv").unlink()


def rewrite_history(store: Store) -> None:
    """A file and its checksum together: only the chain of descriptors can tell."""
    folder = store.path(LABELS[0])
    files = release("another past")
    for name, content in files.items():
        (folder / name).unlink()
        (folder / name).write_bytes(content)


def break_descriptor(store: Store) -> None:
    (store.path(LABELS[1]) / PACKAGE).write_text("{")


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (spoil_file, f"release {LABELS[0]}: seizures.csv does not match its checksum"),
        (lose_file, f"release {LABELS[0]}: border.csv is missing"),
        (rewrite_history, f"{PACKAGE} of release {LABELS[0]} is not the one that release {LABELS[1]} names"),
        (break_descriptor, f"release {LABELS[1]}: {PACKAGE} cannot be read"),
    ],
)
def test_harm_to_a_kept_release_is_told(store: Store, harm: Callable[[Store], None], words: str) -> None:
    assert problems(store) == []
    harm(store)
    assert words in "; ".join(problems(store))


def test_a_release_that_was_cleared_away_breaks_nothing(store: Store) -> None:
    shutil.rmtree(store.path(LABELS[1]))
    assert problems(store) == []
    publish(store, "2024.02.1", release("further"))
    assert store.read(LABELS[0])["border.csv"] == LINE.encode()


def test_spoilt_bytes_are_never_shared(store: Store) -> None:
    """A new release links to nothing that only claims to be its content."""
    path = store.path(LABELS[-1]) / "border.csv"
    path.unlink()
    path.write_text("another line")
    publish(store, "2024.02.1", release("further"))
    assert store.read("2024.02.1")["border.csv"] == LINE.encode()
    assert path.read_text() == "another line", "what is spoilt stays to be seen"


def test_without_links_files_are_written(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError("links are not allowed here")

    monkeypatch.setattr(Path, "hardlink_to", refused)
    publish(store, "2024.02.1", release("further"))
    assert store.read("2024.02.1")["border.csv"] == LINE.encode()
    assert problems(store) == []


def test_a_name_that_leaves_the_folder_is_not_followed(store: Store, tmp_path: Path) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_text("secret")
    descriptor = store.path(LABELS[0]) / PACKAGE
    package = json.loads(descriptor.read_text())
    package["resources"].append({"path": "../../../outside.csv", "hash": f"sha256:{sha256(b'secret')}"})
    descriptor.unlink()
    descriptor.write_text(json.dumps(package))
    assert outside not in [path for paths in shared.addresses(store.releases).values() for path in paths]
    stray = store.releases / "notes"
    stray.mkdir()
    (stray / PACKAGE).write_text("{}")
    assert shared.share(store.releases) == 0
