"""Back-up and restore: what was there comes back, what is not whole is refused, a kill leaves one of two states."""

import io
import json
import os
import signal
import sqlite3
import stat
import subprocess
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

import clarion
from clarion.config import Config
from clarion.desk import archive, swap
from clarion.desk.backup import backup
from clarion.desk.keys import ensure_home, jobs_key
from clarion.desk.locks import whole_folder, working
from clarion.desk.restore import restore
from clarion.errors import BusyError, InputError, MissingPart, StorageError
from clarion.tables.lock import only_one


@pytest.fixture
def config(tmp_path):
    """A data folder with files, without a database server."""
    home = tmp_path / "home"
    fill(home, {"keys/secret": "k" * 64, "tables/a/b/CURRENT": "1", "notes.txt": "old", "static/x.css": "made anew"})
    return Config(home=home, secret_key_file=home / "keys" / "secret")


def fill(home, files):
    for name, text in files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        (home / name).write_text(text)
    home.chmod(0o700)


def contents(home):
    """The files that count, by name."""
    inside = (p for p in home.rglob("*") if p.is_file())
    names = {str(p.relative_to(home)): p for p in inside}
    return {n: p.read_text() for n, p in names.items() if not swap.stays(n.split("/")[0]) and not n.endswith(".lock")}


def left_beside(config):
    return sorted(p.name for p in config.home.parent.iterdir() if p.name.startswith(".clarion"))


class TestFiles:
    def test_there_and_back(self, config, tmp_path):
        before = contents(config.home)
        out = tmp_path / "b.tar.gz"
        told = backup(config, out)
        assert told["files"] == 3
        assert stat.S_IMODE(out.stat().st_mode) == 0o600
        fill(config.home, {"notes.txt": "new", "extra/e.txt": "e"})
        after = contents(config.home)
        told = restore(config, out)
        assert contents(config.home) == before
        assert contents(Path(told["earlier"])) == after
        assert left_beside(config) == []
        for path in (config.home, *config.home.rglob("*")):
            if "before-restore" not in str(path) and "static" not in str(path):
                assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
        # What was there before is not backed up again.
        assert backup(config, tmp_path / "c.tar.gz")["files"] == 3

    def test_no_job_comes_out_of_a_file(self, config, tmp_path):
        """They are pickled, and signed with a key that the same file brings."""
        with closing(sqlite3.connect(config.home / "jobs.sqlite3")) as jobs:
            jobs.execute("create table task (data blob)")
        backup(config, tmp_path / "b.tar.gz")
        restore(config, tmp_path / "b.tar.gz")
        assert (config.home / "keys" / "secret").exists()
        assert not (config.home / "jobs.sqlite3").exists()

    def test_the_key_for_jobs_neither_goes_into_a_file_nor_comes_out_of_one(self, config, tmp_path):
        """Whoever knows it can run anything, also through a PostgreSQL dump that they wrote."""
        ours = jobs_key(config)
        backup(config, tmp_path / "b.tar.gz")
        with tarfile.open(tmp_path / "b.tar.gz") as archive:
            assert "data/keys/jobs" not in archive.getnames()
        made(tmp_path / "theirs.tar.gz", [("data/keys/jobs", b"j" * 64)])
        restore(config, tmp_path / "theirs.tar.gz")
        assert not (config.home / "keys" / "jobs").exists()
        assert jobs_key(config) not in ("j" * 64, ours)

    def test_into_a_folder_that_does_not_exist(self, config, tmp_path):
        out = tmp_path / "b.tar.gz"
        backup(config, out)
        new = Config(home=tmp_path / "deep" / "new")
        restore(new, out)
        assert contents(new.home) == contents(config.home)

    def test_names_with_signs(self, config, tmp_path):
        home = tmp_path / "a ?#%41 folder"
        config.home.rename(home)
        import sqlite3

        with sqlite3.connect(home / "clarion.sqlite3") as made:
            made.execute("create table t(v)")
        odd = Config(home=home)
        backup(odd, tmp_path / "b.tgz")
        restore(odd, tmp_path / "b.tgz")
        assert (home / "clarion.sqlite3").read_bytes()[:6] == b"SQLite"

    def test_two_restores_keep_both_earlier_states(self, config, tmp_path):
        backup(config, tmp_path / "b.tgz")
        first, second = restore(config, tmp_path / "b.tgz"), restore(config, tmp_path / "b.tgz")
        assert first["earlier"] < second["earlier"]
        assert contents(Path(first["earlier"])) == contents(Path(second["earlier"])) == contents(config.home)


