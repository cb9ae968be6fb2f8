"""The log in the database: one chain whoever writes, an act with its line or neither, and what a restore means."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from clarion.access import Actor
from clarion.access.store.log import record
from clarion.access.store.log_rows import Kept
from clarion.access.store.models import LogEntry, LogHead
from clarion.config import config
from clarion.desk.log import verify
from clarion.seal.log import ANCHORS, KEY, RESTORED, SEEN
from clarion.seal.log.signer import signer
from clarion.seal.log.verify_alone import judge

CONSOLE = Actor.console()
WRITER = """
import sys
from clarion.desk.setup import django_ready
django_ready()
from clarion.access import Actor
from clarion.desk.people import add
print("ready", flush=True)
for n in range(int(sys.argv[2])):
    add(Actor.console(), f"{sys.argv[1]}{n}", "viewer")
"""


@pytest.fixture
def sound(db):
    def judged():
        return judge(Kept(), [signer(config().home).key])

    return judged


class TestOneChain:
    def test_acts_are_linked_and_signed(self, sound):
        record(CONSOLE, "opened an account", "7", role="viewer")
        record(Actor("7", "nina", "viewer"), "signed in by link")
        told = sound()
        assert (told["sound"], told["entries"]) == (True, 2)
        assert json.loads(LogEntry.objects.get(seq=1).line)["detail"] == {"role": "viewer"}
        assert LogHead.objects.count() == 1

    def test_an_act_that_fails_leaves_no_line(self, sound):
        from django.db import transaction

        record(CONSOLE, "did one")

        def fails():
            with transaction.atomic():
                record(CONSOLE, "did two")
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fails()
        record(CONSOLE, "did three")
        assert [e.action for e in LogEntry.objects.order_by("seq")] == ["did one", "did three"]
        assert sound()["sound"]

    @pytest.mark.parametrize("change", ["head", "row", "cut", "hidden"])
    def test_what_was_changed_is_never_signed_on_in_silence(self, sound, change):
        for n in range(5):
            record(CONSOLE, "did something", str(n))
        if change == "head":
            LogHead.objects.update(hash="ab" * 32)
        elif change == "row":
            LogEntry.objects.filter(seq=5).update(hash="cd" * 32)
        elif change == "cut":
            LogEntry.objects.filter(seq__gte=4).delete()
        else:
            LogHead.objects.all().delete()
        record(CONSOLE, "did something", "6")
        told = sound()
        assert not told["sound"]
        assert told["first_bad"] == {"head": 6, "row": 5, "cut": 4, "hidden": 1}[change]
        assert LogEntry.objects.filter(action="log head was not as signed").count() == 1

    def test_a_row_that_hides_under_no_number(self, sound):
        record(CONSOLE, "did something")
        row = LogEntry.objects.get()
        LogEntry.objects.create(seq=-1, line=row.line, hash=row.hash, sig=row.sig)
        assert not sound()["sound"]

    def test_rolled_back_to_an_old_state_that_this_desk_had_gone_beyond(self, db):
        home = config().home
        (home / SEEN).unlink(missing_ok=True)
        for n in range(3):
            record(CONSOLE, "did something", str(n))
        old = LogHead.objects.values().get()
        for n in range(3):
            record(CONSOLE, "did something", str(n))
        assert verify.newest(home)["sound"]
        LogEntry.objects.filter(seq__gt=3).delete()
        LogHead.objects.update(**old)
        record(CONSOLE, "did something else")
        for told in (verify.newest(home), verify.whole(home)):
            assert (told["sound"], told["why"]) == (False, "seen")
        (home / SEEN).unlink()


def test_who_writes_at_once_writes_one_chain(either_desk):
    either_desk.run("upgrade")
    ran = [
        subprocess.Popen([sys.executable, "-c", WRITER, name, "6"], env=either_desk.env, stdout=subprocess.PIPE)
        for name in "abc"
    ]
    assert [process.wait() for process in ran] == [0, 0, 0]
    told = json.loads(either_desk.run("log", "verify", "--json").stdout)
    assert (told["sound"], told["entries"]) == (True, 18)


def test_a_kill_leaves_the_act_and_its_line_or_neither(either_desk):
    either_desk.run("upgrade")
    for name, pause in (("a", 0.05), ("b", 0.13), ("c", 0.31)):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, name, "1000"], env=either_desk.env, stdout=subprocess.PIPE
        )
        assert process.stdout.readline() == b"ready\n"
        time.sleep(pause)
        process.send_signal(signal.SIGKILL)
        process.wait()
    told = json.loads(either_desk.run("log", "verify", "--json").stdout)
    accounts = json.loads(either_desk.run("user", "list", "--json").stdout)
    assert told["sound"]
    assert told["entries"] == len(accounts) > 0


def test_an_operator_with_the_database_is_found(sqlite_desk):
    sqlite_desk.run("upgrade")
    for name in ("anna", "boris", "vera"):
        sqlite_desk.run("user", "add", name)
    assert os.stat(sqlite_desk.home / KEY).st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(sqlite_desk.home / "clarion.sqlite3")) as database, database:
        database.execute("update access_logentry set line = replace(line, 'viewer', 'operator') where seq = 3")
    ran = sqlite_desk.run("log", "verify", "--json")
    assert (ran.returncode, json.loads(ran.stdout)["first_bad"]) == (1, 3)
    ran = sqlite_desk.run("log", "head")
    assert ran.returncode == 3
    assert "Act 3 was changed" in ran.stderr
    found = {f["name"]: f for f in json.loads(sqlite_desk.run("doctor", "--json").stdout)}
    assert found["log"]["level"] == "fail"


def test_after_a_restore_the_log_goes_on_and_says_what_is_gone(sqlite_desk, tmp_path):
    out, elsewhere = tmp_path / "b.tar.gz", tmp_path / "anchors"
    sqlite_desk.run("upgrade")
    sqlite_desk.run("user", "add", "anna")
    sqlite_desk.run("log", "anchor", "--to", str(elsewhere))
    sqlite_desk.run("backup", str(out))
    sqlite_desk.run("user", "add", "boris")
    assert sqlite_desk.run("log", "anchor", "--to", str(elsewhere)).returncode == 0
    assert sqlite_desk.run("restore", str(out)).returncode == 0
    assert (sqlite_desk.home / RESTORED).exists()
    assert not (sqlite_desk.home / SEEN).exists()
    assert len((sqlite_desk.home / ANCHORS).read_text().splitlines()) == 2, "anchors made since stay"
    told = json.loads(sqlite_desk.run("log", "verify", "--json").stdout)
    assert (told["sound"], told["first_bad"], told["until"], told["why"]) == (False, 3, 4, "short")
    sqlite_desk.run("user", "add", "vera")
    assert not (sqlite_desk.home / RESTORED).exists()
    with closing(sqlite3.connect(sqlite_desk.home / "clarion.sqlite3")) as database:
        acts = [row[0] for row in database.execute("select action from access_logentry order by seq")]
    assert acts[2:] == ["restored a back-up", "opened an account", "printed a sign-in link"]
    (sqlite_desk.home / ANCHORS).unlink()  # once it is explained
    assert sqlite_desk.run("log", "verify").returncode == 0
    assert sqlite_desk.run("log", "verify", "--anchors", str(elsewhere)).returncode == 1


def test_the_acts_of_an_earlier_version_are_chained(either_desk):
    script = """
