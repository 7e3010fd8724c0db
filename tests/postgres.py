"""A PostgreSQL server of the tests' own: in a temporary folder, reached by a socket there, gone at the end.

As root it runs as user `postgres`, since it refuses root. Nothing of it is on the network.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

_ENSURE = Path(__file__).parents[1] / "scripts/ensure_postgres.sh"
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",  # nobody needs these databases after a power cut
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "32MB",
    "max_connections": "40",
    "autovacuum": "off",
}
_INITDB = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
_START_S = 120


def programs() -> Path:
    """The folder of the server's programs, installed where they are missing.

    Skips the test where they can't be had; fails it in continuous integration.
    """
    lock = Path(tempfile.gettempdir()) / "ensure-postgres.lock"
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)  # of several workers one installs
        done = subprocess.run(["sh", str(_ENSURE)], capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return Path(done.stdout.strip().splitlines()[-1])
    if os.environ.get("CI"):
        pytest.fail(done.stderr.strip())
    pytest.skip(done.stderr.strip())


@contextmanager
def serving_postgres() -> Iterator[str]:
    """A server until the block is left: the address of its database `postgres`."""
    found = programs()
    # Sockets need short paths, and user `postgres` may not enter pytest's own folders.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    who: dict[str, Any] = {}
    if os.geteuid() == 0:
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
        who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    data, log = folder / "data", folder / "log"
    try:
        subprocess.run(
            [
                found / "initdb",
                "-D",
                data,
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "-N",
            ],
            check=True,
            capture_output=True,
            cwd=folder,
            **who,
        )
        settings = [part for item in _SETTINGS.items() for part in ("-c", "=".join(item))]
        # where this process is killed, the server should end too
        dies_with_us = ["setpriv", "--pdeathsig", "INT"] if shutil.which("setpriv") else []
        command = [*dies_with_us, found / "postgres", "-D", data, "-k", folder, *settings]
        with log.open("wb") as output:
            server = subprocess.Popen(command, stdout=output, stderr=output, cwd=folder, **who)
        try:
            url = f"postgresql://postgres@/postgres?host={folder}"
            _wait(server, url, log)
            yield url
        finally:
            server.send_signal(signal.SIGINT)  # ends what is connected, then itself
            try:
                server.wait(60)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def new_database(url: str, name: str) -> str:
    """Make an empty database on a server; returns its address."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return url.replace("/postgres?", f"/{name}?")


def drop_database(url: str, name: str) -> None:
    """Remove a database, whoever is still connected to it."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _wait(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + _START_S
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"PostgreSQL did not start: {log.read_text(errors='replace')}")
            time.sleep(0.05)
        else:
            return
