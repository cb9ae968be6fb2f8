"""SQLite's features, the database itself, and PostgreSQL's client programs."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from clarion.config import Config
from clarion.desk.database import databases, is_sqlite
from clarion.desk.doctor.finding import Finding
from clarion.desk.doctor.key import usable
from clarion.desk.postgres import PROGRAMS
from clarion.desk.setup import django_ready
from clarion.desk.troubles import in_plain_words
from clarion.errors import StorageError

_OLDEST_SQLITE = (3, 35)  # RETURNING; Django 5.2 itself asks for 3.31
_OLDEST_POSTGRES = 14  # Django 5.2
_NEWER_PYTHON = "Install a Python that brings a newer SQLite, such as python.org's or Debian's."


def sqlite(config: Config) -> Iterator[Finding]:
    version = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        yield Finding("sqlite", "fail", f"SQLite {version} is too old.", _NEWER_PYTHON)
        return
    if not config.home.is_dir():
        yield Finding("sqlite", "ok", f"SQLite {version}")
        return
    try:
        # Beside the real one, because whether WAL works depends on the file system.
        with tempfile.TemporaryDirectory(prefix=".doctor-", dir=config.home) as folder:
            _try_features(Path(folder) / "try.sqlite3")
    except (sqlite3.Error, OSError) as error:
        text = f"SQLite {version} cannot work in {config.home}: {error}."
        yield Finding("sqlite", "fail", text, "Set CLARION_HOME to a folder on a disk of this machine.")
    else:
        yield Finding("sqlite", "ok", f"SQLite {version}, with WAL, JSON and RETURNING")


def _try_features(file: Path) -> None:
    with closing(sqlite3.connect(file)) as one, closing(sqlite3.connect(file)) as other:
        (mode,) = one.execute("pragma journal_mode=wal").fetchone()
        if mode != "wal":
            raise sqlite3.OperationalError("write-ahead logging is not available")
        one.execute("create table t (v text)")
        with one:
            (said,) = one.execute(
                """insert into t values (json('{"a": 1}')) returning json_extract(v, '$.a')"""
            ).fetchone()
        if (said, other.execute("select count(*) from t").fetchone()) != (1, (1,)):
            raise sqlite3.OperationalError("a second reader does not see what was written")


def database(config: Config) -> Iterator[Finding]:
    """Reachable, whole, and of this version."""
    if is_sqlite(config):
        file = Path(databases(config)["default"]["NAME"])
        if not file.exists():
            yield Finding("database", "warn", f"{file} does not exist yet.", "clarion up")
            return
        if not _whole(file):
            yield Finding("database", "fail", f"{file} is damaged.", "clarion restore FILE   (your latest back-up)")
            return
    if not usable(config):
        yield Finding("database", "warn", "Not looked at: the key comes first.", "clarion doctor")
        return
    yield _answering(config)


def to_ask(config: Config) -> bool:
    """Whether there is a database, and the settings to ask it can be read without making anything."""
    there = not is_sqlite(config) or Path(databases(config)["default"]["NAME"]).exists()
    return there and usable(config)


def _whole(file: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=5)) as there:
            return bool(there.execute("pragma quick_check(1)").fetchone() == ("ok",))
    except sqlite3.DatabaseError as error:
        # A file that may not be read or is busy is another trouble, and the next step tells it.
        return not any(sign in str(error) for sign in ("malformed", "not a database"))


def _answering(config: Config) -> Finding:
    django_ready()
    from django.db import DatabaseError, connection

    from clarion.desk.upgrade import pending

    try:
        waiting = pending()
    except (DatabaseError, StorageError) as error:
        found = error if isinstance(error, StorageError) else in_plain_words(error)
        return Finding("database", "fail", found.what, found.next_step)
    if connection.vendor == "postgresql" and connection.pg_version // 10000 < _OLDEST_POSTGRES:
        return Finding(
            "database", "fail", "The PostgreSQL server is too old.", f"Upgrade it to {_OLDEST_POSTGRES} or later."
        )
    if waiting:
        return Finding("database", "warn", f"{len(waiting)} changes wait to be applied.", "clarion upgrade")
    return Finding("database", "ok", f"{connection.display_name} answers and is of this version")


def way(config: Config) -> Iterator[Finding]:
    """Whether somebody between this machine and PostgreSQL could listen, or answer in its place."""
    if is_sqlite(config):
        return
    settings = databases(config)["default"]
    asked = settings["OPTIONS"]
    host = asked.get("hostaddr") or asked.get("host") or settings["HOST"]
    if not host or host.startswith("/") or host in ("localhost", "127.0.0.1", "::1"):
        return
    if asked.get("sslmode") != "verify-full":
        text = "PostgreSQL is on another machine, and whether it is the right one is not checked."
        mend = "Add ?sslmode=verify-full&sslrootcert=FILE to DATABASE_URL."
        yield Finding("postgresql", "warn", text, mend)


def programs(config: Config) -> Iterator[Finding]:
    """The client programs that back-up and restore need, where the database is PostgreSQL."""
    if is_sqlite(config):
        return
    found = {name: shutil.which(name) for name in PROGRAMS}
    missing = [name for name, path in found.items() if path is None]
    mend = "apt-get install postgresql-client"
    if missing:
        yield Finding("postgresql", "warn", f"No back-up is possible without {', '.join(missing)}.", mend)
        return
    said = subprocess.run([str(found["pg_dump"]), "--version"], capture_output=True, text=True, timeout=20).stdout
    yield Finding("postgresql", "ok", f"client programs are there ({said.strip()})")