class TestRefused:
    def test_backup_over_a_file_or_into_the_folder(self, config, tmp_path):
        (tmp_path / "there").write_text("mine")
        link = tmp_path / "link"
        link.symlink_to(config.home)
        for out in (tmp_path / "there", config.home / "b.tgz", config.home / "keys" / "b.tgz", link / "b.tgz"):
            with pytest.raises(InputError, match="not written over"):
                backup(config, out)
        with pytest.raises(InputError, match="does not exist"):
            backup(config, tmp_path / "no" / "such" / "b.tgz")
        assert (tmp_path / "there").read_text() == "mine"

    def test_backup_of_nothing(self, tmp_path):
        with pytest.raises(StorageError, match="no data folder"):
            backup(Config(home=tmp_path / "none"), tmp_path / "b.tgz")

    def test_backup_while_a_source_is_loaded(self, config, tmp_path):
        with only_one(config.home / "tables" / ".lock", "loading tables"), pytest.raises(BusyError):
            backup(config, tmp_path / "b.tgz")
        assert [p.name for p in tmp_path.iterdir()] == ["home"]

    def test_restore_while_the_desk_or_a_worker_runs(self, config, tmp_path):
        backup(config, tmp_path / "b.tgz")
        before = contents(config.home)
        with whole_folder(config), pytest.raises(BusyError, match="running the desk"):
            restore(config, tmp_path / "b.tgz")
        with working(config), pytest.raises(BusyError, match="worker"):
            restore(config, tmp_path / "b.tgz")
        with only_one(config.home / "tables" / ".lock", "loading tables"), pytest.raises(BusyError):
            restore(config, tmp_path / "b.tgz")
        assert contents(config.home) == before
        assert not list(config.home.glob("before*"))

    def test_the_folder_is_locked_all_through_a_restore(self, config, tmp_path, monkeypatch):
        backup(config, tmp_path / "b.tgz")
        tried = []

        def step(*arguments):
            rename(*arguments)
            for taken in (lambda: whole_folder(config), lambda: working(config)):
                with pytest.raises(BusyError), taken():
                    pass
            tried.append(arguments)

        rename = os.rename
        monkeypatch.setattr(swap.os, "rename", step)
        restore(config, tmp_path / "b.tgz")
        assert len(tried) == 8  # in and out of three entries, and the two decisions
        monkeypatch.undo()
        with whole_folder(config):
            pass

    @pytest.mark.parametrize("newer", ["99.0.0", "0.1.1", "0.2", "1"])
    def test_a_newer_version(self, config, tmp_path, newer, monkeypatch):
        monkeypatch.setattr(clarion, "__version__", newer)
        backup(config, tmp_path / "b.tgz")
        monkeypatch.setattr(clarion, "__version__", "0.1.0")
        with pytest.raises(InputError, match=f"made by Clarion {newer}"):
            restore(config, tmp_path / "b.tgz")

    def test_an_older_version_is_welcome(self, config, tmp_path, monkeypatch):
        monkeypatch.setattr(clarion, "__version__", "0.0.9")
        backup(config, tmp_path / "b.tgz")
        monkeypatch.undo()
        before = contents(config.home)
        restore(config, tmp_path / "b.tgz")
        assert contents(config.home) == before

    def test_the_other_kind_of_database(self, config, tmp_path):
        fill(config.home, {"postgresql.dump": "PGDMP"})
        backup(config, tmp_path / "b.tgz")
        with pytest.raises(InputError, match="holds a PostgreSQL database"):
            restore(config, tmp_path / "b.tgz")
        (config.home / "postgresql.dump").unlink()
        backup(config, tmp_path / "c.tgz")
        team = Config(home=config.home, database_url="postgresql://u@127.0.0.1:1/x")
        with pytest.raises(InputError, match="holds a SQLite database"):
            restore(team, tmp_path / "c.tgz")


