"""The schema: every step up leads to what the tables say, another schema is refused in words."""

from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from etl.store import TrackerError, migrate, open_tracker, schema
from etl.store.engine import address, make_engine
from etl.store.tables import metadata
from tests.etl.store.samples import fill

REVISIONS = [script.revision for script in reversed(list(schema.scripts().walk_revisions()))]


@pytest.fixture
def engine(tracker_url: str) -> Engine:
    made = make_engine(address(tracker_url), 1)
    yield made
    made.dispose()


def test_the_steps_form_one_line() -> None:
    assert sorted(REVISIONS) == REVISIONS
    assert schema.newest() == REVISIONS[-1]


def test_each_step_up_by_itself(tracker_url: str) -> None:
    before = ""
    for revision in REVISIONS:
        assert migrate(tracker_url, to=revision) == (before, revision)
        before = revision
    assert migrate(tracker_url) == (before, before)


def test_the_steps_lead_to_what_the_tables_say(tracker_url: str, engine: Engine) -> None:
    migrate(tracker_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []


def test_constraints_have_the_names_that_the_tables_give_them(tracker_url: str, engine: Engine) -> None:
    """Autogenerate compares no names of keys; a later step would look for them."""
    migrate(tracker_url)
    found = inspect(engine)
    for table in metadata.tables.values():
        assert found.get_pk_constraint(table.name)["name"] == f"pk_{table.name}"
        named = {f"fk_{table.name}_{key.parent.name}" for key in table.foreign_keys}
        assert {key["name"] for key in found.get_foreign_keys(table.name)} == named


def test_words_are_compared_by_code_point_on_both_databases(tracker_url: str, engine: Engine) -> None:
    migrate(tracker_url)
    words = ["Z", "a", "é", "ق", "𐍈"]
    with engine.begin() as connection:
        for word in reversed(words):
            connection.execute(
                text("INSERT INTO source_list (source_id, fingerprint) VALUES (:w, '')"), {"w": word}
            )
        rows = connection.execute(text("SELECT source_id FROM source_list ORDER BY source_id"))
        assert [row[0] for row in rows] == words


def test_an_older_store_is_refused_until_it_is_migrated(tracker_url: str) -> None:
    migrate(tracker_url, to=REVISIONS[0])
    with pytest.raises(TrackerError, match="etl migrate") as refused:
        open_tracker(tracker_url)
    assert refused.value.code == "store_older"
    migrate(tracker_url)
    with open_tracker(tracker_url, create=False) as store:
        fill(store)
        assert store.verify() == []


@pytest.mark.parametrize("work", [open_tracker, migrate])
def test_a_newer_store_is_refused(tracker_url: str, engine: Engine, work: Callable[[str], object]) -> None:
    migrate(tracker_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(TrackerError, match="newer version of this program"):
        work(tracker_url)


@pytest.mark.parametrize("work", [open_tracker, migrate])
def test_another_programs_database_is_left_alone(
    tracker_url: str, engine: Engine, work: Callable[[str], object]
) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE customers (id INTEGER)"))
    with pytest.raises(TrackerError, match="not of this program"):
        work(tracker_url)
    assert inspect(engine).get_table_names() == ["customers"]


def test_without_leave_to_make_one_a_missing_store_is_said(tracker_url: str) -> None:
    with pytest.raises(TrackerError, match="no store at"):
        open_tracker(tracker_url, create=False)
    if "://" not in tracker_url:
        assert not Path(tracker_url).exists()


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "tracker.sqlite"
    file.parent.mkdir()
    file.touch()
    with open_tracker(file) as store:
        assert store.runs(1) == []


def test_a_step_that_fails_changes_nothing(
    tracker_url: str, engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A step beyond the newest that makes a table and then breaks: the store stays where it was."""
    versions = tmp_path / "migrations" / "versions"
    versions.mkdir(parents=True)
    shipped = Path(schema.__file__).with_name("migrations") / "versions"
    for script in shipped.glob("v*.py"):
        (versions / script.name).write_text(script.read_text(encoding="utf-8"), encoding="utf-8")
    (versions / "v9999_breaks.py").write_text(
        f"from alembic import op\nimport sqlalchemy as sa\nrevision = '9999'\n"
        f"down_revision = '{schema.newest()}'\n\n"
        "def upgrade():\n"
        "    op.create_table('half', sa.Column('id', sa.Integer))\n"
        "    op.execute('UPDATE no_such_table SET x = 1')\n",
        encoding="utf-8",
    )
    migrate(tracker_url)
    monkeypatch.setattr(schema, "_MIGRATIONS", versions.parent)
    with pytest.raises(Exception, match="no_such_table"):
        migrate(tracker_url)
    assert "half" not in inspect(engine).get_table_names()
    monkeypatch.undo()
    with open_tracker(tracker_url) as store:
        assert store.verify() == []


@pytest.mark.parametrize(
    ("where", "drivername", "shown"),
    [
        ("data/tracker.sqlite", "sqlite", "data/tracker.sqlite"),
        (Path("data/tracker.sqlite"), "sqlite", "data/tracker.sqlite"),
        ("sqlite:///data/tracker.sqlite", "sqlite", "data/tracker.sqlite"),
        ("postgresql://u:secret@db/name", "postgresql+psycopg", "postgresql://u:***@db/name"),
        ("postgres://u:secret@db/name", "postgresql+psycopg", "postgresql://u:***@db/name"),
        ("postgresql+psycopg://u@db/name", "postgresql+psycopg", "postgresql://u@db/name"),
    ],
)
def test_addresses(where: str | Path, drivername: str, shown: str) -> None:
    from etl.store.engine import shown as for_people

    assert address(where).drivername == drivername
    assert for_people(address(where)) == shown


@pytest.mark.parametrize(
    "where", ["mysql://u:secret@db/name", "sqlite://", "://secret", "postgresql://u:secret@db:port/x"]
)
def test_other_addresses_are_refused_without_telling_the_password(where: str) -> None:
    with pytest.raises(TrackerError, match="names no database") as refused:
        open_tracker(where)
    assert "secret" not in str(refused.value)


def test_a_server_that_is_not_there_is_said() -> None:
    with pytest.raises(TrackerError, match="can't be opened") as refused:
        open_tracker("postgresql://u:secret@127.0.0.1:1/name")
    assert "secret" not in str(refused.value)
