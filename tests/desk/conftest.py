"""A desk of its own for a test that starts processes: its data folder, and its database where PostgreSQL is tested."""

import os
import secrets
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from clarion.config import Config


@dataclass
class Desk:
    home: Path
    env: dict[str, str]

    @property
    def config(self) -> Config:
        return Config.from_env(self.env)

    def run(self, *arguments, **more):
        """The command line, to its end."""
        return self.python("-m", "clarion", *arguments, **more)

    def python(self, *arguments, **more):
        return subprocess.run(
            [sys.executable, *arguments], env=self.env, capture_output=True, text=True, timeout=120, **more
        )

    def start(self, *arguments, **more):
        """The command line, left running; standard error goes with standard output."""
        env = self.env | {"PYTHONUNBUFFERED": "1"}
        return subprocess.Popen(
            [sys.executable, "-m", "clarion", *arguments],
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            **more,
        )


@pytest.fixture
def own_database():
    """The address of an empty PostgreSQL database, where DATABASE_URL names a server; else nothing."""
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        yield ""
        return
    import psycopg

    name = f"own_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"create database {name}")
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        connection.execute(f"drop database {name} with (force)")


@pytest.fixture
def desk(tmp_path, own_database):
    """A desk whose folder does not exist yet."""
    home = tmp_path / "home"
    env = {k: v for k, v in os.environ.items() if not k.startswith("CLARION_") and k != "DATABASE_URL"}
    env |= {"CLARION_HOME": str(home), "CLARION_PORT": str(free_port())}
    if own_database:
        env["DATABASE_URL"] = own_database
    return Desk(home, env)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
