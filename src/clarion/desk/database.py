"""Which database: SQLite in the data folder, or PostgreSQL by ``DATABASE_URL``."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from clarion.config import Config
from clarion.errors import InputError, MissingPart

FILE = "clarion.sqlite3"  # in the data folder

# A deferred transaction that turns into a write fails at once instead of waiting, hence IMMEDIATE. FULL costs 4 ms a
# commit, and what was acknowledged is there after a loss of power too, not only after a crash of the desk.
_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}


def databases(config: Config) -> dict[str, dict[str, Any]]:
    """Django's ``DATABASES``.

    Raises
    ------
    InputError: DATABASE_URL is set to something that is not a PostgreSQL address.
    MissingPart: it is, and the ``postgres`` extra is not installed.
    """
    if is_sqlite(config):
        path = str(config.home / FILE)
        # A file for tests too: in memory, threads would not share it.
        return {
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": path,
                "OPTIONS": dict(_SQLITE_OPTIONS),
                "TEST": {"NAME": path + ".test"},
            }
        }
    url, port = _address(config)
    if find_spec("psycopg") is None:
        raise MissingPart(
            "DATABASE_URL asks for PostgreSQL, and its driver is not installed.",
            where="extra `postgres`",
            next_step="Install it with: pip install 'clarion[web,postgres]'",
        )
    return {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path.strip("/")),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": url.hostname or "",
            "PORT": port,
            "OPTIONS": dict(parse_qsl(url.query)),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    }


def is_sqlite(config: Config) -> bool:
    return not config.database_url


def _address(config: Config) -> tuple[SplitResult, str]:
    try:
        url = urlsplit(config.database_url)
        port = str(url.port or "")
        if url.scheme in ("postgres", "postgresql") and url.path.strip("/"):
            return url, port
    except ValueError:
        pass  # what urlsplit says would repeat the password
    raise InputError(
        "DATABASE_URL is not an address that Clarion can use.",
        where="environment variable DATABASE_URL",
        next_step="Use postgresql://user:password@host:5432/name, or unset it for SQLite in the data folder.",
    )
