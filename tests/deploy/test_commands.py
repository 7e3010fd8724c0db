"""What the files run exists: programs, subcommands, options, scripts; and they agree with each other."""

import re
import subprocess
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import click
import pytest

from dashboard.__main__ import main as dashboard
from etl.cli import cli as etl
from etl.crontab import cron_trigger, following
from tests.deploy.commands import (
    DEPLOY,
    ROOT,
    Named,
    crontab,
    documents,
    every_command,
    services,
    units,
)

PROGRAMS: dict[str, click.Command] = {"captagon-etl": etl, "captagon-dashboard": dashboard}
COMMANDS = [(where, words) for where, words in every_command() if Path(words[0]).name in PROGRAMS]
DATA = "/var/lib/captagon"


def unknown(words: list[str]) -> list[str]:
    """The words of a command line that its program doesn't know."""
    command, rest = PROGRAMS[Path(words[0]).name], words[1:]
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        name, *rest = rest
        if name not in command.commands:
            return [name]
        command = command.commands[name]
    known = {name for option in command.params for name in [*option.opts, *option.secondary_opts]}
    return [
        word for word in rest if word.startswith("-") and word.split("=")[0] not in known | {"-h", "--help"}
    ]


def test_the_files_name_commands() -> None:
    places = {re.split(r"[:.]", where)[0] for where, _ in COMMANDS}
    assert places >= {"captagon-refresh", "captagon-dashboard", "crontab", "Dockerfile", "compose", "refresh"}


@pytest.mark.parametrize(
    ("where", "words"), COMMANDS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_each_command_and_option_exists(where: str, words: list[str]) -> None:
    assert unknown(words) == [], f"{where}: {' '.join(words)}"


def test_a_wrong_word_is_seen() -> None:
    assert unknown(["captagon-etl", "refesh"]) == ["refesh"]
    assert unknown(["/opt/x/captagon-etl", "build", "--out", "x", "--colour"]) == ["--colour"]


def other_commands() -> list[Named]:
    return [(where, words) for where, words in every_command() if Path(words[0]).name not in PROGRAMS]


@pytest.mark.parametrize(
    ("where", "words"), other_commands(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_other_programs_are_the_script_and_python(where: str, words: list[str]) -> None:
    program = Path(words[0])
    if program.name == "first_data.sh":
        shipped, data = words[1:]
        assert shipped in {"/srv/captagon/data", "/opt/captagon/data"}
        assert data == DATA
        assert str(program) in {"/srv/captagon/first_data.sh", "/opt/captagon/deploy/first_data.sh"}
    else:
        assert words[:2] == ["python", "-c"]
        compile(words[2], where, "exec")


@pytest.mark.parametrize(
    ("where", "words"), COMMANDS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_all_write_to_one_folder_and_the_dashboard_reads_it(where: str, words: list[str]) -> None:
    if where in {"refresh.yml", "operations.md"}:
        return  # the repository's own folder; the manual's examples
    named = dict(pairwise(words))
    subcommand = words[1]
    if subcommand in {"refresh", "schedule"}:
        assert (named.get("--out"), named.get("--inbox")) == (DATA, f"{DATA}/inbox")
    elif subcommand != "migrate":
        assert named.get("--data") == DATA


def test_every_way_refreshes_at_the_same_times(systemd_analyze: str) -> None:
    (scheduler,) = (s for s in services().values() if "schedule" in s["command"])
    in_compose = scheduler["command"][scheduler["command"].index("--cron") + 1]
    (job,) = (d for d in documents("kubernetes/refresh.yaml") if d["kind"] == "CronJob")
    assert job["spec"]["timeZone"] == "Etc/UTC"
    flow = documents("github-actions/refresh.yml")[0]
    triggers = flow.get("on") or flow[True]  # YAML 1.1 reads the key as a truth value
    lines = {
        "crontab": crontab()[0],
        "compose.yaml": re.fullmatch(r"\$\{CAPTAGON_CRON:-(.+)\}", in_compose)[1],
        "kubernetes": job["spec"]["schedule"],
        "github-actions": triggers["schedule"][0]["cron"],
    }
    assert set(lines.values()) == {"15 */6 * * *"}
    (timer,) = (unit for unit in units() if unit.suffix == ".timer")
    calendar = re.search(r"^OnCalendar=(.+)$", timer.read_text(encoding="utf-8"), re.MULTILINE)[1]
    said = subprocess.run(
        [systemd_analyze, "calendar", "--iterations=5", "--base-time=2026-11-22 06:15:00 UTC", calendar],
        capture_output=True,
        text=True,
        check=True,
        env={"TZ": "UTC"},
    ).stdout
    by_timer = re.findall(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) UTC", said)
    moment, by_cron = datetime(2026, 11, 22, 6, 15, tzinfo=UTC), []
    for _ in range(5):
        moment = following(cron_trigger(lines["crontab"]), moment) or moment
        by_cron.append(moment.strftime("%Y-%m-%d %H:%M:%S"))
    assert list(dict.fromkeys(by_timer)) == by_cron


def test_the_image_is_made_of_files_that_are_there() -> None:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    ignore = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    let_in = {line[1:] for line in ignore if line.startswith("!")}
    copied = [
        source
        for words in re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE)
        for source in words.split()[:-1]
    ]
    assert copied
    for source in copied:
        assert (ROOT / source).exists(), source
        assert source in let_in, f"{source} does not get past Dockerfile.dockerignore"


def test_nothing_of_this_machine_gets_into_an_image() -> None:
    ignore = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    last = {line.lstrip("!"): not line.startswith("!") for line in ignore if not line.startswith("#")}
    for path in ("data/inbox/*", "data/status.json", "data/tracker.sqlite*", "data/.locks", "*"):
        assert last.get(path), path
