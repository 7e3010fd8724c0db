"""Each file of deploy/ before the validator of its own kind, and proof that the validators see faults."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import kubernetes_validate
import pytest
import yaml

from tests.deploy.commands import DEPLOY, units

BIN = Path(sys.executable).parent
OLDEST_CLUSTER, NEWEST_CLUSTER = "1.31", kubernetes_validate.latest_version()
HIGHEST_EXPOSURE = 20  # tenths on systemd's scale of 0 to 10; an unhardened service has 96

Check = Callable[[Path], subprocess.CompletedProcess[str]]


def run(*command: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)


def hadolint(path: Path) -> subprocess.CompletedProcess[str]:
    return run(BIN / "hadolint", "--no-color", path)


def compose(path: Path) -> subprocess.CompletedProcess[str]:
    return run(BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", path)


def workflow(path: Path) -> subprocess.CompletedProcess[str]:
    return run(BIN / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", path)


def time_limited(path: Path) -> subprocess.CompletedProcess[str]:
    return run(BIN / "check-jsonschema", "--builtin-schema", "custom.github-workflows-require-timeout", path)


def cluster(path: Path) -> subprocess.CompletedProcess[str]:
    versions = [word for v in (OLDEST_CLUSTER, NEWEST_CLUSTER) for word in ("-k", v)]
    return run(BIN / "kubernetes-validate", "--strict", *versions, path)


CHECKS: list[tuple[Check, str]] = [
    (hadolint, "Dockerfile"),
    (compose, "compose.yaml"),
    (workflow, "github-actions/refresh.yml"),
    (time_limited, "github-actions/refresh.yml"),
    *((cluster, f"kubernetes/{path.name}") for path in sorted((DEPLOY / "kubernetes").iterdir())),
]


@pytest.mark.parametrize(("check", "name"), CHECKS, ids=lambda value: getattr(value, "__name__", value))
def test_the_validator_finds_nothing(check: Check, name: str) -> None:
    result = check(DEPLOY / name)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("check", "name", "right", "wrong"),
    [
        (hadolint, "Dockerfile", "ARG BASE=python:3.13-slim-bookworm", "FROM debian"),
        (hadolint, "Dockerfile", "USER 10001:10001", "USER root"),
        (hadolint, "Dockerfile", "WORKDIR /src", "WORKDIR src"),
        (compose, "compose.yaml", "read_only: true", "readonly: true"),
        (compose, "compose.yaml", "stop_grace_period: 90s", "stop_grace_period: [90]"),
        (workflow, "github-actions/refresh.yml", "runs-on:", "run-on:"),
        (workflow, "github-actions/refresh.yml", "contents: write", "contents: all"),
        (time_limited, "github-actions/refresh.yml", "    timeout-minutes: 120\n", ""),
        (cluster, "kubernetes/refresh.yaml", "concurrencyPolicy", "concurrencyPolice"),
        (cluster, "kubernetes/dashboard.yaml", "containerPort: 8050", 'containerPort: "8050"'),
    ],
)
def test_the_validator_sees_a_fault(check: Check, name: str, right: str, wrong: str, tmp_path: Path) -> None:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    assert right in text
    faulty = tmp_path / Path(name).name
    faulty.write_text(text.replace(right, wrong), encoding="utf-8")
    result = check(faulty)
    assert result.returncode != 0, result.stdout


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The units with the program's folder where this machine has one: verify looks for the executables."""
    program = tmp_path / "opt"
    (program / "deploy").mkdir(parents=True)
    (program / ".venv/bin").mkdir(parents=True)
    shutil.copy(DEPLOY / "first_data.sh", program / "deploy")
    for name in ("captagon-etl", "captagon-dashboard"):
        (program / ".venv/bin" / name).symlink_to(BIN / name)
    folder = tmp_path / "units"
    folder.mkdir()
    for unit in units():
        text = unit.read_text(encoding="utf-8")
        (folder / unit.name).write_text(text.replace("/opt/captagon", str(program)), encoding="utf-8")
    return folder


def test_systemd_finds_nothing(systemd_analyze: str, installed: Path) -> None:
    result = run(systemd_analyze, "verify", "--man=no", "--recursive-errors=no", *sorted(installed.iterdir()))
    assert (result.returncode, result.stdout + result.stderr) == (0, "")


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("captagon-refresh.timer", "OnCalendar=*-*-* 00/6:15:00 UTC", "OnCalendar=every six hours"),
        ("captagon-refresh.service", "NoNewPrivileges=yes", "NoNewPriviledges=yes"),
        ("captagon-dashboard.service", "/.venv/bin/captagon-dashboard", "/.venv/bin/captagon-dashbord"),
    ],
)
def test_systemd_sees_a_fault(
    systemd_analyze: str, installed: Path, name: str, right: str, wrong: str
) -> None:
    unit = installed / name
    text = unit.read_text(encoding="utf-8")
    assert right in text
    unit.write_text(text.replace(right, wrong), encoding="utf-8")
    result = run(systemd_analyze, "verify", "--man=no", "--recursive-errors=no", unit)
    assert result.stdout + result.stderr != ""


@pytest.mark.parametrize("name", [unit.name for unit in units() if unit.suffix == ".service"])
def test_services_are_shut_in(systemd_analyze: str, name: str) -> None:
    result = run(
        systemd_analyze,
        "security",
        "--offline=yes",
        f"--threshold={HIGHEST_EXPOSURE}",
        "--no-pager",
        DEPLOY / "systemd" / name,
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_file_is_checked_by_something() -> None:
    checked = {DEPLOY / name for _, name in CHECKS} | set(units())
    otherwise = {"crontab", "first_data.sh", "README.md", "captagon.conf", "Dockerfile.dockerignore"}
    files = {path for path in DEPLOY.rglob("*") if path.is_file() and path.name not in otherwise}
    assert files == checked


def test_the_yaml_files_hold_each_key_once() -> None:
    """YAML takes the last of two equal keys without a word."""

    class Strict(yaml.SafeLoader):
        pass

    def mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[object, object]:
        keys = [loader.construct_object(key) for key, _ in node.value if key.tag != "tag:yaml.org,2002:merge"]
        assert len(keys) == len(set(keys)), f"repeated key in {keys}"
        loader.flatten_mapping(node)
        return loader.construct_mapping(node, deep=True)

    Strict.add_constructor("tag:yaml.org,2002:map", mapping)
    for path in [*DEPLOY.rglob("*.yaml"), *DEPLOY.rglob("*.yml")]:
        list(yaml.load_all(path.read_text(encoding="utf-8"), Strict))  # a SafeLoader
