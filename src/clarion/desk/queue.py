"""Where jobs wait: a file of their own beside SQLite, or tables in the team's PostgreSQL."""

from __future__ import annotations

from typing import Any

from huey.serializer import SignedSerializer

from clarion.config import Config
from clarion.desk.database import is_sqlite


def queue(config: Config, secret: str) -> dict[str, Any]:
    """huey's configuration. Jobs are pickled, so they are signed: a row written by somebody else is not run."""
    common = {
        "name": "clarion",
        "results": True,
        "immediate": False,
        "utc": True,
        "serializer": SignedSerializer(secret=secret, salt="clarion.jobs"),
    }
    if is_sqlite(config):
        return common | {"huey_class": "huey.SqliteHuey", "filename": str(config.home / "jobs.sqlite3")}
    return common | {"huey_class": "huey.PostgresHuey", "dsn": config.database_url}
