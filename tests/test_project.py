"""Promises about the repository itself: locks, licences, what the text may not hold."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda p: p.name)
def test_every_locked_package_has_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    pins = re.split(r"\n(?=\S)", text.strip())
    assert pins
    assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []


def test_every_declared_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=;\[ ]", d)[0].lower() for d in project["dependencies"]}
    locked = set(
        re.findall(r"^([A-Za-z0-9_.-]+)==", (ROOT / "requirements/run.lock").read_text(), re.MULTILINE)
    )
    assert declared - locked == set()


def test_each_geographic_origin_stands_in_the_notice() -> None:
    sources = tomllib.loads((ROOT / "geo/data/SOURCES.toml").read_text(encoding="utf-8"))
    notice = (ROOT / "NOTICE.md").read_text(encoding="utf-8")
    origins = {origin["name"] for origin in sources["origin"].values()}
    assert origins
    assert sorted(name for name in origins if name not in notice) == []


def test_python_parses_every_public_text_file_as_utf8() -> None:
    suffixes = {".py", ".md", ".toml", ".csv", ".geojson", ".json", ".css", ".js", ".sh", ".cff", ".yaml"}
    broken = []
    for path in tracked_files():
        if path.suffix in suffixes and path.exists():
            try:
                path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                broken.append(path.name)
    assert broken == []


def test_no_machine_path_stands_in_the_text() -> None:
    pattern = re.compile(r"(?<![\w.])/(?:work|home/\w+|root)/")
    hits = []
    for path in tracked_files():
        if path.suffix in {".py", ".md", ".toml", ".sh", ".yaml", ".js", ".css"} and path.exists():
            text = path.read_text(encoding="utf-8")
            hits += [f"{path.relative_to(ROOT)}: {m.group()}" for m in pattern.finditer(text)]
    assert hits == []
