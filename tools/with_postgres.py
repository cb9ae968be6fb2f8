"""Run a command with a private, temporary PostgreSQL server: ``python tools/with_postgres.py pytest tests/desk``.

The server listens on a free port of the loopback address, asks for a password made for this run, and is gone, folder
and all, when the command ends. ``DATABASE_URL`` in the command's environment is its address. The exit status is the
command's; 69 when PostgreSQL is not installed, 70 when the server does not start.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

_ACCOUNT = "clarion"
_SETTINGS = {
    "max_connections": "200",
    # Nothing here outlives the run: a crash of the machine may take it.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


def main(command: list[str]) -> int:
    if not command:
        print(__doc__, file=sys.stderr)
        return 64
    found = programs()
    if found is None:
        print(
            "PostgreSQL is not installed: no initdb beside pg_ctl was found.\n"
            "Install it with: apt-get install postgresql   (or put its bin folder on PATH)",
            file=sys.stderr,
        )
        return 69
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with server(found) as url:
            return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}).returncode
    except subprocess.CalledProcessError as error:
        print(f"PostgreSQL did not start: {' '.join(map(str, error.cmd))}\n{error.output}", file=sys.stderr)
        return 70
    except KeyboardInterrupt:
        return 130


def programs() -> Path | None:
    """The folder of the newest server that is installed; Debian keeps it off PATH."""

    def release(folder: Path) -> tuple[int, ...]:
        return tuple(int(part) for part in folder.parent.name.split(".") if part.isdigit())

    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=release, reverse=True)
    on_path = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    return next((f for f in (*debian, *on_path) if (f / "initdb").exists() and (f / "pg_ctl").exists()), None)


@contextmanager
def server(programs: Path) -> Iterator[str]:
    """The address of a server that runs for the block; ``programs`` is the folder of its programs."""
    with cluster(programs, _SETTINGS) as running:
        yield running.address


@contextmanager
def cluster(programs: Path, settings: dict[str, str], folder: Path | None = None) -> Iterator[Cluster]:
    """A server that runs for the block and can be killed in it; in ``folder``, which is removed, or a temporary one."""
    made = Cluster(programs, folder or Path(tempfile.mkdtemp(prefix="clarion-postgres-")), settings)
    try:
        made.create()
        yield made
    finally:
        made.remove()


@contextmanager
def empty_database(server: str) -> Iterator[str]:
    """The address of a database that a running server has for the block: two desks must not share one."""
    import psycopg

    name = f"own_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"create database {name}")
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            connection.execute(f"drop database {name} with (force)")


class Cluster:
    """One server with its data in ``folder``; ``settings`` go into its configuration.

    ``address`` is that of its database, which asks for a password made for it.
    """

    def __init__(self, programs: Path, folder: Path, settings: dict[str, str]) -> None:
        self.folder, self._programs, self._owner = folder, programs, _owner()
        self._data, self._started = folder / "data", False
        self._password, self.port = secrets.token_hex(16), _free_port()
        place = {"listen_addresses": "'127.0.0.1'", "port": str(self.port), "unix_socket_directories": f"'{folder}'"}
        self._settings = place | settings
        self.address = f"{self._root}/{_ACCOUNT}"

    @property
    def _root(self) -> str:
        return f"postgresql://{_ACCOUNT}:{self._password}@127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The process that starts all others of the server."""
        return int((self._data / "postmaster.pid").read_text().split()[0])

    @property
    def running(self) -> bool:
        """Whether it takes connections."""
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def create(self) -> None:
        """Make the cluster, start it, and make the database.

        Raises
        ------
        CalledProcessError: a program refused; ``output`` is what it said.
        """
        password = self.folder / "password"
        password.write_text(self._password)
        if self._owner:
            for path in (self.folder, password):
                shutil.chown(path, self._owner["user"], self._owner["group"])
        self._run("initdb", f"--pgdata={self._data}", f"--username={_ACCOUNT}", f"--pwfile={password}",
                  "--auth=scram-sha-256", "--encoding=UTF8", "--no-locale", "--no-sync")  # fmt: skip
        with (self._data / "postgresql.conf").open("a") as conf:
            conf.writelines(f"{name} = {value}\n" for name, value in self._settings.items())
        self.start()
        self._run("createdb", f"--maintenance-db={self._root}/postgres", _ACCOUNT)

    def start(self) -> None:
        """Start it, and wait until it takes connections; raises as ``create``."""
        self._run("pg_ctl", f"--pgdata={self._data}", "--wait", "--timeout=60", "start")
        self._started = True

    def kill(self) -> None:
        """End it as a crash does: no process of it has a last word."""
        os.kill(self.pid, signal.SIGKILL)
        self._started = False

    def remove(self) -> None:
        """Stop it if it runs, and remove its folder."""
        if self._started:
            self._run("pg_ctl", f"--pgdata={self._data}", "--wait", "--mode=immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        # Into a file, not a pipe: the server that pg_ctl leaves behind would hold the pipe open.
        log = self.folder / "log"
        with log.open("ab") as out:
            ran = subprocess.run(
                [self._programs / program, *arguments],
                stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=self.folder, **self._owner,
            )  # fmt: skip
        if ran.returncode:
            raise subprocess.CalledProcessError(ran.returncode, [program, *arguments], log.read_text(errors="replace"))


def _owner() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as the account that its package made."""
    if os.geteuid() != 0:
        return {}
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    name = "postgres" if "postgres" in known else "nobody"
    return {"user": name, "group": pwd.getpwnam(name).pw_gid}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
