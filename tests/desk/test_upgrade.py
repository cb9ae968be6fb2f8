"""An upgrade is all or nothing: failed, refused or killed at any point, the earlier state is there."""

import json
import signal
import sqlite3

import pytest

from clarion.config import Config
from clarion.desk.locks import whole_folder, working
from clarion.desk.troubles import in_plain_words
from clarion.desk.upgrade import apply, upgrade
from clarion.errors import BusyError, StorageError

READY = """
import json, os, sys
from clarion.desk.setup import django_ready
django_ready()
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor as Editor
from django.db.migrations.executor import MigrationExecutor as Executor
from django.db.migrations.recorder import MigrationRecorder
from clarion.access.store.models import User
from clarion.config import config
from clarion.desk.upgrade import upgrade

def state():
    applied = sorted(map(".".join, MigrationRecorder(connection).applied_migrations()))
    people = list(User.objects.values_list("username", flat=True)) if applied else []
    return json.dumps([applied, sorted(connection.introspection.table_names()), people])

def interrupt(owner, name, at, act):
    real, seen = getattr(owner, name), [0]
    def patched(*arguments, **more):
        seen[0] += 1
        if seen[0] == at:
            act()
        return real(*arguments, **more)
    setattr(owner, name, patched)
"""
EARLIER = (
    READY
    + "call_command('migrate', 'access', verbosity=0); User.objects.create(username='nina'); print(state(), flush=True)"
)
KILL = (
    EARLIER
    + """
import django.core.management.commands.migrate as migrate
points = [
    (Executor, "apply_migration", 1),
    (Executor, "apply_migration", 7),
    (Editor, "execute", 3),
    (Editor, "execute", 40),
    (MigrationRecorder, "record_applied", 1),
    (MigrationRecorder, "record_applied", 9),
    (migrate, "emit_post_migrate_signal", 1),  # after the last migration, before the end of the transaction
]
for point in points:
    connection.close()
    child = os.fork()
    if not child:
        interrupt(*point, lambda: os.kill(os.getpid(), 9))
        upgrade(config())
        os._exit(0)
    print(os.WTERMSIG(os.waitpid(child, 0)[1]), state(), flush=True)
print(len(upgrade(config())), state())
"""
)


def test_killed_anywhere(either_desk):
    ran = either_desk.python("-c", KILL)
    assert ran.returncode == 0, ran.stderr
    earlier, *after, last = ran.stdout.splitlines()
    assert json.loads(earlier)[2] == ["nina"]
    assert after == [f"{signal.SIGKILL:d} {earlier}"] * 7
    applied, _, state = last.partition(" ")
    assert int(applied) > 10
    assert json.loads(state)[2] == ["nina"]


def test_a_migration_that_fails(desk):
    script = (
        EARLIER
        + "\ndef act(): raise OperationalError('database or disk is full')\n"
        + "interrupt(Editor, 'execute', 30, act)\n"
        + "import atexit; atexit.register(lambda: print(state()))\n"
        + "sys.argv = ['clarion', 'upgrade']\nfrom clarion.__main__ import main\nmain()"
    )
    ran = desk.python("-c", script)
    assert ran.returncode == 4, ran.stderr
    assert "disk of the database is full" in ran.stderr
    assert "Traceback" not in ran.stderr
    before, after = ran.stdout.splitlines()
    assert before == after


class TestOneAtATime:
    def test_beside_a_desk_an_upgrade_or_a_restore(self, tmp_path):
        config = Config(home=tmp_path)
        with whole_folder(config), pytest.raises(BusyError, match="already running"):
            upgrade(config)

    @pytest.mark.django_db
    def test_beside_a_worker_only_when_there_is_nothing_to_do(self, tmp_path, monkeypatch):
        config = Config(home=tmp_path)
        with working(config):
            assert apply(config) == []
            monkeypatch.setattr("clarion.desk.upgrade.pending", lambda: ["access.0099_x"])
            with pytest.raises(BusyError, match="worker"):
                apply(config)

    @pytest.mark.postgres
    def test_from_another_machine(self, postgres_desk):
        import psycopg

        from clarion.desk.upgrade import _ADVISORY

        with psycopg.connect(postgres_desk.config.database_url) as other:
            other.execute("select pg_advisory_xact_lock(%s)", [_ADVISORY])
            ran = postgres_desk.run("upgrade")
            assert ran.returncode == 5
            assert "Another machine" in ran.stderr
        assert postgres_desk.run("upgrade").returncode == 0


