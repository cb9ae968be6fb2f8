"""A desk of its own for a test that starts processes: its data folder, and its database where PostgreSQL is tested."""

import os
import socket
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from runpy import run_path

import pytest

from clarion.config import Config

_TOOL = run_path(str(Path(__file__).parents[2] / "tools" / "with_postgres.py"))


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
            [sys.executable, *arguments], env=self.env, capture_output=True, text=True, timeout=300, **more
        )

    def on_a_full_disk(self, limit, *arguments):
        """The command line where no file may grow beyond ``limit`` bytes: the system refuses as at the disk's end."""
        script = (
            f"import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit})); "
            f"sys.argv = ['clarion', *{arguments!r}]; from clarion.__main__ import main; main()"
        )
        # Without the measurement of coverage, whose own files could not be written either.
        return replace(self, env=self.env | {"COVERAGE_PROCESS_CONFIG": ""}).python("-c", script)

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


@pytest.fixture(scope="session")
def postgres_server():
    """The address of a PostgreSQL server: that of DATABASE_URL, or a private one for these tests."""
    if os.environ.get("DATABASE_URL"):
        yield os.environ["DATABASE_URL"]
        return
    programs = _TOOL["programs"]()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with _TOOL["server"](programs) as url:
        yield url


@pytest.fixture
def sqlite_desk(tmp_path):
    """A desk whose folder does not exist yet, on SQLite."""
    home = tmp_path / "home"
    env = {k: v for k, v in os.environ.items() if not k.startswith("CLARION_") and k != "DATABASE_URL"}
    # One process: what is tested here is not their number, and each takes seconds to begin.
    own = {"CLARION_HOME": str(home), "CLARION_PORT": str(free_port()), "CLARION_PROCESSES": "1"}
    return Desk(home, env | own)


@pytest.fixture
def postgres_desk(sqlite_desk, postgres_server):
    """The same on an empty PostgreSQL database of its own."""
    with _TOOL["empty_database"](postgres_server) as url:
        sqlite_desk.env["DATABASE_URL"] = url
        yield sqlite_desk


@pytest.fixture
def desk(request):
    """A desk on the kind of database that this run of the tests is about."""
    return request.getfixturevalue("postgres_desk" if os.environ.get("DATABASE_URL") else "sqlite_desk")


_ON_POSTGRES = pytest.param("postgresql", marks=pytest.mark.postgres)


# A run about PostgreSQL need not show SQLite again.
@pytest.fixture(params=[_ON_POSTGRES] if os.environ.get("DATABASE_URL") else ["sqlite", _ON_POSTGRES])
def either_desk(request):
    """A desk on each kind of database."""
    return request.getfixturevalue("sqlite_desk" if request.param == "sqlite" else "postgres_desk")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
