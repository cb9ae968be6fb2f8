"""Each check of the doctor against what it must find, broken on purpose."""

import json
import os
import shutil
import socket
import sqlite3
import stat
from collections import namedtuple
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clarion.config import Config
from clarion.desk import doctor
from clarion.desk.doctor import database, folder, jobs, key, machine, sources, writing
from clarion.desk.doctor.finding import Finding, render
from clarion.desk.locks import whole_folder, working
from clarion.errors import StorageError


@pytest.fixture
def config(tmp_path):
    """A sound data folder with a key."""
    home = tmp_path / "home"
    (home / "keys").mkdir(parents=True)
    home.chmod(0o700)
    file = home / "keys" / "secret"
    file.write_text("k" * 64)
    file.chmod(0o600)
    return Config(home=home, secret_key_file=file, port=free_port())


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def only(findings):
    (found,) = list(findings)
    return found


def test_a_sound_folder_is_well(config):
    for check in (folder.folder, folder.disk, folder.clock, key.key, database.sqlite, jobs.desk, jobs.jobs):
        assert [f.level for f in check(config)] == ["ok"], check


class TestFolder:
    def test_missing(self, config):
        shutil.rmtree(config.home)
        assert only(folder.folder(config)) == Finding(
            "data folder", "warn", f"{config.home} does not exist yet.", "clarion up"
        )

    def test_open_to_others(self, config):
        config.home.chmod(0o755)
        found = only(folder.folder(config))
        assert (found.level, found.mend) == ("fail", f"chmod 700 {config.home}")

    def test_a_file_in_its_place(self, config):
        shutil.rmtree(config.home)
        config.home.write_text("")
        assert only(folder.folder(config)).level == "fail"

    def test_of_another_account(self, config, monkeypatch):
        monkeypatch.setattr(os, "geteuid", lambda: config.home.stat().st_uid + 1)
        assert "another account" in only(folder.folder(config)).text

    def test_not_writable(self, config, monkeypatch):
        monkeypatch.setattr(os, "access", lambda *_: False)
        assert "cannot be written" in only(folder.folder(config)).text

    def test_a_restore_that_was_cut_off(self, config):
        (config.home / ".restore-out").mkdir()
        assert only(folder.folder(config)).mend == "clarion upgrade"

    @pytest.mark.parametrize(("kind", "level"), [("nfs4", "fail"), ("fuse.sshfs", "fail"), ("ext4", "ok")])
    def test_on_a_network_file_system(self, config, monkeypatch, tmp_path, kind, level):
        mounts = tmp_path / "mountinfo"
        mounts.write_text(f"1 0 8:1 / / rw - ext4 /dev/a rw\n2 1 0:1 / {tmp_path} rw shared:1 - {kind} srv:/x rw\n")
        monkeypatch.setattr(folder, "_MOUNTS", mounts)
        assert only(folder.folder(config)).level == level

    def test_where_the_system_does_not_tell(self, config, monkeypatch):
        monkeypatch.setattr(folder, "_MOUNTS", Path("/nowhere"))
        assert folder.file_system(config.home) == ""


@pytest.mark.parametrize(("free", "level"), [(1e8, "fail"), (1e9, "warn"), (1e11, "ok")])
def test_free_disk(config, monkeypatch, free, level):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1e12, 0, free))
    assert only(folder.disk(config)).level == level
    shutil.rmtree(config.home)
    assert only(folder.disk(config)).level == level
    assert not config.home.exists()


class TestClock:
    def at(self, monkeypatch, when):
        monkeypatch.setattr(folder, "_now", lambda: when)

    def test_before_the_release(self, config, monkeypatch):
        self.at(monkeypatch, datetime(2001, 1, 1, tzinfo=UTC))
        assert only(folder.clock(config)).level == "fail"

    @pytest.mark.parametrize(
        ("ahead", "level"),
        [
            (timedelta(days=3), "fail"),
            (timedelta(hours=1), "warn"),
            (-timedelta(days=500), "warn"),
            (timedelta(0), "ok"),
        ],
    )
    def test_against_the_newest_file(self, config, monkeypatch, ahead, level):
        now = datetime(2028, 5, 1, tzinfo=UTC)
        self.at(monkeypatch, now)
        moment = (now + ahead).timestamp()
        os.utime(config.secret_key_file, (moment, moment))
        found = only(folder.clock(config))
        assert found.level == level
        assert bool(found.mend) == (level != "ok")