def made(file, members, manifest=None):
    """An archive with these members; the manifest lists the plain files among them unless another is given."""
    files = {n: archive.hashlib.sha256(d).hexdigest() for n, d in members if isinstance(d, bytes)}
    manifest = (
        {"clarion": "0.1.0", "files": {n.removeprefix("data/"): h for n, h in files.items()}}
        if manifest is None
        else manifest
    )
    with tarfile.open(file, "w:gz") as out:
        for name, data in [("manifest.json", json.dumps(manifest).encode()), *members]:
            info = tarfile.TarInfo(name)
            if isinstance(data, bytes):
                info.size, info.mode = len(data), 0o4777
                out.addfile(info, io.BytesIO(data))
            else:
                info.type, info.linkname = data
                out.addfile(info)
    return file


HOSTILE = {
    "up and out": [("data/../../evil", b"x")],
    "absolute": [("data//etc/evil", b"x")],
    "beside data": [("evil", b"x")],
    "symbolic link": [("data/link", (tarfile.SYMTYPE, "/etc/passwd"))],
    "symbolic link, then through it": [("data/link", (tarfile.SYMTYPE, "..")), ("data/link/evil", b"x")],
    "hard link": [("data/link", (tarfile.LNKTYPE, "manifest.json"))],
    "device": [("data/dev", (tarfile.CHRTYPE, ""))],
    "named pipe": [("data/pipe", (tarfile.FIFOTYPE, ""))],
    "folder": [("data/folder", (tarfile.DIRTYPE, ""))],
    "twice": [("data/a", b"x"), ("data/a", b"x")],
    "a lock": [("data/up.lock", b"x")],
    "a restore within": [("data/.restore-out/a", b"x")],
}


