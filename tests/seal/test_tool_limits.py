"""Limits that a keyholder's tool keeps by itself, and what a crash, a full disk or lost notes do to them."""

import os
import shutil
import signal
import time
from datetime import UTC, datetime, timedelta

import pytest
from ceremony import World

from clarion.errors import BusyError, InputError, NotAllowed
from clarion.seal.errors import SealError, WrongPassphrase
from clarion.seal.tool.folder import alone, find


@pytest.fixture
def make(tmp_path):
    made = []

    def world(**more):
        made.append(World(tmp_path, **more))
        return made[-1]

    yield world
    for one in made:
        one.desk.close()


def test_openings_a_day_are_counted_and_capped(make):
    world = make(policy=(3, 0, 72))
    first, second = world.ask(world.seal(), world.seal()), world.ask(world.seal(), world.seal())
    person = world.people[0]
    assert person.run("approve", first) == 0
    assert person.run("approve", first) == 0  # twice counts once, and hands the same answer on
    assert world.desk.replies[first][0] == world.desk.replies[first][1]
    assert person.run("show", second) == 0
    assert "2 of 3 openings in the last 24 hours; with these 4" in person.out
    with pytest.raises(NotAllowed, match="4 openings in 24 hours; the policy allows 3"):
        person.run("approve", second)
    person.run("refuse", second)
    world.later(24 * 60 + 1)
    assert person.run("approve", second) == 0


def test_a_time_to_think_runs_from_when_this_tool_first_saw_the_request(make):
    world = make(policy=(50, 60, 72))
    request = world.ask(world.seal())
    world.later(120)  # how old the request is counts for nothing
    person = world.people[0]
    with pytest.raises(NotAllowed, match="60 minutes to think"):
        person.run("approve", request)
    world.later(59)
    with pytest.raises(NotAllowed, match="this tool has known the request for 59"):
        person.run("approve", request)
    world.later(1)
    assert person.run("approve", request) == 0


def test_a_clock_that_is_set_back_is_seen(make):
    world = make(policy=(1, 30, 72))
    request = world.ask(world.seal())
    person = world.people[0]
    person.run("show")
    right, person.now = person.now, person.now - timedelta(minutes=4)
    with pytest.raises(NotAllowed, match="clock of this machine was set back"):
        person.run("approve", request)
    assert person.run("stop", request) == 0  # which must never fail
    assert "set back" in person.err
    # A clock that ran ahead once does not lock the tool for ever, and shortens no limit.
    other, second = world.people[1], world.ask(world.seal())
    other.run("show", second)
    other.now = right + timedelta(days=300)
    with pytest.raises(SealError, match="ended"):
        other.run("show", second)
    assert other.run("rotate", "pin") == 0
    other.now = right + timedelta(minutes=29)
    with pytest.raises(NotAllowed, match="set back"):
        other.run("approve", second)
    with pytest.raises(NotAllowed, match="minutes to think"):
        other.run("approve", second, "--clock-is-right")
    other.now += timedelta(minutes=30)
    assert other.run("approve", second) == 0


def test_lost_notes_are_said_and_the_roster_is_pinned_anew(make):
    world = make()
    request = world.ask(world.seal())
    person = world.people[0]
    world.approve(request, 0)
    (person.folder / "keyholder.notes").unlink()
    with pytest.raises(SealError, match="knows no roster yet, or no more") as error:
        person.run("show")
    assert "rotate pin" in error.value.next_step
    assert "notes of this tool are lost" in person.err
    assert person.run("rotate", "pin") == 0
    assert person.run("approve", request) == 0
    assert "shows an approval of yours that these notes do not hold" in person.err


def test_notes_that_were_put_back_are_found_by_the_answers_that_they_lack(make, tmp_path):
    world = make()
    person = world.people[0]
    person.run("show")
    shutil.copy(person.folder / "keyholder.notes", tmp_path / "old")
    request = world.ask(world.seal())
    world.approve(request, 0)
    shutil.copy(tmp_path / "old", person.folder / "keyholder.notes")
    assert person.run("approve", request) == 0
    assert "older ones were" in person.err


