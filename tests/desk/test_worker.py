"""Jobs really run: enqueued by one process, taken up by ``clarion worker`` in another, on both databases."""

import os
import pickle
import signal
import sqlite3
import subprocess
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from clarion.desk.locks import no_workers

ENQUEUE = "light.enqueue({seconds}); print(Lamp.objects.count(), Lamp.objects.filter(lit=True).count())"
WAIT = """
end = time.monotonic() + 60
while Lamp.objects.filter(**{wanted}).count() < {count} and time.monotonic() < end:
    time.sleep(0.05)
print(Lamp.objects.count(), Lamp.objects.filter(lit=True).count())
"""


@pytest.fixture
def lit(either_desk):
    """A desk with the fixture room, its database made."""
    either_desk.env["CLARION_ROOMS"] = str(Path(__file__).parents[1] / "rooms")
    assert either_desk.run("upgrade").returncode == 0
    return either_desk


def said(desk, script, **values):
    """What a script prints that can use the room's models and jobs."""
    head = "import time\nfrom clarion.desk.setup import django_ready\ndjango_ready()\n"
    head += "from clarion.lighthouse.jobs import light\nfrom clarion.lighthouse.models import Lamp\n"
    ran = desk.python("-c", head + script.format(**values))
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


@contextmanager
def working(desk, *arguments, **more):
    process = desk.start("worker", *arguments, **more)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=20)


def test_a_job_waits_runs_and_the_worker_stops_after_the_job_in_hand(lit):
    assert said(lit, ENQUEUE, seconds=0) == "0 0"  # nothing runs in the process that asks
    with working(lit) as worker:
        assert said(lit, WAIT, wanted={"lit": True}, count=1) == "1 1"
        assert said(lit, ENQUEUE + WAIT, seconds=6, wanted={"lit": False}, count=1).endswith("\n2 1")
        worker.send_signal(signal.SIGINT)
        assert worker.wait(30) == 0
    assert said(lit, WAIT, wanted={}, count=2) == "2 2"


def test_jobs_outlive_a_worker_that_is_killed(lit):
    with working(lit) as worker:
        said(lit, ENQUEUE + WAIT + ENQUEUE.replace("{seconds}", "0"), seconds=60, wanted={"lit": False}, count=1)
        worker.kill()
        worker.wait(20)
    with working(lit):
        assert said(lit, WAIT, wanted={"lit": True}, count=1) == "2 1"


def test_it_stops_when_its_input_closes(sqlite_desk):
    assert sqlite_desk.run("upgrade").returncode == 0
    with working(sqlite_desk, "--until-eof", stdin=subprocess.PIPE) as worker:
        time.sleep(0.2)
        worker.stdin.close()
        worker.stdin = None
        # 0: huey had begun; 130: it was still starting.
        assert worker.wait(30) in (0, 130)


def test_a_job_that_nobody_signed_is_not_run(sqlite_desk, tmp_path):
    desk = sqlite_desk
    desk.env["CLARION_ROOMS"] = str(Path(__file__).parents[1] / "rooms")
    assert desk.run("upgrade").returncode == 0
    said(desk, ENQUEUE, seconds=0)

    class Evil:
        def __reduce__(self):
            return os.mkdir, (str(tmp_path / "evil"),)

    with closing(sqlite3.connect(desk.home / "jobs.sqlite3")) as queue, queue:
        queue.execute("insert into task (queue, data, priority) values ('clarion', ?, 9)", [pickle.dumps(Evil())])
    with working(desk):
        assert said(desk, WAIT, wanted={"lit": True}, count=1) == "1 1"
    assert not (tmp_path / "evil").exists()


def test_it_does_not_start_on_a_database_of_another_version(sqlite_desk):
    ran = sqlite_desk.run("worker")
    assert ran.returncode == 4
    assert "clarion upgrade" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_it_does_not_start_during_an_upgrade_or_a_restore(sqlite_desk):
    sqlite_desk.home.mkdir()
    with no_workers(sqlite_desk.config):
        ran = sqlite_desk.run("worker")
    assert ran.returncode == 5
    assert "upgrade or a restore" in ran.stderr


def test_a_worker_that_up_started_may_be_stopped_by_itself(sqlite_desk):
    assert sqlite_desk.run("upgrade").returncode == 0
    with working(sqlite_desk, "--until-eof", "--json", stdin=subprocess.PIPE) as worker:
        worker.stdout.readline()  # it is ready
        worker.send_signal(signal.SIGINT)
        assert worker.wait(30) in (0, 130)
