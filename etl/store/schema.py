"""The schema of a store: which one it has, and the way up to the newest."""

from __future__ import annotations

from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext, RevisionStep
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, inspect, text

from etl.store.errors import TrackerError

_MIGRATIONS = Path(__file__).with_name("migrations")
_ONE_AT_A_TIME = 0x0CA97A60  # any number that no other program takes for its advisory lock


def scripts() -> ScriptDirectory:
    """The steps, as they are shipped."""
    return ScriptDirectory(str(_MIGRATIONS))


def newest() -> str:
    """The revision that this program works with."""
    return str(scripts().get_current_head())


def revision(connection: Connection) -> str:
    """The revision of a store; "" where the database is empty. A database without ours but with other tables
    has the revision "foreign"."""
    found = MigrationContext.configure(connection).get_current_revision()
    if found is None and inspect(connection).get_table_names():
        return "foreign"
    return found or ""


def check(connection: Connection, where: str, *, any_version: bool = False) -> None:
    """Raises TrackerError unless the store has the schema of this program, or `any_version` of it."""
    found, needed = revision(connection), newest()
    if found == needed or (any_version and found not in ("", "foreign")):
        return
    if found in ("", "foreign"):
        raise TrackerError("store_foreign" if found else "store_missing", where)
    code = "store_older" if _is_known(found) else "store_newer"
    raise TrackerError(code, where, found=found, needed=needed)


def upgrade(connection: Connection, where: str, to: str = "head") -> tuple[str, str]:
    """Take the store up to a revision within the caller's transaction; returns the revision before and after.

    Raises TrackerError where the database is another program's, or newer than this one.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
    before = revision(connection)
    if before == "foreign":
        raise TrackerError("store_foreign", where)
    if before and not _is_known(before):
        raise TrackerError("store_newer", where, found=before, needed=newest())
    directory = scripts()

    def steps(current: object, _: MigrationContext) -> list[RevisionStep]:
        return directory._upgrade_revs(to, current)  # type: ignore[arg-type]

    with EnvironmentContext(Config(), directory, fn=steps, destination_rev=to) as environment:
        environment.configure(connection=connection, transactional_ddl=True)
        environment.run_migrations()
    return before, revision(connection)


def _is_known(found: str) -> bool:
    try:
        return scripts().get_revision(found) is not None
    except CommandError:
        return False
