"""The commands that look after the store."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from etl.cli_store import backup_command, migrate_command, store_group
from etl.store import migrate, open_tracker
from tests.etl.store.samples import NOW, fill


@click.group()
def cli() -> None:
    pass


for command in (store_group, migrate_command, backup_command):
    cli.add_command(command)


def run(*arguments: str | Path, **environment: str) -> Result:
    return CliRunner(env=environment).invoke(cli, [str(argument) for argument in arguments])


@pytest.fixture
def filled(tracker_url: str) -> str:
    with open_tracker(tracker_url) as store:
        fill(store)
    return tracker_url


def test_export_and_import(filled: str, tracker_urls, tmp_path: Path) -> None:
    file, other = tmp_path / "export.gz", tracker_urls()
    done = run("store", "export", file, "--store", filled)
    assert (done.exit_code, file.is_file()) == (0, True)
    assert "rows" in done.output
    assert run("store", "import", file, "--store", other).exit_code == 0
    with open_tracker(other) as store:
        assert len(list(store.pages("1"))) == 3
    again = run("store", "import", file, "--store", other)
    assert (again.exit_code, "already holds something" in again.output) == (6, True)


def test_verify(filled: str) -> None:
    assert run("store", "verify", "--store", filled).output == "all is well\n"
    with open_tracker(filled) as store, store._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE documents SET size = 1 WHERE id = 1")
    found = run("store", "verify", "--store", filled)
    assert found.exit_code == 1
    assert "problem: document 1 " in found.output
    assert "1 problem(s)" in found.output


def test_vacuum(filled: str) -> None:
    assert run("store", "vacuum", "--keep-log", "0", "--store", filled).exit_code == 0
    with open_tracker(filled) as store:
        assert store.problems(NOW) == []
        assert len(list(store.pages("1"))) == 3
    assert run("store", "vacuum", "--keep-log", "-1", "--store", filled).exit_code == 2


def test_migrate(tracker_url: str) -> None:
    migrate(tracker_url, to="0001")
    refused = run("store", "verify", "--store", tracker_url)
    assert (refused.exit_code, "etl migrate" in refused.output) == (6, True)
    assert "from schema 0001 to schema" in run("migrate", "--store", tracker_url).output
    assert "already" in run("migrate", "--store", tracker_url).output
    assert run("store", "verify", "--store", tracker_url).exit_code == 0


def test_backup(filled: str, tmp_path: Path) -> None:
    assert run("backup", tmp_path / "backup", "--store", filled).exit_code == 0
    assert (tmp_path / "backup").stat().st_size > 0


def test_before_a_migration_a_backup_can_be_made(tracker_url: str, tmp_path: Path) -> None:
    migrate(tracker_url, to="0001")
    done = run("backup", tmp_path / "backup", "--store", tracker_url)
    if "://" in tracker_url:  # an export has the newest tables only
        assert (done.exit_code, "pg_dump" in done.output) == (6, True)
    else:
        assert done.exit_code == 0
        assert "from schema 0001" in run("migrate", "--store", tmp_path / "backup").output


def test_the_store_may_be_named_by_the_environment(filled: str) -> None:
    assert run("store", "verify", CAPTAGON_DATABASE_URL=filled).output == "all is well\n"


@pytest.mark.parametrize(
    "arguments", [("store", "verify"), ("store", "export", "x.gz"), ("store", "vacuum"), ("backup", "x")]
)
def test_a_store_that_is_not_there_is_not_made(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    refused = run(*arguments, "--store", tmp_path / "t.sqlite")
    assert (refused.exit_code, "no store at" in refused.output) == (6, True)
    assert not (tmp_path / "t.sqlite").exists()
