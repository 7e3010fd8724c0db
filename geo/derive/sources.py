"""Checksums in `data/SOURCES.toml`: every shipped data file with where it came from."""

import hashlib
import re
import tomllib
from pathlib import Path
from typing import Any


def read(path: Path) -> dict[str, Any]:
    """The sources: `origin` (name, url, licence), `raw` and `file` (path, sha256, origins, derived)."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def checksum(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def refresh(path: Path, root: Path) -> None:
    """Put today's checksum beside every `path` of a shipped file. FileNotFoundError: one is missing."""
    text = path.read_text(encoding="utf-8")
    for entry in read(path)["file"].values():
        pattern = re.compile(rf'(path = "{re.escape(entry["path"])}"\nsha256 = ")[0-9a-f]*')
        text = pattern.sub(rf"\g<1>{checksum(root / entry['path'])}", text)
    path.write_text(text, encoding="utf-8")
