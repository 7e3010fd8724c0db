"""The commands that the files of deploy/ run, read from each in its own syntax."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"

Named = tuple[str, list[str]]
"""Where a command stands, and its words."""


def documents(name: str) -> list[dict[str, Any]]:
    return [doc for doc in yaml.safe_load_all((DEPLOY / name).read_text(encoding="utf-8")) if doc]


def pods() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted((DEPLOY / "kubernetes").glob("*.yaml")):
        for doc in documents(f"kubernetes/{path.name}"):
            spec = doc.get("spec", {})
            template = spec.get("jobTemplate", {}).get("spec", spec).get("template")
            if template:
                yield f"{path.name}: {doc['metadata']['name']}", template["spec"]


def containers() -> Iterator[tuple[str, dict[str, Any]]]:
    for where, pod in pods():
        for container in [*pod.get("initContainers", []), *pod["containers"]]:
            yield f"{where}: {container['name']}", container


def services() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = documents("compose.yaml")[0]["services"]
    return found


def crontab() -> tuple[str, str]:
    """The five fields of the one line of the crontab, and its command."""
    lines = (DEPLOY / "crontab").read_text(encoding="utf-8").splitlines()
    (line,) = (text for text in lines if text and text[0] in "0123456789*")
    *fields, command = line.split(maxsplit=5)
    return " ".join(fields), command


def units() -> list[Path]:
    return sorted(p for p in (DEPLOY / "systemd").iterdir() if p.suffix in {".service", ".timer"})


def _of_units() -> Iterator[Named]:
    for unit in units():
        for line in unit.read_text(encoding="utf-8").splitlines():
            if found := re.fullmatch(r"Exec\w+=[-+!@:]*(.+)", line):
                yield unit.name, shlex.split(found[1])


def _of_dockerfile() -> Iterator[Named]:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    for found in re.finditer(r"^(?:CMD|ENTRYPOINT|HEALTHCHECK .*CMD)\s+(\[.*\])$", text, re.MULTILINE):
        yield "Dockerfile", json.loads(found[1])


def of_shell(where: str, text: str) -> Iterator[Named]:
    """Lines of a shell script that call the project's programs; what follows || is another command."""
    for line in text.replace("\\\n", " ").splitlines():
        found = re.search(r"(?:^|[\s/])(captagon-(?:etl|dashboard)(?:\s.*)?)$", line.strip())
        if found and not line.strip().startswith("#"):
            yield where, shlex.split(re.split(r"\s(?:\|\||&&|\||>|#)\s?", found[1])[0])


def every_command() -> Iterator[Named]:
    yield from _of_units()
    yield "crontab", shlex.split(crontab()[1])
    yield from _of_dockerfile()
    for name, service in services().items():
        yield f"compose.yaml: {name}", service["command"]
    for where, container in containers():
        yield where, container["command"]
    for job in documents("github-actions/refresh.yml")[0]["jobs"].values():
        for step in job["steps"]:
            yield from of_shell("refresh.yml", step.get("run", ""))
    manual = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    for block in re.findall(r"^```sh\n(.*?)^```", manual, re.MULTILINE | re.DOTALL):
        yield from of_shell("operations.md", block)