class TestRefused:
    def test_a_database_that_may_only_be_read_sqlite(self, sqlite_desk):
        script = (
            "import sys\nfrom django.db.backends.signals import connection_created\n"
            "def lock(connection, **_): connection.cursor().execute('pragma query_only=on')\n"
            "connection_created.connect(lock)\n"
            "sys.argv = ['clarion', 'upgrade']\nfrom clarion.__main__ import main\nmain()"
        )
        ran = sqlite_desk.python("-c", script)
        assert ran.returncode == 4
        assert "may only be read" in ran.stderr
        assert "Traceback" not in ran.stderr

    @pytest.mark.postgres
    def test_a_database_that_may_only_be_read_postgres(self, postgres_desk):
        postgres_desk.env["DATABASE_URL"] += "?options=-c%20default_transaction_read_only%3Don"
        ran = postgres_desk.run("upgrade")
        assert ran.returncode == 4
        assert "may only be read" in ran.stderr

    @pytest.mark.postgres
    @pytest.mark.parametrize(
        ("change", "shown"),
        [
            (
                lambda url: url.replace(":", ":wrong-", 2).replace("postgresql:wrong-", "postgresql:"),
                "let this account in",
            ),
            (lambda url: url + "_gone", "does not exist"),
            (lambda url: "postgresql://u:secret-word@127.0.0.1:1/x", "cannot be reached"),
        ],
    )
    def test_a_server_that_does_not_let_in(self, postgres_desk, change, shown):
        postgres_desk.env["DATABASE_URL"] = change(postgres_desk.env["DATABASE_URL"])
        ran = postgres_desk.run("upgrade")
        assert ran.returncode == 4
        assert shown in ran.stderr
        assert "Traceback" not in ran.stderr
        assert "secret-word" not in ran.stderr

    def test_a_damaged_file(self, sqlite_desk):
        sqlite_desk.home.mkdir(mode=0o700)
        (sqlite_desk.home / "clarion.sqlite3").write_text("no database at all " * 99)
        ran = sqlite_desk.run("upgrade")
        assert ran.returncode == 4
        assert "clarion restore" in ran.stderr


LATER = (
    READY + "upgrade(config()); MigrationRecorder(connection).record_applied('access', '9999_from_next_year');"
    " MigrationRecorder(connection).record_applied('a_room_taken_away', '0001_initial')"
)


def test_a_database_of_a_later_version(either_desk):
    """It would be misread: a later version may keep sealed what this one takes for plain."""
    assert either_desk.python("-c", LATER).returncode == 0
    for command in ("upgrade", "up"):
        ran = either_desk.run(command)
        assert ran.returncode == 4
        assert "later version" in ran.stderr
        assert "access.9999_from_next_year" in ran.stderr
        assert "a_room_taken_away" not in ran.stderr
    assert "later version" in either_desk.run("doctor").stdout


@pytest.mark.parametrize(
    ("said", "kind", "shown"),
    [
        (sqlite3.OperationalError("database is locked"), BusyError, "Another process"),
        (sqlite3.OperationalError("disk I/O error"), StorageError, "disk"),
        (sqlite3.OperationalError("no such table: access_user"), StorageError, "not of this version"),
        (sqlite3.DatabaseError("file is not a database"), StorageError, "damaged"),
        (sqlite3.OperationalError("unable to open database file"), StorageError, "cannot be opened"),
        (ValueError("something with a secret-word"), StorageError, "ValueError"),
    ],
)
def test_in_plain_words(said, kind, shown):
    found = in_plain_words(said)
    assert type(found) is kind
    assert shown in found.what
    assert found.next_step
    assert "secret-word" not in str(found)


def test_the_reason_behind_an_error_counts():
    error = RuntimeError("wrapped")
    error.__cause__ = sqlite3.OperationalError("attempt to write a readonly database")
    assert "only be read" in in_plain_words(error).what
