"""Where releases live and how one becomes current.

    <folder>/releases/2026.03.1/   one complete release, never touched again
    <folder>/current.json          which one is current: label and SHA-256 of its datapackage.json
    <folder>/seizures.csv ...      copies of the current release's files, for people and scripts

A release is written to a staging folder, flushed to disk and read back. Only the renaming of `current.json`
makes it current: a crash at any earlier moment leaves the old release in place, at any later one the new.
The copies are made after the switch; whatever interrupts that, the next run repairs them.

Content has one address, its SHA-256: a descriptor names the checksum of each file and that of the descriptor
before it, so `current.json` vouches for every kept release. Files with one checksum share one place on disk
whatever release they are in (`etl.publish.shared`).
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from etl.publish import shared
from etl.publish.shared import PACKAGE, sha256

try:
    import fcntl
except ImportError:  # not on Windows: two builds at once are then the user's to avoid
    fcntl = None  # type: ignore[assignment]

__all__ = [
    "PACKAGE",
    "Current",
    "Refused",
    "Store",
    "clear_leftovers",
    "damaged",
    "locked",
    "problems",
    "publish",
    "refresh_copies",
    "replace_file",
    "sha256",
    "switch",
]

_STAGING = ".staging-"


class Refused(Exception):  # noqa: N818  a refusal is an outcome of a build, with a reason for people
    """Nothing was published; the message says why and the old release stands."""


@dataclass(frozen=True, slots=True)
class Current:
    """What `current.json` says."""

    release: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Store:
    """A folder that holds releases."""

    folder: Path

    @property
    def releases(self) -> Path:
        return self.folder / "releases"

    @property
    def pointer(self) -> Path:
        return self.folder / "current.json"

    def current(self) -> Current | None:
        """The current release, None where there is none. Raises Refused where the pointer is unreadable."""
        try:
            content = json.loads(self.pointer.read_text(encoding="utf-8"))
            return Current(str(content["release"]), str(content["sha256"]))
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError) as error:
            raise Refused(
                f"{self.pointer} cannot be read ({error}); restore it from version control"
            ) from error

    def path(self, label: str) -> Path:
        return self.releases / label

    def read(self, label: str) -> dict[str, bytes]:
        """Every file of a release by name. Raises Refused where the folder is missing."""
        folder = self.path(label)
        if not folder.is_dir():
            raise Refused(f"{self.pointer} names release {label}, but {folder} does not exist")
        return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}

    def labels(self) -> list[str]:
        """Labels of all releases, published or left over."""
        if not self.releases.is_dir():
            return []
        return sorted(path.name for path in self.releases.iterdir() if not path.name.startswith("."))


def problems(store: Store) -> list[str]:
    """What is wrong with the kept releases and the copies, one sentence each; [] when all is well."""
    current = store.current()
    if current is None:
        return [f"{store.folder} holds no release"]
    try:
        files = store.read(current.release)
    except Refused as refusal:
        return [str(refusal)]
    found = damaged(files) + shared.problems(store.releases, current.release)
    if PACKAGE in files and sha256(files[PACKAGE]) != current.sha256:
        found.append(f"{PACKAGE} of release {current.release} is not the one that {store.pointer.name} names")
    for name, content in files.items():
        copy = store.folder / name
        if not copy.is_file():
            found.append(f"{copy} is missing; the next build restores it")
        elif copy.read_bytes() != content:
            found.append(f"{copy} differs from release {current.release}; the next build restores it")
    return found


def damaged(files: Mapping[str, bytes]) -> list[str]:
    """Files of a release that don't match the checksums in its datapackage.json."""
    if PACKAGE not in files:
        return [f"{PACKAGE} is missing"]
    found = []
    for resource in json.loads(files[PACKAGE])["resources"]:
        content = files.get(resource["path"])
        if content is None:
            found.append(f"{resource['path']} is missing")
        elif f"sha256:{sha256(content)}" != resource["hash"]:
            found.append(f"{resource['path']} does not match its checksum")
    return found


@contextmanager
def locked(store: Store) -> Iterator[None]:
    """Keep two builds from publishing into one folder. Raises Refused where another one is at work."""
    locks = store.folder / ".locks"
    try:
        locks.mkdir(parents=True, exist_ok=True)
        handle = (locks / "publish").open("w")
    except OSError as error:
        raise Refused(f"{store.folder} cannot be written to ({error.strerror})") from error
    with handle:
        if fcntl is not None:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise Refused(f"another build is publishing into {store.folder}") from error
        yield


def publish(store: Store, label: str, files: Mapping[str, bytes]) -> None:
    """Make `files` the current release under `label`.

    Raises Refused where the disk gives other bytes back than were written, and OSError where it can't be
    written to; in both cases what was current stays current.
    """
    clear_leftovers(store)
    if label not in store.labels():
        _stage(store, label, files)
    elif store.read(label) != files:
        raise Refused(f"release {label} exists with other content; name another one with --release")
    switch(store, Current(label, sha256(files[PACKAGE])))
    with suppress(
        OSError
    ):  # the release is in force: copies that found no room are repaired by the next build
        refresh_copies(store, files)
        shared.share(store.releases)


def switch(store: Store, to: Current) -> None:
    """The one rename that makes a release current."""
    content = json.dumps({"release": to.release, "sha256": to.sha256}) + "\n"
    replace_file(store.pointer, content.encode())


def refresh_copies(store: Store, files: Mapping[str, bytes]) -> list[str]:
    """Make the copies at fixed names equal to the release; returns the names of those that were not."""
    stale = [
        n
        for n, c in files.items()
        if not (store.folder / n).is_file() or (store.folder / n).read_bytes() != c
    ]
    for name in stale:
        replace_file(store.folder / name, files[name])
    return stale


def _stage(store: Store, label: str, files: Mapping[str, bytes]) -> None:
    """Write a release to a staging folder, flush it, read it back, and give it its name."""
    staged = store.releases / f"{_STAGING}{label}"
    staged.mkdir(parents=True)
    kept = shared.addresses(store.releases)
    try:
        for name, content in files.items():
            if not shared.linked(kept.get(sha256(content), ()), staged / name, content):
                _write(staged / name, content)
        _sync_folder(staged)
        _verify(staged, label)
        staged.rename(store.path(label))
        _sync_folder(store.releases)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise


def _verify(staged: Path, label: str) -> None:
    if wrong := damaged({path.name: path.read_bytes() for path in staged.iterdir()}):
        raise Refused(f"release {label} was not written as intended: {wrong[0]}")


def clear_leftovers(store: Store) -> None:
    """Remove the staging folders and temporary files of interrupted runs; named releases are never removed.

    A run that was interrupted between naming a release and switching to it is finished by the next one, which
    arrives at the same label and the same bytes.
    """
    for path in store.releases.glob(f"{_STAGING}*"):
        shutil.rmtree(path)
    for path in store.folder.glob(".*.tmp"):
        path.unlink()


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace_file(path: Path, content: bytes) -> None:
    """Put a file in place of another, whole or not at all, also through a power cut. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
    _write(temporary, content)
    temporary.replace(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Flush a folder's entries, so that a rename survives a power cut (POSIX only)."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