class TestBadArchives:
    @pytest.fixture(autouse=True)
    def untouched(self, config, tmp_path):
        """Whatever the archive is, the folder stays as it was and nothing appears beside it."""
        before = contents(config.home)
        yield
        assert contents(config.home) == before
        assert {p.name for p in config.home.iterdir()} <= {
            "keys",
            "tables",
            "notes.txt",
            "static",
            "up.lock",
            "worker.lock",
        }
        assert not (tmp_path / "evil").exists()
        assert not (tmp_path.parent / "evil").exists()

    @pytest.mark.parametrize("how", HOSTILE)
    def test_hostile_members(self, config, tmp_path, how):
        with pytest.raises(InputError, match="not a whole back-up"):
            restore(config, made(tmp_path / "b.tgz", HOSTILE[how]))

    def test_a_manifest_that_is_deep_and_a_time_that_is_far(self, config, tmp_path):
        deep = b"[" * 200_000
        for head, when in ((deep, 0.0), (json.dumps({"files": {"a": "0" * 64}}).encode(), 1e300)):
            with tarfile.open(tmp_path / "b.tgz", "w:gz", format=tarfile.PAX_FORMAT) as out:
                for name, data in (("manifest.json", head), ("data/a", b"x")):
                    info = tarfile.TarInfo(name)
                    info.size, info.pax_headers = len(data), {"mtime": str(when)}
                    out.addfile(info, io.BytesIO(data))
            with pytest.raises(InputError, match="not a whole back-up"):
                restore(config, tmp_path / "b.tgz")

    @pytest.mark.parametrize("manifest", [[], {}, {"files": []}, "text"])
    def test_bad_manifests(self, config, tmp_path, manifest):
        with pytest.raises(InputError, match="not a whole back-up"):
            restore(config, made(tmp_path / "b.tgz", [("data/a", b"x")], manifest))

    def test_a_file_altered_missing_or_added(self, config, tmp_path):
        listed = {"clarion": "0.1.0", "files": {"a": "0" * 64}}
        for members in ([("data/a", b"x")], [], [("data/a", b"x"), ("data/b", b"x")]):
            with pytest.raises(InputError, match="not a whole back-up"):
                restore(config, made(tmp_path / "b.tgz", members, listed))

    def test_cut_off_anywhere(self, config, tmp_path):
        whole, cut = tmp_path / "b.tgz", tmp_path / "cut.tgz"
        backup(config, whole)
        data = whole.read_bytes()
        for end in [0, 1, 20, *range(60, len(data) - 40, max(len(data) // 12, 1))]:
            cut.write_bytes(data[:end])
            with pytest.raises(InputError, match="not a whole back-up"):
                restore(config, cut)

    def test_a_byte_altered(self, config, tmp_path):
        whole = tmp_path / "b.tgz"
        backup(config, whole)
        data = bytearray(whole.read_bytes())
        data[len(data) // 2] ^= 0xFF
        whole.write_bytes(data)
        with pytest.raises(InputError, match="not a whole back-up"):
            restore(config, whole)

    @pytest.mark.parametrize("text", [b"", b"hello", b"\x1f\x8b", b"PK\x03\x04"])
    def test_another_kind_of_file(self, config, tmp_path, text):
        (tmp_path / "b.tgz").write_bytes(text)
        with pytest.raises(InputError, match="not a whole back-up"):
            restore(config, tmp_path / "b.tgz")

    def test_no_such_file(self, config, tmp_path):
        with pytest.raises(InputError, match="no such file"):
            restore(config, tmp_path / "none.tgz")
        with pytest.raises(InputError, match="not a whole back-up"):
            restore(config, tmp_path)

    def test_a_fresh_folder_is_not_left_behind(self, config, tmp_path):
        bad = made(tmp_path / "b.tgz", [("data/a", b"x")], {"clarion": "0.1.0", "files": {"a": "0" * 64}})
        with pytest.raises(InputError):
            restore(Config(home=tmp_path / "new"), bad)
        assert not (tmp_path / "new").exists()


class TestFullDisk:
    def test_backup(self, config, tmp_path, monkeypatch):
        monkeypatch.setattr("clarion.desk.backup.write_archive", full)
        with pytest.raises(StorageError, match="disk is full"):
            backup(config, tmp_path / "b.tgz")
        assert [p.name for p in tmp_path.iterdir()] == ["home"]

    def test_restore(self, config, tmp_path, monkeypatch):
        backup(config, tmp_path / "b.tgz")
        before = contents(config.home)
        monkeypatch.setattr(archive.os, "fsync", full)
        with pytest.raises(StorageError, match="disk is full"):
            restore(config, tmp_path / "b.tgz")
        assert contents(config.home) == before
        assert not (config.home / swap.NEW).exists()
        assert not list(config.home.glob("before*"))

    def test_really(self, tmp_path, sqlite_desk):
        fill(sqlite_desk.home, {"keys/secret": "k" * 64, "big.bin": "x"})
        (sqlite_desk.home / "keys" / "secret").chmod(0o600)
        (sqlite_desk.home / "big.bin").write_bytes(os.urandom(300_000))
        ran = sqlite_desk.on_a_full_disk(100_000, "backup", str(tmp_path / "b.tgz"))
        assert ran.returncode == 4, ran.stderr
        assert "disk is full" in ran.stderr
        assert "Traceback" not in ran.stderr
        assert not (tmp_path / "b.tgz").exists()


def full(*_, **__):
    raise OSError(28, "No space left on device")


class TestKilled:
    """A kill is an exception that nothing after it may clean up: ``decide`` stops dead at the nth step."""

    class Kill(BaseException):
        pass

    @pytest.mark.parametrize("step", range(1, 9))
    def test_at_each_step(self, config, tmp_path, monkeypatch, step):
        backup(config, tmp_path / "b.tgz")
        new = contents(config.home)
        fill(config.home, {"notes.txt": "newer", "only-now.txt": "x"})
        old = contents(config.home)
        rename, count = os.rename, iter(range(1, 100))

        def until(*arguments):
            if next(count) == step:
                raise self.Kill
            rename(*arguments)

        monkeypatch.setattr(swap.os, "rename", until)
        with pytest.raises(self.Kill):
            restore(config, tmp_path / "b.tgz")
        monkeypatch.undo()
        if step == 1:  # not decided yet
            assert contents(config.home) == old
            ensure_home(config)
            assert contents(config.home) == old
        else:
            with pytest.raises(StorageError, match="cut off"):
                backup(config, tmp_path / "c.tgz")
            ensure_home(config)  # as every start does
            assert contents(config.home) == new
            assert contents(next(config.home.glob("before-restore-*"))) == old
        assert not swap.unfinished(config.home)
        restore(config, tmp_path / "b.tgz")
        assert contents(config.home) == new

    def test_what_was_written_after_the_kill_is_kept(self, config, tmp_path, monkeypatch):
        backup(config, tmp_path / "b.tgz")
        monkeypatch.setattr(swap, "finish", lambda home: None)
        restore(config, tmp_path / "b.tgz")
        monkeypatch.undo()
        (config.home / swap.OUT).rename(config.home / swap.IN)
        (config.home / "notes.txt").write_text("after the kill")
        ensure_home(config)
        assert (config.home / "notes.txt").read_text() == "old"
        assert "after the kill" in contents(next(config.home.glob("before-restore-*"))).values()

    def test_sigkill_while_unpacking(self, sqlite_desk, tmp_path):
        fill(sqlite_desk.home, {"keys/secret": "k" * 64, "a.txt": "a"})
        backup(sqlite_desk.config, tmp_path / "b.tgz")
        fill(sqlite_desk.home, {"a.txt": "b"})
        script = (
            "import os, sys, clarion.desk.archive as a; from clarion.config import config; "
            "from clarion.desk.restore import restore; from pathlib import Path; "
            "a.os.utime = lambda *_: os.kill(os.getpid(), 9); restore(config(), Path(sys.argv[1]))"
        )
        assert sqlite_desk.python("-c", script, str(tmp_path / "b.tgz")).returncode == -signal.SIGKILL
        assert contents(sqlite_desk.home) == {"keys/secret": "k" * 64, "a.txt": "b"}
        told = restore(sqlite_desk.config, tmp_path / "b.tgz")
        assert contents(sqlite_desk.home)["a.txt"] == "a"
        assert contents(Path(told["earlier"]))["a.txt"] == "b"


class TestWithDatabase:
    def test_people_come_back(self, either_desk, tmp_path):
        out = str(tmp_path / "b.tgz")
        assert either_desk.run("user", "add", "nina", "--role", "analyst").returncode != 0  # no database yet
        assert either_desk.run("upgrade").returncode == 0
        assert either_desk.run("user", "add", "nina", "--role", "analyst").returncode == 0
        ran = either_desk.run("backup", out, "--json")
        assert ran.returncode == 0, ran.stderr
        assert either_desk.run("user", "add", "olga").returncode == 0
        ran = either_desk.run("restore", out, "--json")
        assert ran.returncode == 0, ran.stderr
        names = [row["name"] for row in json.loads(either_desk.run("user", "list", "--json").stdout)]
        assert names == ["nina"]
        assert either_desk.run("upgrade").stdout == "Already up to date.\n"
        if either_desk.config.database_url:
            assert Path(json.loads(ran.stdout)["earlier"], "postgresql.dump").stat().st_size > 1000

    def test_a_running_desk_is_backed_up_and_not_restored(self, either_desk, tmp_path):
        out = str(tmp_path / "b.tgz")
        process = either_desk.start("up")
        try:
            while b"Stop it" not in (line := process.stdout.readline()):
                assert line, "the desk did not start"
            assert either_desk.run("backup", out).returncode == 0
            ran = either_desk.run("restore", out)
            assert ran.returncode == 5
            assert "running the desk" in ran.stderr
            assert either_desk.run("upgrade").returncode == 5
        finally:
            process.terminate()
            assert process.wait(40) == 0
        assert either_desk.run("restore", out).returncode == 0
        assert [r["name"] for r in json.loads(either_desk.run("user", "list", "--json").stdout)] == ["operator"]

    @pytest.mark.postgres
    def test_no_job_comes_out_of_a_dump(self, postgres_desk, tmp_path):
        import psycopg

        out, count = str(tmp_path / "b.tgz"), "select count(*) from huey_task"
        assert postgres_desk.run("upgrade").returncode == 0
        with psycopg.connect(postgres_desk.config.database_url) as database:
            database.execute("insert into huey_task (queue, data, priority) values ('clarion', 'theirs', 0)")
        assert postgres_desk.run("backup", out).returncode == 0
        ran = postgres_desk.run("restore", out)
        assert ran.returncode == 0, ran.stderr
        with psycopg.connect(postgres_desk.config.database_url) as database:
            assert database.execute(count).fetchone() == (0,)

    @pytest.mark.postgres
    def test_a_database_that_refuses_is_as_it_was(self, postgres_desk, tmp_path):
        out = tmp_path / "b.tgz"
        assert postgres_desk.run("upgrade").returncode == 0
        assert postgres_desk.run("user", "add", "nina").returncode == 0
        made(out, [("data/postgresql.dump", b"PGDMP nonsense")])
        ran = postgres_desk.run("restore", str(out))
        assert ran.returncode == 4
        assert "failed with status" in ran.stderr
        assert "nina" in postgres_desk.run("user", "list").stdout
        assert not list(postgres_desk.home.glob("before-*"))

    def test_programs_that_are_not_installed(self, desk, tmp_path):
        desk.env |= {"DATABASE_URL": "postgresql://u:secret-word@127.0.0.1:1/x", "PATH": ""}
        fill(desk.home, {"keys/secret": "k" * 64})
        ran = desk.run("backup", str(tmp_path / "b.tgz"))
        assert ran.returncode == 7
        assert "pg_dump is not installed" in ran.stderr
        assert "secret-word" not in ran.stderr


def test_the_password_is_not_among_the_arguments(monkeypatch):
    from clarion.desk import postgres

    seen = []
    monkeypatch.setattr(subprocess, "run", lambda command, **more: seen.append((command, more["env"])))
    for url in (
        "postgresql://u:pass%20word@h:5/n?sslmode=require",
        "postgresql://h/n?user=u&password=pass+word&sslmode=require",
    ):
        postgres.dump(Config(home=Path("/x"), database_url=url), Path("/x/d"))
        command, env = seen.pop()
        assert "pass" not in " ".join(command).replace("--no-password", "")
        assert env["PGPASSWORD"] == "pass word"
        assert "sslmode=require" in command[1]


@pytest.mark.parametrize("first", ["\\restrict abc", "-- PostgreSQL database dump\n\n\\restrict abc"])
def test_programs_that_obey_a_dump_are_not_used(monkeypatch, tmp_path, first):
    """An old pg_restore writes a script in which psql would run a program that the dump names."""
    from clarion.desk import postgres

    ran, script = [], "-- PostgreSQL database dump\n\\! touch owned\n"

    def run(command, **more):
        ran.append(command[0])
        if command[0] == "pg_restore":
            Path(command[-2].removeprefix("--file=")).write_text(script)

    monkeypatch.setattr(subprocess, "run", run)
    config = Config(home=tmp_path, database_url="postgresql://h/n")
    with pytest.raises(MissingPart, match="so old"):
        postgres.replace(config, tmp_path / "d.dump")
    assert ran == ["pg_restore"]
    script = first + "\nselect 1;\n"
    postgres.replace(config, tmp_path / "d.dump")
    assert ran[-1] == "psql"
