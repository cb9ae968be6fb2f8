"""Where jobs wait: a file of their own beside SQLite, or tables in the team's PostgreSQL."""

from __future__ import annotations

from typing import Any

from clarion.config import Config
from clarion.desk.database import is_sqlite

NAME = "clarion"
FILE = "jobs.sqlite3"


def queue(config: Config, secret: str) -> dict[str, Any]:
    """huey's configuration. Jobs are pickled, so they are signed: a row written by somebody else is not run."""
    from huey.serializer import SignedSerializer

    common = {
        "name": NAME,
        "results": True,
        "immediate": False,
        "utc": True,
        "serializer": SignedSerializer(secret=secret, salt="clarion.jobs"),
    }
    if is_sqlite(config):
        return common | {"huey_class": "huey.SqliteHuey", "filename": str(config.home / FILE)}
    # A migration makes the tables: two first starts at once would both try.
    return common | {"huey_class": "huey.PostgresHuey", "connection": {"connection": _connect, "create_tables": False}}


def _connect() -> Any:
    """A connection of huey's own to the database that Django uses now (a test's, in tests)."""
    import psycopg
    from django.db import connection

    parameters = connection.get_connection_params()
    ours = {name: value for name, value in parameters.items() if name not in ("context", "cursor_factory")}
    return psycopg.connect(**ours)