class TestKey:
    def test_missing(self, config):
        config.secret_key_file.unlink()
        assert only(key.key(config)).level == "warn"
        assert not config.secret_key_file.exists()

    def test_open_to_others(self, config):
        config.secret_key_file.chmod(0o640)
        assert only(key.key(config)).mend == f"chmod 600 {config.secret_key_file}"

    def test_short(self, config):
        config.secret_key_file.write_text("short")
        assert "too short" in only(key.key(config)).text

    def test_unreadable(self, config, monkeypatch):
        def refuse(_):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "read_bytes", refuse)
        assert "cannot be read" in only(key.key(config)).text


class TestDatabase:
    def test_an_old_sqlite(self, config, monkeypatch):
        monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 22, 0))
        assert only(database.sqlite(config)).level == "fail"

    def test_a_folder_where_sqlite_cannot_work(self, config, monkeypatch):
        def refuse(_):
            raise sqlite3.OperationalError("disk I/O error")

        monkeypatch.setattr(database, "_try_features", refuse)
        found = only(database.sqlite(config))
        assert found.level == "fail"
        assert "CLARION_HOME" in found.mend
        assert [p.name for p in config.home.iterdir()] == ["keys"]

    def test_missing(self, config):
        assert only(database.database(config)).mend == "clarion up"
        assert not (config.home / "clarion.sqlite3").exists()

    @pytest.mark.parametrize("damage", ["not a database", "torn"])
    def test_damaged(self, config, damage):
        file = config.home / "clarion.sqlite3"
        if damage == "torn":
            with closing(sqlite3.connect(file)) as made:
                made.executescript("create table t(v text); create index i on t(v);")
                made.executemany("insert into t values (?)", [("x" * 900,)] * 400)
                made.commit()
            data = bytearray(file.read_bytes())
            data[8192:40960] = b"\xff" * 32768
            file.write_bytes(data)
        else:
            file.write_text("this is no database, and it is long enough to have a header of one " * 9)
        found = only(database.database(config))
        assert found.level == "fail"
        assert found.mend.startswith("clarion restore")

    def test_not_looked_at_without_a_key(self, config):
        sqlite3.connect(config.home / "clarion.sqlite3").close()
        config.secret_key_file.unlink()
        assert "key comes first" in only(database.database(config)).text

    @pytest.mark.django_db
    def test_pending_changes(self, config, monkeypatch):
        sqlite3.connect(config.home / "clarion.sqlite3").close()
        assert only(database.database(config)).level == "ok"
        monkeypatch.setattr("clarion.desk.upgrade.pending", lambda: ["access.0002_x"])
        assert only(database.database(config)).mend == "clarion upgrade"

    def test_client_programs(self, config, monkeypatch):
        assert list(database.programs(config)) == []
        from dataclasses import replace

        team = replace(config, database_url="postgresql://u:secret-word@127.0.0.1:1/x")
        monkeypatch.setattr(shutil, "which", lambda _: None)
        found = only(database.programs(team))
        assert found.level == "warn"
        assert "pg_dump" in found.text

    @pytest.mark.parametrize(
        ("url", "warned"),
        [
            ("", False), ("postgresql:///x", False), ("postgresql://u@localhost/x", False),
            ("postgresql:///x?host=/run/postgresql", False), ("postgresql://u@db.example.org/x", True),
            ("postgresql:///x?host=db.example.org", True), ("postgresql://u@db.example.org/x?sslmode=require", True),
            ("postgresql://u@db.example.org/x?sslmode=verify-full", False),
        ],
    )  # fmt: skip
    def test_the_way_to_the_server(self, config, url, warned):
        from dataclasses import replace

        assert [f.level for f in database.way(replace(config, database_url=url))] == ["warn"] * warned


