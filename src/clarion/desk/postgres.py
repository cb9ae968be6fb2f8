"""PostgreSQL's own client programs: dump, restore, run a script."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from clarion.config import Config
from clarion.errors import MissingPart, StorageError

PROGRAMS = ("pg_dump", "pg_restore", "psql")

# Everything that an earlier or a later version made; sequences and indexes go with their tables.
_EMPTY = """
DO $$ DECLARE found record; BEGIN
  FOR found IN SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = current_schema()
  LOOP EXECUTE 'DROP TABLE ' || found.name || ' CASCADE'; END LOOP;
END $$
"""
# Jobs that wait, their times and results: they were signed with a key that is not in the back-up.
_NO_JOBS = """
DO $$ DECLARE found record; BEGIN
  FOR found IN SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
    WHERE tablename IN ('huey_task', 'huey_schedule', 'huey_kv')
  LOOP EXECUTE 'TRUNCATE ' || found.name; END LOOP;
END $$
"""


def dump(config: Config, out: Path) -> None:
    """Write the whole database into ``out``, as it is at one moment."""
    _run(config, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={out}")


def replace(config: Config, dumped: Path) -> None:
    """Put a dump in place of every table of the database, in one transaction: all of it but the jobs, or nothing.

    Raises
    ------
    MissingPart: the programs are not installed, or so old that a dump could make them run commands of this machine.
    StorageError: the database or a program refused.
    """
    script = dumped.with_suffix(".sql")
    try:
        _call(config, ["pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(dumped)])
        _restricted(script)
        _run(config, "psql", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--single-transaction",
             f"--command={_EMPTY}", f"--file={script}", f"--command={_NO_JOBS}")  # fmt: skip
    finally:
        script.unlink(missing_ok=True)


def _restricted(script: Path) -> None:
    """Refuse a script in which psql would obey its own commands, such as the one that runs a program (CVE-2025-8714).

    A pg_restore that is mended writes a random word first, without which they are not obeyed.
    """
    with script.open("rb") as file:
        if not any(line.startswith(b"\\restrict ") for line in file.readlines(4096)):
            raise MissingPart(
                "pg_restore is so old that a dump made by somebody else could run programs here.",
                where="PostgreSQL client programs",
                next_step="Bring them up to date (13.22, 14.19, 15.14, 16.10, 17.6 or later) and try again.",
            )


def _run(config: Config, program: str, *arguments: str) -> None:
    # The password goes through the environment: arguments can be read by every account of the machine.
    url = urlsplit(config.database_url)
    query = dict(parse_qsl(url.query))
    password = query.pop("password", "") or unquote(url.password or "")
    account, _, host = url.netloc.rpartition("@")
    user = account.partition(":")[0]
    plain = url._replace(netloc=f"{user}@{host}" if user else host, query=urlencode(query))
    _call(config, [program, f"--dbname={urlunsplit(plain)}", *arguments], {"PGPASSWORD": password} if password else {})


def _call(config: Config, command: list[str], env: dict[str, str] | None = None) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, env=os.environ | (env or {}))
    except FileNotFoundError as error:
        raise MissingPart(
            f"{command[0]} is not installed.",
            where="PostgreSQL client programs",
            next_step="Install them (Debian: apt-get install postgresql-client) and try again.",
        ) from error
    except subprocess.CalledProcessError as error:
        # What it printed may name accounts and hosts: only the exit status is told.
        raise StorageError(
            f"{command[0]} failed with status {error.returncode}; the database is as it was.",
            where="database",
            next_step="Check DATABASE_URL and the server with: clarion doctor",
            status=error.returncode,
        ) from None
