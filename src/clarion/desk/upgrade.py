"""Bring the database up to this version; a SQLite database is copied first and put back if anything fails."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from clarion.config import Config
from clarion.desk.database import databases, is_sqlite
from clarion.desk.setup import django_ready
from clarion.errors import StorageError
from clarion.tables.lock import only_one


def pending() -> list[str]:
    """Names of the migrations that have not been applied."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    django_ready()
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def upgrade(config: Config) -> list[str]:
    """Apply what is pending and return the names.

    Raises
    ------
    BusyError: another upgrade runs.
    StorageError: a migration failed; the earlier state is back in place.
    """
    from django.core.management import call_command
    from django.db import DatabaseError

    django_ready()
    with only_one(config.home / "upgrade.lock", "upgrading the database"):
        _undo_killed(config)
        try:
            names = pending()
            if names:
                with _copy(config):
                    call_command("migrate", interactive=False, verbosity=0)
        except DatabaseError as error:
            raise StorageError(
                "The database could not be brought up to this version; it is as it was before.",
                where="database",
                next_step="Run clarion upgrade --debug to see why, and report it.",
            ) from error
    return names


def _paths(config: Config) -> tuple[Path, Path]:
    database = Path(databases(config)["default"]["NAME"])
    return database, database.with_suffix(".before-upgrade")


@contextmanager
def _copy(config: Config) -> Iterator[None]:
    # PostgreSQL runs each migration in a transaction; SQLite too, but not the sequence of them.
    if not is_sqlite(config):
        yield
        return
    database, copy = _paths(config)
    _duplicate(database, copy)
    try:
        yield
    except BaseException:
        _undo_killed(config)
        raise
    copy.unlink()


def _undo_killed(config: Config) -> None:
    """Put the copy back that an upgrade which failed or was killed has left."""
    if not is_sqlite(config):
        return
    database, copy = _paths(config)
    if copy.exists():
        from django.db import connection

        connection.close()
        with closing(sqlite3.connect(copy)) as old, closing(sqlite3.connect(database)) as new:
            old.backup(new)
        copy.unlink()


def _duplicate(database: Path, copy: Path) -> None:
    # Written beside and renamed: a half copy never has the name that is put back.
    half = copy.with_suffix(".half")
    half.unlink(missing_ok=True)
    with closing(sqlite3.connect(database)) as old, closing(sqlite3.connect(half)) as new:
        old.backup(new)
    os.chmod(half, 0o600)
    os.replace(half, copy)