class TestDesk:
    def test_port_taken_by_a_stranger(self, config):
        with socket.socket() as stranger:
            stranger.bind((config.host, config.port))
            stranger.listen()
            found = only(jobs.desk(config))
        assert found.level == "fail"
        assert found.mend == f"clarion up --port {config.port + 1}"

    def test_running(self, config):
        with whole_folder(config):
            assert only(jobs.desk(config)).text.startswith("Runs")
            assert only(jobs.jobs(config)).level == "fail"
            with working(config):
                assert only(jobs.jobs(config)).level == "ok"

    def test_jobs_that_wait_for_a_worker(self, config):
        with closing(sqlite3.connect(config.home / "jobs.sqlite3")) as queue:
            queue.executescript("create table task(queue text); insert into task values ('clarion'), ('clarion');")
        found = only(jobs.jobs(config))
        assert (found.level, found.mend) == ("warn", "clarion up")
        assert "2 jobs" in found.text

    @pytest.mark.django_db
    def test_jobs_of_the_team(self, config):
        from dataclasses import replace

        from django.db import connection

        if connection.vendor == "postgresql":
            team = replace(config, database_url="postgresql://somewhere/x")
            assert "no job waits" in only(jobs.jobs(team)).text


class TestMachine:
    def test_no_secret_is_repeated(self, config):
        from dataclasses import replace

        secret = replace(config, database_url="postgresql://u:secret-word@127.0.0.1:1/x", comtrade_key="comtrade-word")
        said = json.dumps([f.to_dict() for f in doctor.examine(secret)])
        assert "secret-word" not in said
        assert "comtrade-word" not in said

    def test_an_old_python(self, config, monkeypatch):
        monkeypatch.setattr("sys.version_info", (3, 9, 1))
        assert only(machine.python(config)).level == "fail"

    def test_a_small_python(self, config, monkeypatch):
        monkeypatch.setattr("sys.maxsize", 2**31 - 1)
        assert "32-bit" in only(machine.python(config)).text

    def test_java_only_beside_spark(self, config, monkeypatch, tmp_path):
        monkeypatch.setattr(machine, "find_spec", lambda _: None)
        assert list(machine.java(config)) == []
        monkeypatch.setattr(machine, "find_spec", lambda _: object())
        monkeypatch.setenv("JAVA_HOME", str(tmp_path))
        assert only(machine.java(config)).level == "fail"
        program = tmp_path / "bin" / "java"
        program.parent.mkdir()
        for version, level in (("21.0.2", "ok"), ("1.8.0_292", "fail")):
            program.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\"' >&2\n")
            program.chmod(0o755)
            assert only(machine.java(config)).level == level


class TestWriting:
    def test_documents_and_charts(self, config):
        assert only(writing.documents(config)).level == "ok"
        assert only(writing.charts(config)).level == "ok"

    def test_a_font_is_missing(self, config, monkeypatch):
        monkeypatch.setattr(writing, "_SAID", "\U00012000")
        found = only(writing.documents(config))
        assert found.level == "fail"
        assert "font" in found.text

    def test_no_language(self, config, monkeypatch, tmp_path):
        monkeypatch.setattr(writing, "_LOCALE", tmp_path)
        assert only(writing.languages(config)).mend == "make messages"

    def test_languages_half_filled_and_not_compiled(self, config, monkeypatch, tmp_path):
        def fill(code, *texts, compiled=True):
            place = tmp_path / code / "LC_MESSAGES"
            place.mkdir(parents=True)
            head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
            body = "".join(f'msgid "t{n}"\nmsgstr "{t}"\n\n' for n, t in enumerate(texts))
            (place / "django.po").write_text(head + body, encoding="utf-8")
            if compiled:
                (place / "django.mo").touch()

        fill("ru", "раз", "два")
        fill("uk", "раз", "")
        fill("kk", "", "")
        fill("hy", "", "", compiled=False)
        monkeypatch.setattr(writing, "_LOCALE", tmp_path)
        found = {f.name.removeprefix("language "): f for f in writing.languages(config)}
        assert found["ru"] == Finding("language ru", "ok", "2 of 2 texts translated")
        assert (found["uk"].level, found["uk"].text) == ("warn", "1 of 2 texts translated")
        assert found["kk"].level == "ok"
        assert found["hy"].text.startswith("not compiled")
        assert found["ka"].level == "ok"


