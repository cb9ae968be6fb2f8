"""Which database: SQLite in the data folder, or PostgreSQL by ``DATABASE_URL``."""

from __future__ import annotations

import os
import subprocess
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from clarion.config import Config
from clarion.errors import InputError, MissingPart, StorageError

# A deferred transaction that turns into a write fails at once instead of waiting, hence IMMEDIATE.
_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}


def databases(config: Config) -> dict[str, dict[str, Any]]:
    """Django's ``DATABASES``.

    Raises
    ------
    InputError: DATABASE_URL is set to something that is not a PostgreSQL or SQLite address.
    """
    if not config.database_url:
        return {"default": _sqlite(str(config.home / "clarion.sqlite3"))}
    url = urlsplit(config.database_url)
    if url.scheme == "sqlite":
        return {"default": _sqlite(url.path)}
    if url.scheme not in ("postgres", "postgresql") or not url.path.strip("/"):
        raise InputError(
            "DATABASE_URL is not an address that Clarion can use.",
            where="environment variable DATABASE_URL",
            next_step="Use postgresql://user:password@host:5432/name, or unset it for SQLite in the data folder.",
        )
    return {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path.strip("/")),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": url.hostname or "",
            "PORT": str(url.port or ""),
            "OPTIONS": dict(parse_qsl(url.query)),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    }


def _sqlite(path: str) -> dict[str, Any]:
    # A file for tests too: in memory, threads would not share it.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": dict(_SQLITE_OPTIONS),
        "TEST": {"NAME": path + ".test"},
    }


def is_sqlite(config: Config) -> bool:
    return databases(config)["default"]["ENGINE"].endswith("sqlite3")


def postgres(config: Config, program: str, *arguments: str) -> None:
    """Run a PostgreSQL client program against the database.

    Raises
    ------
    MissingPart: the program is not installed.
    StorageError: it failed.
    """
    database = databases(config)["default"]
    # Through the environment: arguments, and so a password among them, can be read by every account of the machine.
    known = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    env = os.environ | {variable: str(database[key]) for variable, key in known.items() if database[key]}
    try:
        subprocess.run([program, *arguments], check=True, capture_output=True, env=env)
    except FileNotFoundError as error:
        raise MissingPart(
            f"{program} is not installed.",
            where="PostgreSQL client programs",
            next_step="Install them (Debian: apt-get install postgresql-client) and try again.",
        ) from error
    except subprocess.CalledProcessError as error:
        # What it printed may name accounts and hosts: only the exit status is told.
        raise StorageError(
            f"{program} failed with status {error.returncode}.",
            where="database",
            next_step="Check DATABASE_URL and the server; run the program by hand to see why.",
        ) from None
