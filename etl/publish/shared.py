"""One place on disk for one content, whichever kept releases hold it.

The address of a content is its SHA-256, which the descriptor of a release names for each of its files. A new
release links to what any kept release already holds; `share` makes such links again where they were lost, by
a checkout of version control or a copy to another disk. Sharing is never needed for reading: a file with a
place of its own is as good, and a file system without hard links just needs more room.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from etl.publish import labels

PACKAGE = "datapackage.json"
PREVIOUS = "captagon:previous"
"""In a descriptor: label of the release before, and SHA-256 of its descriptor."""


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def addresses(releases: Path) -> dict[str, tuple[Path, ...]]:
    """SHA-256 -> the files of kept releases that should have that content, newest release first."""
    found: dict[str, list[Path]] = {}
    for folder in _kept(releases):
        for name, address in _named(folder).items():
            found.setdefault(address, []).append(folder / name)
    return {address: tuple(paths) for address, paths in found.items()}


def linked(candidates: Iterable[Path], target: Path, content: bytes) -> bool:
    """Make `target` share its place on disk with a candidate that really holds `content`.

    False where none does, or the file system knows no such links: the caller then writes a file.
    """
    for path in candidates:
        try:
            if path.read_bytes() == content:
                target.hardlink_to(path)
                return True
        except OSError:
            continue
    return False


def share(releases: Path) -> int:
    """Let all files of one content share one place again; returns how many places became free.

    A file is replaced by one rename with another of the same bytes, so a reader never sees a difference.
    Raises OSError where the disk can't be written to.
    """
    freed = 0
    for address, paths in addresses(releases).items():
        there = [path for path in paths if path.is_file()]
        if len({(path.stat().st_dev, path.stat().st_ino) for path in there}) < 2:
            continue
        sound = [path for path in there if sha256(path.read_bytes()) == address]
        for path in sound[1:]:
            if not path.samefile(sound[0]):
                temporary = path.with_name(f".{path.name}.tmp")
                temporary.unlink(missing_ok=True)
                temporary.hardlink_to(sound[0])
                temporary.replace(path)
                freed += 1
    return freed


def problems(releases: Path, current: str) -> list[str]:
    """What is wrong with the kept releases beside the current one: files and the chain of descriptors.

    The current descriptor vouches for the one before it, and so on, as far back as releases are kept; a
    release that was cleared away ends the chain. One content is read once, however many releases hold it.
    """
    found: list[str] = []
    seen: dict[tuple[int, int], str] = {}
    for folder in _kept(releases):
        if folder.name != current:
            found += [f"release {folder.name}: {text}" for text in _damaged(folder, seen)]
        before = _package(folder).get(PREVIOUS)
        if not isinstance(before, Mapping):
            continue
        descriptor = releases / str(before.get("release")) / PACKAGE
        if descriptor.is_file() and sha256(descriptor.read_bytes()) != before.get("sha256"):
            found.append(
                f"{PACKAGE} of release {before['release']} is not the one that release {folder.name} names"
            )
    return found


def _damaged(folder: Path, seen: dict[tuple[int, int], str]) -> Iterable[str]:
    if not _package(folder):
        yield f"{PACKAGE} cannot be read"
    for name, address in _named(folder).items():
        try:
            status = (folder / name).stat()
            place = (status.st_dev, status.st_ino)
            if place not in seen:
                seen[place] = sha256((folder / name).read_bytes())
        except OSError:
            yield f"{name} is missing"
            continue
        if seen[place] != address:
            yield f"{name} does not match its checksum"


def _kept(releases: Path) -> list[Path]:
    """Folders of complete releases, newest first."""
    if not releases.is_dir():
        return []
    named = (
        path for path in releases.iterdir() if not path.name.startswith(".") and (path / PACKAGE).is_file()
    )
    return sorted(named, key=_order, reverse=True)


def _order(folder: Path) -> tuple[int, ...]:
    try:
        return labels.key(folder.name)
    except ValueError:  # a folder that somebody put here: looked into, before all others
        return ()


def _named(folder: Path) -> dict[str, str]:
    """File -> SHA-256, as the release's descriptor has it; a name that leaves the folder is none of ours."""
    return {
        str(one["path"]): str(one["hash"]).removeprefix("sha256:")
        for one in _package(folder).get("resources", ())
        if "path" in one and "hash" in one and Path(str(one["path"])).name == one["path"]
    }


def _package(folder: Path) -> Mapping[str, Any]:
    """The descriptor of a release; {} for one that can't be read, which `etl check` tells of otherwise."""
    try:
        found: Mapping[str, Any] = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found