from clarion.desk.setup import django_ready
django_ready()
from django.core.management import call_command
from django.db import connection
call_command("migrate", "access", "0001", verbosity=0)
with connection.cursor() as cursor:
    for n, detail in enumerate(['{}', '{"role": "viewer"}', '{"a": "b"}']):
        cursor.execute("insert into access_logentry (at, actor, action, object, detail) "
                       "values ('2026-11-24 10:11:12+00:00', %s, 'did something', '7', %s)", [str(n), detail])
"""
    assert either_desk.python("-c", script).returncode == 0
    assert either_desk.run("upgrade").returncode == 0
    out = either_desk.home / "out.jsonl"
    told = json.loads(either_desk.run("log", "verify", "--json").stdout)
    assert (told["sound"], told["entries"]) == (True, 4)
    assert either_desk.run("log", "export", "--out", str(out)).returncode == 0
    acts = [json.loads(row)["act"] for row in out.read_text().splitlines()[1:-1]]
    assert (acts[0]["action"], acts[0]["detail"]) == ("log begins", {"earlier": 3})
    assert [(a["actor"], a["at"], a["detail"]) for a in acts[1:]] == [
        ("0", "2026-11-24T10:11Z", {}), ("1", "2026-11-24T10:11Z", {"role": "viewer"}),
        ("2", "2026-11-24T10:11Z", {"a": "b"}),
    ]  # fmt: skip
