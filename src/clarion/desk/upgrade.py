"""Bring the database up to this version: every pending migration in one transaction, so all of them or none.

A process that is killed half-way, or a machine that loses power, leaves the database as it was before: SQLite and
PostgreSQL both undo a transaction that was not committed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from clarion.config import Config
from clarion.desk.locks import no_workers, whole_folder
from clarion.desk.setup import django_ready
from clarion.desk.troubles import in_plain_words
from clarion.errors import BusyError, StorageError

_ADVISORY = 0x436C6172  # "Clar": one upgrade at a time, from whichever machine


def pending() -> list[str]:
    """Names of the migrations that have not been applied.

    Raises
    ------
    StorageError: a later version has been at work on the database; this one would misread what it keeps.
    """
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    # Of a room that was taken away the tables stay, and do no harm; libraries rename their migrations at times.
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("clarion.")}
    unknown = set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations)
    later = [f"{app}.{name}" for app, name in unknown if app in ours]
    if later:
        raise StorageError(
            "The database was made by a later version of Clarion.", where=", ".join(sorted(later)[:5]),
            next_step="Install that version again, or restore a back-up that this one made.",
        )  # fmt: skip
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def upgrade(config: Config) -> list[str]:
    """Apply what is pending and return the names.

    Raises
    ------
    BusyError: a desk, a worker, a restore or another upgrade runs.
    StorageError: the database refused, or a later version made it; it is as it was before.
    """
    django_ready()
    with whole_folder(config):
        return apply(config)


def apply(config: Config) -> list[str]:
    """As ``upgrade``, for a caller that holds the data folder."""
    import sqlite3

    from django.db import DatabaseError

    try:
        names = pending()
        if names:
            with no_workers(config):
                _migrate()
    except (DatabaseError, sqlite3.Error) as error:
        raise in_plain_words(error) from error
    return names


def _migrate() -> None:
    from django.core.management import call_command

    with _one_transaction():
        call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def _one_transaction() -> Iterator[None]:
    from django.db import connection, transaction

    sqlite = connection.vendor == "sqlite"
    # SQLite cannot rebuild a table while it enforces foreign keys, nor stop enforcing them inside a transaction.
    # Django checks every one of them at the end of each migration.
    if sqlite:
        connection.disable_constraint_checking()
    try:
        with transaction.atomic():
            if not sqlite:
                _alone(connection)
            yield
    finally:
        if sqlite:
            connection.enable_constraint_checking()


def _alone(connection: object) -> None:
    with connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [_ADVISORY])
        if not cursor.fetchone()[0]:
            raise BusyError(
                "Another machine is upgrading this database.",
                where="database",
                next_step="Wait until it has finished, then start again.",
            )