def test_notes_that_were_changed_or_are_anothers_are_refused(make):
    world = make()
    mine, other = world.people[0], world.people[1]
    shutil.copy(other.folder / "keyholder.notes", mine.folder / "keyholder.notes")
    with pytest.raises(SealError, match="belong to another key"):
        mine.run("show")
    text = (other.folder / "keyholder.notes").read_bytes()
    assert b"default" not in text
    assert len(text) > 16_384


def test_a_wrong_passphrase_a_hundred_times_locks_nothing(make, tmp_path):
    world = make()
    person, paper = world.people[0], world.people[0].passphrase
    wrong = tmp_path / "wrong"
    wrong.write_text("this is not the passphrase\n", encoding="ascii")
    person.passphrase = wrong
    before = {file.name: file.read_bytes() for file in person.folder.iterdir()}
    for _ in range(100):
        with pytest.raises(WrongPassphrase):
            person.run("show")
    assert {file.name: file.read_bytes() for file in person.folder.iterdir()} == before
    person.passphrase = paper
    assert person.run("show") == 0


def test_two_runs_at_once_and_an_open_folder_are_refused(make):
    world = make()
    person = world.people[0]
    with alone(find(str(person.folder), "keyholder")), pytest.raises(BusyError):
        person.run("show")
    person.folder.chmod(0o750)
    with pytest.raises(InputError, match="Other users"):
        person.run("show")


def test_a_question_without_a_terminal_is_not_taken_for_a_yes(make, monkeypatch):
    world = make()
    request = world.ask(world.seal())
    with open(os.devnull) as nothing:
        monkeypatch.setattr("sys.stdin", nothing)
        with pytest.raises(InputError, match="needs a yes"):
            world.people[0].run("approve", request, yes=False)
        with pytest.raises(InputError, match="passphrase is needed"):
            world.people[0].main(["show", "--keys", str(world.people[0].folder)])
    assert world.desk.replies[request] == []


FULL = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
"""


def test_a_disk_that_is_full_while_approving_answers_nothing(make):
    world = make(now=datetime.now(UTC))
    request = world.ask(world.seal())
    person = world.people[0]
    person.run("show")
    before = (person.folder / "keyholder.notes").read_bytes()
    ran = person.process("approve", request, prelude=FULL)
    out, err = ran.communicate(timeout=120)
    assert ran.returncode == 4, out + err
    assert "The disk is full." in err
    assert "Free some space" in err
    assert world.desk.replies[request] == []
    assert (person.folder / "keyholder.notes").read_bytes() == before
    assert not list(person.folder.glob("*.part"))
    ran = person.process("approve", request)
    out, err = ran.communicate(timeout=120)
    assert ran.returncode == 0, err
    assert len(world.desk.replies[request]) == 1


@pytest.mark.slow
def test_a_run_that_is_killed_leaves_old_notes_or_new_and_counts_once(make):
    world = make(now=datetime.now(UTC), policy=(100, 0, 72))
    person, requests = world.people[0], []

    def killed_at(end):
        def twist(path, found):
            if path.endswith(end):
                os.kill(running.pid, signal.SIGKILL)
                running.wait(timeout=60)
            return found

        return twist

    plan = ["/replies", "/replies", "/bundle", 0.05, 0.2, 0.35, 0.5, 0.65, 0.8]
    for when in plan:
        requests.append(world.ask(world.seal()))
        running = person.process("approve", requests[-1], "--clock-is-right")
        if isinstance(when, str):
            world.desk.twist = killed_at(when)
            running.wait(timeout=120)
        else:
            time.sleep(when)
            running.kill()
        running.communicate(timeout=120)
        world.desk.twist = None
        person.now = datetime.now(UTC)
        assert person.run("show") == 0
    for request in requests:
        person.now = datetime.now(UTC)
        assert person.run("approve", request) == 0
        answers = world.desk.replies[request]
        assert all(answer == answers[0] for answer in answers)
    person.run("show", requests[0])
    assert f"{len(plan)} of 100 openings" in person.out
    world.people[1].now = world.laptop.now = datetime.now(UTC)
    world.approve(requests[0], 1)
    assert world.laptop.run("get", requests[0]) == 0
