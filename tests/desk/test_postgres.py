"""DATABASE_URL, and the tool that runs a command with a server of its own."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from runpy import run_path

import pytest

from clarion.config import Config
from clarion.desk import database
from clarion.desk.queue import queue
from clarion.errors import InputError, MissingPart

TOOL = Path(__file__).parents[2] / "tools" / "with_postgres.py"


class TestAddress:
    def settings(self, url):
        return database.databases(Config(home=Path("/data"), database_url=url))["default"]

    def test_sqlite_in_the_data_folder_without_one(self):
        found = self.settings("")
        assert found["NAME"] == "/data/clarion.sqlite3"
        assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        assert "WAL" in found["OPTIONS"]["init_command"]

    def test_every_part(self):
        found = self.settings(
            "postgresql://us%40er:p%2Fw%20d@db.example:5433/na%20me?sslmode=require&connect_timeout=3"
        )
        assert [found[k] for k in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
            "us@er", "p/w d", "db.example", "5433", "na me",
        ]  # fmt: skip
        assert found["OPTIONS"] == {"sslmode": "require", "connect_timeout": "3"}

    def test_a_socket(self):
        found = self.settings("postgres:///clarion?host=/var/run/postgresql")
        assert found["HOST"] == ""
        assert found["OPTIONS"] == {"host": "/var/run/postgresql"}

    @pytest.mark.parametrize(
        "url",
        [
            "mysql://u:secret-word@h/n",
            "postgresql://u:secret-word@h",
            "postgresql://u:secret-word@h:99999/n",
            "postgresql://u:secret-word@[h/n",
            "sqlite:///x",
            "nonsense",
        ],
    )
    def test_what_cannot_be_used_is_refused_without_repeating_it(self, url):
        with pytest.raises(InputError) as caught:
            self.settings(url)
        assert "DATABASE_URL" in caught.value.where
        assert "secret-word" not in str(caught.value)
        assert "secret-word" not in str(caught.value.__cause__)

    def test_without_the_driver(self, monkeypatch):
        monkeypatch.setattr(database, "find_spec", lambda name: None)
        with pytest.raises(MissingPart, match="driver is not installed"):
            self.settings("postgresql://h/n")

    def test_jobs_wait_in_the_same_kind_of_place(self):
        assert queue(Config(home=Path("/data")), "s" * 40)["filename"] == "/data/jobs.sqlite3"
        team = queue(Config(home=Path("/data"), database_url="postgresql://h/n"), "s" * 40)
        assert team["huey_class"] == "huey.PostgresHuey"


def tool(*command, **more):
    return subprocess.run([sys.executable, TOOL, *command], capture_output=True, text=True, timeout=120, **more)


@pytest.fixture
def installed():
    if run_path(str(TOOL))["programs"]() is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")


@pytest.mark.postgres
@pytest.mark.usefixtures("installed")
class TestTool:
    @pytest.fixture
    def env(self, tmp_path):
        # A folder that PostgreSQL's own account may enter, too, when root runs the tests.
        for folder in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
            folder.chmod(0o755)
        return os.environ | {"TMPDIR": str(tmp_path)}

    def test_the_command_gets_a_server_and_its_status_is_passed_on(self, env, tmp_path):
        script = (
            "import os, psycopg, sys; c = psycopg.connect(os.environ['DATABASE_URL']); "
            "print(c.execute('select 40 + 2').fetchone()[0]); sys.exit(7)"
        )
        ran = tool(sys.executable, "-c", script, env=env)
        assert (ran.returncode, ran.stdout) == (7, "42\n"), ran.stderr
        assert list(tmp_path.iterdir()) == []

    def test_the_server_asks_for_its_password(self, env):
        script = (
            "import os, psycopg, re; url = re.sub(':[0-9a-f]{32}@', ':wrong@', os.environ['DATABASE_URL']); "
            "psycopg.connect(url)"
        )
        ran = tool(sys.executable, "-c", script, env=env)
        assert "password authentication failed" in ran.stderr

    def test_it_cleans_up_when_it_is_stopped(self, env, tmp_path):
        process = subprocess.Popen(
            [sys.executable, TOOL, sys.executable, "-c", "import time; print('ready', flush=True); time.sleep(60)"],
            env=env, stdout=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        assert process.stdout.readline() == b"ready\n"
        os.killpg(process.pid, signal.SIGTERM)
        assert process.wait(60) == 143
        assert list(tmp_path.iterdir()) == []


def test_the_tool_without_postgresql(monkeypatch, capsys):
    found = run_path(str(TOOL))
    monkeypatch.setitem(found["main"].__globals__, "programs", lambda: None)
    assert found["main"](["true"]) == 69
    assert "apt-get install postgresql" in capsys.readouterr().err
    assert found["main"]([]) == 64