def test_sources_older_than_their_cadence(config, monkeypatch):
    def entry(name, cadence, age, state="loaded"):
        return {"id": name, "cadence": cadence, "age_days": age, "state": state}

    known = [
        entry("new", "yearly", 399),
        entry("old", "yearly", 401),
        entry("price", "monthly", 46),
        entry("once", "irregular, last for 2021", 4000),
        entry("none", "monthly", None, "absent"),
        entry("own", "", 900),
    ]
    monkeypatch.setattr("clarion.sources.overview.overview", lambda home: known)
    assert [f.text.split()[0] for f in sources.sources(config)] == ["old", "price"]
    monkeypatch.setattr("clarion.sources.overview.overview", lambda home: known[:1])
    assert only(sources.sources(config)).level == "ok"


def test_a_damaged_table_is_told_with_its_mend(config):
    pointer = config.home / "tables" / "trade_flows" / "baci" / "CURRENT"
    pointer.parent.mkdir(parents=True)
    pointer.write_text("gone")
    found = next(f for f in doctor.examine(config) if f.name == "sources")
    assert found.level == "fail"
    assert found.mend


def test_a_check_that_breaks_hides_no_other(config, monkeypatch):
    def broken(_):
        raise ZeroDivisionError

    def troubled(_):
        raise StorageError("Trouble.", where="there", next_step="mend it")

    monkeypatch.setattr(doctor, "CHECKS", (("a", broken), ("b", troubled), ("c", folder.disk)))
    a, b, c = doctor.examine(config)
    assert "ZeroDivisionError" in a.text
    assert (b.text, b.mend) == ("Trouble. (there)", "mend it")
    assert c.level == "ok"


def test_render():
    text = render(
        [Finding("a", "ok", "fine"), Finding("bb", "warn", "odd", "do this"), Finding("c", "fail", "bad", "do that")]
    )
    assert text.splitlines() == [
        "ok    a   fine",
        "warn  bb  odd",
        "          -> do this",
        "fail  c   bad",
        "          -> do that",
        "",
        "1 to mend, 1 to look at.",
    ]
    assert render([Finding("a", "ok", "fine")]).endswith("Everything is well.")
    assert render([Finding("a", "warn", "odd")]).endswith("Ready; 1 to look at.")


class TestCommand:
    def test_before_the_first_start_it_makes_nothing(self, desk):
        ran = desk.run("doctor", "--json")
        assert not desk.home.exists()
        assert ran.returncode == 0, ran.stdout
        assert {f["name"]: f["level"] for f in json.loads(ran.stdout)}["data folder"] == "warn"

    def test_after_the_first_start(self, desk):
        assert desk.run("upgrade").returncode == 0
        before = {p: stat.S_IMODE(p.stat().st_mode) for p in desk.home.rglob("*")}
        ran = desk.run("doctor", "--json")
        levels = {f["name"]: f["level"] for f in json.loads(ran.stdout)}
        assert ran.returncode == 0, ran.stdout
        assert levels["database"] == "ok"
        assert {p: stat.S_IMODE(p.stat().st_mode) for p in desk.home.rglob("*")} == before
        desk.home.chmod(0o755)
        ran = desk.run("doctor")
        assert ran.returncode == 1
        assert f"chmod 700 {desk.home}" in ran.stdout

    def test_a_server_that_is_away(self, desk):
        assert desk.run("upgrade").returncode == 0
        desk.env["DATABASE_URL"] = "postgresql://u:secret-word@127.0.0.1:1/x"
        ran = desk.run("doctor")
        assert ran.returncode == 1
        assert "PostgreSQL cannot be reached" in ran.stdout
        assert "secret-word" not in ran.stdout + ran.stderr
